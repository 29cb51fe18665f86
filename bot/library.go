package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"frameworkbot/index"
)

// A Library is the pages as they are now, for who writes them and looks after
// them. It may be asked by many goroutines at once; what it returns is shared
// and must not be changed.
type Library interface {
	// Generation returns the number of the present state, which grows with each
	// change of a page or a problem, and a channel that is closed when another
	// state takes its place.
	Generation() (n uint64, changed <-chan struct{})

	// Pages returns all pages that could be read, by title.
	Pages() []PageInfo

	// Page returns the page with that ID in full, nil if there is none.
	Page(ctx context.Context, id string) (*PageView, error)

	// Problems returns all that is wrong with the files, by file and line.
	Problems() []Problem
}

// A PageInfo is what a list of pages shows of one.
type PageInfo struct {
	ID        string
	Title     string
	Aliases   []string
	Languages []string  // the main one first
	Kind      string    // "micro", "full-stack", "guide", …
	Reviewed  time.Time // zero if the page does not say
	Owner     string
	File      string
}

// Overdue reports whether nobody has checked the page for too long.
func (p *PageInfo) Overdue(now time.Time) bool {
	return p.Reviewed.IsZero() || now.Sub(p.Reviewed) > index.ReviewEvery
}

// A PageView is a whole page, as its editor wants to see it. Texts are CommonMark.
type PageView struct {
	PageInfo
	Unrelated []string // phrases in which a name means something else
	Summary   string
	Facts     []StatedFact
	Sections  []PageSection
	Links     []PageLink
	Sources   []Source
	Questions []PageQuestion
}

// A StatedFact is a fact with what it rests on.
type StatedFact struct {
	Label, Value string
	Source       *Source // nil if the page itself is the source
}

// A PageSection is one part of a page, or one named item of a part.
type PageSection struct {
	Part, Heading, Text string
	Line                int // of its file
}

// A PageLink is a labelled address.
type PageLink struct{ Label, URL string }

// A PageQuestion is a question that a page must win, and whether it does.
type PageQuestion struct {
	Text string
	Line int      // of its file
	Wins bool     // this page answers it
	Won  []string // IDs of the pages that answer it, best first
}

// A Problem is one thing that is wrong with a file, in words that tell its
// editor how to mend it.
type Problem struct {
	File string
	Line int // 0 if the file as a whole is meant
	Text string
}

// Pages describes all pages, by title. See [Library].
func (a *Answerer) Pages() []PageInfo {
	pages := a.index.Pages()
	all := make([]PageInfo, len(pages))
	for i, p := range pages {
		all[i] = infoOf(p)
	}
	slices.SortFunc(all, func(x, y PageInfo) int {
		return strings.Compare(strings.ToLower(x.Title)+"\x00"+x.ID, strings.ToLower(y.Title)+"\x00"+y.ID)
	})
	return all
}

func infoOf(p *index.Page) PageInfo {
	return PageInfo{
		ID: p.ID, Title: p.Title, Aliases: p.Aliases, Languages: p.Languages, Kind: string(p.Kind),
		Reviewed: p.Reviewed, Owner: p.Owner, File: p.File,
	}
}

// Page describes one page in full, nil if there is none with that ID. It asks
// the questions that the page must win.
func (a *Answerer) Page(ctx context.Context, id string) (*PageView, error) {
	p, ok := a.index.Page(id)
	if !ok {
		return nil, nil
	}
	body := p.Body()
	v := &PageView{PageInfo: infoOf(p), Unrelated: p.Unrelated, Summary: body.Summary}
	for i := range p.Facts {
		f := &p.Facts[i]
		v.Facts = append(v.Facts, StatedFact{f.Label, factText(f), sourceOf(f.Source)})
	}
	for i := range body.Sections {
		s := &body.Sections[i]
		v.Sections = append(v.Sections, PageSection{s.Part, s.Heading, s.Body, s.Line})
	}
	for _, l := range p.Links {
		v.Links = append(v.Links, PageLink{l.Label, l.URL})
	}
	for i := range p.Sources {
		v.Sources = append(v.Sources, *sourceOf(&p.Sources[i]))
	}
	for _, q := range body.Questions {
		answer, err := a.Answer(ctx, &Message{ID: "question", Text: q.Text})
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", id, err)
		}
		wins := len(answer.Pages) > 0 && answer.Pages[0] == id
		v.Questions = append(v.Questions, PageQuestion{q.Text, q.Line, wins, answer.Pages})
	}
	return v, nil
}

// sourceOf is the source as answers show it, nil for nil.
func sourceOf(s *index.Source) *Source {
	if s == nil {
		return nil
	}
	return &Source{s.Title, s.Date, s.Link}
}
