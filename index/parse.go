package index

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// front is the front matter of a page as it is written.
type front struct {
	Title        string        `yaml:"title"`
	Aliases      []string      `yaml:"aliases"`
	Unrelated    []string      `yaml:"unrelated"`
	Language     oneOrMore     `yaml:"language"`
	Kind         string        `yaml:"kind"`
	Extends      string        `yaml:"extends"`
	Licence      *claim        `yaml:"licence"`
	FirstRelease *claim        `yaml:"first_release"`
	Latest       *claim        `yaml:"latest"`
	Links        frontLinks    `yaml:"links"`
	Facts        frontFacts    `yaml:"facts"`
	Sources      []frontSource `yaml:"sources"`
	Reviewed     string        `yaml:"reviewed"`
	Owner        string        `yaml:"owner"`
	Questions    []string      `yaml:"questions"`
}

// claim is a fact with what it rests on.
type claim struct {
	Value  string `yaml:"value"`
	Has    *bool  `yaml:"has"`
	Date   string `yaml:"date"`
	Source string `yaml:"source"`
}

type frontLinks struct {
	Home   string `yaml:"home"`
	Docs   string `yaml:"docs"`
	Source string `yaml:"source"`
}

type frontFacts struct {
	Runtime        *claim `yaml:"runtime"`
	ORM            *claim `yaml:"orm"`
	Templating     *claim `yaml:"templating"`
	Admin          *claim `yaml:"admin"`
	Async          *claim `yaml:"async"`
	Authentication *claim `yaml:"authentication"`
	CommandLine    *claim `yaml:"command_line"`
	Testing        *claim `yaml:"testing"`
	UsedBy         *claim `yaml:"used_by"`
	Usage          *claim `yaml:"usage"`
}

type frontSource struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
	Label string `yaml:"label"`
	Date  string `yaml:"date"`
	Link  string `yaml:"link"`
}

// parser turns one file into a page and notes all that is wrong with it.
type parser struct {
	Problems
	file string
	text string     // the whole file
	root *yaml.Node // of the front matter, for the lines of values
	page *Page

	foreign bool // the text was not written for us: it marks no sources
}

// ParsePage parses the file of one page. The page is usable only if there are
// no problems; they name file and line, all of them at once.
func ParsePage(file string, data []byte) (*Page, Problems) {
	p := &parser{file: file, text: string(data), page: &Page{ID: strings.TrimSuffix(file, ".md"), File: file, text: &Body{}}}
	if !p.checkBytes(data) {
		return nil, p.Problems
	}
	yamlText, body, bodyLine, ok := p.split()
	if !ok {
		return nil, p.Problems
	}
	p.Problems = append(p.Problems, checkFront(file, 2, yamlText)...)
	p.Problems = append(p.Problems, checkBody(file, bodyLine, body)...)
	if len(p.Problems) > 0 {
		return nil, p.Problems
	}
	var f front
	if p.root, p.Problems = decodeYAML(file, 2, yamlText, &f); len(p.Problems) > 0 {
		return nil, p.Problems
	}
	p.front(&f)
	p.body(body, bodyLine)
	return p.page, p.Problems
}

func (p *parser) problem(line int, format string, args ...any) {
	p.add(p.file, line, format, args...)
}

func (p *parser) checkBytes(data []byte) bool {
	if len(data) > MaxPageBytes {
		p.problem(0, "the file has %d bytes: the limit is %d", len(data), MaxPageBytes)
		return false
	}
	for line, n := data, 1; len(line) > 0; n++ {
		var text []byte
		text, line, _ = bytes.Cut(line, []byte("\n"))
		if !utf8.Valid(text) {
			p.problem(n, "not valid UTF-8: save the file as UTF-8")
			return false
		}
	}
	return true
}

// split takes the front matter off. A byte order mark and Windows line ends are read as well.
func (p *parser) split() (yamlText []byte, body string, bodyLine int, ok bool) {
	p.text = strings.ReplaceAll(strings.TrimPrefix(p.text, "\ufeff"), "\r\n", "\n")
	rest, found := strings.CutPrefix(p.text, "---\n")
	if !found {
		p.problem(1, "no front matter: the first line must be ---")
		return nil, "", 0, false
	}
	head, body, found := strings.Cut("\n"+rest, "\n---\n")
	if !found {
		p.problem(1, "the front matter is not closed: a line of --- must follow it")
		return nil, "", 0, false
	}
	return []byte(head + "\n")[1:], body, strings.Count(head, "\n") + 3, true
}

