package bot_test

import (
	"slices"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// recall gives the answer that a Ref names.
func recall(t *testing.T, a *bot.Answerer, r bot.Ref) *bot.Answer {
	t.Helper()
	answer, err := a.Answer(t.Context(), &bot.Message{ID: "1", Ref: r, Text: "not looked at"})
	if err != nil || answer == nil {
		t.Fatalf("%s: answer %v, error %v", r, answer, err)
	}
	return answer
}

// checkRef: buttons of all platforms have room for a Ref, and nothing in it means something to them.
func checkRef(t *testing.T, where string, r bot.Ref) {
	t.Helper()
	if len(r) > bot.MaxRef || strings.ContainsFunc(string(r), func(c rune) bool { return c <= ' ' || c > '~' || c == '|' || c == '"' }) {
		t.Errorf("%s: Ref %q cannot be carried by a button", where, r)
	}
}

// TestEveryRef: every answer that can be given again is given again by its
// Ref, and what it offers to ask is the same asked by words and by Ref.
func TestEveryRef(t *testing.T) {
	a := builtIn(t)
	named, asked := 0, map[bot.Ref]bool{}
	for _, question := range allQuestions(t) {
		answer := ask(t, a, question)
		checkRef(t, question, answer.Ref)
		checkRef(t, question, answer.NotThis)
		if answer.Ref != "" {
			named++
			checkAgain(t, a, question, answer)
		} else if answer.Kind != bot.NoneKind {
			t.Errorf("%q: %s %q has no Ref", question, answer.Kind, answer.Title)
		}
		checkNotThis(t, a, question, answer)
		checkOffers(t, a, question, answer, asked)
	}
	t.Logf("%d answers have a Ref; %d different Refs are offered", named, len(asked))
	if named < 300 || len(asked) < 50 {
		t.Errorf("only %d answers with a Ref, %d Refs offered", named, len(asked))
	}
}

func checkAgain(t *testing.T, a *bot.Answerer, question string, answer *bot.Answer) {
	t.Helper()
	again := recall(t, a, answer.Ref)
	if again.Kind != answer.Kind || again.Title != answer.Title || !slices.Equal(again.Pages, answer.Pages) {
		t.Errorf("%q: by its Ref %s it is\n%s %q %v, want\n%s %q %v", question, answer.Ref, again.Kind, again.Title, again.Pages, answer.Kind, answer.Title, answer.Pages)
	}
	if again.Ref != answer.Ref {
		t.Errorf("%q: Ref %s leads to an answer with the Ref %s", question, answer.Ref, again.Ref)
	}
}

// checkNotThis: who did not mean what was understood is offered others.
func checkNotThis(t *testing.T, a *bot.Answerer, question string, answer *bot.Answer) {
	t.Helper()
	if (answer.NotThis == "") != (len(answer.Corrected) == 0) {
		t.Errorf("%q: NotThis %q, corrected %v", question, answer.NotThis, answer.Corrected)
	}
	if answer.NotThis == "" {
		return
	}
	not := recall(t, a, answer.NotThis)
	if not.Kind != bot.NoneKind || len(not.Results) == 0 || not.Ref != answer.NotThis {
		t.Errorf("%q: NotThis %s is %+v", question, answer.NotThis, not)
	}
	for _, c := range answer.Corrected {
		if !strings.Contains(not.Title, c.Meant) {
			t.Errorf("%q: %q does not say that %s was not meant", question, not.Title, c.Meant)
		}
		if slices.ContainsFunc(not.Results, func(r bot.Result) bool { return r.Title == c.Meant }) {
			t.Errorf("%q: %s was not meant but is offered", question, c.Meant)
		}
	}
}

// checkOffers: each Ask, More and Result names what its question is answered
// with. A part whose heading, when typed, asks for a fact of the page ("Laravel
// Template Engine") is shown as the part if it is chosen.
func checkOffers(t *testing.T, a *bot.Answerer, question string, answer *bot.Answer, asked map[bot.Ref]bool) {
	t.Helper()
	offers := slices.Concat(answer.Asks, answer.More)
	for _, r := range answer.Results {
		offers = append(offers, bot.Ask{Text: r.Ask, Ref: r.Ref})
	}
	for i, o := range offers {
		isPart := i >= len(answer.Asks) && i < len(answer.Asks)+len(answer.More)
		checkRef(t, question, o.Ref)
		if o.Ref == "" {
			t.Errorf("%q: %q has no Ref", question, o.Text)
			continue
		}
		if asked[o.Ref] {
			continue
		}
		asked[o.Ref] = true
		byRef, byText := recall(t, a, o.Ref), ask(t, a, o.Text)
		sameKind := byRef.Kind == byText.Kind || isPart && byRef.Kind == bot.PageKind && byText.Kind == bot.FactKind
		if !sameKind || !slices.Equal(byRef.Pages, byText.Pages) {
			t.Errorf("%q: offers %q, which is\n%s %q %v, but by its Ref %s\n%s %q %v", question, o.Text, byText.Kind, byText.Title, byText.Pages, o.Ref, byRef.Kind, byRef.Title, byRef.Pages)
		}
	}
}
