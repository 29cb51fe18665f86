package foreign

import (
	"bytes"
	"strings"
	"unicode"
)

// clean makes a body CommonMark that is fit for chat, with as many lines, and
// returns the first level-one heading. Taking something away may join what
// stood around it to new markup, so it is done again until nothing changes:
// what comes back would not change any more.
func clean(body string, link Linker) (cleaned, heading string) {
	for range maxPasses {
		c := newCleaner(body, link)
		next := c.all()
		if heading == "" {
			heading = plain(c.heading)
		}
		if next == body {
			return body, heading
		}
		body, link = next, nil // links lead to where they shall by now
	}
	return inert(body), heading
}

// inert leaves letters, digits and a little punctuation of a text that is made
// to hide markup in markup.
func inert(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".,;?()", r) {
			return r
		}
		return ' '
	}, s)
}

// A cleaner goes over a body once, line by line.
type cleaner struct {
	src  string
	i    int // what is before it is done
	out  []byte
	link Linker

	// What the body is known to have.
	defined   map[string]string // labels of reference links with their addresses, "" for those that must not be links
	footnotes map[string]bool   // ids that are defined
	closers   map[string]bool   // names of closing tags, in lower case
	mdx       bool              // components and imports were seen: braces are expressions, indented text is no code
	raw       bool              // between Liquid's raw and endraw
	tabCode   bool              // tabs hold code

	// The line under way.
	lineOut    int    // where it begins in out
	contentOut int    // where its text begins in out
	prefix     prefix // what stands before its text
	dropped    bool   // something of it was left out
	heading    string // the first level-one heading, as Markdown

	// The blocks under way.
	stack    []container
	quotes   int
	fence    *fence
	blank    bool // the line before was blank
	code     bool // the line before was indented code
	html     bool // between a tag and a blank line: indentation means nothing
	cells    int  // cells of this row so far
	brackets []bracket

	// What keeps the work linear.
	found    map[string]int // where a mark is next, -1 for nowhere
	unpaired map[string]bool
	ticks    [65]int // up to where no run of so many backticks closes
	paraEnd  int
	budget   int // bytes that may still be looked at ahead in vain
	eolFrom  int // the last line that was asked for
	eolEnd   int
	added    int // bytes by which addresses lengthened the body
}

func newCleaner(src string, link Linker) *cleaner {
	c := &cleaner{
		src: src, link: link, out: make([]byte, 0, len(src)+len(src)/16),
		found: map[string]int{}, unpaired: map[string]bool{},
		blank: true, budget: 3*len(src) + 1<<16, eolFrom: -1, eolEnd: -1,
	}
	c.scan()
	return c
}

// all cleans the whole body.
func (c *cleaner) all() string {
	for c.i < len(c.src) {
		c.line()
	}
	c.endLine()
	return string(bytes.ReplaceAll(c.out, []byte{0}, nil)) // brackets that turned out to be of no link
}

// eol is where the line that holds offset ends.
func (c *cleaner) eol(offset int) int {
	if c.eolFrom <= offset && offset <= c.eolEnd {
		return c.eolEnd
	}
	c.eolFrom, c.eolEnd = offset, len(c.src)
	if n := strings.IndexByte(c.src[offset:], '\n'); n >= 0 {
		c.eolEnd = offset + n
	}
	return c.eolEnd
}

// find is where mark is next, -1 if nowhere.
func (c *cleaner) find(mark string) int {
	at, known := c.found[mark]
	if known && (at < 0 || at >= c.i) {
		return at
	}
	at = strings.Index(c.src[c.i:], mark)
	if at >= 0 {
		at += c.i
	}
	c.found[mark] = at
	return at
}

// newline ends the line in out and begins the next.
func (c *cleaner) newline() {
	c.endLine()
	c.out = append(c.out, '\n')
	c.lineOut, c.contentOut, c.dropped, c.prefix = len(c.out), len(c.out), false, prefix{}
}

// endLine tidies a line that something was taken from.
func (c *cleaner) endLine() {
	if c.dropped {
		c.tidy()
	}
	if c.heading == "" && bytes.HasPrefix(c.out[c.contentOut:], []byte("# ")) && c.fence == nil && !c.code {
		text := bytes.ReplaceAll(c.out[c.contentOut+2:], []byte{0}, nil)
		c.heading = strings.Trim(string(text), " #")
	}
}

