package web

import (
	"encoding/json"
	"strings"

	"frameworkbot/bot/markdown"
)

// A slackMessage is what Slack is sent, as far as it is drawn.
type slackMessage struct {
	ResponseType string       `json:"response_type"`
	Text         string       `json:"text"`
	Blocks       []slackBlock `json:"blocks"`
}

// A slackBlock is one block (https://docs.slack.dev/reference/block-kit/blocks).
type slackBlock struct {
	Type      string           `json:"type"`
	Text      slackText        `json:"text"`
	Fields    []slackText      `json:"fields"`
	Accessory *slackElement    `json:"accessory"`
	Elements  []slackElement   `json:"elements"`
	Rows      [][]slackElement `json:"rows"`
	AltText   string           `json:"alt_text"`
	Label     slackText        `json:"label"`
	Element   *slackElement    `json:"element"`
}

// A slackText is a text object, or a bare string where Slack has those.
type slackText struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// UnmarshalJSON takes both forms.
func (t *slackText) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		t.Type = plainText
		return json.Unmarshal(b, &t.Text)
	}
	type object slackText
	return json.Unmarshal(b, (*object)(t))
}

const plainText = "plain_text"

// A slackElement is an element of a block, a piece of rich text, or a cell.
type slackElement struct {
	Type        string          `json:"type"`
	Text        slackText       `json:"text"`
	Elements    []slackElement  `json:"elements"`
	Style       json.RawMessage `json:"style"` // a word of buttons and lists, an object of rich text
	Indent      int             `json:"indent"`
	Offset      int             `json:"offset"`
	URL         string          `json:"url"`
	Placeholder slackText       `json:"placeholder"`
	Options     []struct {
		Text slackText `json:"text"`
	} `json:"options"`
	Name    string `json:"name"`
	Range   string `json:"range"`
	UserID  string `json:"user_id"`
	AltText string `json:"alt_text"`
}

// drawSlack draws the exact message that Slack gets.
func drawSlack(payload []byte) (drawing, error) {
	var m slackMessage
	if err := json.Unmarshal(payload, &m); err != nil {
		return drawing{}, err
	}
	d := drawing{Private: m.ResponseType == "ephemeral", Spoken: entities.Replace(m.Text)}
	for i := range m.Blocks {
		d.Nodes = append(d.Nodes, m.Blocks[i].draw()...)
	}
	if len(m.Blocks) == 0 {
		d.Nodes = mrkdwn(m.Text)
	}
	return d, nil
}

func (b *slackBlock) draw() []node {
	switch b.Type {
	case "header":
		return []node{{Kind: titleNode, Spans: b.Text.spans()}}
	case "section":
		return b.section()
	case "context":
		return []node{{Kind: smallNode, Items: contextItems(b.Elements)}}
	case "rich_text":
		return richBlocks(b.Elements)
	case "actions":
		return []node{{Kind: controlsNode, Pressed: slackControls(b.Elements)}}
	case "divider":
		return []node{{Kind: ruleNode}}
	case "table":
		return []node{slackTable(b.Rows)}
	case "markdown":
		return commonMark(b.Text.Text)
	case "input":
		nodes := []node{{Kind: textNode, Spans: b.Label.spans()}}
		if b.Element == nil {
			return nodes
		}
		return append(nodes, node{Kind: controlsNode, Pressed: slackControls([]slackElement{*b.Element})})
	case "image":
		return []node{{Kind: unknownNode, Text: "image: " + b.AltText}}
	}
	return []node{{Kind: unknownNode, Text: "a block of the type " + b.Type}}
}

func (b *slackBlock) section() []node {
	var nodes []node
	if b.Text.Text != "" {
		nodes = b.Text.nodes()
	}
	if len(b.Fields) > 0 {
		fields := node{Kind: fieldsNode}
		for _, f := range b.Fields {
			fields.Items = append(fields.Items, f.nodes())
		}
		nodes = append(nodes, fields)
	}
	if b.Accessory == nil {
		return nodes
	}
	return []node{{Kind: sectionNode, Nodes: nodes, Pressed: slackControls([]slackElement{*b.Accessory})}}
}

func (t slackText) nodes() []node {
	if t.Type == plainText {
		return []node{{Kind: textNode, Spans: t.spans()}}
	}
	return mrkdwn(t.Text)
}

// spans are the text on one line.
func (t slackText) spans() []span {
	if t.Type == plainText {
		return broken(entities.Replace(t.Text), span{}) // Slack wants all text escaped, plain text as well
	}
	return mrkdwnSpans(strings.ReplaceAll(t.Text, "\n", " "))
}

// broken is plain text with its line breaks.
func broken(s string, look span) []span {
	var spans []span
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			spans = append(spans, span{Break: true})
		}
		if line != "" {
			look.Text = line
			spans = append(spans, look)
		}
	}
	return spans
}

func contextItems(elements []slackElement) [][]node {
	var items [][]node
	for i := range elements {
		e := &elements[i]
		text := slackText{e.Type, e.Text.Text}
		if e.Type == "image" {
			text = slackText{plainText, e.AltText}
		}
		items = append(items, text.nodes())
	}
	return items
}

func slackControls(elements []slackElement) []control {
	var all []control
	for i := range elements {
		e := &elements[i]
		c := control{Label: entities.Replace(e.Text.Text), Link: markdown.Address(e.URL)}
		_ = json.Unmarshal(e.Style, &c.Style) // a button without a style has the usual look
		if e.Type != "button" {
			c = control{Menu: true, Label: entities.Replace(e.Placeholder.Text)}
			for _, o := range e.Options {
				c.Options = append(c.Options, entities.Replace(o.Text.Text))
			}
			if e.Type == "external_select" {
				c.Options = []string{"(what was typed, from the bot)"}
			}
		}
		all = append(all, c)
	}
	return all
}

// slackTable draws a table block; its first row is the head.
func slackTable(rows [][]slackElement) node {
	n := node{Kind: tableNode}
	for _, row := range rows {
		cells := make([]cell, len(row))
		for i := range row {
			cells[i].Spans = richSpans(row[i].Elements)
			if row[i].Type == "raw_text" {
				cells[i].Spans = broken(entities.Replace(row[i].Text.Text), span{})
			}
		}
		n.Table = append(n.Table, cells)
	}
	return n
}
