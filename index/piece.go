package index

import (
	"strings"
	"unicode/utf8"
)

// How long the pieces are that a long section of a document is found and shown
// by, in bytes.
const (
	longSection = 1800 // a section that is no longer stays whole
	usualPiece  = 1200
	longLine    = 8 << 10 // a line that is longer is cut between words
	longSummary = 4 << 10 // of a document
)

// piece is a part of a section's body: whole paragraphs, list items and code blocks.
type piece struct {
	from, to int    // offsets in the body, without the heading
	heading  string // the deeper heading that it stands under, "" for none
}

// pieces cuts a long body of a section: at deeper headings, and where a piece
// has grown long enough, between paragraphs or list items; never in a code
// block, an item, a table or a quotation. One that is not long is one piece.
func pieces(body string) []piece {
	if len(body) <= longSection {
		return []piece{{0, len(body), ""}}
	}
	c := cutter{body: body}
	var code fencing
	blank, at := true, 0
	for line := range strings.Lines(body) {
		text := strings.TrimSpace(line)
		inside := code.line(line)
		if !inside && line[0] != ' ' && line[0] != '\t' {
			c.line(at, at+len(line), text, blank)
		}
		if !inside && len(line) > longLine {
			c.long(at, at+len(line))
		}
		blank, at = text == "" && !inside, at+len(line)
	}
	c.cut(len(body))
	return c.done
}

// cutter cuts at the lines that it is shown, which are no part of something larger.
type cutter struct {
	body string
	done []piece
	now  piece
}

func (c *cutter) line(at, next int, text string, afterBlank bool) {
	heading, isHeading := headingOf(text)
	switch {
	case isHeading:
		if !c.cut(at) && c.now.heading != "" {
			heading = c.now.heading + ": " + heading // nothing stands between the two
		}
		c.now = piece{from: next, heading: heading}
	case at-c.now.from >= usualPiece && (afterBlank || listMark(text) > 0 && text[0] != '>'):
		c.cut(at)
		c.now = piece{from: at, heading: c.now.heading}
	}
}

// long cuts a line that no person has written.
func (c *cutter) long(from, to int) {
	for to-from > longLine {
		from += len(cutWords(c.body[from:to], longLine))
		c.cut(from)
		c.now = piece{from: from, heading: c.now.heading}
	}
}

// cutWords is as much of a text as there is room for, up to the end of a line,
// else of a word, else of a character.
func cutWords(text string, room int) string {
	for _, end := range []string{"\n", " "} {
		if n := strings.LastIndex(text[:room], end); n > 0 {
			return text[:n]
		}
	}
	for room > 1 && !utf8.RuneStart(text[room]) {
		room--
	}
	return text[:room]
}

// cut ends the piece under way, if there is something in it.
func (c *cutter) cut(at int) bool {
	if c.now.to = at; strings.TrimSpace(c.body[c.now.from:at]) == "" {
		return false
	}
	c.done = append(c.done, c.now)
	return true
}

// headingOf is what a line says that is a heading.
func headingOf(text string) (heading string, is bool) {
	rest := strings.TrimLeft(text, "#")
	if marks := len(text) - len(rest); marks == 0 || marks > 6 || !strings.HasPrefix(rest, " ") {
		return "", false
	}
	return plainLine(strings.Trim(rest, "# ")), true
}

// pieces are those of a section: the section itself, but for documents, whose
// sections may be of any length.
func (p *Page) pieces(s *Section) []piece {
	if p.Kind != Document {
		return []piece{{0, len(s.Body), ""}}
	}
	return pieces(s.Body)
}

// piece is a part of the section as a section of its own.
func (s *Section) piece(of piece) *Section {
	if of.to-of.from == len(s.Body) || of.from < 0 || of.to > len(s.Body) || of.from > of.to {
		return s
	}
	one := *s
	one.Body = trimBlank(s.Body[of.from:of.to])
	one.Line += strings.Count(s.Body[:of.from], "\n")
	if of.heading != "" {
		one.Heading = of.heading
	}
	return &one
}

// Pieces are the sections of the page as hits show them: the long ones of a
// document are cut into several.
func (p *Page) Pieces() []*Section {
	var all []*Section
	body := p.Body()
	for i := range body.Sections {
		s := &body.Sections[i]
		for _, of := range p.pieces(s) {
			all = append(all, s.piece(of))
		}
	}
	return all
}
