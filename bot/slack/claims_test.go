package slack

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot/markdown"
)

func TestSentences(t *testing.T) {
	type part struct{ Text, Source string }
	for text, want := range map[string][]part{
		"":      nil,
		"Plain": {{"Plain", ""}},
		"One. (the 2023 article)\nTwo. (docs, 2026-03)":              {{"One.", "the 2023 article"}, {"Two.", "docs, 2026-03"}},
		"One. Two. (docs, 2026-03)":                                  {{"One.", "docs, 2026-03"}, {"Two.", "docs, 2026-03"}},
		"No full stop (MVC) (docs, 2026-03)":                         {{"No full stop (MVC)", "docs, 2026-03"}},
		"Of two (docs, 2026-03) (repository, 2026-08-18)":            {{"Of two", "docs, 2026-03; repository, 2026-08-18"}},
		"Version 3.1.3 e.g. Flask runs. It does! (docs, 2026-03)":    {{"Version 3.1.3 e.g. Flask runs.", "docs, 2026-03"}, {"It does!", "docs, 2026-03"}},
		"In 2021 (no source) it was. so it goes on. (docs, 2026-03)": {{"In 2021 (no source) it was. so it goes on.", "docs, 2026-03"}},
		"Ends in a bracket (not closed 2023":                         {{"Ends in a bracket (not closed 2023", ""}},
	} {
		var got []part
		for _, s := range sentencesOf(inlineOf(text)) {
			got = append(got, part{markdown.Plain(s.spans), s.source})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestClaims(t *testing.T) {
	got := claimsOf(markdown.Parse("- **Fast.** It is. (docs, 2026)\n  > Note (2026-08): is it? (review, 2026-08)\n- Plain [link](https://example.com)\n\nA paragraph.\n> Its note."))
	if len(got) != 3 {
		t.Fatalf("%d claims of 3", len(got))
	}
	if name, note := markdown.Plain(got[0].name), markdown.Plain(got[0].note); name != "Fast." || note != "Note (2026-08): is it? (review, 2026-08)" {
		t.Errorf("the first is %q with the note %q", name, note)
	}
	if s := got[1].sentences[0].spans; got[1].name != nil || s[len(s)-1].Link != "https://example.com" {
		t.Errorf("the second is %+v", got[1])
	}
	if note := markdown.Plain(got[2].note); note != "Its note." {
		t.Errorf("the note of the third is %q", note)
	}
}

func TestShortenSpansKeepsTheLook(t *testing.T) {
	spans := []markdown.Span{{Text: "plain "}, {Text: "bold words", Bold: true}, {Text: " plain again"}}
	got := shortenSpans(spans, 12)
	want := []markdown.Span{{Text: "plain "}, {Text: "bold…", Bold: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
