package index_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"frameworkbot/index"
)

// FuzzParsePage: no file makes it panic; there is a page or there are problems,
// and each problem names the file and a line that it has.
func FuzzParsePage(f *testing.F) {
	for _, id := range []string{"django", "choosing"} {
		data, err := os.ReadFile("../seeds/" + id + ".md")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	const front = "---\ntitle: A\nkind: guide\nsources: [{id: s, title: t, date: 2023}]\n---\n"
	for _, s := range []string{
		"", "---", "---\n---\n", "---\n\n---\n", "---\n- a\n---\nb", "---\ntitle: [[\n---\n", "---\na: &a [*a]\n---\n", "---\n? {}\n---\nx",
		front, front + "Summary. [^s] [^t]\n", front + "S.\n\n##\n\nunder nothing\n", front + "#\n", front + "S.\n\nA\n---\nunderlined\n",
		front + "S.\n\n## A\n\n- **B.** c [^s]\n  > n\n\n  d\n- e\n", front + "S.\n\n## A\n- __B__\n-\n- **C**", front + "S.\n\n## A\n1. **B**\n\n\tcode\n",
		front + "S.\n\n## A\n\n- **a\n  b** c\n", front + "S.\n\n## A\n\n- **a***\n", front + "S.\n\n> ## A\n>\n> - **b** c\n", front + "<!--\n## A\n-->\n",
		front + "```\n## A\n", front + "[a]: <b>\n\n## [a]\n", front + "S.\n\n## A\n\n- ***b* c** d\n- <b>e</b>\n", "\ufeff" + front + "S.\r\n\r\n## A\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		page, problems := index.ParsePage("page.md", data)
		if page == nil && len(problems) == 0 {
			t.Error("neither a page nor a problem")
		}
		last := strings.Count(string(data), "\n") + 1
		for _, p := range problems {
			if p.File != "page.md" || p.Text == "" || p.Line < 0 || p.Line > last+1 {
				t.Errorf("%+v in a file of %d lines", p, last)
			}
		}
		if len(problems) == 0 {
			checkPage(t, page, last)
		}
	})
}

func checkPage(t *testing.T, p *index.Page, last int) {
	t.Helper()
	if p.ID != "page" || p.Title == "" || p.Body().Summary == "" || !utf8.ValidString(p.Body().Summary) {
		t.Errorf("a page without a problem lacks something: %+v", p)
	}
	line := 0
	for _, s := range p.Body().Sections {
		if s.Line <= line || s.Line > last || s.Heading == "" && s.Body == "" || strings.TrimSpace(s.Body) != s.Body {
			t.Errorf("section %+v behind line %d of %d", s, line, last)
		}
		line = s.Line
	}
}

// FuzzAnalyze: any question can be taken apart, into a bounded number of words
// each of which is bounded, and then be searched for.
func FuzzAnalyze(f *testing.F) {
	x := builtIn(f)
	for line := range strings.Lines(questions(f)) {
		if q, _, ok := strings.Cut(line, "=>"); ok && len(line)%7 == 0 {
			f.Add(strings.TrimSpace(q))
		}
	}
	seedTexts(f)
	for _, s := range []string{
		strings.Repeat("django ", 500), strings.Repeat("a.b-c'd_e&", 300), strings.Repeat("x", 10_000), strings.Repeat("東京", 500),
		strings.Repeat("% ", 500), "'s", "-'-", ".net", "c++++", "c####", "..a", "a..", "django'", "'django'", "1.2.3.4", "д", "ⅼⅼ", "express\u0301",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := x.Analyze(s)
		if len(a.Words) > index.MaxWords {
			t.Errorf("%d words", len(a.Words))
		}
		for _, w := range a.Words {
			if n := utf8.RuneCountInString(w.Stem); n > 4*index.MaxWordRunes {
				t.Errorf("the stem of %q has %d characters", w.Text, n)
			}
		}
		seen := map[string]bool{}
		for _, n := range a.Names {
			if seen[n.Page.ID] || n.Typed == "" || n.Why == "" {
				t.Errorf("name %+v", n)
			}
			seen[n.Page.ID] = true
		}
		r, err := x.Search(t.Context(), index.Query{Text: s})
		if err != nil {
			t.Fatal(err)
		}
		if r.Terms > index.MaxTerms || len(r.Hits) > 5 {
			t.Errorf("%d terms, %d hits", r.Terms, len(r.Hits))
		}
		for _, h := range r.Hits {
			if h.Coverage <= 0 || h.Coverage > 1.0001 || h.Best > h.Coverage+1e-9 || h.Section == nil == (h.Fact == nil) && h.Why != index.ByQuestion {
				t.Errorf("hit %s: %+v", h.Page.ID, h)
			}
		}
	})
}

func questions(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile("../seeds/questions.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}
