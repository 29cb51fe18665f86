package discord

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// names are what somebody who types sees.
func names(l choiceList) []string {
	out := make([]string, len(l.Choices))
	for i, c := range l.Choices {
		out[i] = c.Name
	}
	return out
}

// checkChoices reports what Discord would refuse.
func checkChoices(t *testing.T, l choiceList) {
	t.Helper()
	if n := len(l.Choices); n < 1 || n > 25 {
		t.Errorf("%d choices", n)
	}
	in := &inspection{}
	values := map[string]bool{}
	for _, c := range l.Choices {
		if values[c.Value] {
			t.Errorf("two choices of the value %q", c.Value)
		}
		values[c.Value] = true
		in.length("name", c.Name, 1, 100)
		in.length("value", c.Value, 1, 100)
		in.inert(c.Name)
		if strings.TrimSpace(c.Name) == "" || strings.TrimSpace(c.Value) == "" {
			t.Errorf("an empty choice: %q", c)
		}
	}
	for _, fault := range in.found {
		t.Error(fault)
	}
}

func TestChoicesSayWhy(t *testing.T) {
	page := func(id, title, hint string) bot.Suggestion {
		return bot.Suggestion{Ref: bot.PageRef(id), Title: title, Hint: hint, Page: bot.PageRef(id)}
	}
	for _, c := range []struct {
		typed string
		found bot.Suggestion
		want  string
	}{
		{"", page("rails", "Ruby on Rails", "Ruby"), "Ruby on Rails · Ruby"},
		{"Laravel", page("laravel", "Laravel", "PHP"), "✓ Laravel · PHP"},
		{"ruby-on-rails", page("rails", "Ruby on Rails", "Ruby"), "✓ Ruby on Rails · Ruby"},
		{"lar", page("laravel", "Laravel", "PHP"), "Laravel · PHP"},
		{"expressjs", page("express", "Express", "JavaScript"), "Express · JavaScript"},
		{"ror", page("rails", "Ruby on Rails", "alias RoR"), "ror → Ruby on Rails"},
		{"ro", page("rails", "Ruby on Rails", "alias RoR"), "RoR → Ruby on Rails"},
		{"rials", page("rails", "Ruby on Rails", "did you mean"), "Did you mean Ruby on Rails?"},
		{"hash", bot.Suggestion{Ref: "part:laravel:features/security", Title: "Laravel", Hint: "Security", Page: "page:laravel"}, "Laravel · in the text: Security"},
		{"kit", page("choosing", "Choosing", "A kit of **ready-made** parts, for the engine"), "Choosing · in the text: A kit of ready-made parts, for the engine"},
		{"@everyone", page("x", "@everyone", ""), "✓ @" + breaker + "everyone"},
	} {
		got := choices([]bot.Suggestion{c.found}, c.typed)
		checkChoices(t, got)
		if got.Choices[0].Name != c.want {
			t.Errorf("%q: %q, want %q", c.typed, got.Choices[0].Name, c.want)
		}
		if ref, ok := pickedRef(got.Choices[0].Value); !ok || ref != c.found.Ref {
			t.Errorf("%q: the value is read as %q, %v", c.typed, ref, ok)
		}
		if last := got.Choices[len(got.Choices)-1]; c.typed != "" && (last.Value != c.typed || !strings.HasPrefix(last.Name, "Search for “")) {
			t.Errorf("%q: the last choice is %q", c.typed, last)
		}
	}
}

func TestChoicesAreNeverEmpty(t *testing.T) {
	for _, typed := range []string{"", " ", "\u200b", "nothing like it"} {
		for name, l := range map[string]choiceList{
			"name": choices(nil, typed), "compare": compareChoices(nil, typed), "section": sectionChoices(nil, typed),
		} {
			checkChoices(t, l)
			ref, ok := pickedRef(l.Choices[0].Value)
			if typed := strings.TrimSpace(strings.Trim(typed, "\u200b")); ok == (typed != "") {
				t.Errorf("%s after %q: %q, %v", name, typed, ref, ok)
			}
		}
	}
	if ref, _ := pickedRef(choices(nil, "").Choices[0].Value); ref != bot.Help {
		t.Errorf("without pages, the choice is %q", ref)
	}
	if ref, _ := pickedRef(sectionChoices(nil, "").Choices[0].Value); ref != "" {
		t.Errorf("without a page, the choice is %q", ref)
	}
}

