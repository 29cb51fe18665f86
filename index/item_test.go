package index_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

// parts are the sections under a heading, as "heading|body".
func parts(p *index.Page) (all []string) {
	for _, s := range p.Body().Sections {
		all = append(all, s.Heading+"|"+s.Body)
	}
	return all
}

// items are lists whose items begin in bold, as they become sections of a text
// of others and of a page of ours.
var items = []struct {
	name, list    string
	foreign, ours []string // foreign is nil where the list stays whole
}{
	{"a link", "- **[A](https://a.example/x)** by B", nil, []string{"A|by B"}},
	{"a link and no more", "- **[A](https://a.example/x)**", nil, []string{"A|"}},
	{"a link before another", "- **[A](https://a.example/x)**[b](https://b.example) c", nil, []string{"A|[b](https://b.example) c"}},
	{"a link in the name", "- **A [b](https://b.example) c**: text", nil, []string{"A b c|text"}},
	{"underscores", "- __[A](a.md)__ – text", nil, []string{"A|text"}},
	{"two lines", "- **A\n  name:** text", []string{"A name|text"}, []string{"A name|text"}},
	{"a colon behind", "- **A**: text", []string{"A|text"}, []string{"A|text"}},
	{"a colon within", "- **A:** text\n- **B.** more", []string{"A|text", "B|more"}, []string{"A|text", "B|more"}},
	{"a dash", "- **A** — text", []string{"A|text"}, []string{"A|text"}},
	{"the beginning of a sentence", "- **A** is text", nil, []string{"A|is text"}},
	{"a question", "- **A?** Text", nil, []string{"A?|Text"}},
	{"code", "- **`a_b`**: text", nil, []string{"a_b|text"}},
	{"escapes", `- **A \& B &amp; C**: text`, nil, []string{"A & B & C|text"}},
	{"numbers", "1. **A:** text\n2. **B:** text", nil, []string{"A|text", "B|text"}},
	{"a name and code", "- **A.**\n\n  ```sh\n  a\n\n    b\n  ```\n- **B.** b", nil, []string{"A|```sh\na\n\n  b\n```", "B|b"}},
	{"text and code", "-   **A.** a\n\n    ```sh\n    a\n      b\n    ```\n", []string{"A|a\n\n```sh\na\n  b\n```"}, []string{"A|a\n\n```sh\na\n  b\n```"}},
	{"tabs", "- **A.** a\n\n\t- b\n\t\t- c\n", []string{"A|a\n\n  - b\n  \t- c"}, []string{"A|a\n\n  - b\n  \t- c"}},
	{"one has no name", "- **A:** a\n- b", nil, []string{"A|a", "|- b"}},
	{"a deeper heading", "### C\n\n- **A:** a", nil, []string{"|### C", "A|a"}},
}

func TestItems(t *testing.T) {
	for _, tt := range items {
		t.Run(tt.name, func(t *testing.T) {
			const head = "S.\n\n## Part\n\n"
			p, problems := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: head + tt.list, Line: 1})
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			if tt.foreign == nil {
				tt.foreign = []string{"|" + strings.TrimSpace(tt.list)}
			}
			if diff := cmp.Diff(tt.foreign, parts(p)); diff != "" {
				t.Errorf("foreign (-want +got):\n%s", diff)
			}
			p, problems = index.ParsePage("a.md", []byte("---\ntitle: A\nkind: guide\n---\n"+head+tt.list))
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.ours, parts(p)); diff != "" {
				t.Errorf("ours (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPlainHeadings: what a section is called has no Markdown in it.
func TestPlainHeadings(t *testing.T) {
	for in, want := range map[string]string{
		"## [PHP *Compat*](https://a.example)":  "PHP Compat",
		"## `code_a` heading **bold** \\<a \\*": "code_a heading bold <a *",
		"Under\n__lined__\n---":                 "Under lined",
		"## a_b * c &amp; ![d](e.png) `\\*`":    "a_b * c & d \\*",
		"## <https://a.example>":                "https://a.example",
	} {
		p, _ := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: "S.\n\n" + in + "\n\nText.", Line: 1})
		if got := p.Body().Sections[0].Part; got != want {
			t.Errorf("%q is called %q, want %q", in, got, want)
		}
	}
	long := strings.Repeat("Text of many words.\n\n", 100)
	p, _ := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: "S.\n\n## A\n\n" + long + "### [B](https://b.example) `c`\n\n" + long, Line: 1})
	if all := p.Pieces(); all[len(all)-1].Heading != "B c" {
		t.Errorf("a piece is called %q", all[len(all)-1].Heading)
	}
}

// TestFirstParagraph: the summary is no half of a block of code.
func TestFirstParagraph(t *testing.T) {
	for body, want := range map[string]string{
		"```\na\n    ```\n\nb\n```\n\nText.":       "```\na\n    ```\n\nb\n```",
		"```sh\na\n\nb\n```\n\nText.":              "```sh\na\n\nb\n```",
		"- a\n  ```\n  b\n\n  c\n  ```\n\nText.":   "- a\n  ```\n  b\n\n  c\n  ```",
		"- ```\n  b\n\n  c\n  ```\n\nText.":        "- ```\n  b\n\n  c\n  ```",
		"> ```\n> a\n>\n> b\n\nText.\n\n```\n```":  "> ```\n> a\n>\n> b",
		"- a\n  ```\n  b\n- c\n\nText.":            "- a\n  ```\n  b\n- c",
		"A\n\n    ```\n\nText.":                    "A",
		"    ```\n\nText.":                         "    ```",
		"1. a\n\n     ```\n     b\n\n     ```\n\n": "1. a",
	} {
		p, _ := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: body, Line: 1})
		if got := p.Body().Summary; got != want {
			t.Errorf("of %q the summary is %q, want %q", body, got, want)
		}
	}
}

// TestPiecesWithIndentedCode: code in list items and quotations is not cut.
func TestPiecesWithIndentedCode(t *testing.T) {
	code := strings.Repeat("again\n\nand again\n\n", 100)
	for name, block := range map[string]string{
		"item":      "- An item\n\n  ```sh\n  " + strings.ReplaceAll(code, "\n", "\n  ") + "```\n",
		"deep item": "1.  An item\n\n    ```sh\n    " + strings.ReplaceAll(code, "\n", "\n    ") + "```\n",
		"quotation": "> ```sh\n> " + strings.ReplaceAll(code, "\n", "\n> ") + "```\n",
	} {
		body := "S.\n\n## Part\n\n" + strings.Repeat("Before it is text.\n\n", 100) + block + "\n\nBehind it.\n\n" + strings.Repeat("And more text.\n\n", 100)
		p, _ := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: body, Line: 1})
		with := 0
		for _, s := range p.Pieces() {
			if n := strings.Count(s.Body, "```"); n == 2 {
				with++
			} else if n != 0 || strings.Contains(s.Body, "again") {
				t.Errorf("%s: a block of code was cut:\n%s", name, s.Body)
			}
		}
		if with != 1 || len(p.Pieces()) < 4 {
			t.Errorf("%s: code is in %d of %d pieces", name, with, len(p.Pieces()))
		}
	}
}
