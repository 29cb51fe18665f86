package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/bot/console"
)

// TestNearWords: a word that is only near to a name is no question about it.
func TestNearWords(t *testing.T) {
	a := builtIn(t)
	for _, question := range []string{"railing", "railings", "rail", "hand rail", "trailing", "expressive", "expressway", "cakewalk", "cupcake", "flasks", "flashing", "larva", "unflasked"} {
		if answer := ask(t, a, question); answer.Kind != bot.NoneKind && len(answer.Corrected) == 0 {
			t.Errorf("%q is answered with %s %v, without a word on why", question, answer.Kind, answer.Pages)
		}
	}
}

// TestComparisonKeepsOrder: columns stand in the order of the question, also
// where a name was mistyped.
func TestComparisonKeepsOrder(t *testing.T) {
	a := builtIn(t)
	for question, want := range map[string][]string{
		"flask vs django":               {"flask", "django"},
		"djagno vs flask":               {"django", "flask"},
		"lavarel or cakephp":            {"laravel", "cakephp"},
		"ruby on rails vs django":       {"rails", "django"},
		"flask or ruby on rails":        {"flask", "rails"},
		"laravle, djagno and flask":     {"laravel", "django", "flask"},
		"express vs ruby on rials":      {"express", "rails"},
		"compare cakephp with expresjs": {"cakephp", "express"},
	} {
		if diff := cmp.Diff(want, ask(t, a, question).Pages); diff != "" {
			t.Errorf("%q (-want +got):\n%s", question, diff)
		}
	}
}

// TestComparisonNamesWhatIsMissing: a technology without a page is not dropped silently.
func TestComparisonNamesWhatIsMissing(t *testing.T) {
	a := builtIn(t)
	for _, question := range []string{"django vs spring", "django vs flask vs spring", "laravel, rails or spring", "spring vs django"} {
		if text := console.Text(ask(t, a, question)); !strings.Contains(strings.ToLower(text), "spring") {
			first, _, _ := strings.Cut(text, "\n")
			t.Errorf("%q: the answer says nothing about Spring; it begins %q", question, first)
		}
	}
}

// TestListStatesExclusion: a condition that was used is stated, an excluded name as well.
func TestListStatesExclusion(t *testing.T) {
	a := builtIn(t)
	for question, name := range map[string]string{
		"php framework other than laravel":    "Laravel",
		"python frameworks except django":     "Django",
		"full-stack framework but not django": "Django",
	} {
		answer := ask(t, a, question)
		if answer.Kind != bot.ListKind || slices.Contains(answer.Pages, strings.ToLower(name)) {
			t.Errorf("%q: %s %v, want a list without %s", question, answer.Kind, answer.Pages, name)
		}
		if stated := strings.Join(append([]string{answer.Title}, answer.Notes...), "\n"); !strings.Contains(stated, name) {
			t.Errorf("%q: the answer does not state that %s was left out: %q", question, name, stated)
		}
	}
}

// TestFactsKeepOrder: facts are given in the order in which they are asked for.
func TestFactsKeepOrder(t *testing.T) {
	a := builtIn(t)
	for question, labels := range map[string][2]string{
		"laravel licence and latest version": {"Licence:", "Latest release:"},
		"laravel latest version and licence": {"Latest release:", "Licence:"},
		"django licence and orm":             {"Licence:", "ORM:"},
	} {
		text := ask(t, a, question).Text
		first, second := strings.Index(text, labels[0]), strings.Index(text, labels[1])
		if first < 0 || second < first {
			t.Errorf("%q: want %s before %s in:\n%s", question, labels[0], labels[1], text)
		}
	}
}

// TestFactHasSourceAndDate: what a fact line says is followed by where it is from.
func TestFactHasSourceAndDate(t *testing.T) {
	a := builtIn(t)
	for _, question := range []string{"does flask have an orm", "laravel licence", "who uses django", "when was rails released", "django latest version", "express runtime"} {
		answer := ask(t, a, question)
		if answer.Kind != bot.FactKind || len(answer.Sources) != 1 || !strings.Contains(answer.Text, answer.Sources[0].Date) {
			t.Errorf("%q: %s with sources %v: %q", question, answer.Kind, answer.Sources, answer.Text)
		}
	}
}

// TestNothingIsInert: what is repeated of the question cannot do anything.
func TestNothingIsInert(t *testing.T) {
	a := builtIn(t)
	for _, question := range append(slices.Clone(nasty), "zork <@U1> @everyone", "zork [a](https://x.example) `b` *c* :d:") {
		answer := ask(t, a, question)
		if answer.Kind != bot.NoneKind {
			continue
		}
		text := strings.NewReplacer("*", "", ":", "").Replace(answer.Text) // the emphasis and the colon are ours
		if i := strings.IndexFunc(text, isLive); i >= 0 {
			t.Errorf("%q: %q has a live character at %d", question, text, i)
		}
	}
}
