package slacktest

import (
	"strings"
	"testing"
)

// object is an element or block.
type object = map[string]any

func text(kind, s string) object { return object{"type": kind, "text": s} }

func section(s string) object { return object{"type": "section", "text": text("mrkdwn", s)} }

func actions(elements ...any) object { return object{"type": "actions", "elements": elements} }

func button(id string) object {
	return object{"type": "button", "action_id": id, "text": text("plain_text", "Press"), "value": "v"}
}

func many(n int, one func() any) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = one()
	}
	return all
}

func option() any { return object{"text": text("plain_text", "o"), "value": "v"} }

func table(rows, cells int, s string) object {
	row := many(cells, func() any { return object{"type": "raw_text", "text": s} })
	return object{"type": "table", "rows": many(rows, func() any { return row })}
}

// TestGoodMessages: what Slack takes is no violation.
func TestGoodMessages(t *testing.T) {
	s := start(t)
	for name, m := range map[string]map[string]any{
		"text":   plain("C1", "a &amp; b <https://example.com|there> <@U1> <#C1> <!date^1^{date}|x>"),
		"delete": {"channel": "C1", "delete_original": true},
		"blocks": plain("C1", "text",
			object{"type": "header", "text": text("plain_text", "A & B <c>")},
			object{"type": "section", "fields": many(10, func() any { return text("mrkdwn", "*a*\n`b`") })},
			object{"type": "context", "elements": []any{text("mrkdwn", "> quoted"), object{"type": "image", "alt_text": "a", "image_url": "https://example.com/a.png"}}},
			object{"type": "divider"}, object{"type": "markdown", "text": "# a\n\n```go\n<b>\n```"}, table(100, 20, "12345"),
			actions(button("a:1"), button("a:2"), object{"type": "static_select", "action_id": "m", "options": many(100, option)},
				object{"type": "external_select", "action_id": "e", "placeholder": text("plain_text", "Type")},
				object{"type": "overflow", "action_id": "o", "options": many(5, option)}),
		),
	} {
		s.checkMessage("chat.postMessage", m)
		if v := s.Violations(); len(v) > 0 {
			t.Errorf("%s: %q", name, v)
		}
	}
}

