package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2"
)

// writeAll writes prepared pages until there are no more.
func (b *Builder) writeAll() {
	defer close(b.written)
	b.failed = safely(func() error {
		for done := 1; ; done++ {
			select {
			case p, more := <-b.prepared:
				if !more {
					return b.ctx.Err()
				}
				if err := b.writePage(p); err != nil {
					return err
				}
				if b.progress != nil {
					b.progress(done)
				}
			case <-b.ctx.Done():
				return b.ctx.Err()
			}
		}
	})
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

// writePage writes what is kept of a page.
func (b *Builder) writePage(p *prepared) error {
	for _, w := range []struct {
		to   *volumeWriter
		data []byte
	}{{b.list, p.light}, {b.bodies, p.body}, {b.entries, p.parted}} {
		if err := w.to.write(p.number, w.data); err != nil {
			return err
		}
	}
	b.lengths = grown(b.lengths, p.number+1)
	b.lengths[p.number] = uint32(p.length)
	b.learner.learn(&p.digest)
	return b.bleve.Index(strconv.Itoa(p.number), &p.digest)
}

// Finish writes the rest of the index, makes it known to others under the key,
// which says what it was built of, and opens it. Indexes for other keys that
// nobody uses are deleted. If it fails, nothing is left of the build, and what
// was there before is as it was.
func (b *Builder) Finish(key string) (*Index, error) {
	b.stop()
	if b.added == 0 && b.failed == nil { // Bleve makes no index of nothing
		if err := b.remove(); err != nil {
			return nil, fmt.Errorf("build an index: %w", err)
		}
		return New(nil)
	}
	path := b.path
	err := b.failed
	if err == nil {
		err = safely(func() error { return b.finish(key) })
	}
	if err == nil {
		b.path, err = publish(b.dir, path, key)
	}
	if err != nil {
		_ = b.remove()
		return nil, fmt.Errorf("build an index: %w", err)
	}
	x, err := b.reopen(key)
	if err != nil {
		_ = b.remove()
		return nil, fmt.Errorf("open the index that was built: %w", err)
	}
	_ = sweep(b.dir, indexPrefix, filepath.Base(b.path)) // what cannot be deleted does no harm
	return x, nil
}

// finish writes all files but the manifest, which comes last.
func (b *Builder) finish(key string) error {
	for _, step := range []func() error{
		b.bleve.Close, b.bodies.close, b.entries.close, b.list.close, b.ctx.Err, b.writeWords, b.writePages,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := b.ctx.Err(); err != nil {
		return err
	}
	return (&manifest{Key: key, Pages: b.added}).write(b.path)
}

func (b *Builder) writeWords() error {
	var e encoder
	e.lexis(b.learner.lexis())
	b.learner = nil
	return os.WriteFile(filepath.Join(b.path, lexisName), e.out, 0o600)
}

// writePages writes the file of the pages without their bodies: how long each
// is, where the rest of it is, which of Bleve's documents it is, and itself.
func (b *Builder) writePages() error {
	numbers, err := documentNumbers(filepath.Join(b.path, bleveName), b.added)
	if err != nil {
		return err
	}
	list, err := os.ReadFile(filepath.Join(b.path, listName))
	if err != nil {
		return err
	}
	var e encoder
	e.out = make([]byte, 0, len(list)+40*b.added+64)
	e.hashes(b.lengths)
	e.hashes(numbers)
	e.records(b.bodies.records)
	e.records(b.entries.records)
	for _, r := range b.list.records {
		e.out = append(e.out, list[r.at:r.at+uint64(r.size)]...)
	}
	if err := os.WriteFile(filepath.Join(b.path, pagesName), e.out, 0o600); err != nil {
		return err
	}
	return os.Remove(filepath.Join(b.path, listName))
}

// documentNumbers asks a Bleve index which page each of its documents is.
func documentNumbers(path string, pages int) ([]uint32, error) {
	s := &segment{pages: make([]*Page, pages)}
	var err error
	if s.bleve, err = openBleve(path); err != nil {
		return nil, err
	}
	defer s.bleve.Close()
	if err := s.open(); err != nil {
		return nil, err
	}
	return s.numbers, s.reader.Close()
}

// openBleve opens a Bleve index that nobody writes to any more: the lock that
// Bleve takes on it is a shared one.
func openBleve(path string) (bleve.Index, error) {
	b, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "1s"})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// reopen opens the finished index under the lock that the build had.
func (b *Builder) reopen(key string) (*Index, error) {
	if err := lockFile(b.lock, false); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), openTimeout)
	defer cancel()
	return load(ctx, b.path, key, b.lock)
}

// grown is a slice with at least that many values.
func grown[T any](s []T, n int) []T { return append(s, make([]T, max(0, n-len(s)))...) }
