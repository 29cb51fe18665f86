package discord

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// A space is what is left of a message's limits.
type space struct{ units, bytes int }

// holds reports whether there is room for s.
func (l space) holds(s string) bool { return units(s) <= l.units && len(s) <= l.bytes }

// take takes the room that s needs, whether or not there is so much.
func (l *space) take(s string) {
	l.units -= units(s)
	l.bytes -= len(s)
}

// A chunk is what is shown whole or not at all: a paragraph or a point of a
// list, with the note that corrects it.
type chunk struct {
	text   string           // Markdown of Discord
	blocks []markdown.Block // what it was made from, nil if it cannot be shortened
	tight  bool             // no empty line before it
}

// chunks takes CommonMark apart.
func chunks(src string) []chunk { return takeApart(src).chunks }

func takeApart(src string) pageText {
	blocks := markdown.Parse(src)
	return pageText{chunksOf(blocks), pointNames(blocks)}
}

func chunksOf(blocks []markdown.Block) []chunk {
	var groups []chunk
	for _, b := range blocks {
		switch last := len(groups) - 1; {
		case b.Kind == markdown.Quote && last >= 0:
			groups[last].blocks = append(groups[last].blocks, b)
		case b.Kind == markdown.List:
			groups = append(groups, points(b, last >= 0 && isList(groups[last]))...)
		default:
			groups = append(groups, chunk{blocks: []markdown.Block{b}})
		}
	}
	var out []chunk
	for _, c := range groups {
		if c.text = strings.Join(lines(c.blocks, place{}), "\n"); c.text != "" {
			out = append(out, c)
		}
	}
	return out
}

// points are the points of a list, each by itself. No empty line is before
// them: Discord sets lists apart by itself.
func points(list markdown.Block, afterList bool) []chunk {
	out := make([]chunk, len(list.Items))
	for i, blocks := range list.Items {
		one := markdown.Block{Kind: markdown.List, Ordered: list.Ordered, Start: list.Start + i, Items: [][]markdown.Block{blocks}}
		out[i] = chunk{blocks: []markdown.Block{one}, tight: i > 0 || !afterList}
	}
	return out
}

func isList(c chunk) bool { return c.blocks[0].Kind == markdown.List }

// flow joins as many chunks as there is room for, and reports whether those are
// all. The first one is shortened if it is too long for any card.
func flow(all []chunk, room space) (text string, whole bool) {
	for i, c := range all {
		if i > 0 && c.tight {
			c.text = "\n" + c.text
		} else if i > 0 {
			c.text = gap + c.text
		}
		switch {
		case room.holds(c.text):
			room.take(c.text)
			text += c.text
		case i == 0 && units(c.text) > longChunk:
			return c.shortened(room), false
		default:
			return text, false
		}
	}
	return text, true
}

// longChunk is more than a claim has, or a paragraph that is meant to be read.
const longChunk = 1000

// least is the least room that it is worth to begin a text in.
const least = 80

// shortened is a chunk cut to the room that there is: nothing, if that is too little.
func (c chunk) shortened(room space) string {
	for n := min(room.units, room.bytes); n >= least && c.blocks != nil; n = n * 4 / 5 {
		s := shortener{n}
		text := strings.Join(lines(s.claim(c.blocks), place{}), "\n")
		if room.holds(text) {
			return text
		}
	}
	return ""
}

// A shortener copies blocks until so many units of their text are used up.
type shortener struct{ left int }

// claim shortens a claim before the note that follows it, which keeps up to
// half of the room.
func (s *shortener) claim(blocks []markdown.Block) []markdown.Block {
	notes := blocks[1:]
	all := shortener{s.left / 2}
	kept := all.blocks(notes)
	s.left -= s.left/2 - all.left
	return append(s.blocks(blocks[:1]), kept...)
}

func (s *shortener) blocks(in []markdown.Block) []markdown.Block {
	var out []markdown.Block
	for _, b := range in {
		if s.left <= 0 {
			break
		}
		b.Text, b.Spans, b.Blocks = s.text(b.Text), s.spans(b.Spans), s.blocks(b.Blocks)
		b.Items, b.Rows = s.items(b.Items), s.rows(b.Rows)
		out = append(out, b)
	}
	return out
}

func (s *shortener) items(in [][]markdown.Block) [][]markdown.Block {
	var out [][]markdown.Block
	for _, blocks := range in {
		if s.left <= 0 {
			break
		}
		out = append(out, s.blocks(blocks))
	}
	return out
}

func (s *shortener) rows(in [][]markdown.Cell) [][]markdown.Cell {
	var out [][]markdown.Cell
	for _, row := range in {
		var cells []markdown.Cell
		for _, cell := range row {
			cells = append(cells, s.spans(cell))
		}
		if s.left <= 0 {
			break
		}
		out = append(out, cells)
	}
	return out
}

func (s *shortener) spans(in []markdown.Span) []markdown.Span {
	var out []markdown.Span
	for _, span := range in {
		if s.left <= 0 {
			break
		}
		span.Text = s.text(span.Text)
		out = append(out, span)
	}
	return out
}

func (s *shortener) text(t string) string {
	short := cut(t, s.left)
	s.left = max(0, s.left-units(t))
	return short
}
