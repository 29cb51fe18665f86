package index_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

// TestSearch runs testdata/search.txt over the built-in pages: the first hit of
// each question, why it was found and where, or that there is none.
func TestSearch(t *testing.T) {
	data, err := os.ReadFile("testdata/search.txt")
	if err != nil {
		t.Fatal(err)
	}
	x := builtIn(t)
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		text, want, ok := strings.Cut(strings.TrimSpace(line), " => ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		r, err := x.Search(t.Context(), index.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, first(r)); diff != "" {
			t.Errorf("testdata/search.txt:%d: %s: %s", number, text, diff)
		}
	}
	if number < 20 {
		t.Error("testdata/search.txt has next to nothing")
	}
}

// first is the best hit in a line.
func first(r *index.Result) string {
	if len(r.Hits) == 0 {
		return "nothing"
	}
	h := r.Hits[0]
	where := "summary"
	switch {
	case h.Fact != nil:
		where = h.Fact.Key
	case h.Section != nil && h.Section.Heading != "":
		where = h.Section.Heading
	case h.Section != nil && h.Section.Part != "":
		where = h.Section.Part
	}
	return fmt.Sprintf("%s | %s | %s", h.Page.ID, h.Why, where)
}

// Three pages with words that no list has, so that coverage can be counted by hand.
const (
	ant = "ant.md\n---\ntitle: Zzant\nkind: micro\nlanguage: PHP\nlinks: {}\n---\nZorblax quimfet.\n\n## Features\n\n- **Vantrop.** Skelbim drofnar.\n"
	bee = "bee.md\n---\ntitle: Zzbee\nkind: full-stack\nlanguage: Ruby\nfacts: {orm: {value: Skelbim, source: s}}\nsources: [{id: s, title: S, date: 2024}]\n---\nZorblax plonquist.\n"
	cat = "cat.md\n---\ntitle: Zzcat\nkind: guide\nquestions: [which one has a bramfozz]\n---\nQuimfet.\n"
)

