package bot

import (
	"context"
	"slices"
	"strings"

	"frameworkbot/index"
)

// order puts pages that say more about the question first, and returns what
// they say where a heading speaks of it.
func (a *Answerer) order(ctx context.Context, q *Question, pages []*index.Page) (map[*index.Page]string, error) {
	switch {
	case len(q.Order) > 0:
		q.asBefore(pages)
		return nil, nil
	case q.byRelease():
		q.byAge(pages)
		return nil, nil
	}
	found, err := a.index.Search(ctx, index.Query{Words: q.Rest, Pages: ids(pages), Limit: len(pages), Loose: true})
	if err != nil {
		return nil, err
	}
	reasons := map[*index.Page]string{}
	rank := map[*index.Page]int{}
	for i, h := range found.Hits {
		rank[h.Page] = len(found.Hits) - i
		if h.Section != nil && h.Head > 0 {
			reasons[h.Page] = h.Section.Heading + ": " + oneLine(h.Section.Body)
		}
	}
	slices.SortStableFunc(pages, func(x, y *index.Page) int { return rank[y] - rank[x] })
	return reasons, nil
}

// asBefore orders pages as they were when the list was first given; those that
// are new to it come last.
func (q *Question) asBefore(pages []*index.Page) {
	place := func(p *index.Page) int {
		if i := slices.Index(q.Order, p); i >= 0 {
			return i
		}
		return len(q.Order)
	}
	slices.SortStableFunc(pages, func(x, y *index.Page) int { return place(x) - place(y) })
}

// byRelease reports whether the list is in the order of the first releases.
func (q *Question) byRelease() bool {
	return q.Before+q.After != "" || slices.ContainsFunc(q.Attributes, func(at *attribute) bool { return at.key == "first_release" })
}

// byAge orders pages by their first release, the youngest first if that is asked for.
func (q *Question) byAge(pages []*index.Page) {
	slices.SortStableFunc(pages, func(x, y *index.Page) int {
		if q.Newest {
			x, y = y, x
		}
		return strings.Compare(age(x), age(y))
	})
}

// age is the date of the first release, "" if the page does not state it.
func age(p *index.Page) string {
	if f := p.Fact("first_release"); f != nil {
		return f.Date
	}
	return ""
}
