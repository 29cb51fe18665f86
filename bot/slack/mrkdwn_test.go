package slack

import (
	"testing"

	"github.com/slack-go/slack"
)

// TestLines: what would look otherwise in mrkdwn is plain text.
func TestLines(t *testing.T) {
	for _, c := range []struct{ markdown, kind, want string }{
		{"Showing **Laravel** for *lavarel*.", slack.MarkdownType, "Showing *Laravel* for _lavarel_."},
		{"***both***", slack.MarkdownType, "*_both_*"},
		{"`go test`", slack.MarkdownType, "`go test`"},
		{"<b> & [a label](https://example.com/?a=b&c=d)", slack.MarkdownType, "&lt;b&gt; &amp; <https://example.com/?a=b&amp;c=d|a label>"},
		{"[label](javascript:alert(1))", slack.MarkdownType, "label (javascript:alert(1))"},
		{"[mail](mailto:a@example.com)", slack.MarkdownType, "mail"},
		{"<!channel> <@U012345> <#C1>", slack.MarkdownType, "&lt;!channel&gt; &lt;@U012345&gt; &lt;#C1&gt;"},
		{"snake_case_name", slack.MarkdownType, "snake_case_name"},
		{"__bold__ly", slack.PlainTextType, "__bold__ly"},
		{`2 \* 3 \* 4`, slack.PlainTextType, "2 * 3 * 4"},
		{`\_private`, slack.PlainTextType, "_private"},
		{`a \~b~ c`, slack.PlainTextType, "a ~b~ c"},
		{"at 10:30:45 or :+1:", slack.PlainTextType, "at 10:30:45 or :+1:"},
		{"one: two", slack.MarkdownType, "one: two"},
		{`\> no quote`, slack.PlainTextType, "&gt; no quote"},
		{"half**bold**", slack.PlainTextType, "halfbold"},
		{`\&lt; as it is`, slack.PlainTextType, "&amp;lt; as it is"},
		{"", slack.PlainTextType, nothing},
	} {
		got := lineOf(inlineOf(c.markdown), maxSection)
		if got.Type != c.kind || got.Text != c.want {
			t.Errorf("%q is the %s %q, want the %s %q", c.markdown, got.Type, got.Text, c.kind, c.want)
		}
	}
}

func TestShortenEscaped(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"abc", 3, "abc"},
		{"a&b", 7, "a&amp;b"},
		{"a&b", 6, "a…"},
		{"&&&&", 11, "&amp;&amp;…"},
		{"👩👩👩", 4, "👩…"},
	} {
		if got := shortenEscaped(c.text, c.most); got != c.want {
			t.Errorf("%q in %d is %q, want %q", c.text, c.most, got, c.want)
		}
	}
}
