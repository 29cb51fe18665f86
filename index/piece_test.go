package index_test

import (
	"fmt"
	"strings"
	"testing"

	"frameworkbot/index"
)

// longDocument is a runbook of one headed section, of some hundred paragraphs
// and all that must not be cut.
func longDocument(tb testing.TB) *index.Page {
	tb.Helper()
	var b strings.Builder
	b.WriteString("What to do at night.\n\n## Procedures\n\nThey come in no order.\n\n")
	code := "```sh\n# not a heading\n\nfirst\n\n" + strings.Repeat("again and again\n\n", 120) + "echo flobble\n```\n\n"
	item := "- An item\n\n  ```\n  # nor this\n\n  inner wombat\n  ```\n\n" + strings.Repeat("  of many paragraphs.\n\n", 80) + "  that ends with quaxil.\n\n"
	for i := range 100 {
		switch i {
		case 30:
			b.WriteString("### Restart the printers\n\n")
		case 60:
			b.WriteString("### Empty\n#### Nested deeper ##\n" + code)
		case 80:
			b.WriteString("### Lists\n\n" + item + "- Another item\n- A quibbling third\n\n")
		}
		fmt.Fprintf(&b, "Paragraph %d is about frobnication%dx and nothing else, in words\nof two lines.\n\n", i, i)
	}
	p, problems := index.NewDocument(index.Text{ID: "night", File: "night.md", Title: "Night shift", Body: b.String(), Line: 10})
	if err := problems.Err(); err != nil {
		tb.Fatal(err)
	}
	return p
}

// TestPieces: a hit in a long section shows the passage that answers, under the
// heading that it stands under, with its line.
func TestPieces(t *testing.T) {
	x := newIndex(t, []*index.Page{longDocument(t), index.PlainPage("other", "Other", "Something else.")})
	defer closeIndex(t, x)
	for text, want := range map[string]struct{ heading, begins, has string }{
		"frobnication3x":                     {"", "They come", "Paragraph 3 "},
		"frobnication25x":                    {"", "Paragraph ", "Paragraph 25 "},
		"frobnication30x":                    {"Restart the printers", "Paragraph 30 ", "Paragraph 30 "},
		"frobnication59x":                    {"Restart the printers", "Paragraph ", "Paragraph 59 "},
		"flobble":                            {"Empty: Nested deeper", "```sh", "echo flobble\n```"},
		"wombat":                             {"Lists", "- An item", "that ends with quaxil."},
		"quibbling":                          {"Lists", "- Another item", "- A quibbling third"},
		"procedures to restart the printers": {"Restart the printers", "Paragraph 30 ", ""},
	} {
		r := mustSearch(t, x, text)
		if len(r.Hits) == 0 || r.Hits[0].Section == nil {
			t.Errorf("%q: %+v", text, r)
			continue
		}
		s := r.Hits[0].Section
		if s.Part != "Procedures" || s.Heading != want.heading || !strings.HasPrefix(s.Body, want.begins) || !strings.Contains(s.Body, want.has) || len(s.Body) > 5000 {
			t.Errorf("%q: %q, %q, %d bytes:\n%s", text, s.Part, s.Heading, len(s.Body), s.Body)
		}
		if strings.Count(s.Body, "```")%2 != 0 {
			t.Errorf("%q: a code block was cut:\n%s", text, s.Body)
		}
	}
}

// TestPiecesAreAll: no line of the section is lost, and pieces are about as long as they should be.
func TestPiecesAreAll(t *testing.T) {
	p := longDocument(t)
	pieces := p.Pieces()
	var got strings.Builder
	for i, s := range pieces {
		got.WriteString(s.Body + "\n")
		if i > 0 && s.Line <= pieces[i-1].Line {
			t.Errorf("piece %d begins in line %d, the one before it in %d", i, s.Line, pieces[i-1].Line)
		}
		if len(s.Body) > 1400 && !strings.Contains(s.Body, "```") {
			t.Errorf("piece %d has %d bytes", i, len(s.Body))
		}
	}
	for _, section := range p.Body().Sections {
		for line := range strings.Lines(section.Body) {
			if line = strings.TrimSpace(line); !strings.HasPrefix(line, "###") && !strings.Contains(got.String(), line) {
				t.Errorf("line %q is in no piece", line)
			}
		}
	}
	short, problems := index.ParsePage("a.md", []byte("---\ntitle: A\nkind: guide\n---\nS.\n\n## Part\n\n"+strings.Repeat("Of a guide of our own, nothing is cut.\n\n", 200)))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	if n := len(short.Pieces()); n != 1 {
		t.Errorf("a guide was cut into %d", n)
	}
}
