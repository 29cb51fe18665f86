package web

import (
	"encoding/json"
	"strings"
	"unicode/utf16"
)

// A Quantity is something of a message that services limit.
type Quantity string

// What is measured. Characters are counted as UTF-16 units: no service says
// what it counts, and no other count is larger.
const (
	Bytes      Quantity = "bytes of JSON"
	Blocks     Quantity = "blocks"
	Components Quantity = "components"            // with those within others
	Shown      Quantity = "characters shown"      // over all texts, labels and options, without the addresses of links
	Displayed  Quantity = "characters of text"    // over all text displays of Discord's components
	Content    Quantity = "characters of content" // of Discord's content
	Embedded   Quantity = "characters of embeds"  // over all texts of Discord's embeds
	Spoken     Quantity = "characters read out"   // of Slack's text beside the blocks
	Options    Quantity = "options in a menu"     // of the longest
	Label      Quantity = "characters of a label" // of the longest button's
)

// A measure is how much of a limit a message takes.
type measure struct {
	Limit
	Used int
}

// Over reports whether the message takes more than the service does.
func (m measure) Over() bool { return m.Used > m.Most }

// Share is how much of the limit is taken, in per cent and at most 100.
func (m measure) Share() int { return min(100, m.Used*100/max(1, m.Most)) }

// measured measures a message against the limits.
func measured(payload []byte, limits []Limit) []measure {
	var message any
	if json.Unmarshal(payload, &message) != nil {
		return nil
	}
	t := tally{Bytes: len(payload)}
	t.top(message)
	all := make([]measure, 0, len(limits))
	for _, l := range limits {
		all = append(all, measure{l, t[l.Of]})
	}
	return all
}

// A tally is what was counted of each quantity.
type tally map[Quantity]int

// top counts what stands at the top of a message of either service.
func (t tally) top(message any) {
	m, _ := message.(map[string]any)
	t[Spoken] = unitsOf(m["text"])
	t[Content] = unitsOf(m["content"])
	blocks, _ := m["blocks"].([]any)
	t[Blocks] = len(blocks)
	t.walk(m["blocks"])
	t.walk(m["components"])
	t.embeds(m["embeds"])
}

// walk counts in objects within objects.
func (t tally) walk(v any) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			t.walk(one)
		}
	case map[string]any:
		t.object(v)
		for _, one := range v {
			t.walk(one)
		}
	}
}

// object counts in one block, component or text.
func (t tally) object(o map[string]any) {
	if _, isNumber := o["type"].(float64); isNumber {
		t[Components]++
	}
	text, isText := o["text"].(string)
	if isText {
		if o["type"] == "mrkdwn" {
			text = plain(mrkdwnSpans(text))
		}
		t[Shown] += unitsOf(text)
	}
	for _, key := range []string{"label", "placeholder", "description"} {
		t[Shown] += unitsOf(o[key])
	}
	t[Shown] += unitsOf(o["content"])
	t[Displayed] += unitsOf(o["content"])
	options, _ := o["options"].([]any)
	t[Options] = max(t[Options], len(options))
	label := o["label"]
	if inner, ok := o["text"].(map[string]any); ok && o["type"] == "button" {
		label = inner["text"]
	}
	t[Label] = max(t[Label], unitsOf(label))
}

// embeds counts the texts that Discord limits together
// (https://docs.discord.com/developers/resources/message#embed-object-embed-limits).
func (t tally) embeds(v any) {
	all, _ := v.([]any)
	for _, one := range all {
		e, _ := one.(map[string]any)
		t[Embedded] += unitsOf(e["title"]) + unitsOf(e["description"])
		footer, _ := e["footer"].(map[string]any)
		author, _ := e["author"].(map[string]any)
		t[Embedded] += unitsOf(footer["text"]) + unitsOf(author["name"])
		fields, _ := e["fields"].([]any)
		for _, f := range fields {
			field, _ := f.(map[string]any)
			t[Embedded] += unitsOf(field["name"]) + unitsOf(field["value"])
		}
	}
}

// unitsOf is the length of a string in UTF-16, 0 of anything else.
func unitsOf(v any) int {
	s, _ := v.(string)
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// slugOf is a name as it stands in addresses.
func slugOf(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return '-'
	}, name), "-")
}
