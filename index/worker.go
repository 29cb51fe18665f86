package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
)

// A worker indexes some of a build's pages, into a shard of its own.
type worker struct {
	bleve   bleve.Builder // nil until it has a page: Bleve makes no index of nothing
	analyst analyst
	batch   []*digest // that Bleve has not written yet
	spare   []*digest // that it has: to be used again

	light, body, entries encoder // of the page under way
}

// digest is an empty one.
func (w *worker) digest(p *Page) *digest {
	d := &digest{}
	if n := len(w.spare); n > 0 {
		d, w.spare = w.spare[n-1], w.spare[:n-1]
		clear(d.counts)
	}
	*d = digest{page: p, counts: d.counts}
	return d
}

// add hands a page to Bleve, which keeps the digest until its batch is full.
func (w *worker) add(number int, d *digest, batch int) error {
	if err := w.bleve.Index(strconv.Itoa(number), d); err != nil {
		return err
	}
	if w.batch = append(w.batch, d); len(w.batch) == batch {
		w.batch, w.spare = w.spare[:0], w.batch
		w.analyst.freqs.again()
	}
	return nil
}

// mergedAtOnce is how many of Bleve's files become one.
const mergedAtOnce = 100

// begin makes the shard.
func (w *worker) begin(dir, name string, batch int) (err error) {
	w.bleve, err = bleve.NewBuilder(filepath.Join(dir, name), pageMapping{newMapping()}, map[string]any{
		"batchSize": batch, "mergeMax": mergedAtOnce, "buildPathPrefix": dir,
	})
	return err
}

// pageMapping hands our documents to Bleve as they are.
type pageMapping struct{ mapping.IndexMapping }

// MapDocument implements Bleve's mapping.IndexMapping.
func (pageMapping) MapDocument(doc *document.Document, data any) error {
	doc.AddField(data.(*digest))
	return nil
}

// run indexes pages until there are no more, or something fails.
func (b *Builder) run(w *worker) {
	err := safely(func() error {
		for n := range b.pages {
			select {
			case <-b.broken:
				return nil
			case <-b.ctx.Done():
				return b.ctx.Err()
			default:
			}
			if err := b.index(w, n); err != nil {
				return err
			}
		}
		return nil
	})
	b.fail(err)
}

// fail ends the build if there is an error. The first one counts.
func (b *Builder) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil && b.failed == nil {
		b.failed = err
		close(b.broken)
	}
}

// index writes all that is kept of a page.
func (b *Builder) index(w *worker, n numbered) error {
	d := w.digest(n.page)
	d.take(&w.analyst)
	w.encode(d)
	if err := b.store(w, n.number, d.length); err != nil {
		return err
	}
	if w.bleve == nil {
		if err := w.begin(b.path, b.nextShard(), b.batch); err != nil {
			return err
		}
	}
	return w.add(n.number, d, b.batch)
}

// encode takes what is kept of a page from its digest.
func (w *worker) encode(d *digest) {
	for _, e := range []*encoder{&w.light, &w.body, &w.entries} {
		e.again()
	}
	w.light.page(d.page)
	w.body.body(d.page, d.page.Body())
	w.entries.entries(d.entries)
	d.page, d.entries = nil, nil
}

func (b *Builder) nextShard() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shards++
	return shardName(b.shards - 1)
}

// store writes the page itself.
func (b *Builder) store(w *worker, number, length int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := errors.Join(b.list.write(number, w.light.out), b.bodies.write(number, w.body.out), b.entries.write(number, w.entries.out))
	if err != nil {
		return err
	}
	b.lengths = grown(b.lengths, number+1)
	b.lengths[number] = uint32(length)
	if b.written++; b.progress != nil {
		b.progress(b.written)
	}
	return nil
}

// safely turns a panic, such as Bleve's where a disk is full, into an error.
func safely(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f()
}

// grown is a slice with at least that many values.
func grown[T any](s []T, n int) []T { return append(s, make([]T, max(0, n-len(s)))...) }
