package markdown_test

import (
	"testing"

	. "frameworkbot/bot/markdown"
)

func TestPlain(t *testing.T) {
	for want, spans := range map[string][]Span{
		"":         nil,
		"a b c":    {text("a "), {Text: "b", Bold: true}, {Break: true}, link("c", "https://a.example")},
		"a b":      {text(" a "), {Break: true}, text(" b ")},
		"a\u200db": {text("a\u200db\u202e")},
	} {
		if got := Plain(spans); got != want {
			t.Errorf("%+v says %q, want %q", spans, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]struct{ clean, oneLine string }{
		"":                         {"", ""},
		"plain":                    {"plain", "plain"},
		"  a \n\n b\t":             {"  a \n\n b ", "a b"},
		"\x1b[31mred\x1b[0m\x07":   {"[31mred[0m", "[31mred[0m"},
		"\u202etxet\u202c \u200b ": {"txet  ", "txet"},
		"a \u2066 b":               {"a  b", "a b"},
		"a\r\nb\x0bc":              {"a\nbc", "a b c"},
		"می\u200cخواهم 👩\u200d👧":   {"می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"},
		"a\xff\xfeb":               {"a\uFFFDb", "a\uFFFDb"},
		"a\u2028b\u2029c\u0085d":   {"a b cd", "a b c d"},
		"\u00a0a\u00a0":            {"\u00a0a\u00a0", "a"},
	} {
		if got := Clean(in); got != want.clean {
			t.Errorf("Clean(%q) is %q, want %q", in, got, want.clean)
		}
		if got := OneLine(in); got != want.oneLine {
			t.Errorf("OneLine(%q) is %q, want %q", in, got, want.oneLine)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, s := range []string{"https://a.example", "http://127.0.0.1:8080/x?y=z#part", "HTTPS://A.example", "mailto:me@a.example", "https://[::1]/", "https://a.example/(x)"} {
		if got := Address(s); got != s {
			t.Errorf("Address(%q) is %q, want the same", s, got)
		}
	}
	for _, s := range []string{
		"", "a.example", "//a.example", "/path", "#part", "https:", "https://", "https:///x", "https:a", "https://:443", "mailto:", "mailto:?subject=x",
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example", "slack://x", "discord://x", "vbscript:x",
		" https://a.example", "https://a.example ", "https://a.example/a b", "https://a.example/<", "https://a.example/>", "https://a.example/|x", "https://a.example/\"",
		"https://a.example/`", "https://a.example/\n", "https://a.example/\x00", "https://a.example/\u202e", "https://a.example/\xff", "https://a\x1b.example", "https://a.example:x/", "https://%zz/",
	} {
		if got := Address(s); got != "" {
			t.Errorf("Address(%q) is %q, want none", s, got)
		}
	}
}
