package bot_test

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

// suggested is what is offered for what was typed, a line each.
func suggested(t *testing.T, a *bot.Answerer, typed string, most int) []string {
	t.Helper()
	var lines []string
	for _, s := range a.Suggest(t.Context(), typed, most) {
		lines = append(lines, fmt.Sprintf("%s: %s (%s)", s.Ref, s.Title, s.Hint))
	}
	return lines
}

func TestSuggest(t *testing.T) {
	a := builtIn(t)
	browse := []string{"page:~1Je0K6ce: ASP.NET Core (C#)", "page:drogon: Drogon (C++)", "page:phoenix: Phoenix (Elixir)", "page:beego: Beego (Go)", "page:chi: chi (Go)"}
	for typed, want := range map[string][]string{ // the first of them
		"":                    browse,
		"  ":                  browse,
		"?!":                  browse,
		"<@U012345>":          browse,
		"laravel":             {"page:laravel: Laravel (PHP)"},
		"LARAV":               {"page:laravel: Laravel (PHP)"},
		"ruby on":             {"page:rails: Ruby on Rails (Ruby)"},
		"rails":               {"page:rails: Ruby on Rails (Ruby)", "page:sails: Sails.js (alias rails for node)"},
		"ror":                 {"page:rails: Ruby on Rails (alias RoR)"},
		"nest":                {"page:nestjs: NestJS (alias nest)"},
		"/framework djan":     {"page:django: Django (Python)", "page:~ycYlpnCc: Django REST framework (Python)"},
		"choos":               {"page:choosing: Choosing a back-end framework (guide)"},
		"js":                  {"page:express: Express (JavaScript)", "page:fastify: Fastify (JavaScript)", "page:hapi: hapi (JavaScript)", "page:koa: Koa (JavaScript)"},
		"py":                  {"page:pyramid: Pyramid (Python)", "page:aiohttp: aiohttp (Python)"},
		"csrf":                {"part:django:features/security: Django (Security)"},
		"secu":                {"part:django:features/security: Django (Security)", "part:laravel:features/security: Laravel (Security)"},
		"\x1b[31mflask\x00":   {"page:flask: Flask (Python)"},
		"rails \u202e\u200b ": {"page:rails: Ruby on Rails (Ruby)"},
	} {
		if diff := cmp.Diff(want, suggested(t, a, typed, len(want))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", typed, diff)
		}
	}
	for typed, want := range map[string][]string{ // all of them
		"lavarel":  {"page:laravel: Laravel (did you mean)"},
		"djagno":   {"page:django: Django (did you mean)"},
		"symphony": {"page:symfony: Symfony (alias symphony php)"},
		"xyzzy":    nil,
	} {
		if diff := cmp.Diff(want, suggested(t, a, typed, 5)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", typed, diff)
		}
	}
}

// TestSuggestForQuestion: who types a whole question is led to the page it names first.
func TestSuggestForQuestion(t *testing.T) {
	a := builtIn(t)
	for typed, first := range map[string]string{
		"does flask have an orm":            "part:flask:=orm: Flask (ORM)",
		"who made django":                   "page:django: Django (Python)",
		"what do the guards of rails do":    "page:rails: Ruby on Rails (Ruby)",
		"protects against csrf by default?": "part:django:features/security: Django (Security)",
	} {
		got := suggested(t, a, typed, 5)
		if len(got) == 0 || got[0] != first {
			t.Errorf("%q: %q, want %s first", typed, got, first)
		}
	}
}

// TestEverySuggestion types all questions, letter by letter at their beginning.
func TestEverySuggestion(t *testing.T) {
	a := builtIn(t)
	recalled := map[bot.Ref]bool{}
	for _, question := range allQuestions(t) {
		typed := []string{question}
		for i := range question {
			if i < 12 {
				typed = append(typed, question[:i])
			}
		}
		for _, text := range typed {
			for _, s := range checkSuggestions(t, a, text, 5) {
				if !recalled[s.Ref] {
					recalled[s.Ref] = true
					checkRecalls(t, a, s)
				}
			}
		}
	}
	if len(recalled) < 20 {
		t.Errorf("only %d different answers were suggested", len(recalled))
	}
}

