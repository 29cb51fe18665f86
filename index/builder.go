package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
)

// A Builder makes an index on disk, of more pages than fit in memory. Its
// methods are called by one goroutine; [Builder.Finish] or [Builder.Abort] ends it.
type Builder struct {
	ctx      context.Context //nolint:containedctx // of the build, which its methods are the steps of
	dir      string          // of the cache
	path     string          // of the index under construction
	lock     *os.File
	progress func(pages int)
	added    int

	pages    chan numbered  // to be taken apart
	prepared chan *prepared // to be written
	workers  sync.WaitGroup
	written  chan struct{} // closed when all is written, or writing failed
	failed   error         // why; to be read once written is closed
	ended    bool

	bleve           bleve.Builder
	bodies, entries *volumeWriter
	list            *volumeWriter // the pages without their bodies, while we build
	lengths         []uint32
	learner         *learner
}

type numbered struct {
	page   *Page
	number int
}

// prepared is a page taken apart and made ready to be written.
type prepared struct {
	digest
	number              int
	light, body, parted []byte
}

// queued is how many pages wait to be written: some of those that are taken
// apart while Bleve writes others.
const queued = batchSize / 8

// NewBuilder begins an index in a folder of its own below dir, where several
// indexes and processes may be at once. It first deletes what builds left there
// that did not end. Progress, if it is not nil, is told how many pages are
// indexed, by one goroutine. Once ctx is done, all methods fail.
func NewBuilder(ctx context.Context, dir string, progress func(pages int)) (*Builder, error) {
	path, lock, err := newBuildFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("build an index: %w", err)
	}
	_ = sweep(dir, buildPrefix, filepath.Base(path)) // what cannot be deleted does no harm
	b := &Builder{
		ctx: ctx, dir: dir, path: path, lock: lock, progress: progress, learner: newLearner(),
		pages: make(chan numbered, queued/2), prepared: make(chan *prepared, queued), written: make(chan struct{}),
	}
	if err := b.create(); err != nil {
		return nil, errors.Join(fmt.Errorf("build an index: %w", err), b.remove())
	}
	for range runtime.GOMAXPROCS(0) {
		b.workers.Go(b.prepare)
	}
	go b.writeAll()
	go func() {
		b.workers.Wait()
		close(b.prepared)
	}()
	return b, nil
}

// create makes the files that grow with each page.
func (b *Builder) create() (err error) {
	b.bleve, err = bleve.NewBuilder(filepath.Join(b.path, bleveName), pageMapping{newMapping()}, map[string]any{
		"batchSize": batchSize, "mergeMax": mergedAtOnce, "buildPathPrefix": b.path,
	})
	if err != nil {
		return err
	}
	for name, w := range map[string]**volumeWriter{bodiesName: &b.bodies, entriesName: &b.entries, listName: &b.list} {
		if *w, err = newVolumeWriter(filepath.Join(b.path, name)); err != nil {
			return err
		}
	}
	return nil
}

// mergedAtOnce is how many of Bleve's files of batchSize pages become one.
const mergedAtOnce = 100

// listName is a file that is gone when the index is finished.
const listName = "list"

// pageMapping hands our documents to Bleve as they are.
type pageMapping struct{ mapping.IndexMapping }

// MapDocument implements Bleve's mapping.IndexMapping.
func (pageMapping) MapDocument(doc *document.Document, data any) error {
	doc.AddField(data.(*digest))
	return nil
}

// Add indexes a page, which must not be changed until the index is finished;
// it is not kept. Each page has an ID of its own.
func (b *Builder) Add(p *Page) error {
	select {
	case b.pages <- numbered{p, b.added}:
		b.added++
		return nil
	case <-b.written:
		return b.failed
	case <-b.ctx.Done():
		return b.ctx.Err()
	}
}

// prepare takes pages apart.
func (b *Builder) prepare() {
	a := &analyst{} // its own: what it remembers is used for all pages
	for n := range b.pages {
		if b.ctx.Err() != nil {
			continue
		}
		select {
		case b.prepared <- newPrepared(n, a):
		case <-b.written: // it failed
		}
	}
}

func newPrepared(n numbered, a *analyst) *prepared {
	p := &prepared{digest: digest{page: n.page}, number: n.number}
	p.take(a)
	var light, body, entries encoder
	light.page(n.page)
	body.body(n.page, n.page.Body())
	entries.entries(p.entries)
	p.light, p.body, p.parted = light.out, body.out, entries.out
	p.page, p.entries = nil, nil
	return p
}

// stop ends the taking apart, and waits for what is under way.
func (b *Builder) stop() {
	if b.ended {
		return
	}
	b.ended = true
	close(b.pages)
	b.workers.Wait()
	<-b.written
}

// Abort ends a build, and deletes what it made. After [Builder.Finish] it does nothing.
func (b *Builder) Abort() error {
	if b.ended {
		return nil
	}
	b.stop()
	return b.remove()
}

// remove deletes the folder of the build.
func (b *Builder) remove() error {
	for _, w := range []*volumeWriter{b.bodies, b.entries, b.list} {
		if w != nil {
			_ = w.file.Close()
		}
	}
	return errors.Join(os.RemoveAll(b.path), b.lock.Close())
}
