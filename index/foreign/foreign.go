// Package foreign reads Markdown that was written for other tools: Hugo,
// Jekyll, Docusaurus, MkDocs, Backstage, Obsidian, MDN and plain folders. It
// takes from the front matter what means the same to us, and makes the text
// fit for chat: no shortcode, macro, component or HTML is left in it, and no
// sentence lost.
package foreign

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Page is what a Markdown file of another tool says.
type Page struct {
	Title   string   // the front matter's title, else the first level-one heading, else ""
	Aliases []string // other names
	Summary string   // plain text, "" if the front matter has none
	Words   []string // tags, keywords, categories: words that help to find it
	Owner   string   // owner, author or authors
	Date    string   // YYYY-MM-DD, YYYY-MM or YYYY, "" if there is none that can be read
	Link    string   // canonical address, https or http, "" if there is none
	Draft   bool     // not meant for readers yet
	Body    string   // CommonMark fit for chat, with as many lines as the file's body; the level-one heading stays in it
	Line    int      // line of the file at which Body begins, from 1
}

// A Problem is something in a file that could not be read and was left out.
type Problem struct {
	Line int // of the file, from 1
	Text string
}

// A Linker is asked for each address that the text links to, and for each name
// in `[[name]]`, and returns the address to write in its place: "" makes the
// link plain text.
type Linker func(to string) string

// Read reads any Markdown file. It never fails: what cannot be read is left
// out and reported.
func Read(data []byte) (Page, []Problem) { return ReadLinked(data, nil) }

// ReadLinked is [Read] that lets link decide where links lead; nil leaves
// addresses as they are and makes `[[name]]` plain text.
func ReadLinked(data []byte, link Linker) (Page, []Problem) {
	f := &front{}
	head := split(normalise(f.decode(data)))
	f.first = head.first
	page := Page{Line: head.line}
	f.page(&page, head)
	body, heading := clean(head.body, link)
	page.Body = body
	if page.Title == "" {
		page.Title = short(heading, maxTitleRunes)
	}
	return page, f.problems
}

// normalise makes valid UTF-8 with "\n" as the only line end, without NUL. It
// keeps the number of lines.
func normalise(data []byte) string {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte(" "))
	}
	s := string(data)
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\ufffd")
	}
	return s
}

// front collects what is wrong with the front matter.
type front struct {
	first    int // line of the file at which the front matter begins
	problems []Problem
}

func (f *front) problem(line int, format string, args ...any) {
	if len(f.problems) < maxProblems {
		f.problems = append(f.problems, Problem{line, fmt.Sprintf(format, args...)})
	}
}

// short cuts s to that many characters and makes it one line.
func short(s string, runes int) string {
	if len(s) > 8*runes {
		s = strings.ToValidUTF8(s[:8*runes], "")
	}
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:runes-1])) + "…"
}
