package index

import (
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// batchSize is how many pages go to Bleve at once; more costs memory and gains nothing.
const batchSize = 1000

// A segment is a Bleve index over some pages, with what we know of them beside
// it. It does not change once it was built, and is shared by the indexes that
// hold its pages: the last one to be closed closes it.
type segment struct {
	pages   []*Page // by number
	bleve   bleve.Index
	reader  bleveindex.IndexReader
	numbers []uint32  // number of the page that is Bleve's document i
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
	s := &segment{pages: pages, bleve: b, entries: make([][]entry, len(pages)), lengths: make([]uint32, len(pages))}
	if err := errors.Join(s.build(), s.open()); err != nil {
		return nil, errors.Join(fmt.Errorf("new index: %w", err), b.Close())
	}
	s.users.Store(1)
	return s, nil
}

// build hands the pages to Bleve.
func (s *segment) build() error {
	all := newLearner()
	for from := 0; from < len(s.pages); from += batchSize {
		digests := make([]digest, min(batchSize, len(s.pages)-from))
		batch := s.bleve.NewBatch()
		for i := range digests {
			d := &digests[i]
			d.page = s.pages[from+i]
			if err := batch.IndexAdvanced(d.document(from + i)); err != nil {
				return fmt.Errorf("page %s: %w", d.page.ID, err)
			}
		}
		if err := s.bleve.Batch(batch); err != nil {
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

// open takes a view of the Bleve index and learns which page each document is:
// Bleve numbers them as its workers finish.
func (s *segment) open() error {
	inner, err := s.bleve.Advanced()
	if err != nil {
		return err
	}
	if s.reader, err = inner.Reader(); err != nil {
		return err
	}
	ids, err := s.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	s.numbers = make([]uint32, 0, len(s.pages))
	for {
		id, err := ids.Next()
		if err != nil || id == nil {
			return errors.Join(err, ids.Close())
		}
		external, err := s.reader.ExternalID(id)
		if err != nil {
			return errors.Join(err, ids.Close())
		}
		number, err := strconv.ParseUint(external, 10, 32)
		if err != nil || number >= uint64(len(s.pages)) || id.Value() != uint64(len(s.numbers)) {
			return errors.Join(fmt.Errorf("document %q is no page of this index", external), ids.Close())
		}
		s.numbers = append(s.numbers, uint32(number))
	}
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
	if s.reader != nil {
		errs = append(errs, s.reader.Close())
	}
	if s.bleve != nil {
		errs = append(errs, s.bleve.Close())
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
