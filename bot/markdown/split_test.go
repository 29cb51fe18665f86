package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "frameworkbot/bot/markdown"
)

// TestLongTexts: a text that is too long for one go is read as a short one is.
func TestLongTexts(t *testing.T) {
	for name, unit := range map[string]string{
		"sections":         "### Sub `%d` item\n\nText with **bold** and [link](https://x.example/%[1]d).\n\n```js\nif (a) {\n\n  b(%[1]d);\n}\n```\n\n",
		"a list":           "- **%d** a\n",
		"a loose list":     "- **%d** a\n\n  - b\n\n  ```\n  # c\n\n  d\n  ```\n\n",
		"code in an item":  "- %d\n  ```\n  a\n- b\n  ```\n  c\n  ```\n",
		"paragraphs":       "Paragraph *%d*\nof two lines.\n\n",
		"rules and quotes": "> a **%d**\n>\n> ```\n> # b\n>\n> c\n> ```\n\n---\n\n",
		"indented code":    "a %d\n\n    # b\n\n    ```\n\n",
		"tables":           "| a | b |\n|---|---|\n| `%d` | [c](https://c.example) |\n| d | e |\n\n",
	} {
		var want []Block
		var all strings.Builder
		for i := range 2000 {
			one := fmt.Sprintf(unit, i)
			want = append(want, Parse(one)...)
			all.WriteString(one)
		}
		if strings.HasSuffix(name, "list") || name == "code in an item" {
			for _, b := range want[1:] {
				want[0].Items = append(want[0].Items, b.Items...)
			}
			want = want[:1]
		}
		if diff := cmp.Diff(want, Parse(all.String())); diff != "" {
			t.Errorf("%s (-want +got):\n%.2000s", name, diff)
		}
	}
}

// TestLongBlocks: of one block that is too long by itself nothing is lost.
func TestLongBlocks(t *testing.T) {
	var numbers, table, code, quote strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&numbers, "%d. a\n", i+3)
		fmt.Fprintf(&table, "| `%d` | b |\n", i)
		fmt.Fprintf(&code, "  # %d\n\n", i)
		fmt.Fprintf(&quote, "> - %d\n", i)
	}
	got := Parse(numbers.String())
	if len(got) != 1 || got[0].Start != 3 || len(got[0].Items) != 5000 {
		t.Errorf("a list is %d blocks", len(got))
	}
	got = Parse("| a | b |\n|---|---|\n" + table.String() + "\nText.")
	if len(got) != 2 || len(got[0].Rows) != 5001 || Plain(got[0].Rows[5000][0]) != "4999" {
		t.Errorf("a table is %d blocks", len(got))
	}
	got = Parse("```go\n" + strings.ReplaceAll(code.String(), "\n\n", "\n") + "```\n\nText.")
	if diff := cmp.Diff([]Block{{Kind: Code, Info: "go", Text: strings.TrimRight(strings.ReplaceAll(code.String(), "\n\n", "\n"), "\n")}, para(text("Text."))}, got); diff != "" {
		t.Errorf("code (-want +got):\n%.2000s", diff)
	}
	if got = Parse(quote.String()); len(got) != 1 || got[0].Kind != Quote {
		t.Errorf("a quotation is %d blocks", len(got))
	}
}

// TestEscapesAreNotShown: what is too much to parse has no backslashes of escapes.
func TestEscapesAreNotShown(t *testing.T) {
	got := Parse(strings.Repeat(`\<a &lt;b `, 10000))
	if len(got) != 1 || !strings.HasPrefix(Plain(got[0].Spans), "<a <b <a <b") {
		t.Errorf("%d blocks: %.60q", len(got), Plain(got[0].Spans))
	}
}
