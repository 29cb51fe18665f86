package index

import (
	"slices"
	"strings"
	"time"
)

// A Page is one curated summary: a framework, or a guide such as how to
// choose one. Pages come from [ReadPages]; an [Index] never changes them, so
// they may be shared between goroutines.
type Page struct {
	ID        string   // file name without ".md", unique: "rails"
	Title     string   // "Ruby on Rails"
	Aliases   []string // other names that people type: "RoR"
	Words     []string // further words that find the page, such as tags
	Unrelated []string // phrases in which a name means something else: "express delivery"
	Languages []string // programming languages it is written for, the main one first
	Kind      Kind
	Facts     []Fact // what the page states, in the order of [FactKeys]
	Links     []Link // home, docs and source, in this order, those that exist
	Sources   []Source
	Reviewed  time.Time // day on which a person last checked the page; zero if not stated
	Owner     string
	Extends   string // ID of the page that this one adds to, "" for a page of its own
	File      string // name of the file that it was read from

	text   *Body  // nil while it is on disk
	disk   *disk  // nil for a page in memory
	number uint32 // of the page on disk
}

// A Body is the text of a page. It may be on disk until it is asked for; the
// rest of a page is always in memory.
type Body struct {
	Summary   string     // CommonMark before the first heading, with the sources' names
	Rests     []*Source  // the sources that the summary names
	Sections  []Section  // the rest, in page order
	Questions []Question // questions that this page must win
}

// PlainPage is a document of one text, which is its summary.
func PlainPage(id, title, text string) *Page {
	return &Page{ID: id, Title: title, Kind: Document, File: id, text: &Body{Summary: text}}
}

// Body returns the text of the page, which must not be changed. A text on disk
// may be empty once all indexes that hold the page are closed, and if it cannot be read.
func (p *Page) Body() *Body {
	switch {
	case p.text != nil:
		return p.text
	case p.disk != nil:
		return p.disk.body(p)
	}
	return &Body{}
}

// A Kind says what a page is about: a framework of one of two sizes, a guide, or anything else.
type Kind string

// The kinds of page.
const (
	Micro     Kind = "micro"
	FullStack Kind = "full-stack"
	Guide     Kind = "guide"    // answers general questions; never part of a list of frameworks
	Document  Kind = "document" // a team's own text about anything: a runbook, a note, a glossary's entry
)

// IsFramework reports whether the page is about a framework, which has facts
// and can be listed and compared.
func (p *Page) IsFramework() bool { return p.Kind == Micro || p.Kind == FullStack }

// A Fact is one typed value that pages can be compared by.
type Fact struct {
	Key    string  // "orm"; one of [FactKeys]
	Label  string  // "ORM"
	Value  string  // "Eloquent, built in"
	Has    *bool   // answers "does it have one?"; nil where yes or no makes no sense
	Date   string  // machine-readable part of releases: "2011-06", "" if there is none
	Source *Source // nil if the page itself is the source
}

// A Section is one part of a page: a headed text, or one named item of a
// headed list. It is the unit that is indexed.
type Section struct {
	Part    string    // the level-two heading that it stands under: "Features"
	Heading string    // the item's own name: "Security"; "" for a part without items
	Body    string    // CommonMark with source marks replaced by the sources' names
	Rests   []*Source // the sources that Body names, each once
	Line    int       // first line in the page's file
}

// A Source is where claims are from, and of when.
type Source struct {
	ID    string // "article": what `[^article]` in the text refers to
	Title string
	Label string // short name for the text, Title if the page gives none
	Date  string // YYYY, YYYY-MM or YYYY-MM-DD
	Link  string // "" if there is none
}

// A Link is a named address: home, docs or source.
type Link struct {
	Key, Label, URL string
}

// A Question is one that a page must win, and where the page says so.
type Question struct {
	Text string
	Line int
}

// FactKeys are the keys of facts in the order in which pages show and compare
// them, each with its label.
var FactKeys = []struct{ Key, Label string }{
	{"language", "Language"},
	{"kind", "Kind"},
	{"licence", "Licence"},
	{"first_release", "First release"},
	{"latest", "Latest release"},
	{"runtime", "Minimum runtime"},
	{"orm", "ORM"},
	{"templating", "Templating"},
	{"admin", "Admin interface"},
	{"async", "Async"},
	{"authentication", "Authentication"},
	{"command_line", "Command line"},
	{"testing", "Testing"},
	{"used_by", "Used by"},
	{"usage", "Usage"},
}

// Fact returns the fact of that key, or nil if the page does not state it.
func (p *Page) Fact(key string) *Fact {
	for i := range p.Facts {
		if p.Facts[i].Key == key {
			return &p.Facts[i]
		}
	}
	return nil
}

// Language returns the page's main programming language, "" if it states none.
func (p *Page) Language() string {
	if len(p.Languages) == 0 {
		return ""
	}
	return p.Languages[0]
}

// IsIn reports whether the page is about one of these languages, in any spelling.
func (p *Page) IsIn(languages ...string) bool {
	return slices.ContainsFunc(p.Languages, func(own string) bool {
		return slices.ContainsFunc(languages, func(l string) bool { return LanguageOf(own) == LanguageOf(l) })
	})
}

// Link returns the address of that key (home, docs, source), "" if there is none.
func (p *Page) Link(key string) string {
	for _, l := range p.Links {
		if l.Key == key {
			return l.URL
		}
	}
	return ""
}

// Part returns the sections under that level-two heading, compared without case.
func (p *Page) Part(name string) []Section {
	var in []Section
	for _, s := range p.Body().Sections {
		if strings.EqualFold(s.Part, name) {
			in = append(in, s)
		}
	}
	return in
}

// String is how the text shows the source: "the 2023 article", or
// "Laravel documentation, 2026-08" where the label does not say the year.
func (s *Source) String() string {
	if s.Date == "" || len(s.Date) >= 4 && strings.Contains(s.Label, s.Date[:4]) {
		return s.Label
	}
	return s.Label + ", " + s.Date
}
