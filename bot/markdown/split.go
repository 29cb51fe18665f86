package markdown

import "strings"

// A text that is too long for the parser is cut where it may be, and what was
// made of the pieces is joined again. A parser's time may grow with the square
// of a piece, so they are short.
const (
	usualPiece = 4 << 10 // a piece that is as long ends before the next block, list item or row of a table
	longPiece  = 8 << 10 // one that is as long ends at the next line, also in code
)

// A piece is a part of a long text that can be parsed by itself.
type piece struct {
	text   string
	goesOn bool // with the block that the piece before it ends with
}

// splitter cuts a text into pieces, line by line.
type splitter struct {
	pieces []piece
	goesOn bool // the piece under way does
	now    strings.Builder
	last   string // the line before

	fence   string // the mark of the code block that is open, "" for none
	opening string // its first line
	nested  bool   // it is in a list item or a block quote
	item    bool   // a list is under way
	head    string // head and rule of the table that is under way, "" for none
}

func split(src string) []piece {
	s := splitter{last: "\n"}
	for line := range strings.Lines(src) {
		s.add(line)
	}
	s.cut("", "")
	return s.pieces
}

func (s *splitter) add(line string) {
	text := strings.TrimRight(line, " \t\n")
	if s.nested && text != "" && isFlush(line) && line[0] != '>' {
		s.fence, s.nested = "", false // what the code was in has ended
	}
	if s.fence != "" {
		s.code(text)
	} else {
		s.text(line, text)
	}
	s.now.WriteString(line)
	s.last = line
}

func (s *splitter) text(line, text string) {
	if text == "" {
		s.head = ""
		return
	}
	isRow := s.head != "" && strings.Contains(text, "|")
	switch size := s.now.Len(); {
	case size >= usualPiece && isRow:
		s.cut("", s.head)
	case size >= usualPiece && s.isBetween(line), size >= longPiece && isFlush(line) && !isRow:
		s.cut("", "")
	}
	s.begin(line, text)
	if s.head == "" && isRule(text) && strings.Contains(s.last, "|") && isFlush(s.last) {
		s.head = s.last + line
	}
}

// isFlush reports whether a line is not indented, so that it may begin a block of the text itself.
func isFlush(line string) bool { return line[0] != ' ' && line[0] != '\t' && line[0] != '\n' }

// isBetween reports whether something ends before the line.
func (s *splitter) isBetween(line string) bool {
	return isFlush(line) && (strings.TrimSpace(s.last) == "" || itemMark(line) > 0 || line[0] == '#')
}

// cut ends a piece with closing and begins the next with opening.
func (s *splitter) cut(closing, opening string) {
	if s.now.Len() > 0 {
		s.now.WriteString(closing)
		s.pieces = append(s.pieces, piece{s.now.String(), s.goesOn})
	}
	s.goesOn = strings.TrimSpace(s.last) != ""
	s.now.Reset()
	s.now.WriteString(opening)
}

// begin notes whether a block of code begins in the line.
func (s *splitter) begin(line, text string) {
	bare := strings.TrimLeft(text, " \t>")
	isQuote := strings.HasPrefix(strings.TrimLeft(text, " "), ">")
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	if indent == 0 && text != "" {
		s.item = false
	}
	for n := itemMark(bare); n > 0; n = itemMark(bare) {
		s.item, bare = true, strings.TrimLeft(bare[n:], " \t")
	}
	mark := bare[:len(bare)-len(strings.TrimLeft(bare, bare[:min(1, len(bare))]))]
	if len(mark) < 3 || mark[0] != '`' && mark[0] != '~' || mark[0] == '`' && strings.Contains(bare[len(mark):], "`") {
		return
	}
	if isQuote || s.item || indent < 4 {
		s.fence, s.opening, s.nested = mark, line, isQuote || s.item
	}
}

// code goes over a line of a block of code.
func (s *splitter) code(text string) {
	bare := strings.TrimLeft(text, " \t>")
	switch {
	case (s.nested || !strings.HasPrefix(text, "    ")) && strings.HasPrefix(bare, s.fence) && strings.Trim(bare, s.fence[:1]) == "":
		s.fence, s.nested = "", false
	case !s.nested && s.now.Len() >= longPiece && text != "" && strings.TrimSpace(s.last) != "":
		s.cut(s.fence+"\n", s.opening)
	}
}

// itemMark is the length of the mark of a list item that s begins with, 0 if there is none.
func itemMark(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case n > 9 || n == len(s):
		return 0
	case n == 0 && strings.IndexByte("-*+", s[0]) < 0, n > 0 && s[n] != '.' && s[n] != ')':
		return 0
	}
	if n++; n < len(s) && strings.IndexByte(" \t\n", s[n]) < 0 {
		return 0
	}
	return n
}

// parsePieces parses a long text.
func parsePieces(src string) []Block {
	var out []Block
	for _, p := range split(src) {
		next := parse(p.text)
		if n := len(out); n > 0 && len(next) > 0 && out[n-1].join(next[0], p.goesOn) {
			next = next[1:]
		}
		out = append(out, next...)
	}
	return out
}

// join adds what a block goes on with in the next piece, and reports whether it does.
func (b *Block) join(next Block, goesOn bool) bool {
	switch {
	case b.Kind != next.Kind:
		return false
	case b.Kind == List && b.Ordered == next.Ordered: // also behind an empty line
		b.Items = append(b.Items, next.Items...)
	case b.Kind == Table && goesOn:
		b.Rows = append(b.Rows, next.Rows[1:]...)
	case b.Kind == Code && goesOn:
		b.Text += "\n" + next.Text
	case b.Kind == Quote && goesOn:
		b.Blocks = append(b.Blocks, next.Blocks...)
	default:
		return false
	}
	return true
}
