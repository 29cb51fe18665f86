package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Finish writes the rest of the index, makes it known to others under the key,
// which says what it is an index of, and opens it. The note is for whoever opens
// it: see [Index.Note]. Indexes that nobody uses are deleted. If it fails, nothing is left of the build, and what
// was there before is as it was.
func (b *Builder) Finish(key string, note []byte) (*Index, error) {
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
		err = safely(func() error { return b.finish(key, note) })
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
func (b *Builder) finish(key string, note []byte) error {
	for _, step := range []func() error{
		b.finishShards, b.bodies.close, b.entries.close, b.list.close, b.ctx.Err, b.writeWords, b.writePages,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(b.path, noteName), note, 0o600); err != nil {
		return err
	}
	return (&manifest{Key: key, Pages: b.added, Shards: b.shards}).write(b.path)
}

// finishShards ends the Bleve indexes, all at once.
func (b *Builder) finishShards() error {
	errs := make([]error, len(b.workers))
	var wg sync.WaitGroup
	for i, w := range b.workers {
		if w.bleve != nil {
			wg.Go(func() { errs[i] = safely(w.bleve.Close) })
		}
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (b *Builder) writeWords() error {
	all := newLearner()
	for _, w := range b.workers {
		w.analyst.teach()
		all.join(w.analyst.learner)
	}
	var e encoder
	e.lexis(all.lexis())
	return os.WriteFile(filepath.Join(b.path, lexisName), e.out, 0o600)
}

// writePages writes the file of the pages without their bodies: how long each
// is, which of Bleve's documents it is, where the rest of it is, and itself.
func (b *Builder) writePages() error {
	var e encoder
	e.hashes(b.lengths)
	for i := range b.shards {
		numbers, err := documentNumbers(filepath.Join(b.path, shardName(i)), b.added)
		if err != nil {
			return err
		}
		e.hashes(numbers)
	}
	list, err := os.ReadFile(filepath.Join(b.path, listName))
	if err != nil {
		return err
	}
	e.records(b.bodies.records)
	e.records(b.entries.records)
	e.out = slices.Grow(e.out, len(list))
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
	s, err := openShard(path)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(s.number(pages), s.close()); err != nil {
		return nil, err
	}
	return s.numbers, nil
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
