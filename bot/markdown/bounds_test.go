package markdown_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "frameworkbot/bot/markdown"
)

// TestTooMuchStaysAsItIs: what could cost too much is a paragraph of its lines.
func TestTooMuchStaysAsItIs(t *testing.T) {
	for name, src := range map[string]string{
		"long":          strings.Repeat("*a **b ", 10000),
		"quotes":        strings.Repeat("> ", 40) + "deep\nnext",
		"tight quotes":  strings.Repeat(">", 40) + "deep",
		"lists":         strings.Repeat("- ", 40) + "deep",
		"numbers":       strings.Repeat("1. ", 40) + "deep",
		"nothing in it": strings.Repeat("- ", 40),
		"indented":      "- a\n" + strings.Repeat(" ", 200) + "- b",
		"tabs":          "- a\n" + strings.Repeat("\t", 40) + "- b",
		"later":         "fine\n" + strings.Repeat("> ", 40) + "deep",
		"columns":       strings.Repeat("|a", 70) + "\n" + strings.Repeat("|-", 70),
	} {
		var want []Span
		for i, l := range strings.Split(strings.TrimSpace(src), "\n") {
			if i > 0 {
				want = append(want, Span{Break: true})
			}
			want = append(want, text(OneLine(l)))
		}
		if diff := cmp.Diff([]Block{para(want...)}, Parse(src)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := Parse(strings.Repeat("\u200b\n", 20000)); got != nil {
		t.Errorf("invisible text is %d blocks", len(got))
	}
}

// TestNotTooMuch: what only looks deep is read.
func TestNotTooMuch(t *testing.T) {
	for name, src := range map[string]string{
		"rule":    strings.Repeat("-", 200),
		"stars":   strings.Repeat("*", 200),
		"numbers": strings.Repeat("1 2 3 ", 100),
		"blanks":  "a\n" + strings.Repeat(" ", 500) + "\nb",
		"deep":    strings.Repeat("> ", 32) + "a",
		"indent":  "```\n" + strings.Repeat(" ", 100) + "x\n```",
	} {
		got := Parse("**bold** text\n\n" + src)
		if len(got) == 0 || len(got[0].Spans) != 2 || !got[0].Spans[0].Bold {
			t.Errorf("%s was not read: %+v", name, got)
		}
	}
}
