package slack

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// The limits of texts, by the type of the block or element and the name of the text in it.
var textLimits = map[string]int{
	"header.text": 150, "section.text": 3000, "section.fields": 2000, "context.elements": 3000,
	"button.text": 75, "static_select.placeholder": 150, "external_select.placeholder": 150,
	"plain_text_input.placeholder": 150, "input.label": 2000, "option.text": 75, "option.description": 75,
}

// checkPayload checks a message or a view against everything that Slack asks for.
func checkPayload(t testing.TB, p payload) {
	t.Helper()
	data := encoded(t, p.Payload)
	wire, err := json.Marshal(p.Payload)
	if err != nil {
		t.Fatal(err)
	}
	v := decoded(t, p.Payload).(map[string]any)
	c := checking{TB: t, as: p.As, acts: map[string]bool{}, ids: map[string]bool{}}
	most := 100
	if p.Kind == "respond" {
		most = 50
		c.most("text", v["text"].(string), 3000)
		c.inert("text", v["text"].(string))
		if strings.TrimSpace(v["text"].(string)) == "" {
			c.fault("there is no text beside the blocks")
		}
		if len(wire) > 19<<10 {
			c.fault("%d bytes do not fit into an acknowledgement", len(wire))
		}
	}
	if !utf8.Valid(data) {
		c.fault("not UTF-8")
	}
	blocks := list(v["blocks"])
	if len(blocks) == 0 || len(blocks) > most {
		c.fault("%d blocks of %d", len(blocks), most)
	}
	for _, b := range blocks {
		c.block(b)
	}
	if c.total > 12_000 || c.tables > 1 {
		c.fault("%d characters, %d tables", c.total, c.tables)
	}
}

// checking is one payload that is being checked.
type checking struct {
	testing.TB
	as            string
	acts, ids     map[string]bool
	total, tables int
}

func (c *checking) fault(format string, args ...any) {
	c.Helper()
	c.Errorf("%s: %s", c.as, fmt.Sprintf(format, args...))
}

func (c *checking) most(what, s string, most int) {
	c.Helper()
	if n := max(utf8.RuneCountInString(s), units(s)); n > most {
		c.fault("%s has %d characters of %d", what, n, most)
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		i := strings.IndexRune(s, utf8.RuneError)
		c.fault("%s has a broken character: %.100q", what, s[max(0, i-50):])
	}
}

func (c *checking) once(what, s string, seen map[string]bool) {
	c.Helper()
	c.most(what, s, 255)
	if s != "" && seen[s] {
		c.fault("%s %.300q is there twice", what, s)
	}
	seen[s] = true
}

func (c *checking) block(b map[string]any) {
	c.Helper()
	kind, _ := b["type"].(string)
	id, _ := b["block_id"].(string)
	c.once("block_id", id, c.ids)
	elements, fields := list(b["elements"]), list(b["fields"])
	switch kind {
	case "header", "divider", "rich_text", "input":
	case "section":
		if b["text"] == nil && len(fields) == 0 || len(fields) > 10 {
			c.fault("a section with %d fields", len(fields))
		}
	case "context":
		if len(elements) == 0 || len(elements) > 10 {
			c.fault("a context with %d elements", len(elements))
		}
	case "actions":
		if len(elements) == 0 || len(elements) > 25 {
			c.fault("actions with %d elements", len(elements))
		}
	case "table":
		c.tables++
		c.table(b)
	default:
		c.fault("a block of the type %.300q", kind)
	}
	c.object(b)
}

func (c *checking) table(b map[string]any) {
	c.Helper()
	rows, _ := b["rows"].([]any)
	before := c.total
	for _, r := range rows {
		cells := list(r)
		if len(cells) == 0 || len(cells) > 20 {
			c.fault("a row of %d cells", len(cells))
		}
		walk(r, func(v map[string]any) { c.total += units(visible(v)) })
	}
	if len(rows) == 0 || len(rows) > 100 || c.total-before > 10_000 {
		c.fault("a table of %d rows and %d characters", len(rows), c.total-before)
	}
	c.total = before
}

// object checks everything within a block.
func (c *checking) object(v map[string]any) {
	c.Helper()
	kind, _ := v["type"].(string)
	if _, isOption := v["value"]; isOption && kind == "" {
		kind = "option"
		c.most("an option's value", v["value"].(string), 75)
	}
	if act, ok := v["action_id"].(string); ok {
		c.once("action_id", act, c.acts)
	}
	if value, _ := v["value"].(string); kind == "button" {
		c.most("a value", value, 2000)
		if value == "" {
			c.fault("a button carries nothing")
		}
	}
	if s, ok := v["accessibility_label"].(string); ok {
		c.most("accessibility_label", s, 75)
	}
	if n := len(list(v["options"])); v["options"] != nil && (n == 0 || n > 100) {
		c.fault("a menu of %d options", n)
	}
	c.inside(kind, v)
	if address, ok := v["url"].(string); ok {
		c.link(address)
	}
	for key, inner := range v {
		limit, isLimited := textLimits[kind+"."+key]
		for _, o := range append(list(inner), list([]any{inner})...) {
			if s, isText := o["text"].(string); isText && isLimited && (o["type"] == "mrkdwn" || o["type"] == "plain_text") {
				c.most(kind+"."+key, s, limit)
			}
			c.object(o)
		}
		if cells, isRows := inner.([]any); isRows && key == "rows" {
			for _, row := range cells {
				for _, cell := range list(row) {
					c.object(cell)
				}
			}
		}
	}
}

// inside checks the text that an object holds itself.
func (c *checking) inside(kind string, v map[string]any) {
	c.Helper()
	switch kind {
	case "rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted":
		if len(list(v["elements"])) == 0 {
			c.fault("%s is empty", kind)
		}
		return
	case "mrkdwn", "plain_text", "text", "link":
	default:
		return
	}
	s, _ := v["text"].(string)
	c.total += units(s)
	if s == "" {
		c.fault("an empty %s", kind)
	}
	switch kind {
	case "mrkdwn":
		c.inert("mrkdwn", s)
		if v["verbatim"] != true {
			c.fault("names and addresses in %.300q would become links", s)
		}
	case "plain_text":
		if strings.ContainsAny(s, "<>") {
			c.fault("%.300q is not escaped", s)
		}
	default:
		c.most(kind, s, 3000)
		if strings.Contains(s, "<!") || strings.Contains(s, "<@") || strings.Contains(s, "<#") {
			c.fault("%.300q looks like a mention", s)
		}
	}
}

var (
	entity   = regexp.MustCompile(`&(?:amp|lt|gt);`)
	mrkdLink = regexp.MustCompile(`<(https?://[^<>|]+)\|[^<>]+>`)
	sharer   = regexp.MustCompile(`^Shared by <@[UW][A-Z0-9]+>`)
)

// inert checks that mrkdwn holds nothing live but links, and who shared it.
func (c *checking) inert(what, s string) {
	c.Helper()
	for _, m := range mrkdLink.FindAllStringSubmatch(s, -1) {
		c.link(entity.ReplaceAllString(m[1], "&"))
	}
	rest := sharer.ReplaceAllString(mrkdLink.ReplaceAllString(s, ""), "")
	if i := strings.IndexAny(entity.ReplaceAllString(rest, ""), "<>&"); i >= 0 {
		c.fault("%s is not escaped: %.300q", what, s)
	}
	if strings.Count(s, "```")%2 != 0 {
		c.fault("%s has an open code fence: %.300q", what, s)
	}
}

func (c *checking) link(s string) {
	c.Helper()
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
		c.fault("a link leads to %.300q", s)
	}
	c.most("a link", s, 3000)
}