// TestViolations: each rule is noticed.
func TestViolations(t *testing.T) {
	s := start(t)
	long := func(n int) string { return strings.Repeat("ß", n) }
	in := func(blocks ...any) map[string]any { return plain("C1", "text", blocks...) }
	for want, m := range map[string]map[string]any{
		"there is no text":                             {"unfurl_links": false, "unfurl_media": false},
		"there are blocks, but no text":                plain("C1", "", section("a")),
		"blocks are no list":                           merge(plain("C1", "text"), "blocks", "[]"),
		"text has 40001 characters of 40000":           plain("C1", long(40001)),
		"text has a broken character":                  plain("C1", "a\uFFFDb"),
		"unfurl_links is not false":                    {"text": "a", "unfurl_media": false},
		"unfurl_media is not false":                    {"text": "a", "unfurl_links": "false", "unfurl_media": true},
		"names in the text would become":               merge(plain("C1", "a"), "parse", "full"),
		"response_type is public":                      merge(plain("C1", "a"), "response_type", "public"),
		`thread_ts "yesterday" is no timestamp`:        merge(plain("C1", "a"), "thread_ts", "yesterday"),
		"text would notify a whole channel":            plain("C1", "<!here>"),
		`text has '<' that is not escaped`:             plain("C1", "a < b"),
		`text has '&' that is not escaped`:             plain("C1", "a & b"),
		`"<javascript:alert(1)|a>"`:                    plain("C1", "<javascript:alert(1)|a>"),
		"text has a code fence that is not closed":     plain("C1", "```a"),
		"51 blocks of 50":                              in(many(51, func() any { return object{"type": "divider"} })...),
		"a block is no object":                         in("divider"),
		`a block of the unknown type "nothing"`:        in(object{"type": "nothing"}),
		"12001 characters in markdown blocks of 12000": in(object{"type": "markdown", "text": long(6000)}, object{"type": "markdown", "text": long(6001)}),
		"13500 characters in all blocks of 13000":      in(many(5, func() any { return section(long(2700)) })...),
		"2 tables of 1":                                in(table(1, 1, "a"), table(1, 1, "a")),
		"header has 151 characters of 150":             in(object{"type": "header", "text": text("plain_text", long(151))}),
		"header must be plain_text":                    in(object{"type": "header", "text": text("mrkdwn", "a")}),
		"section has 3001 characters of 3000":          in(section(long(3001))),
		"section has no text":                          in(object{"type": "section"}),
		"section would notify":                         in(section("<!channel|channel>")),
		"markdown may notify":                          in(object{"type": "markdown", "text": "<!everyone>"}),
		`section is a text of the type "html"`:         in(object{"type": "section", "text": text("html", "a")}),
		"section has 11 fields of 10":                  in(object{"type": "section", "fields": many(11, func() any { return text("mrkdwn", "a") })}),
		"field has 2001 characters":                    in(object{"type": "section", "fields": []any{text("mrkdwn", long(2001))}}),
		"context has 11 elements":                      in(object{"type": "context", "elements": many(11, func() any { return text("mrkdwn", "a") })}),
		"actions has 0 elements":                       in(actions()),
		"an element is no object":                      in(actions("button")),
		`block_id "b" is there twice`:                  in(object{"type": "divider", "block_id": "b"}, object{"type": "divider", "block_id": "b"}),
		`action_id "a" is there twice`:                 in(actions(button("a")), actions(button("a"))),
		"button has no action_id":                      in(actions(button(""))),
		"action_id has 256 characters":                 in(actions(button(long(256)))),
		"button has 76 characters of 75":               in(actions(merge(button("a"), "text", text("plain_text", long(76))))),
		"value has 2001 characters":                    in(actions(merge(button("a"), "value", long(2001)))),
		"neither http nor https":                       in(actions(merge(button("a"), "url", "file:///a"))),
		"static_select has no options":                 in(actions(object{"type": "static_select", "action_id": "a"})),
		"101 options of 100":                           in(actions(object{"type": "static_select", "action_id": "a", "options": many(101, option)})),
		"6 options of 5":                               in(actions(object{"type": "overflow", "action_id": "a", "options": many(6, option)})),
		"option value has 76 characters":               in(actions(object{"type": "overflow", "action_id": "a", "options": []any{object{"text": text("plain_text", "o"), "value": long(76)}}})),
		"an option without value":                      in(actions(object{"type": "overflow", "action_id": "a", "options": []any{object{"text": text("plain_text", "o")}}})),
		"placeholder has 151 characters":               in(actions(object{"type": "external_select", "action_id": "a", "placeholder": text("plain_text", long(151))})),
		"an image needs an alt_text":                   in(object{"type": "image", "image_url": "https://example.com/a.png"}),
		"table has 101 rows":                           in(table(101, 1, "a")),
		"a row has 21 cells":                           in(table(1, 21, "a")),
		"table has 10001 characters of 10000":          in(table(73, 1, long(137))),
		"a cell without text":                          in(table(1, 1, "")),
	} {
		s.checkMessage("chat.postMessage", m)
		if v := strings.Join(s.Violations(), "\n"); !strings.Contains(v, want) {
			t.Errorf("want %q, got %q", want, v)
		}
	}
}

func TestViewAndOptionViolations(t *testing.T) {
	s := start(t)
	s.checkView(object{"blocks": many(100, func() any { return object{"type": "divider"} })})
	s.checkOptions(object{"options": many(100, option)})
	s.checkOptions(object{"options": []any{}})
	if v := s.Violations(); len(v) > 0 {
		t.Errorf("%q", v)
	}
	for want, check := range map[string]func(){
		"101 blocks of 100":   func() { s.checkView(object{"blocks": many(101, func() any { return object{"type": "divider"} })}) },
		"there are no blocks": func() { s.checkView(object{}) },
		"101 options of 100":  func() { s.checkOptions(object{"options": many(101, option)}) },
		"there is no list":    func() { s.checkOptions(object{}) },
		"label has 76 characters": func() {
			s.checkOptions(object{"option_groups": []any{object{"label": text("plain_text", strings.Repeat("a", 76))}}})
		},
	} {
		check()
		if v := strings.Join(s.Violations(), "\n"); !strings.Contains(v, want) {
			t.Errorf("want %q, got %q", want, v)
		}
	}
}