// checkSuggestions: at most so many, each page once, and nothing that a menu could not show.
func checkSuggestions(t *testing.T, a *bot.Answerer, typed string, most int) []bot.Suggestion {
	t.Helper()
	all := a.Suggest(t.Context(), typed, most)
	if len(all) > max(0, most) {
		t.Errorf("%q: %d suggestions, want at most %d", typed, len(all), most)
	}
	pages := map[bot.Ref]bool{}
	for _, s := range all {
		checkRef(t, typed, s.Ref)
		checkRef(t, typed, s.Page)
		switch {
		case pages[s.Page]:
			t.Errorf("%q: %s is suggested twice", typed, s.Page)
		case s.Ref == "" || s.Page == "" || s.Title == "" || s.Hint == "":
			t.Errorf("%q: incomplete: %+v", typed, s)
		case len(s.Hint) > 60 || strings.ContainsAny(s.Hint+s.Title, "*_`\n<>"):
			t.Errorf("%q: not a few plain words: %+v", typed, s)
		}
		pages[s.Page] = true
	}
	return all
}

// checkRecalls: what is chosen is an answer of the page.
func checkRecalls(t *testing.T, a *bot.Answerer, s bot.Suggestion) {
	t.Helper()
	chosen, card := recall(t, a, s.Ref), recall(t, a, s.Page)
	if chosen.Kind != bot.PageKind || chosen.Title != s.Title || card.Title != s.Title || !reflect.DeepEqual(chosen.Pages, card.Pages) {
		t.Errorf("%+v leads to %s %q %v", s, chosen.Kind, chosen.Title, chosen.Pages)
	}
}

func TestSuggestMost(t *testing.T) {
	a := builtIn(t)
	for _, typed := range []string{"", "p", "security", "orm", "lavarel", "python framework with an orm"} {
		all := a.Suggest(t.Context(), typed, 100)
		for _, most := range []int{math.MinInt, -1, 0, 1, 2, 3, 7, math.MaxInt} {
			got := checkSuggestions(t, a, typed, most)
			if want := all[:max(0, min(most, len(all)))]; most > 0 && len(got) != len(want) {
				t.Errorf("%q: %d suggestions of %d, want %d", typed, len(got), len(all), len(want))
			}
		}
	}
}

// TestSuggestCancelled: a menu needs no search to offer names.
func TestSuggestCancelled(t *testing.T) {
	a := builtIn(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, typed := range []string{"", "larav", "lavarel", "secur", "does flask have an orm"} {
		if got := a.Suggest(ctx, typed, 5); len(got) == 0 {
			t.Errorf("%q: nothing without a search", typed)
		}
	}
}

func TestSuggestConcurrent(t *testing.T) {
	a := builtIn(t)
	typed := []string{"", "r", "ror", "lavarel", "csrf", "does flask have an orm"}
	want := make([][]string, len(typed))
	for i, text := range typed {
		want[i] = suggested(t, a, text, 5)
	}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for i, text := range typed {
				if diff := cmp.Diff(want[i], suggested(t, a, text, 5)); diff != "" {
					t.Errorf("%q (-alone +together):\n%s", text, diff)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzSuggest(f *testing.F) {
	x, err := builtInPages()
	if err != nil {
		f.Fatal(err)
	}
	a := bot.NewAnswerer(x)
	for _, typed := range []string{"", "ror", "larav", "lavarel", "csrf", "/framework x", "\xff\x00", "日本", strings.Repeat("orm ", 2000), "c++", ".net"} {
		f.Add(typed, 5)
	}
	f.Fuzz(func(t *testing.T, typed string, most int) { checkSuggestions(t, a, typed, most) })
}

// BenchmarkSuggest is what each letter costs that somebody types.
func BenchmarkSuggest(b *testing.B) {
	a := bot.NewAnswerer(open(b))
	for _, bm := range []struct{ name, typed string }{
		{"nothing", ""}, {"beginning", "larav"}, {"alias", "ror"}, {"spelling", "lavarel"}, {"text", "csrf"}, {"question", "does flask have an orm"}, {"unknown", "xyzzy"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a.Suggest(b.Context(), bm.typed, 25)
			}
		})
	}
}
