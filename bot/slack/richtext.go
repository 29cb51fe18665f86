package slack

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot/markdown"
)

// maxRichText is how much rich text stands in one block, and maxRichTexts how
// much of it a card shows in all: more than any page that somebody would read
// in a chat, and as much as leaves room for the rest.
const (
	maxRichText  = maxSection
	maxRichTexts = 6000
)

// deepest is how far lists may be indented
// (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block#rich_text_list).
const deepest = 8

// A richList is a list whose items are sections. It stands in for the
// library's type, which writes an offset of zero as well: Slack documents the field
// (https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element),
// but the types that it publishes lack it.
type richList struct {
	Type     slack.RichTextElementType     `json:"type"`
	Style    slack.RichTextListElementType `json:"style"`
	Indent   int                           `json:"indent,omitempty"`
	Offset   int                           `json:"offset,omitempty"` // of an ordered list that does not begin with 1
	Elements []*slack.RichTextSection      `json:"elements"`
}

// RichTextElementType implements [slack.RichTextElement].
func (l *richList) RichTextElementType() slack.RichTextElementType { return l.Type }

// richText renders CommonMark blocks, until the room is used up.
type richText struct {
	elements []slack.RichTextElement
	room     int    // units that may still be used
	between  string // what stands between paragraphs
	cut      bool   // something was left out
}

// richTextOf renders blocks with at most room units.
func richTextOf(blocks []markdown.Block, room int, between string) *richText {
	r := &richText{room: room, between: between}
	r.blocks(blocks, 0)
	return r
}

// add appends an element.
func (r *richText) add(e slack.RichTextElement) { r.elements = append(r.elements, e) }

func (r *richText) blocks(blocks []markdown.Block, indent int) {
	for i := range blocks {
		if r.full() {
			return
		}
		r.block(&blocks[i], indent)
	}
}

// full reports whether there is no room; what comes now is cut off.
func (r *richText) full() bool {
	if r.room > 0 {
		return false
	}
	r.cut = true
	return true
}

func (r *richText) block(b *markdown.Block, indent int) {
	switch b.Kind {
	case markdown.Paragraph:
		r.paragraph(b.Spans)
	case markdown.Heading:
		r.paragraph(inBold(b.Spans))
	case markdown.Quote:
		r.quote(b.Blocks)
	case markdown.List:
		r.list(b, indent)
	case markdown.Code:
		r.code(b.Text)
	case markdown.HTML:
		r.paragraph([]markdown.Span{{Text: b.Text}})
	case markdown.Table:
		r.table(b.Rows)
	case markdown.Rule:
	}
}

// inBold are the spans in bold.
func inBold(spans []markdown.Span) []markdown.Span {
	out := make([]markdown.Span, len(spans))
	for i, s := range spans {
		s.Bold = true
		out[i] = s
	}
	return out
}

// paragraph adds a section, or continues one: there is no other way to set paragraphs apart.
func (r *richText) paragraph(spans []markdown.Span) {
	inline := r.inline(spans)
	if len(inline) == 0 {
		return
	}
	if n := len(r.elements); n > 0 && r.between != "" {
		if last, ok := r.elements[n-1].(*slack.RichTextSection); ok && measureInline(last.Elements).units+measureInline(inline).units < maxRichText {
			last.Elements = append(append(last.Elements, textElement(r.between, nil)), inline...)
			return
		}
	}
	r.add(slack.NewRichTextSection(inline...))
}

// quote adds a quote. Slack's hold nothing but lines.
func (r *richText) quote(blocks []markdown.Block) {
	if inline := r.inline(quoted(blocks)); len(inline) > 0 {
		r.add(&slack.RichTextQuote{Type: slack.RTEQuote, Elements: inline})
	}
}

// list adds a list. What an item holds beside text stands after the item, and
// the list goes on behind it: Slack's items hold nothing but text.
func (r *richText) list(b *markdown.Block, indent int) {
	style, offset := slack.RTEListBullet, 0
	if b.Ordered {
		style, offset = slack.RTEListOrdered, max(b.Start-1, 0)
	}
	var open *richList
	for i, item := range b.Items {
		if r.full() {
			return
		}
		text, rest := itemText(item)
		if inline := r.inline(text); len(inline) > 0 {
			if open == nil {
				open = &richList{Type: slack.RTEList, Style: style, Indent: min(indent, deepest)}
				if b.Ordered {
					open.Offset = offset + i
				}
				r.add(open)
			}
			open.Elements = append(open.Elements, slack.NewRichTextSection(inline...))
		}
		if len(rest) > 0 {
			r.blocks(rest, indent+1)
			open = nil
		}
	}
}

// itemText are the paragraphs that an item begins with, and what comes after them.
func itemText(item []markdown.Block) (text []markdown.Span, rest []markdown.Block) {
	for i := range item {
		if item[i].Kind != markdown.Paragraph && (i > 0 || item[i].Kind != markdown.Heading) {
			return text, item[i:]
		}
		if i > 0 {
			text = append(slices.Clip(text), markdown.Span{Break: true})
		}
		text = append(slices.Clip(text), item[i].Spans...)
	}
	return text, nil
}

// code adds text as it stands, in as many pieces as its length asks for.
func (r *richText) code(text string) {
	for text = strings.TrimRight(text, "\n"); text != "" && !r.full(); {
		var piece string
		piece, text = r.wholeLines(text)
		if inline := r.inlineText(piece); len(inline) > 0 {
			r.add(&slack.RichTextPreformatted{Type: slack.RTEPreformatted, Elements: inline})
		}
	}
}

// wholeLines are the first lines of code that there is room for, and those that
// go on behind them: half a command is worse than none. A line that is too long
// by itself is cut later. Where there is no room for the rest, a sign says so.
func (r *richText) wholeLines(text string) (first, rest string) {
	room := min(r.room, maxRichText)
	if cost(text) <= room {
		return text, ""
	}
	isLast := cost(text) > r.room && r.room <= maxRichText
	if isLast {
		room -= cost(moreLines)
	}
	end := 0
	for line := range strings.Lines(text) {
		if room -= cost(line); room < 0 {
			break
		}
		end += len(line)
	}
	first, rest = strings.TrimRight(text[:end], "\n"), text[end:]
	switch {
	case end == 0 && isLast:
		return text, ""
	case end == 0:
		line, rest, _ := strings.Cut(text, "\n")
		return line, rest
	case isLast:
		r.cut, r.room = true, cost(first+moreLines)
		return first + moreLines, ""
	}
	return first, rest
}

// moreLines says that code goes on.
const moreLines = "\n…"
