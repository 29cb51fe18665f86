package index

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// A shard is a Bleve index of some of a segment's pages: of all of them, or as
// many as one of those had that built the segment at the same time.
type shard struct {
	bleve   bleve.Index
	reader  bleveindex.IndexReader
	numbers []uint32 // number of the page that is Bleve's document i
}

// view takes a view of what is in the Bleve index.
func (s *shard) view() error {
	inner, err := s.bleve.Advanced()
	if err != nil {
		return err
	}
	s.reader, err = inner.Reader()
	return err
}

// number learns which of the segment's pages each document is: Bleve orders
// them as its workers finish.
func (s *shard) number(pages int) error {
	ids, err := s.reader.DocIDReaderAll()
	if err != nil {
		return err
	}
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
		if err != nil || number >= uint64(pages) || id.Value() != uint64(len(s.numbers)) {
			return errors.Join(fmt.Errorf("document %q is no page of this index", external), ids.Close())
		}
		s.numbers = append(s.numbers, uint32(number))
	}
}

// postings are the documents that have a term.
func (s *shard) postings(ctx context.Context, term string, freq bool) (bleveindex.TermFieldReader, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.reader.TermFieldReader(ctx, []byte(term), textField, freq, false, false)
}

func (s *shard) close() error {
	var errs []error
	if s.reader != nil {
		errs = append(errs, s.reader.Close())
	}
	if s.bleve != nil {
		errs = append(errs, s.bleve.Close())
	}
	return errors.Join(errs...)
}

// openShard opens a Bleve index that nobody writes to any more: the lock that
// Bleve takes on it is a shared one.
func openShard(path string) (*shard, error) {
	b, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": "1s"})
	if err != nil {
		return nil, err
	}
	s := &shard{bleve: b}
	if err := s.view(); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}