// tidy removes what is empty now: a heading, a list item, emphasis. A row of a
// table stays: an empty line would end the table.
func (c *cleaner) tidy() {
	if !c.isEmpty(" \t\x00#*_~|:-") || bytes.IndexByte(c.content(), '|') >= 0 {
		end := len(c.out)
		for end > c.contentOut && (c.out[end-1] == ' ' || c.out[end-1] == '\t') {
			end--
		}
		c.out = c.out[:end]
		return
	}
	c.out = c.out[:c.lineOut]
	for n := range c.prefix.quotes { // a line without its mark would end the quote
		c.out = append(c.out, "> "[min(n, 1):]...)
	}
	if n := len(c.out); c.prefix.quotes > 0 && c.out[n-1] == ' ' {
		c.out = c.out[:n-1]
	}
	c.contentOut, c.html = len(c.out), true
}

func (c *cleaner) content() []byte { return c.out[c.contentOut:] }

// isEmpty reports whether the line under way has nothing but these characters.
func (c *cleaner) isEmpty(but string) bool {
	return len(bytes.Trim(c.content(), but)) == 0
}

// isBare reports whether nothing of the line's text was written yet.
func (c *cleaner) isBare() bool { return c.isEmpty(" \t\x00") }

// isAlone reports whether nothing else than what ends at offset stands on the line.
func (c *cleaner) isAlone(end int) bool {
	return c.isBare() && strings.Trim(c.src[end:c.eol(end)], " \t") == ""
}

// drop leaves out everything up to offset end, except the line ends in it.
func (c *cleaner) drop(end int) {
	c.dropped = true
	c.skip(end)
	c.close()
}

// replace writes text in place of everything up to offset end.
func (c *cleaner) replace(end int, text string) {
	if text == "" {
		c.drop(end)
		return
	}
	c.dropped = true
	c.skip(end)
	c.write(text)
}

// skip goes on to offset end and writes only the line ends before it.
func (c *cleaner) skip(end int) {
	for {
		n := strings.IndexByte(c.src[c.i:end], '\n')
		if n < 0 {
			break
		}
		c.newline()
		c.dropped = true
		c.i += n + 1
	}
	c.i = end
}

// close joins what stood before and after something that was left out.
func (c *cleaner) close() {
	if c.i >= len(c.src) {
		return
	}
	if rest := c.src[c.i:]; strings.HasPrefix(rest, "**") && bytes.HasSuffix(c.content(), []byte("**")) {
		c.out = c.out[:len(c.out)-2] // nothing is left to be bold
		c.i += 2
	}
	if c.i >= len(c.src) {
		return
	}
	spaced := c.isBare() || c.last() == ' ' || c.last() == '\t' || c.opensBold()
	if spaced {
		for c.i < len(c.src) && (c.src[c.i] == ' ' || c.src[c.i] == '\t') {
			c.i++
		}
	}
	if strings.HasPrefix(c.src[c.i:], "**") && !c.isBare() && c.last() == ' ' && bytes.Count(c.content(), []byte("**"))%2 > 0 {
		c.out = c.out[:len(c.out)-1] // or the bold type would not end
	}
	if c.i < len(c.src) && strings.IndexByte(".,;)", c.src[c.i]) >= 0 && !c.isBare() && c.last() == ' ' {
		if rest := c.src[c.i+1:]; rest == "" || strings.IndexByte(" \n.,;)", rest[0]) >= 0 {
			c.out = c.out[:len(c.out)-1]
		}
	}
}

// opensBold reports whether the line so far ends with asterisks that would begin
// bold type, if no blank followed.
func (c *cleaner) opensBold() bool {
	text, ok := bytes.CutSuffix(c.content(), []byte("**"))
	return ok && (len(text) == 0 || text[len(text)-1] == ' ') && bytes.Count(text, []byte("**"))%2 == 0
}

// last is the last byte of the line's text, a space if there is none.
func (c *cleaner) last() byte {
	if len(c.out) <= c.contentOut {
		return ' '
	}
	return c.out[len(c.out)-1]
}

// write adds text to the line under way in place of what was left out.
func (c *cleaner) write(s string) { c.out = append(c.out, strings.ReplaceAll(s, "\n", " ")...) }

// copyTo takes everything up to offset end as it is.
func (c *cleaner) copyTo(end int) {
	c.out = append(c.out, c.src[c.i:end]...)
	if n := strings.LastIndexByte(c.src[c.i:end], '\n'); n >= 0 {
		c.lineOut = len(c.out) - (end - c.i - n - 1)
		c.contentOut, c.dropped, c.prefix = c.lineOut, false, prefix{}
	}
	c.i = end
}