// front checks the front matter and fills the page from it.
func (p *parser) front(f *front) {
	p.page.Title, p.page.Aliases, p.page.Unrelated = strings.TrimSpace(f.Title), f.Aliases, f.Unrelated
	p.page.Owner, p.page.Extends = f.Owner, f.Extends
	if p.page.Extends != "" && f.Kind == "" {
		f.Kind = string(Document)
	}
	if p.page.Title == "" && p.page.Extends == "" {
		p.problem(1, "no title")
	}
	p.kind(f)
	p.sources(f.Sources)
	p.links(f.Links)
	p.facts(f)
	for i, q := range f.Questions {
		p.page.Body().Questions = append(p.page.Body().Questions, Question{q, p.line("questions", i)})
	}
	if f.Reviewed != "" {
		day, err := time.Parse(time.DateOnly, f.Reviewed)
		if err != nil {
			p.problem(p.line("reviewed"), "reviewed: %q is not a date such as 2026-11-22", f.Reviewed)
		}
		p.page.Reviewed = day
	}
}

func (p *parser) kind(f *front) {
	p.page.Kind = Kind(f.Kind)
	switch p.page.Kind {
	case Micro, FullStack, Guide, Document:
	default:
		p.problem(p.line("kind"), "kind: %q is not one of micro, full-stack, guide, document", f.Kind)
	}
	if p.page.Languages = f.Language; len(f.Language) > 0 {
		p.page.Facts = append(p.page.Facts, Fact{Key: "language", Label: "Language", Value: strings.Join(f.Language, ", ")})
	}
	if p.page.IsFramework() {
		p.page.Facts = append(p.page.Facts, Fact{Key: "kind", Label: "Kind", Value: f.Kind})
	}
}

func (p *parser) sources(list []frontSource) {
	for i, s := range list {
		line := p.line("sources", i)
		switch {
		case s.ID == "" || s.Title == "" || s.Date == "":
			p.problem(line, "source %q needs an id, a title and a date", s.ID)
		case !isDate(s.Date):
			p.problem(line, "source %q: date %q is not YYYY, YYYY-MM or YYYY-MM-DD", s.ID, s.Date)
		case p.page.source(s.ID) != nil:
			p.problem(line, "source %q is there twice", s.ID)
		case s.Link != "" && !isWeb(s.Link):
			p.problem(line, "source %q: link %q does not begin with https:// or http://", s.ID, s.Link)
		}
		if s.Label == "" {
			s.Label = s.Title
		}
		p.page.Sources = append(p.page.Sources, Source(s))
	}
}

func (p *parser) links(l frontLinks) {
	for _, link := range []Link{{"home", "Home page", l.Home}, {"docs", "Documentation", l.Docs}, {"source", "Source code", l.Source}} {
		switch {
		case link.URL == "":
		case !isWeb(link.URL):
			p.problem(p.line("links", link.Key), "links: %s %q does not begin with https:// or http://", link.Key, link.URL)
		default:
			p.page.Links = append(p.page.Links, link)
		}
	}
}

// facts adds the typed facts in the order of [FactKeys].
func (p *parser) facts(f *front) {
	claims := map[string]*claim{
		"licence": f.Licence, "first_release": f.FirstRelease, "latest": f.Latest,
		"runtime": f.Facts.Runtime, "orm": f.Facts.ORM, "templating": f.Facts.Templating,
		"admin": f.Facts.Admin, "async": f.Facts.Async, "authentication": f.Facts.Authentication,
		"command_line": f.Facts.CommandLine, "testing": f.Facts.Testing,
		"used_by": f.Facts.UsedBy, "usage": f.Facts.Usage,
	}
	for _, k := range FactKeys {
		c := claims[k.Key]
		if c == nil {
			continue
		}
		line := p.line("facts", k.Key)
		if child(p.root, k.Key) != nil {
			line = p.line(k.Key)
		}
		source := p.page.source(c.Source)
		switch {
		case c.Value == "":
			p.problem(line, "%s has no value: leave the key out where nobody verified it", k.Key)
		case source == nil:
			p.problem(line, "%s: source %q is not one of the page's sources", k.Key, c.Source)
		case c.Date != "" && !isDate(c.Date):
			p.problem(line, "%s: date %q is not YYYY, YYYY-MM or YYYY-MM-DD", k.Key, c.Date)
		}
		p.page.Facts = append(p.page.Facts, Fact{k.Key, k.Label, c.Value, c.Has, c.Date, source})
	}
}

// line is where the front matter has the value at that path, 1 if nowhere.
func (p *parser) line(path ...any) int { return lineIn(p.root, path...) + 1 }

func (p *Page) source(id string) *Source {
	for i := range p.Sources {
		if p.Sources[i].ID == id {
			return &p.Sources[i]
		}
	}
	return nil
}

func isDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

func isWeb(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}