// TestWhatWasPickedIsNoText: the value of a choice that comes back as typed text
// is the choice, and no search for its value.
func TestWhatWasPickedIsNoText(t *testing.T) {
	page := bot.Suggestion{Ref: "page:laravel", Title: "Laravel", Hint: "PHP", Page: "page:laravel"}
	for _, l := range []choiceList{
		choices([]bot.Suggestion{page}, "ref|page:laravel"), compareChoices([]bot.Suggestion{page}, "ref|page:laravel"), sectionChoices(nil, "ref|"),
	} {
		checkChoices(t, l)
		if len(l.Choices) != 1 {
			t.Errorf("%q", names(l))
		}
	}
}

func TestComparedAreOtherPages(t *testing.T) {
	l := compareChoices([]bot.Suggestion{
		{Ref: "part:rails:features", Title: "Rails", Hint: "Features", Page: "page:rails"},
		{Ref: "page:rails", Title: "Rails", Page: "page:rails"},
		{Ref: "help", Title: "Help", Page: "help"},
	}, "r")
	checkChoices(t, l)
	if len(l.Choices) != 2 || l.Choices[0].Value != picked+"page:rails" || l.Choices[1].Name != "Compare with “r”" {
		t.Errorf("%q", l)
	}
}

func TestSectionsAreThoseOfThePage(t *testing.T) {
	more := []bot.Ask{{Label: "Features", Ref: "part:rails:features"}, {Label: "Watch out", Ref: "part:rails:watchout"}, {Label: "Nowhere"}}
	if got := names(sectionChoices(more, "")); strings.Join(got, "|") != "Features|Watch out" {
		t.Errorf("%q", got)
	}
	if got := names(sectionChoices(more, "WATCH")); strings.Join(got, "|") != "Watch out|Search the page for “WATCH”" {
		t.Errorf("%q", got)
	}
}

func TestChoicesOfTheLibrary(t *testing.T) {
	h := library(t)
	for _, typed := range []string{"", "l", "laravel", "ror", "rials", "hash passwords", "template", "zzzz", "django vs"} {
		l := choices(h.Suggest(t.Context(), typed, maxChoices), typed)
		checkChoices(t, l)
		for _, c := range l.Choices {
			ref, ok := pickedRef(c.Value)
			if a, err := h.Answer(t.Context(), &bot.Message{Ref: ref}); ok && (err != nil || len(a.Pages) == 0) {
				t.Errorf("%q: what is picked, %q, is answered with %+v, %v", typed, c, a, err)
			}
		}
	}
}

func TestGoldenChoices(t *testing.T) {
	list := []bot.Suggestion{
		{Ref: "page:laravel", Title: "Laravel", Hint: "PHP", Page: "page:laravel"},
		{Ref: "page:rails", Title: "Ruby on Rails", Hint: "alias RoR", Page: "page:rails"},
		{Ref: "page:flask", Title: "Flask", Hint: "did you mean", Page: "page:flask"},
		{Ref: "part:django:security", Title: "Django", Hint: "Security", Page: "page:django"},
	}
	sections := []bot.Ask{{Label: "Features", Ref: "part:rails:features"}, {Label: "Watch out", Ref: "part:rails:watchout"}}
	for name, l := range map[string]choiceList{
		"name-nothing": choices(list[:1], ""), "name-typed": choices(list, "laravel"), "name-empty": choices(nil, ""),
		"compare": compareChoices(list, "la"), "section": sectionChoices(sections, ""), "section-empty": sectionChoices(nil, ""),
	} {
		golden(t, "choices/"+name, sentResponse{discordgo.InteractionApplicationCommandAutocompleteResult, l})
	}
}

func FuzzChoices(f *testing.F) {
	for _, s := range bad {
		f.Add(s, s, s)
	}
	f.Add("ref|page:laravel", "alias ", "did you mean")
	f.Fuzz(func(t *testing.T, typed, title, hint string) {
		list := []bot.Suggestion{{Ref: "page:a", Title: title, Hint: hint, Page: "page:a"}, {Ref: "page:a", Page: "page:a"}, {Ref: "part:a:b", Title: hint, Hint: title, Page: "page:a"}}
		for i := range 40 {
			list = append(list, bot.Suggestion{Ref: bot.Ref(strings.Repeat("x", i)), Title: title, Page: "page:b"})
		}
		for _, l := range []choiceList{choices(list, typed), compareChoices(list, typed), sectionChoices([]bot.Ask{{Label: title, Ref: "part:a:b"}}, typed)} {
			checkChoices(t, l)
			if _, err := json.Marshal(l); err != nil {
				t.Error(err)
			}
		}
	})
}
