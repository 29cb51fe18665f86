package index

import (
	"path"
	"strings"
)

// A Text is a Markdown file that was not written for us, taken apart: what its
// front matter says, and a body that is fit for chat.
type Text struct {
	ID, File string
	Title    string // "" for the file's name
	Aliases  []string
	Words    []string // tags and the like
	Summary  string   // "" for the first paragraph
	Owner    string
	Date     string // YYYY, YYYY-MM or YYYY-MM-DD; "" if nobody knows
	Link     string // where it can be read, "" for nowhere
	Body     string
	Line     int // of the file at which Body begins
}

// NewDocument makes a page of a text. Problems are limits that the text
// exceeds, or that it says nothing; there is no page then.
func NewDocument(t Text) (*Page, Problems) {
	p := &parser{file: t.File, foreign: true, page: &Page{
		ID: t.ID, File: t.File, Kind: Document, Owner: t.Owner,
		Title: t.Title, Aliases: t.Aliases, Words: t.Words, text: &Body{},
	}}
	if len(t.Body) > MaxPageBytes {
		p.problem(0, "the file has %d bytes: the limit is %d", len(t.Body), MaxPageBytes)
		return nil, p.Problems
	}
	if strings.TrimSpace(t.Body) == "" && t.Summary == "" {
		p.problem(0, "there is no text in it, so it is no page: write some, or take the file away")
		return nil, p.Problems
	}
	if ps := checkText(t.File, t.Line, withoutCode(t.Body), manyBrackets); len(ps) > 0 {
		return nil, ps
	}
	if p.page.Title == "" {
		p.page.Title = titleOf(t.File)
	}
	p.body(withoutTitle(t.Body), t.Line)
	p.Problems = nil // that a page of ours needs a summary and sources is no rule for others
	p.page.summarise(t.Summary)
	p.page.restOn(Source{ID: "file", Title: p.page.Title, Label: path.Base(t.File), Date: t.Date, Link: t.Link})
	return p.page, nil
}

// manyBrackets is MaxBrackets for texts that nobody wrote for us: tables of
// links have no blank lines.
const manyBrackets = 10 * MaxBrackets

// withoutCode blanks what stands between fences at the left margin: the parser
// takes nothing in it for markup, however deep it is indented. Such texts have no
// HTML left in them, the only other place where a fence is none.
func withoutCode(body string) string {
	lines, fence := strings.Split(body, "\n"), ""
	for i, line := range lines {
		mark := fenceOf(line)
		switch {
		case fence == "":
			fence = mark
		case strings.HasPrefix(mark, fence) && strings.Trim(line, "`~ ") == "":
			fence = ""
		default:
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}

// fenceOf is the run of backticks or tildes that makes a line a fence, "" if it is none.
func fenceOf(line string) string {
	if len(line) < 3 || line[0] != '`' && line[0] != '~' {
		return ""
	}
	mark := line[:len(line)-len(strings.TrimLeft(line, line[:1]))]
	if len(mark) < 3 || mark[0] == '`' && strings.Contains(line[len(mark):], "`") {
		return ""
	}
	return mark
}

// titleOf makes a title of a file's name; an index file is called as its folder is.
func titleOf(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if key := strings.ToLower(name); (key == "index" || key == "_index" || key == "readme") && path.Dir(file) != "." {
		name = path.Base(path.Dir(file))
	}
	return strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
}

// withoutTitle blanks the heading of level one that a text begins with: it is the title.
func withoutTitle(body string) string {
	lines := strings.Split(body, "\n")
	for i, line := range lines {
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case strings.HasPrefix(line, "# "):
			lines[i] = ""
		case i+1 < len(lines) && strings.HasPrefix(lines[i+1], "==") && strings.Trim(lines[i+1], "= ") == "":
			lines[i], lines[i+1] = "", ""
		}
		break
	}
	return strings.Join(lines, "\n")
}

// summarise sees to it that there is a summary of one paragraph: the one that
// is given, or the first of the text. What the summary was becomes a section.
func (p *Page) summarise(given string) {
	first, rest := cutParagraph(p.text.Summary)
	if given != "" {
		first, rest = given, p.text.Summary
	}
	if first == "" && len(p.text.Sections) > 0 {
		first, _ = cutParagraph(p.text.Sections[0].Body)
	}
	if len(first) > longSummary {
		first, rest = cutWords(first, longSummary)+" …", p.text.Summary
	}
	if rest = trimBlank(rest); rest != "" && rest != given {
		p.text.Sections = append([]Section{{Body: rest, Line: 1}}, p.text.Sections...)
	}
	p.text.Summary = trimBlank(first)
	if p.text.Summary == "" {
		p.text.Summary = p.Title
	}
}

// cutParagraph takes the first block off a text: what is before an empty line
// that is not one of code.
func cutParagraph(text string) (first, rest string) {
	var code fencing
	at := 0
	for line := range strings.Lines(text) {
		if inside := code.line(line); !inside && strings.TrimSpace(line) == "" {
			return strings.TrimRight(text[:at], " \t\n"), text[at+len(line):]
		}
		at += len(line)
	}
	return text, ""
}

// restOn makes a source the one that all of the page rests on.
func (p *Page) restOn(s Source) {
	p.Sources = []Source{s}
	p.text.Rests = []*Source{&p.Sources[0]}
	for i := range p.text.Sections {
		p.text.Sections[i].Rests = p.text.Rests
	}
}
