package index_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

// TestNewDocument: what becomes of texts that nobody wrote for us.
func TestNewDocument(t *testing.T) {
	for _, tt := range []struct {
		name string
		text index.Text
		want []string // title, summary, then part|heading|body of each section
	}{
		{"title and first paragraph", index.Text{File: "a.md", Title: "T", Body: "# T\n\nFirst.\n\nSecond.\n\n## More\n\nThird."}, []string{"T", "First.", "||Second.", "More||Third."}},
		{"no title", index.Text{File: "runbooks/restart-the_db.md", Body: "Text."}, []string{"restart the db", "Text."}},
		{"an index file", index.Text{File: "runbooks/_index.md", Body: "Text."}, []string{"runbooks", "Text."}},
		{"a summary of its own", index.Text{File: "a.md", Title: "T", Summary: "Short.", Body: "Long.\n\nLonger."}, []string{"T", "Short.", "||Long.\n\nLonger."}},
		{"headings alone", index.Text{File: "a.md", Title: "T", Body: "## One\n\nFirst.\n\nSecond."}, []string{"T", "First.", "One||First.\n\nSecond."}},
		{"underlined title", index.Text{File: "a.md", Title: "T", Body: "T\n==\n\nFirst."}, []string{"T", "First."}},
		{"a summary alone", index.Text{File: "a.md", Title: "T", Summary: "Short."}, []string{"T", "Short."}},
		{"a title alone", index.Text{File: "a.md", Title: "T", Body: "# T"}, []string{"T", "T"}},
		{"no marks of sources", index.Text{File: "a.md", Title: "T", Body: "Match `[^a]` here."}, []string{"T", "Match `[^a]` here."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, problems := index.NewDocument(tt.text)
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			got := []string{p.Title, p.Body().Summary}
			for _, s := range p.Body().Sections {
				got = append(got, s.Part+"|"+s.Heading+"|"+s.Body)
				if len(s.Rests) != 1 || s.Rests[0] != &p.Sources[0] {
					t.Errorf("a section rests on %v", s.Rests)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestDocumentLimits: code may be indented as it likes; all else costs little.
func TestDocumentLimits(t *testing.T) {
	deep := strings.Repeat(" ", 100) + "deep"
	for name, tt := range map[string]struct {
		body string
		fine bool
	}{
		"in code":           {"```\n" + deep + "\n```\n", true},
		"in tildes":         {"~~~ text\n" + deep + "\n```\n~~~~\n", true},
		"code never closed": {"```\n" + deep, true},
		"outside":           {deep, false},
		"behind code":       {"```\n```\n" + deep, false},
		"no fence":          {"``` a ``` b\n" + deep, false},
		"quotes":            {strings.Repeat(">", 100000), false},
		"links":             {strings.Repeat("[a](", 20000), false},
		"a table of links":  {strings.Repeat("| [a](https://a.example) |\n", 1500), true},
		"backticks":         {strings.Repeat("`", 32) + " a " + strings.Repeat("`", 33), false},
		"art in code":       {"```\n" + strings.Repeat("`", 60) + " a\n```\n", true},
		"a wide table":      {strings.Repeat("|a", 5000) + "\n" + strings.Repeat("|-", 5000), false},
	} {
		began := time.Now()
		_, problems := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: tt.body, Line: 1})
		if (len(problems) == 0) != tt.fine {
			t.Errorf("%s: %v", name, problems)
		}
		t.Logf("%s: %v", name, time.Since(began))
	}
}

// TestLongLines: what has no paragraphs is found and shown in parts all the same.
func TestLongLines(t *testing.T) {
	for name, line := range map[string]string{
		"words":      strings.Repeat("word after word ", 60_000),
		"one word":   strings.Repeat("y", 900_000),
		"characters": strings.Repeat("é", 400_000),
		"list":       "- " + strings.Repeat("word after word ", 1000) + "\n- " + strings.Repeat("and another ", 1000),
	} {
		for _, head := range []string{"", "S.\n\n## Part\n\n"} {
			p, problems := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: head + line, Line: 1})
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			var all strings.Builder
			for _, s := range p.Pieces() {
				if all.WriteString(s.Body); len(s.Body) > 18<<10 || !utf8.ValidString(s.Body) {
					t.Errorf("%s: a piece of %d bytes", name, len(s.Body))
				}
			}
			if got, want := strings.Join(strings.Fields(all.String()), ""), strings.Join(strings.Fields(line), ""); got != want {
				t.Errorf("%s: %d of %d bytes are left", name, len(got), len(want))
			}
			if n := len(p.Body().Summary); n > 5000 {
				t.Errorf("%s: the summary has %d bytes", name, n)
			}
		}
	}
}

// TestEmptyDocument: what says nothing is no page.
func TestEmptyDocument(t *testing.T) {
	p, problems := index.NewDocument(index.Text{File: "a.md", Title: "T", Body: "\n \n"})
	const want = "a.md: there is no text in it, so it is no page: write some, or take the file away"
	if p != nil || problems.Error() != want {
		t.Errorf("%v, %v", p, problems)
	}
}
