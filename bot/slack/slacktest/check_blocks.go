package slacktest

import "unicode/utf8"

// limits of a block or an element: what it may hold, and how much of it
// (https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/reference/block-kit/block-elements).
type limits struct {
	text     int // of text.text, or of text
	elements int
	title    int // of title.text, label.text
}

var blockLimits = map[string]limits{
	"header":          {text: 150},
	"section":         {text: 3000},
	"context":         {elements: 10},
	"actions":         {elements: 25},
	"context_actions": {elements: 5},
	"divider":         {},
	"image":           {title: 2000},
	"markdown":        {text: maxMarkdown},
	"table":           {},
	"input":           {title: 2000},
	"rich_text":       {},
	"video":           {title: 199},
}

// Bounds of what blocks hold.
const (
	maxID        = 255
	maxFields    = 10
	maxField     = 2000
	maxRows      = 100
	maxCells     = 20
	maxTable     = 10_000 // characters over all cells
	maxOption    = 75     // text, description and value: the types say 75, a page says 150
	maxOverflow  = 5
	maxLabel     = 75
	maxValue     = 2000
	maxURL       = 3000
	placeholders = 150
)

// all checks the blocks of a message or view.
func (c *checker) all(blocks []any, most int) {
	if len(blocks) > most {
		c.fault("%d blocks of %d", len(blocks), most)
	}
	markdown, visible, tables := 0, 0, 0
	for _, raw := range blocks {
		b, ok := raw.(map[string]any)
		if !ok {
			c.fault("a block is no object")
			continue
		}
		c.block(b)
		for _, t := range texts(b) {
			visible += utf8.RuneCountInString(t)
		}
		switch b["type"] {
		case "markdown":
			markdown += utf8.RuneCountInString(str(b, "text"))
		case "table":
			tables++
		}
	}
	if markdown > maxMarkdown {
		c.fault("%d characters in markdown blocks of %d", markdown, maxMarkdown)
	}
	if visible > maxVisible && most == maxMessageBlocks {
		c.fault("%d characters in all blocks of %d", visible, maxVisible)
	}
	if tables > 1 {
		c.fault("%d tables of 1", tables)
	}
}

// block checks one block.
func (c *checker) block(b map[string]any) {
	kind := str(b, "type")
	most, known := blockLimits[kind]
	if !known {
		c.fault("a block of the unknown type %q", kind)
		return
	}
	c.id("block_id", str(b, "block_id"), c.blocks)
	switch kind {
	case "header", "section":
		c.section(kind, b, most.text)
	case "markdown":
		c.text("markdown", str(b, "text"), most.text)
		c.mentions("markdown", str(b, "text"))
	case "table":
		c.table(b)
	case "image":
		c.image(b)
	case "input":
		c.object("input label", b["label"], most.title)
		c.element(b["element"])
	case "context", "actions", "context_actions":
		elements, _ := b["elements"].([]any)
		if len(elements) == 0 || len(elements) > most.elements {
			c.fault("%s has %d elements, 1 to %d are allowed", kind, len(elements), most.elements)
		}
		for _, e := range elements {
			c.element(e)
		}
	}
}

// section checks a section or a header.
func (c *checker) section(kind string, b map[string]any, most int) {
	fields, _ := b["fields"].([]any)
	if b["text"] != nil || len(fields) == 0 {
		c.object(kind, b["text"], most)
	}
	if len(fields) > maxFields {
		c.fault("section has %d fields of %d", len(fields), maxFields)
	}
	for _, f := range fields {
		c.object("field", f, maxField)
	}
	if b["accessory"] != nil {
		c.element(b["accessory"])
	}
}

// image checks an image block or element.
func (c *checker) image(b map[string]any) {
	if str(b, "alt_text") == "" || utf8.RuneCountInString(str(b, "alt_text")) > 2000 {
		c.fault("an image needs an alt_text of at most 2000 characters")
	}
	c.url("image", str(b, "image_url"))
}

// table checks a table block.
func (c *checker) table(b map[string]any) {
	rows, _ := b["rows"].([]any)
	if len(rows) == 0 || len(rows) > maxRows {
		c.fault("table has %d rows, 1 to %d are allowed", len(rows), maxRows)
	}
	total := 0
	for _, r := range rows {
		cells, _ := r.([]any)
		if len(cells) == 0 || len(cells) > maxCells {
			c.fault("a row has %d cells, 1 to %d are allowed", len(cells), maxCells)
		}
		for _, cell := range cells {
			o, _ := cell.(map[string]any)
			if kind := str(o, "type"); kind != "raw_text" && kind != "rich_text" {
				c.fault("a cell of the type %q", kind)
			}
			if o["type"] == "raw_text" && str(o, "text") == "" {
				c.fault("a cell without text")
			}
			for _, t := range texts(o) {
				total += utf8.RuneCountInString(t)
			}
		}
	}
	if total > maxTable {
		c.fault("table has %d characters of %d", total, maxTable)
	}
}