func TestCoverage(t *testing.T) {
	x := small(t, ant, bee, cat)
	for _, tt := range []struct {
		text string
		want string
	}{
		{"zorblax quimfet", "ant text 1.00 best 1.00"}, // the others have half, which is not enough
		{"zorblax", "ant text 1.00 best 1.00; bee text 1.00 best 1.00"},
		{"zorblax skelbim", "ant text 1.00 best 0.50; bee text 1.00 best 0.50"}, // in two sections
		{"vantrop", "ant heading 1.00 best 1.00"},
		{"what is the zorblax and the quimfet of a vantrop framework", "ant text 1.00 best 0.67"},
		{"plonquist skelbim wexolith", ""}, // two of three, but strewn over the page
		{"plonquist wexolith", ""},         // one of two
		{"bramfozz", "cat listed question 1.00 best 1.00"},
		{"wexolith", ""},
		{"water", ""},
		{"zzant", ""}, // a name is no search
		{"what is it", ""},
		{"", ""},
	} {
		r, err := x.Search(t.Context(), index.Query{Text: tt.text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range r.Hits {
			got = append(got, fmt.Sprintf("%s %s %.2f best %.2f", h.Page.ID, h.Why, h.Coverage, h.Best))
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%q: %s", tt.text, diff)
		}
	}
}

func TestFilters(t *testing.T) {
	x := small(t, ant, bee, cat)
	for _, tt := range []struct {
		q    index.Query
		want []string
	}{
		{index.Query{}, []string{"ant", "bee"}},
		{index.Query{Pages: []string{"bee"}}, []string{"bee"}},
		{index.Query{Pages: []string{"bee", "ant", "none"}}, []string{"ant", "bee"}},
		{index.Query{Pages: []string{"cat"}}, []string{}},
		{index.Query{Languages: []string{"Ruby"}}, []string{"bee"}},
		{index.Query{Languages: []string{"ruby", "php"}}, []string{"ant", "bee"}},
		{index.Query{Languages: []string{"Go"}}, []string{}},
		{index.Query{Kind: index.Micro}, []string{"ant"}},
		{index.Query{Kind: index.Guide}, []string{}},
		{index.Query{Kind: index.Micro, Languages: []string{"Ruby"}}, []string{}},
		{index.Query{Limit: 1}, []string{"ant"}},
		{index.Query{Limit: 100}, []string{"ant", "bee"}},
		{index.Query{Limit: -1}, []string{"ant", "bee"}}, // as 0
	} {
		t.Run(fmt.Sprintf("%+v", tt.q), func(t *testing.T) {
			tt.q.Text = "zorblax"
			r, err := x.Search(t.Context(), tt.q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, hitIDs(r)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLoose: hits that do not cover the question, with what the best lacks.
func TestLoose(t *testing.T) {
	x := small(t, ant, bee, cat)
	for loose, want := range map[bool][]string{false: {}, true: {"bee"}} {
		r, err := x.Search(t.Context(), index.Query{Text: "plonquist wexolith hilderoc", Loose: loose})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, hitIDs(r)); diff != "" {
			t.Errorf("loose=%v: %s", loose, diff)
		}
		if diff := cmp.Diff([]string{"wexolith", "hilderoc"}, r.Missing); diff != "" || r.Terms != 3 {
			t.Errorf("loose=%v: %d terms; missing: %s", loose, r.Terms, diff)
		}
		if loose && math.Abs(r.Hits[0].Coverage-1.0/3) > 0.01 {
			t.Errorf("coverage %v", r.Hits[0].Coverage)
		}
	}
}

func hitIDs(r *index.Result) []string {
	list := []string{}
	for _, h := range r.Hits {
		list = append(list, h.Page.ID)
	}
	return list
}

func TestSearchManyWords(t *testing.T) {
	x := small(t, ant)
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "qq%szz ", strings.Repeat("x", i%50)+strconv.Itoa(i))
	}
	r, err := x.Search(t.Context(), index.Query{Text: text.String(), Loose: true})
	if err != nil || r.Terms != index.MaxTerms || len(r.Hits) != 0 {
		t.Errorf("%d terms, %d hits, %v", r.Terms, len(r.Hits), err)
	}
	if n := len(x.Analyze(text.String()).Words); n != index.MaxWords {
		t.Errorf("%d words were read", n)
	}
	if w := x.Analyze(strings.Repeat("x", 1000)).Words[0]; len(w.Text) != index.MaxWordRunes {
		t.Errorf("a word of %d characters", len(w.Text))
	}
}

func TestSearchCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x := small(t, ant)
	if _, err := x.Search(ctx, index.Query{Text: "zorblax"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Search: %v", err)
	}
	if _, err := x.Match(ctx, "zorblax"); !errors.Is(err, context.Canceled) {
		t.Errorf("Match: %v", err)
	}
	if r, err := x.Search(ctx, index.Query{Text: "what is it"}); err != nil || len(r.Hits) > 0 { // nothing to search for
		t.Errorf("Search: %v, %v", r, err)
	}
}

func TestMatchMentionsPages(t *testing.T) {
	x := small(t, ant, bee, cat)
	for text, want := range map[string]uint64{"zorblax": 2, "skelbim": 2, "zorblax OR +wexolith^9 \"": 2, "wexolith": 0, "": 0} {
		if n, err := x.Match(t.Context(), text); err != nil || n != want {
			t.Errorf("Match(%q) = %d, %v; want %d", text, n, err, want)
		}
	}
	w := x.Analyze("bramfozzs").Words[0]
	for id, want := range map[string]bool{"ant": false, "cat": true} {
		p, ok := x.Page(id)
		if !ok || x.Mentions(p, &w) != want {
			t.Errorf("page %s: there %v, mentions a bramfozz %v", id, ok, !want)
		}
	}
	if _, ok := x.Page("none"); ok {
		t.Error("there is a page none")
	}
	if diff := cmp.Diff([]string{"ant", "bee", "cat"}, pageIDs(x.Pages())); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyIndex(t *testing.T) {
	x := small(t)
	if r, err := x.Search(t.Context(), index.Query{Text: "zorblax"}); err != nil || len(r.Hits) > 0 {
		t.Errorf("%v, %v", r, err)
	}
	if a := x.Analyze("what is django"); len(a.Names) > 0 {
		t.Errorf("names in an empty index: %v", a.Names)
	}
}

// TestInformative: the words that say which page is meant.
func TestInformative(t *testing.T) {
	var got []string
	for _, w := range small(t, ant).Analyze("what is the zorblax of the zzant python framework, bitte, kubernetes?").Words {
		if w.Informative() {
			got = append(got, w.Text)
		}
	}
	if diff := cmp.Diff([]string{"zorblax", "kubernetes"}, got); diff != "" {
		t.Error(diff)
	}
}
