package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// ErrNotKept is what [Open] returns if the folder has no index for the key.
var ErrNotKept = errors.New("no index is kept for these pages")

// openTimeout is how long opening an index may take before it is given up.
const openTimeout = 5 * time.Second

// Open opens the index that was built in the folder for the key. All of it is
// verified before any is used. An error is either [ErrNotKept] or tells why the
// index is not to be trusted; either way the caller builds it anew. It takes no
// longer than five seconds, and waits for no other process.
func Open(dir, key string) (*Index, error) {
	path, err := newest(dir, key)
	if err != nil || path == "" {
		return nil, errors.Join(err, ErrNotKept)
	}
	done, err := markOpening(dir)
	if err != nil {
		return nil, fmt.Errorf("open the index: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), openTimeout)
	defer cancel()
	x, err := openIn(ctx, path, key)
	if err != nil && ctx.Err() != nil {
		return nil, fmt.Errorf("open the index: not done after %v", openTimeout) // and the mark stays
	}
	done()
	if err != nil {
		return nil, fmt.Errorf("open the index: %w", err)
	}
	return x, nil
}

// openIn locks and loads an index, by a goroutine of its own that is left alone
// when the time is over.
func openIn(ctx context.Context, path, key string) (*Index, error) {
	type result struct {
		index *Index
		err   error
	}
	loaded := make(chan result, 1)
	go func() {
		var r result
		r.err = safely(func() (err error) {
			lock, err := lockFolder(path, false)
			if err != nil {
				return err
			}
			r.index, err = load(ctx, path, key, lock)
			return err
		})
		loaded <- r
	}()
	select {
	case r := <-loaded:
		return r.index, r.err
	case <-ctx.Done():
		go func() {
			if r := <-loaded; r.index != nil {
				_ = r.index.Close()
			}
		}()
		return nil, ctx.Err()
	}
}

// load reads an index whose folder is locked. It takes over the lock, also if it fails.
func load(ctx context.Context, path, key string, lock *os.File) (*Index, error) {
	s := &segment{disk: &disk{lock: lock, path: path}}
	s.disk.bodies.damaged, s.disk.entries.damaged = &s.disk.damaged, &s.disk.damaged
	err := safely(func() error { return s.load(path, key) })
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, errors.Join(err, s.closeAll())
	}
	s.users.Store(1)
	x := &Index{pages: s.pages, parts: []part{{seg: s}}, tallies: &sync.Pool{}}
	x.assemble()
	if err := safely(func() error { return x.tryOut(ctx) }); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// load verifies and reads the files of a segment.
func (s *segment) load(path, key string) error {
	m, err := readManifest(path, key)
	if err != nil {
		return err
	}
	if s.disk.bodies.file, err = os.Open(filepath.Join(path, bodiesName)); err != nil {
		return err
	}
	if s.disk.entries.file, err = os.Open(filepath.Join(path, entriesName)); err != nil {
		return err
	}
	for i := range m.Shards {
		of, err := openShard(filepath.Join(path, shardName(i)))
		if err != nil {
			return err
		}
		s.shards = append(s.shards, of)
	}
	var words error
	var wg sync.WaitGroup
	wg.Go(func() { words = safely(func() error { return s.loadWords(path) }) })
	pages := s.loadPages(path, m.Pages)
	wg.Wait()
	return errors.Join(pages, words)
}

func (s *segment) loadWords(path string) error {
	data, err := os.ReadFile(filepath.Join(path, lexisName))
	if err != nil {
		return err
	}
	in := decoder{in: asText(data)}
	s.lexis = in.lexis()
	return in.end()
}

func (s *segment) loadPages(path string, pages int) error {
	data, err := os.ReadFile(filepath.Join(path, pagesName))
	if err != nil {
		return err
	}
	in := decoder{in: asText(data)}
	s.lengths, _ = in.hashes(nil)
	numbered := 0
	for _, of := range s.shards {
		of.numbers, _ = in.hashes(nil)
		numbered += len(of.numbers)
	}
	for _, v := range []*volume{&s.disk.bodies, &s.disk.entries} {
		info, err := v.file.Stat()
		if err != nil {
			return err
		}
		v.records = in.records(info.Size())
		if len(v.records) != pages {
			return errShort
		}
	}
	if len(s.lengths) != pages || numbered != pages {
		return errShort
	}
	s.pages = make([]*Page, pages)
	for i := range s.pages {
		p := in.page()
		p.disk, p.number = s.disk, uint32(i)
		s.pages[i] = p
	}
	return in.end()
}

// tryOut asks for one of the index's own pages.
func (x *Index) tryOut(ctx context.Context) error {
	if len(x.pages) == 0 {
		return nil
	}
	if _, err := x.Search(ctx, Query{Text: x.pages[0].Title, Loose: true}); err != nil {
		return err
	}
	if x.Damaged() {
		return errShort
	}
	return nil
}

// Note is what was given to [Builder.Finish], nil if the index is not on disk.
// It is read each time.
func (x *Index) Note() ([]byte, error) {
	d := x.parts[0].seg.disk
	if d == nil {
		return nil, nil
	}
	return os.ReadFile(filepath.Join(d.path, noteName))
}

// Damaged reports whether something on disk could not be read. Its page has an
// empty body then; the index should be built anew.
func (x *Index) Damaged() bool {
	for i := range x.parts {
		if d := x.parts[i].seg.disk; d != nil && d.damaged.Load() {
			return true
		}
	}
	return false
}
