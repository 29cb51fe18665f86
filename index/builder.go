package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
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
	ended    bool

	pages   chan numbered // to be indexed
	workers []*worker
	batch   int // pages that a worker hands to Bleve at once
	working sync.WaitGroup
	broken  chan struct{} // closed when something failed
	failed  error         // what, and why; to be read once broken is closed or no one works

	mu              sync.Mutex // guards what follows
	bodies, entries *volumeWriter
	list            *volumeWriter // the pages without their bodies, while we build
	lengths         []uint32
	written         int // pages
	shards          int // that were begun
}

type numbered struct {
	page   *Page
	number int
}

// maxShards is how many pages are indexed at once, at most, each into a Bleve
// index of its own: a question asks each of them.
const maxShards = 4

// NewBuilder begins an index in a folder of its own below dir, where several
// indexes and processes may be at once. It first deletes what builds left there
// that did not end. Progress, if it is not nil, is told how many pages are
// indexed, by one goroutine at a time. Once ctx is done, all methods fail.
func NewBuilder(ctx context.Context, dir string, progress func(pages int)) (*Builder, error) {
	path, lock, err := newBuildFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("build an index: %w", err)
	}
	_ = sweep(dir, buildPrefix, filepath.Base(path)) // what cannot be deleted does no harm
	b := &Builder{
		ctx: ctx, dir: dir, path: path, lock: lock, progress: progress,
		pages: make(chan numbered, batchSize/16), broken: make(chan struct{}),
	}
	if err := b.create(); err != nil {
		return nil, errors.Join(fmt.Errorf("build an index: %w", err), b.remove())
	}
	for _, w := range b.workers {
		b.working.Go(func() { b.run(w) })
	}
	return b, nil
}

// create makes the files that grow with each page, and the workers.
func (b *Builder) create() (err error) {
	for name, w := range map[string]**volumeWriter{bodiesName: &b.bodies, entriesName: &b.entries, listName: &b.list} {
		if *w, err = newVolumeWriter(filepath.Join(b.path, name)); err != nil {
			return err
		}
	}
	for range min(runtime.GOMAXPROCS(0), maxShards) {
		b.workers = append(b.workers, &worker{analyst: analyst{learner: newLearner(), freqs: freqs{kept: true}}})
	}
	b.batch = batchSize / 2 / len(b.workers) // all of them hold less than one would
	return nil
}

// listName is a file that is gone when the index is finished.
const listName = "list"

// Add indexes a page, which must not be changed until the index is finished;
// it is not kept. Each page has an ID of its own.
func (b *Builder) Add(p *Page) error {
	select {
	case b.pages <- numbered{p, b.added}:
		b.added++
		return nil
	case <-b.broken:
		return b.failed
	case <-b.ctx.Done():
		return b.ctx.Err()
	}
}

// stop ends the work, and waits for what is under way.
func (b *Builder) stop() {
	if b.ended {
		return
	}
	b.ended = true
	close(b.pages)
	b.working.Wait()
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
