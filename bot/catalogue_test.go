package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/bot/console"
)

// TestPlatformVersions: the version of what a framework runs on is not its own.
func TestPlatformVersions(t *testing.T) {
	a := builtIn(t)
	for question, title := range map[string]string{
		"which php version does laravel need":            "Laravel: minimum runtime",
		"symfony php version":                            "Symfony: minimum runtime",
		"what version of java do i need for quarkus":     "Quarkus: minimum runtime",
		"which ruby does grape need":                     "Grape: minimum runtime",
		"latest version of laravel":                      "Laravel: latest release",
		"latest version of the php framework laravel":    "Laravel: latest release",
		"is symfony still maintained":                    "Symfony: latest release",
		"which needs a newer java, quarkus or micronaut": "Quarkus and Micronaut",
	} {
		if answer := ask(t, a, question); answer.Title != title {
			t.Errorf("%q: %s %q, want %q", question, answer.Kind, answer.Title, title)
		}
	}
}

// TestNeighbours: a name that only describes what is asked for is not the answer.
func TestNeighbours(t *testing.T) {
	a := builtIn(t)
	for question, first := range map[string]string{
		"async version of flask":                "quart",
		"which framework is based on starlette": "fastapi",
		"framework built on fasthttp":           "fiber",
		"what is fastapi based on":              "fastapi",
		"is laravel built on symfony":           "laravel",
		"latest version of flask":               "flask",
	} {
		if answer := ask(t, a, question); len(answer.Pages) == 0 || answer.Pages[0] != first {
			t.Errorf("%q: %s %v, want %s first", question, answer.Kind, answer.Pages, first)
		}
	}
	for question, language := range map[string]string{
		"go framework like express": "Go", "go framework similar to express": "Go", "express for go": "Go",
		"frameworks like django": "Python", "something like laravel": "PHP",
	} {
		answer := ask(t, a, question)
		if answer.Kind != bot.ListKind || len(answer.Pages) < 5 {
			t.Errorf("%q: %s %v, want the frameworks in %s", question, answer.Kind, answer.Pages, language)
		}
		for _, id := range answer.Pages {
			if page, err := a.Page(t.Context(), id); err != nil || !slices.Contains(page.Languages, language) {
				t.Errorf("%q: %s is not in %s (%v)", question, id, language, err)
			}
		}
	}
}

// TestLongLists: a list that nobody would read is shown by language, and each
// of them, asked by its words or pressed, shows its part of the list.
func TestLongLists(t *testing.T) {
	a := builtIn(t)
	for _, question := range []string{"list all frameworks", "full-stack frameworks", "micro frameworks", "MIT licensed frameworks", "frameworks without an orm"} {
		answer := ask(t, a, question)
		if len(answer.Pages) <= 20 || len(answer.Results) > 20 || len(answer.Sources) > 0 {
			t.Errorf("%q: %d pages in %d lines with %d sources", question, len(answer.Pages), len(answer.Results), len(answer.Sources))
		}
		found := map[string]bool{}
		for _, r := range answer.Results {
			if r.ID != "" || r.Text == "" {
				t.Errorf("%q: %+v is not a language with its frameworks", question, r)
			}
			part := recall(t, a, r.Ref)
			if diff := cmp.Diff(part.Pages, ask(t, a, r.Ask).Pages); diff != "" {
				t.Errorf("%q: %q (-pressed +asked):\n%s", question, r.Ask, diff)
			}
			for _, id := range part.Pages {
				found[id] = true
			}
		}
		for _, id := range answer.Pages {
			if !found[id] {
				t.Errorf("%q: %s is in none of its parts", question, id)
			}
		}
	}
}

// TestNearest: a card offers to compare with what is most like it.
func TestNearest(t *testing.T) {
	a := builtIn(t)
	for name, want := range map[string][]string{
		"laravel": {"Symfony", "Yii"}, "flask": {"Quart", "Sanic"}, "gin": {"Echo", "Fiber"}, "spring boot": {"Micronaut", "Quarkus"}, "express": {"Fastify", "Koa"},
	} {
		var got []string
		for _, offer := range ask(t, a, name).Asks {
			if other, ok := strings.CutPrefix(offer.Label, "Compare with "); ok {
				got = append(got, other)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestTechnologies: a page that speaks of something in passing is offered, not
// shown as the answer.
func TestTechnologies(t *testing.T) {
	a := builtIn(t)
	for question, title := range map[string]string{"react": "Next.js", "kubernetes": "Quarkus", "what is vue": "Nuxt"} {
		answer := ask(t, a, question)
		offered := slices.ContainsFunc(answer.Asks, func(offer bot.Ask) bool { return offer.Label == title })
		if answer.Kind != bot.NoneKind || !offered || strings.Contains(console.Text(answer), "Django") {
			t.Errorf("%q: %s %v, want nothing that offers %s and names no page at random: %s", question, answer.Kind, answer.Pages, title, console.Text(answer))
		}
	}
}
