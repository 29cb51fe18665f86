package console

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// A word is what a row is never broken inside of: letters up to a blank, or
// one wide letter, since Chinese and Japanese are written without blanks.
type word struct {
	spans []span
	width int
	blank bool // a blank stands before it
}

// wrap fills rows of at most limit columns. There is always one row.
func wrap(spans []span, limit int) [][]span {
	limit = max(limit, 2) // a wide letter needs two
	var rows [][]span
	var row []span
	used := 0
	for _, w := range split(words(spans), limit) {
		switch {
		case used == 0:
		case w.blank && used+1+w.width <= limit:
			row = append(row, blank(row[len(row)-1], w.spans[0]))
			used++
		case w.blank || used+w.width > limit:
			rows, row, used = append(rows, merge(row)), nil, 0
		}
		row = append(row, w.spans...)
		used += w.width
	}
	return append(rows, merge(row))
}

// blank looks as the words on both its sides do, and plain where they differ.
func blank(before, after span) span {
	if before.look == after.look {
		return span{" ", before.look}
	}
	return span{" ", plain}
}

// merge joins neighbours that look the same.
func merge(spans []span) []span {
	var out []span
	var text strings.Builder
	for i, sp := range spans {
		text.WriteString(sp.text)
		if i+1 == len(spans) || spans[i+1].look != sp.look {
			out = append(out, span{text.String(), sp.look})
			text.Reset()
		}
	}
	return out
}

// words takes the spans apart at blanks and beside wide letters.
func words(spans []span) []word {
	var c cutter
	for _, sp := range spans {
		c.look = sp.look
		for _, r := range markdown.Clean(sp.text) {
			c.rune(r)
		}
	}
	c.end()
	return c.words
}

// A cutter collects words letter by letter.
type cutter struct {
	words  []word
	word   word
	text   strings.Builder
	look   emphasis // of the letters to come
	of     emphasis // of the letters in text
	wide   bool     // the last letter was a wide one
	joined bool     // the last letter was a joiner: the next belongs to it
	blank  bool     // a blank stands before the word
}

func (c *cutter) rune(r rune) {
	if r == ' ' || r == '\n' {
		c.end()
		c.blank = true
		return
	}
	n := markdown.RuneColumns(r)
	if (n == 2 || n == 1 && c.wide) && !c.joined && !isClosing(r) {
		c.end()
	}
	if c.of != c.look {
		c.span()
	}
	c.of, c.wide, c.joined = c.look, n == 2 || n == 0 && c.wide, r == '\u200d'
	c.text.WriteRune(r)
	c.word.width += n
}

// isClosing holds for signs that must not begin a row.
func isClosing(r rune) bool {
	return strings.ContainsRune(".,;:!?)]}»”’…。、，．！？）」』】", r)
}

func (c *cutter) span() {
	if c.text.Len() > 0 {
		c.word.spans = append(c.word.spans, span{c.text.String(), c.of})
		c.text.Reset()
	}
}

func (c *cutter) end() {
	c.span()
	if len(c.word.spans) > 0 {
		c.word.blank = c.blank
		c.words = append(c.words, c.word)
		c.blank = false
	}
	c.word, c.wide, c.joined = word{}, false, false
}

// split cuts words that no row has room for. An address stays whole: cut, it
// could not be opened, and terminals break it by themselves.
func split(in []word, limit int) []word {
	out := make([]word, 0, len(in))
	for _, w := range in {
		if w.width <= limit || isAddress(w) {
			out = append(out, w)
			continue
		}
		out = append(out, w.pieces(limit)...)
	}
	return out
}

func isAddress(w word) bool {
	text := strings.TrimLeft(w.spans[0].text, "(<[")
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
}

func (w word) pieces(limit int) []word {
	var out []word
	piece := word{blank: w.blank}
	for _, sp := range w.spans {
		from := 0
		for i, r := range sp.text {
			n := markdown.RuneColumns(r)
			if piece.width+n > limit {
				piece.spans = append(piece.spans, span{sp.text[from:i], sp.look})
				out, piece, from = append(out, piece), word{}, i
			}
			piece.width += n
		}
		piece.spans = append(piece.spans, span{sp.text[from:], sp.look})
	}
	return append(out, piece)
}
