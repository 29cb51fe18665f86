package index

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// batchSize is how many pages go to Bleve at once; more costs memory and gains nothing.
const batchSize = 1000

// A segment is what is found in some pages, and what we know of them beside. It does not change once it was built, and is shared by the indexes that
// hold its pages: the last one to be closed closes it.
type segment struct {
	pages   []*Page // by number
	shards  []*shard
	entries [][]entry // by number; nil if they are on disk
	disk    *disk     // nil if all is in memory
	lengths []uint32  // terms of each page, by number
	lexis   *lexis
	users   atomic.Int32 // indexes that hold it
}

// newSegment indexes pages in memory, for one index.
func newSegment(pages []*Page) (*segment, error) {
	b, err := bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("new index: %w", err)
	}
	all := &shard{bleve: b}
	s := &segment{pages: pages, shards: []*shard{all}, entries: make([][]entry, len(pages)), lengths: make([]uint32, len(pages))}
	err = s.build(b)
	if err == nil {
		err = all.view()
	}
	if err == nil {
		err = all.number(len(pages))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("new index: %w", err), s.closeAll())
	}
	s.users.Store(1)
	return s, nil
}

// build hands the pages to Bleve.
func (s *segment) build(b bleve.Index) error {
	all := newLearner()
	for from := 0; from < len(s.pages); from += batchSize {
		digests := make([]digest, min(batchSize, len(s.pages)-from))
		batch := b.NewBatch()
		for i := range digests {
			d := &digests[i]
			d.page = s.pages[from+i]
			if err := batch.IndexAdvanced(d.document(from + i)); err != nil {
				return fmt.Errorf("page %s: %w", d.page.ID, err)
			}
		}
		if err := b.Batch(batch); err != nil {
			return err
		}
		for i := range digests {
			all.learn(&digests[i])
			s.entries[from+i], s.lengths[from+i] = digests[i].entries, uint32(digests[i].length)
		}
	}
	s.lexis = all.lexis()
	return nil
}

// release ends the use by one index.
func (s *segment) release() error {
	if s.users.Add(-1) > 0 {
		return nil
	}
	return s.closeAll()
}

// closeAll closes what was opened.
func (s *segment) closeAll() error {
	var errs []error
	for _, of := range s.shards {
		errs = append(errs, of.close())
	}
	if s.disk != nil {
		errs = append(errs, s.disk.close())
	}
	return errors.Join(errs...)
}

// entriesOf are the entries of a page. Space is needed for those that are on
// disk; they are overwritten when it is used again.
func (s *segment) entriesOf(number uint32, space *entrySpace) []entry {
	if s.disk != nil {
		return s.disk.entriesOf(number, space)
	}
	return s.entries[number]
}
