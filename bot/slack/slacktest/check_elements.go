package slacktest

import (
	"slices"
	"strings"
)

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
