package slack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"frameworkbot/bot/markdown"
)

// outline is rich text with a line for each piece, to be compared.
func outline(elements []slack.RichTextElement) string {
	var b strings.Builder
	for _, e := range elements {
		switch e := e.(type) {
		case *slack.RichTextSection:
			b.WriteString("p " + inlined(e.Elements) + "\n")
		case *slack.RichTextQuote:
			b.WriteString("> " + inlined(e.Elements) + "\n")
		case *slack.RichTextPreformatted:
			b.WriteString("``` " + inlined(e.Elements) + "\n")
		case *richList:
			for i, item := range e.Elements {
				sign := strings.Repeat("  ", e.Indent) + "- "
				if e.Style == slack.RTEListOrdered {
					sign = strings.Repeat("  ", e.Indent) + string(rune('1'+e.Offset+i)) + ". "
				}
				b.WriteString(sign + inlined(item.Elements) + "\n")
			}
		}
	}
	return b.String()
}

func inlined(elements []slack.RichTextSectionElement) string {
	var b strings.Builder
	look := func(s string, style *slack.RichTextSectionTextStyle) {
		if style != nil {
			s = strings.Repeat("*", btoi(style.Bold)) + strings.Repeat("_", btoi(style.Italic)) + strings.Repeat("`", btoi(style.Code)) + s
		}
		b.WriteString("[" + strings.ReplaceAll(s, "\n", "\\n") + "]")
	}
	for _, e := range elements {
		switch e := e.(type) {
		case *slack.RichTextSectionTextElement:
			look(e.Text, e.Style)
		case *slack.RichTextSectionLinkElement:
			look(e.Text+"->"+e.URL, e.Style)
		}
	}
	return b.String()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestRichText(t *testing.T) {
	for src, want := range map[string]string{
		"a **b** *c* `d`":                 "p [a ][*b][ ][_c][ ][`d]\n",
		"# Head\n\ntext":                  "p [*Head][\\n\\n][text]\n",
		"one\n\ntwo":                      "p [one][\\n\\n][two]\n",
		"hard  \nbreak":                   "p [hard][\\n][break]\n",
		"> quoted\n> on":                  "> [quoted on]\n",
		"```go\nfunc main() {}\n```":      "``` [func main() {}]\n",
		"```\n```":                        "",
		"- a\n- b\n  - c\n    - d\n- e":   "- [a]\n- [b]\n  - [c]\n    - [d]\n- [e]\n",
		"3. c\n4. d\n   > note\n5. e":     "3. [c]\n4. [d]\n> [note]\n5. [e]\n",
		"- a\n\n  b\n\n  ```\n  c\n  ```": "- [a][\\n][b]\n``` [c]\n",
		"> - a\n>   - b\n>\n> # c":        "> [• ][a][\\n][• ][b][\\n][*c]\n",
		"> |a|b|\n> |-|-|\n> |cc|d|":      "> [`a   b][\\n][`--  -][\\n][`cc  d]\n",
		"- **x.** y\n  > note":            "- [*x.][ y]\n> [note]\n",
		"[l](https://e.com) [m](mailto:a@e.com) [j](javascript:x)": "p [l->https://e.com][ ][m][ j (javascript:x)]\n",
		"[<!here>](https://e.com)":                                 "p [<][!here>]\n",
		"<!channel> & <@U1>":                                       "p [<][!channel> & <][@U1>]\n",
		"<b>html</b>":                                              "p [<b>html</b>]\n",
		"|a|b|\n|-|-|\n|cc|界|":                                     "``` [a   b\\n--  --\\ncc  界]\n",
		"- \n-":                                                    "",
		"a\n\n---\n\nb":                                            "p [a][\\n\\n][b]\n",

		"|a|b|\n|-|-|\n|a cell that is wider than a phone shows|d|": "- [*a cell that is wider than a phone shows][ · ][b: ][d]\n",
	} {
		if diff := cmp.Diff(want, outline(richTextOf(markdown.Parse(src), 1000, "\n\n").elements)); diff != "" {
			t.Errorf("%q: %s", src, diff)
		}
	}
}

func TestRichTextIsCut(t *testing.T) {
	r := richTextOf(markdown.Parse("one two three\n\n- four\n- five"), 10, "")
	if got := outline(r.elements); got != "p [one two…]\n" || !r.cut {
		t.Errorf("got %q, cut %v", got, r.cut)
	}
	cut := richTextOf(markdown.Parse("```\nfirst line\nsecond line\n```\n\nmore"), 20, "")
	if got := outline(cut.elements); got != "``` [first line\\n…]\n" || !cut.cut {
		t.Errorf("got %q, cut %v", got, cut.cut)
	}
	var deep strings.Builder
	for i := range 12 {
		deep.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	for _, e := range richTextOf(markdown.Parse(deep.String()), 1000, "").elements {
		if l, ok := e.(*richList); ok && l.Indent > deepest {
			t.Errorf("a list is indented by %d", l.Indent)
		}
	}
}
