package discord

import "strings"

// A layout is a card for which it is known how much of it there is room for.
type layout struct {
	heading string // Markdown, "" if the card has no name
	blocks  []block
	sources string   // Markdown, one line
	small   []string // plain text
}

// A block is a piece of a layout, in Markdown.
type block struct {
	heading string // "" for none
	text    string
}

// A frame is what a style has room for.
type frame struct {
	all     space // for the whole card
	plain   int   // units of all blocks without a heading together
	headed  int   // units of one block with a heading
	sources int   // units of the sources
}

// gap is what stands between two blocks.
const gap = "\n\n"

// layout lays the card out in a frame. The heading and the sources have their
// room first: what is told without them is worth less than what is left out.
func (s *sheet) layout(heading string, f frame) layout {
	l := layout{heading: heading}
	room := f.all
	for _, text := range []string{s.lead, heading, s.shortened()} {
		room.take(text + gap)
	}
	for _, p := range s.posts {
		room.take(p.text)
		room.bytes -= size([]component{p.button})
	}
	for _, line := range s.small {
		l.small = append(l.small, line)
		room.take(asSmall(escape(line)) + "\n")
	}
	named := len(s.sources)
	if s.more {
		named = maxCardSources
	}
	l.sources = sources(s.sources, named, space{min(f.sources, room.units/2), min(2*f.sources, room.bytes/2)})
	room.take(asSmall(l.sources) + gap)
	if !s.fill(&l, room, f) {
		l.small = append(l.small, s.shortened())
	}
	if len(l.blocks)+len(s.posts) == 0 && s.title == "" {
		l.blocks = []block{{text: "…"}}
	}
	return l
}

// fill adds the parts from top to bottom, and reports whether all of them fitted.
func (s *sheet) fill(l *layout, room space, f frame) bool {
	all := true
	plain := f.plain
	for _, p := range s.parts {
		heading := escapeRun(p.heading)
		most := f.headed
		if heading == "" {
			most = plain
		}
		within := space{min(room.units, most) - units(headed(heading, "")+gap), room.bytes - len(headed(heading, "")+gap)}
		text, whole := p.fill(within)
		all = all && whole
		if text == "" {
			continue
		}
		l.blocks = append(l.blocks, block{heading, text})
		room.take(headed(heading, text) + gap)
		if heading == "" {
			plain -= units(text + gap)
		}
	}
	return all
}

// headed is a text below a heading.
func headed(heading, text string) string {
	if heading == "" {
		return text
	}
	return "### " + heading + "\n" + text
}

// texts are the layout as Markdown from top to bottom, without the small print.
func (l *layout) texts() []string {
	var out []string
	if l.heading != "" {
		out = append(out, l.heading)
	}
	for i, b := range l.blocks {
		if i == 0 && b.heading == "" && l.heading != "" {
			out[0] += "\n" + b.text // no gap below the name
			continue
		}
		out = append(out, headed(b.heading, b.text))
	}
	return out
}

// end is the small print as Markdown, "" if there is none.
func (l *layout) end() string {
	var out []string
	if l.sources != "" {
		out = append(out, asSmall(l.sources))
	}
	for _, s := range l.small {
		out = append(out, asSmall(escape(s)))
	}
	return strings.Join(out, "\n")
}

// asSmall is a line of small print.
func asSmall(line string) string { return "-# " + line }

// shortened is said where something is left out.
func (s *sheet) shortened() string {
	if s.more {
		return "This is not all: the menu has the rest."
	}
	return "This is not all: there is no room here for the rest."
}
