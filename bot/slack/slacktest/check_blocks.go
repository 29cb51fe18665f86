package slacktest

import (
	"slices"
	"strings"
	"unicode/utf8"
)

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

// element checks a block element, or a text object among them.
func (c *checker) element(raw any) {
	e, ok := raw.(map[string]any)
	if !ok {
		c.fault("an element is no object")
		return
	}
	kind := str(e, "type")
	switch kind {
	case "mrkdwn", "plain_text":
		c.object("context", e, 3000)
		return
	case "image":
		c.image(e)
		return
	case "button":
		c.object("button", e["text"], maxLabel)
		c.text("value", str(e, "value"), maxValue)
		c.text("accessibility_label", str(e, "accessibility_label"), maxLabel)
		if e["url"] != nil {
			c.url("button", str(e, "url"))
		}
	case "overflow", "static_select", "external_select", "plain_text_input", "feedback_buttons":
		c.menu(kind, e)
	}
	if str(e, "action_id") == "" {
		c.fault("%s has no action_id", kind)
	}
	c.id("action_id", str(e, "action_id"), c.acts)
}

// menu checks a menu or an input.
func (c *checker) menu(kind string, e map[string]any) {
	options, _ := e["options"].([]any)
	most := maxOptions
	switch kind {
	case "overflow":
		most = maxOverflow
		fallthrough
	case "static_select":
		groups, _ := e["option_groups"].([]any)
		if len(options) == 0 && len(groups) == 0 {
			c.fault("%s has no options", kind)
		}
		for _, g := range groups {
			group, _ := g.(map[string]any)
			c.object("label", group["label"], maxLabel)
			more, _ := group["options"].([]any)
			c.options(more, most)
		}
	}
	c.options(options, most)
	if e["placeholder"] != nil {
		c.object("placeholder", e["placeholder"], placeholders)
	}
}

// options checks the options of a menu.
func (c *checker) options(list []any, most int) {
	if len(list) > most {
		c.fault("%d options of %d", len(list), most)
	}
	for _, raw := range list {
		o, _ := raw.(map[string]any)
		c.object("option", o["text"], maxOption)
		if o["description"] != nil {
			c.object("description", o["description"], maxOption)
		}
		if str(o, "value") == "" {
			c.fault("an option without value")
		}
		c.text("option value", str(o, "value"), maxOption)
	}
}

// object checks a text object, which must hold something.
func (c *checker) object(what string, raw any, most int) {
	o, _ := raw.(map[string]any)
	text, kind := str(o, "text"), str(o, "type")
	if strings.TrimSpace(text) == "" {
		c.fault("%s has no text", what)
	}
	c.text(what, text, most)
	switch {
	case kind == "mrkdwn" && slices.Contains([]string{"header", "button", "option", "label", "placeholder", "description", "input label"}, what):
		c.fault("%s must be plain_text", what)
	case kind == "mrkdwn":
		c.mrkdwn(what, text)
	case kind != "plain_text":
		c.fault("%s is a text of the type %q", what, kind)
	}
}

// mentions checks a text of real Markdown, where it is not known what Slack does with <!channel>.
func (c *checker) mentions(what, s string) {
	if broadcast.MatchString(s) {
		c.fault("%s may notify a whole channel", what)
	}
}

// url checks an address that people can follow.
func (c *checker) url(what, s string) {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
		c.fault("%s leads to %.40q: neither http nor https", what, s)
	}
	c.text(what+" url", s, maxURL)
}

// id checks an id, which is there once.
func (c *checker) id(what, s string, seen map[string]bool) {
	c.text(what, s, maxID)
	if s != "" && seen[s] {
		c.fault("%s %q is there twice", what, s)
	}
	seen[s] = true
}

func str(o map[string]any, name string) string {
	s, _ := o[name].(string)
	return s
}
