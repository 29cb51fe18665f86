package discord

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

// library answers from the built-in pages.
func library(t testing.TB) *bot.Answerer {
	t.Helper()
	pages, err := index.ReadPages(seeds.Pages)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return bot.NewAnswerer(x)
}

// everything is each answer that pressing can lead to, starting with help and
// with some questions that people type.
func everything(t testing.TB) []*bot.Answer {
	h := library(t)
	var all []*bot.Answer
	var next []bot.Ref
	add := func(m *bot.Message) {
		a, err := h.Answer(t.Context(), m)
		if err != nil {
			t.Fatalf("%q %q: %v", m.Text, m.Ref, err)
		}
		all = append(all, a)
		next = append(next, a.NotThis)
		for _, ask := range slices.Concat(a.Asks, a.More) {
			next = append(next, ask.Ref)
		}
		for _, r := range a.Results {
			next = append(next, r.Ref)
		}
	}
	for _, text := range []string{
		"help", "lavarel", "django vs flask vs rails", "compare laravel cakephp django flask express rails", "photoshop", "which framework is best",
		"frameworks with an orm", "python without orm", "does flask have an orm", "django security", "all frameworks", "flasket",
	} {
		add(&bot.Message{Text: text})
	}
	known := map[bot.Ref]bool{"": true}
	for len(next) > 0 && len(all) < 1000 {
		ref := next[0]
		next = next[1:]
		if !known[ref] {
			known[ref] = true
			add(&bot.Message{Ref: ref})
		}
	}
	return all
}

func TestEveryAnswerOfTheLibrary(t *testing.T) {
	all := everything(t)
	if len(all) < 50 {
		t.Fatalf("only %d answers", len(all))
	}
	for _, a := range all {
		for _, style := range styles {
			o := privately(style)
			check(t, a, o)
			text := seen(render(a, o))
			if !strings.Contains(strings.ReplaceAll(text, `\`, ""), a.Title) {
				t.Errorf("%s card of %q without its name:\n%s", style, a.Title, text)
			}
			if len(a.Sources) > 0 && !strings.Contains(text, "Source") {
				t.Errorf("%s card of %q without sources", style, a.Title)
			}
		}
		if t.Failed() {
			t.FailNow()
		}
	}
}

// visible is what a person sees of a text.
func visible(s string) string {
	for _, r := range []struct {
		what *regexp.Regexp
		by   string
	}{
		{regexp.MustCompile(`\]\(https?://[^)]*\)`), ""},
		{regexp.MustCompile(`(?m)^(?:#+|-#|>) |\*\*|[\[\\]`), ""},
	} {
		s = r.what.ReplaceAllString(s, r.by)
	}
	return s
}

func TestPageCardsHaveTheRightSize(t *testing.T) {
	cards := 0
	for _, a := range everything(t) {
		if !hasMore(a) {
			continue
		}
		cards++
		m := render(a, privately(Components))
		var texts []string
		for _, c := range flat(m.Components) {
			texts = append(texts, c.Content)
		}
		text, small, _ := strings.Cut(visible(strings.Join(texts, "\n")), "Source")
		if n := utf8.RuneCountInString(text); n < 600 || n > 1700 {
			t.Errorf("%s: %d characters:\n%s", a.Title, n, text)
		}
		if n := utf8.RuneCountInString(small); n > 500 {
			t.Errorf("%s: %d characters of small print", a.Title, n)
		}
	}
	if cards < 7 {
		t.Errorf("only %d cards", cards)
	}
}

// A corrected claim is shown with its correction, and every point with its source.
func TestClaimsAreWhole(t *testing.T) {
	for _, a := range everything(t) {
		for _, style := range styles {
			text := seen(render(a, privately(style)))
			for _, source := range append([]string{a.Text}, sectionTexts(a)...) {
				for _, c := range chunks(source) {
					whole := strings.Contains(text, c.text)
					begun := strings.Contains(text, c.text[:min(len(c.text), 60)])
					if begun && !whole {
						t.Errorf("%s card of %q shows only a part of\n%s", style, a.Title, c.text)
					}
				}
			}
		}
	}
}

func sectionTexts(a *bot.Answer) []string {
	out := make([]string, len(a.Sections))
	for i, s := range a.Sections {
		out[i] = s.Text
	}
	return out
}

// What a card leaves out, its menu leads to.
func TestPartsAreWhole(t *testing.T) {
	parts := 0
	for _, a := range everything(t) {
		text := seen(render(a, privately(Components)))
		if hasMore(a) || a.Table != nil {
			continue
		}
		for _, source := range append([]string{a.Text}, sectionTexts(a)...) {
			parts++
			for _, c := range chunks(source) {
				if !strings.Contains(text, c.text) {
					t.Errorf("%q %s does not show\n%s", a.Title, a.Ref, c.text)
				}
			}
		}
	}
	if parts < 40 {
		t.Errorf("only %d parts", parts)
	}
}

// Comparisons stay as narrow as a phone, and lose no value.
func TestComparisonsFitAPhone(t *testing.T) {
	tables := 0
	for _, a := range everything(t) {
		if a.Table == nil {
			continue
		}
		tables++
		text, whole := comparison(a.Table, space{maxText, maxBytes})
		if !whole {
			t.Errorf("%s: cut", a.Title)
		}
		code, left, _ := strings.Cut(strings.TrimPrefix(text, "```\n"), "\n```")
		for l := range strings.Lines(code) {
			if n := markdown.Columns(strings.TrimSuffix(l, "\n")); n > phoneColumns {
				t.Errorf("%s: %d columns: %s", a.Title, n, l)
			}
		}
		words := strings.Join(strings.Fields(code), "")
		for _, r := range a.Table.Rows {
			for _, v := range r.Values {
				if !strings.Contains(words, strings.ReplaceAll(markdown.OneLine(v), " ", "")) && !strings.Contains(left, r.Label) {
					t.Errorf("%s: %s: no %q", a.Title, r.Label, v)
				}
			}
		}
	}
	if tables < 5 {
		t.Errorf("only %d tables", tables)
	}
}

func BenchmarkRender(b *testing.B) {
	a, err := library(b).Answer(b.Context(), &bot.Message{Text: "laravel"})
	if err != nil {
		b.Fatal(err)
	}
	for _, style := range styles {
		b.Run(style, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(a, privately(style))
			}
		})
	}
}
