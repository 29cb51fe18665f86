package slack

import (
	"strings"

	"github.com/slack-go/slack"
)

// A size is how much of Slack's limits blocks take.
type size struct {
	units int // of text, options of menus included
	seen  int // of them, what people see: no addresses behind links
	bytes int // of JSON, never fewer than there are
}

func (s *size) add(other size) {
	s.units += other.units
	s.seen += other.seen
	s.bytes += other.bytes
}

// What objects take as JSON beside their texts, with all keys that they may
// have. A test holds that they never take more.
const (
	blockBytes   = 80
	elementBytes = 120 // a button or a menu
	optionBytes  = 40
	textBytes    = 50 // a text object
	richBytes    = 85 // an element of rich text
	inlineBytes  = 35 // a piece of text in one
	cellBytes    = 36 // a cell of a table
	styleBytes   = 45
	columnBytes  = 40 // of a table
)

func sizeOf(text string) size {
	n := units(text)
	return size{n, n, bytesOf(text)}
}

// measure is the size of blocks, without encoding them: this is done for every answer.
func measure(blocks ...slack.Block) size {
	var total size
	for _, b := range blocks {
		total.add(measureBlock(b))
		total.bytes += blockBytes
	}
	return total
}

func measureBlock(block slack.Block) size {
	total := size{bytes: bytesOf(block.ID())}
	switch b := block.(type) {
	case *slack.HeaderBlock:
		total.add(measureText(b.Text))
	case *slack.SectionBlock:
		total.add(measureText(b.Text))
		for _, f := range b.Fields {
			total.add(measureText(f))
		}
		if b.Accessory != nil && b.Accessory.ButtonElement != nil {
			total.add(measureElement(b.Accessory.ButtonElement))
		}
	case *slack.ContextBlock:
		for _, e := range b.ContextElements.Elements {
			if t, ok := e.(*slack.TextBlockObject); ok {
				total.add(measureText(t))
			}
		}
	case *slack.ActionBlock:
		for _, e := range b.Elements.ElementSet {
			total.add(measureElement(e))
		}
	case *slack.RichTextBlock:
		for _, e := range b.Elements {
			total.add(measureRich(e))
		}
	case *slack.TableBlock:
		for _, row := range b.Rows {
			for _, cell := range row {
				total.add(measureCell(cell))
			}
		}
		total.bytes += columnBytes * len(b.ColumnSettings)
	}
	return total
}

func measureText(t *slack.TextBlockObject) size {
	if t == nil {
		return size{}
	}
	s := sizeOf(t.Text)
	s.bytes += textBytes
	for rest := t.Text; t.Type == slack.MarkdownType; {
		_, link, isLink := strings.Cut(rest, "<")
		address, label, hasLabel := strings.Cut(link, "|")
		if !isLink || !hasLabel {
			break
		}
		s.seen -= units(address) + len("<|>")
		rest = label
	}
	return s
}

func measureElement(e slack.BlockElement) size {
	total := size{bytes: elementBytes}
	switch e := e.(type) {
	case *slack.ButtonBlockElement:
		total.add(measureText(e.Text))
		total.bytes += bytesOf(e.Value) + bytesOf(e.URL) + bytesOf(e.AccessibilityLabel) + bytesOf(e.ActionID)
	case *slack.SelectBlockElement:
		total.add(measureText(e.Placeholder))
		for _, o := range e.Options {
			total.add(measureOption(o))
		}
	}
	return total
}

func measureOption(o *slack.OptionBlockObject) size {
	total := size{bytes: bytesOf(o.Value) + optionBytes}
	total.add(measureText(o.Text))
	total.add(measureText(o.Description))
	return total
}

func measureCell(cell slack.TableCell) size {
	total := size{bytes: cellBytes}
	switch c := cell.(type) {
	case *slack.TableRichTextCell:
		for _, e := range c.Elements {
			total.add(measureRich(e))
		}
	case *slack.TableRawTextCell:
		total.add(sizeOf(c.Text))
	}
	return total
}

func measureRich(e slack.RichTextElement) size {
	total := size{bytes: richBytes}
	switch e := e.(type) {
	case *slack.RichTextSection:
		total.bytes -= richBytes / 2
		total.add(measureInline(e.Elements))
	case *slack.RichTextQuote:
		total.add(measureInline(e.Elements))
	case *slack.RichTextPreformatted:
		total.add(measureInline(e.Elements))
	case *richList:
		for _, item := range e.Elements {
			total.add(measureRich(item))
		}
	}
	return total
}

func measureInline(elements []slack.RichTextSectionElement) size {
	var total size
	for _, e := range elements {
		total.bytes += inlineBytes
		var style *slack.RichTextSectionTextStyle
		switch e := e.(type) {
		case *slack.RichTextSectionTextElement:
			total.add(sizeOf(e.Text))
			style = e.Style
		case *slack.RichTextSectionLinkElement:
			total.add(sizeOf(e.Text))
			total.bytes += bytesOf(e.URL)
			style = e.Style
		}
		if style != nil {
			total.bytes += styleBytes
		}
	}
	return total
}
