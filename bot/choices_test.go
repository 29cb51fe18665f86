package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// offered are the choices for a message that somebody else wrote.
func offered(t *testing.T, text string) *bot.Answer {
	t.Helper()
	a := builtIn(t)
	return bot.Choices(t.Context(), a, a, &bot.Message{ID: "m-42", Text: text})
}

func TestChoices(t *testing.T) {
	for text, want := range map[string][]bot.Ref{
		"hey, does flask have an orm?":     {"fact:flask:orm", "part:flask:=orm"},
		"laravel":                          {"page:laravel"},
		"is django or flask better":        {"vs:django,flask", "page:django", "page:flask"},
		"php frameworks":                   {"list:lPHP", bot.PageRef("api-platform"), "page:cakephp"},
		"larvel":                           {"page:laravel"},
		"protects against csrf by default": {"part:django:features/security:roda,tornado"},
	} {
		got := offered(t, text)
		if got.Kind != bot.ListKind || !got.Private || len(got.Results) > 5 || got.Ref != "" {
			t.Errorf("%q: %s private %t with %d results and Ref %q", text, got.Kind, got.Private, len(got.Results), got.Ref)
		}
		for i, r := range want {
			if i >= len(got.Results) || got.Results[i].Ref != r {
				t.Errorf("%q: choice %d is not %s in %+v", text, i+1, r, got.Results)
			}
		}
	}
}

// TestEveryChoice: whatever somebody wrote, each choice is there once, can be
// shown on one line and leads to what it says.
func TestEveryChoice(t *testing.T) {
	a := builtIn(t)
	lists := 0
	for _, question := range allQuestions(t) {
		got := bot.Choices(t.Context(), a, a, &bot.Message{ID: "m-42", Text: question})
		asked := ask(t, a, question)
		if got.Kind != bot.ListKind {
			if got.Kind != asked.Kind || asked.Kind != bot.NoneKind && asked.Kind != bot.HelpKind {
				t.Errorf("%q: no choice for %s, but %s", question, asked.Kind, got.Kind)
			}
			continue
		}
		lists++
		seen := map[bot.Ref]bool{}
		for _, r := range got.Results {
			switch {
			case seen[r.Ref] || r.Ref == "" || r.Title == "" || r.Group != "":
				t.Errorf("%q: choice %+v", question, r)
			case strings.ContainsAny(r.Title+r.Text, "\n`<") || strings.Contains(r.Text, "**"):
				t.Errorf("%q: not one plain line: %+v", question, r)
			}
			seen[r.Ref] = true
		}
		if asked.Ref != "" && got.Results[0].Ref != asked.Ref {
			t.Errorf("%q: the answer %s is not the first choice in %+v", question, asked.Ref, got.Results)
		}
	}
	if lists < 300 {
		t.Errorf("choices for %d questions", lists)
	}
}

// suggestFunc is a [bot.Suggester].
type suggestFunc func(most int) []bot.Suggestion

func (f suggestFunc) Suggest(_ context.Context, _ string, most int) []bot.Suggestion { return f(most) }

func TestChoicesWithoutChoice(t *testing.T) {
	never := suggestFunc(func(int) []bot.Suggestion {
		t.Error("suggestions were asked for")
		return nil
	})
	for _, want := range []*bot.Answer{{Kind: bot.BusyKind}, {Kind: bot.HelpKind}, {Kind: bot.FailedKind}} {
		if got := bot.Choices(t.Context(), answers(want, nil), never, message()); got != want {
			t.Errorf("%s became %+v", want.Kind, got)
		}
	}
	if got := bot.Choices(t.Context(), answers(nil, errBroken), never, message()); got.Kind != bot.FailedKind {
		t.Errorf("a failure became %+v", got)
	}
	none := &bot.Answer{Kind: bot.NoneKind, Text: "nothing"}
	empty := suggestFunc(func(int) []bot.Suggestion { return nil })
	for _, s := range []bot.Suggester{empty, nil} {
		if got := bot.Choices(t.Context(), answers(none, nil), s, message()); got != none {
			t.Errorf("nothing to offer became %+v", got)
		}
	}
}

// TestChoicesAreFew: the answer first, then what it lists, then suggestions, five in all.
func TestChoicesAreFew(t *testing.T) {
	listing := &bot.Answer{Kind: bot.ListKind, Title: "All", Ref: "list", Pages: []string{"a", "b"}, Results: []bot.Result{
		{ID: "a", Title: "A", Text: "first", Group: "g", Ref: "page:a"}, {ID: "a", Title: "A", Group: "h", Ref: "page:a"}, {ID: "x", Title: "without a Ref"}, {ID: "b", Title: "B", Ref: "page:b"},
	}}
	found := suggestFunc(func(most int) []bot.Suggestion {
		return []bot.Suggestion{{Ref: "page:b", Title: "B"}, {Ref: "page:c", Title: "C", Hint: "PHP"}, {Ref: "page:d", Title: "D"}, {Ref: "page:e", Title: "E"}, {Ref: "page:f", Title: "F"}}[:most]
	})
	got := bot.Choices(t.Context(), answers(listing, nil), found, message())
	want := []bot.Result{
		{ID: "a", Title: "All", Text: "A, A, without a Ref and B", Ref: "list"},
		{ID: "a", Title: "A", Text: "first", Ref: "page:a"},
		{ID: "b", Title: "B", Ref: "page:b"},
		{Title: "C", Text: "PHP", Ref: "page:c"},
		{Title: "D", Ref: "page:d"},
	}
	if !slices.Equal(got.Results, want) {
		t.Errorf("got %+v\nwant %+v", got.Results, want)
	}
	if listing.Results[0].Group != "g" {
		t.Error("the handler's answer was changed")
	}
}
