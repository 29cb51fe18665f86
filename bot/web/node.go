package web

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// A node is one part of what is drawn, whoever's markup it was written in: the
// CommonMark of answers, Slack's blocks, Discord's components. One template
// draws all of them, and the style sheet gives each service its look.
type node struct {
	Kind    kind
	Level   int       // of a heading
	Ordered bool      // of a list
	Start   int       // number of an ordered list's first item
	Text    string    // of code, and of what cannot be drawn
	Spans   []span    // of texts
	Nodes   []node    // of what holds others
	Items   [][]node  // of lists and fields
	Table   [][]cell  // rows; the first row is the head
	Pressed []control // buttons and menus
	Colour  string    // "#776bb4", of a container's edge; "" for none
}

// A kind is what a node is.
type kind string

const (
	textNode      kind = "text"
	titleNode     kind = "title"
	headingNode   kind = "heading"
	smallNode     kind = "small"
	quoteNode     kind = "quote"
	listNode      kind = "list"
	codeNode      kind = "code"
	ruleNode      kind = "rule"
	tableNode     kind = "table"
	fieldsNode    kind = "fields"
	sectionNode   kind = "section" // Nodes, with Pressed beside them
	containerNode kind = "container"
	controlsNode  kind = "controls"
	unknownNode   kind = "unknown" // Text names what cannot be drawn
)

// A cell is one cell of a table.
type cell struct{ Spans []span }

// A span is a run of text in one look.
type span struct {
	Text    string
	Bold    bool
	Italic  bool
	Strike  bool
	Under   bool
	Code    bool
	Mention bool   // would call somebody: there should be none
	Break   bool   // a line break; Text is empty
	Link    string // http, https or mailto address, "" if it is no link
}

// A control is a button or a menu as a service shows it.
type control struct {
	Menu    bool
	Label   string
	Style   string // "primary", "danger", "success", "link", "secondary"
	Link    string // where a link button leads
	Options []string
}

// commonMark draws a text of an answer or a page.
func commonMark(src string) []node { return fromBlocks(markdown.Parse(src)) }

func fromBlocks(blocks []markdown.Block) []node {
	nodes := make([]node, 0, len(blocks))
	for _, b := range blocks {
		nodes = append(nodes, fromBlock(b))
	}
	return nodes
}

func fromBlock(b markdown.Block) node {
	switch b.Kind {
	case markdown.Heading:
		return node{Kind: headingNode, Level: b.Level, Spans: fromSpans(b.Spans)}
	case markdown.Quote:
		return node{Kind: quoteNode, Nodes: fromBlocks(b.Blocks)}
	case markdown.List:
		n := node{Kind: listNode, Ordered: b.Ordered, Start: b.Start}
		for _, item := range b.Items {
			n.Items = append(n.Items, fromBlocks(item))
		}
		return n
	case markdown.Code, markdown.HTML:
		return node{Kind: codeNode, Text: b.Text}
	case markdown.Rule:
		return node{Kind: ruleNode}
	case markdown.Table:
		n := node{Kind: tableNode}
		for _, row := range b.Rows {
			cells := make([]cell, len(row))
			for i, c := range row {
				cells[i].Spans = fromSpans(c)
			}
			n.Table = append(n.Table, cells)
		}
		return n
	}
	return node{Kind: textNode, Spans: fromSpans(b.Spans)}
}

func fromSpans(spans []markdown.Span) []span {
	out := make([]span, len(spans))
	for i, s := range spans {
		out[i] = span{Text: s.Text, Bold: s.Bold, Italic: s.Italic, Strike: s.Struck, Code: s.Code, Link: s.Link, Break: s.Break}
	}
	return out
}

// inlineMark draws a text of one line, such as a note: the first paragraph of it.
func inlineMark(src string) []span {
	for _, b := range markdown.Parse(src) {
		if len(b.Spans) > 0 {
			return fromSpans(b.Spans)
		}
	}
	return []span{{Text: markdown.OneLine(src)}}
}

// plain is the text of the spans.
func plain(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Break {
			b.WriteByte('\n')
		}
		b.WriteString(s.Text)
	}
	return b.String()
}

// spoken is what a screen reader says of nodes, a line for each.
func spoken(nodes []node) string {
	var lines []string
	for i := range nodes {
		lines = nodes[i].speak(lines)
	}
	return strings.Join(lines, "\n")
}

func (n *node) speak(lines []string) []string {
	say := func(prefix, s string) {
		if s = strings.TrimSpace(s); s != "" {
			lines = append(lines, prefix+s)
		}
	}
	switch n.Kind {
	case titleNode, headingNode:
		say("heading: ", plain(n.Spans))
	case codeNode, unknownNode:
		say("", n.Text)
	default:
		say("", plain(n.Spans))
	}
	for i := range n.Nodes {
		lines = n.Nodes[i].speak(lines)
	}
	for _, item := range n.Items {
		prefix := ""
		if n.Kind == listNode {
			prefix = "• "
		}
		say(prefix, strings.ReplaceAll(spoken(item), "\n", "\n  "))
	}
	for _, row := range n.Table {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = plain(c.Spans)
		}
		say("", strings.Join(cells, "; "))
	}
	for _, c := range n.Pressed {
		if c.Menu {
			say("menu: ", c.Label)
		} else {
			say("button: ", c.Label)
		}
	}
	return lines
}
