package bot_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

// library is an Answerer over tiny pages: ID and language, as "kestrix Python".
func library(t *testing.T, pages ...string) *bot.Answerer {
	t.Helper()
	files := fstest.MapFS{}
	for i, page := range pages {
		id, language, _ := strings.Cut(page, " ")
		year := string(rune('0' + 9 - i))
		files[id+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: " + strings.ToUpper(id[:1]) + id[1:] + "\nlanguage: " + language + "\nkind: full-stack\n" +
			"licence: {value: MIT, source: s}\nfirst_release: {value: \"May 200" + year + "\", date: 200" + year + "-05, source: s}\n" +
			"facts:\n  orm: {has: true, value: \"Records, built in\", source: s}\n" +
			"sources:\n  - {id: s, title: \"" + id + ": README\", date: 2026-02}\n---\n" +
			"A tool for websites. [^s]\n\n## Features\n\n- **Safe forms.** Forms are protected. [^s]\n- **Caching.** Pages are kept. [^s]\n")}
	}
	return answererOf(t, files)
}

func TestRefsOfWhatIsGone(t *testing.T) {
	a := library(t, "kestrix Python", "molvo PHP")
	for _, r := range []bot.Ref{
		"page:pellok", "part:pellok:features", "part:pellok:features/caching:kestrix", "part:pellok:=orm", "fact:pellok:orm", "vs:pellok,gorvo", "like:pellok", "not:pellok",
		"page:~AAAAAAAA", "list:anosuchfact", "list:wnosuchfact", "list:znosuchletter",
	} {
		got := recall(t, a, r)
		if got.Kind != bot.NoneKind || got.Title != "No longer there" || !got.Private || got.Ref != "" || len(got.Pages) > 0 {
			t.Errorf("%s is %+v, want that it is gone", r, got)
		}
		if len(got.Asks) != 1 || got.Asks[0].Ref != bot.Help {
			t.Errorf("%s leads nowhere: %+v", r, got.Asks)
		}
	}
}

// TestRefsOfWhatIsLeft: what can still be said is said.
func TestRefsOfWhatIsLeft(t *testing.T) {
	a := library(t, "kestrix Python", "molvo PHP", "gorvo PHP")
	for r, want := range map[bot.Ref]struct {
		kind  bot.Kind
		title string
		pages []string
		ref   bot.Ref
	}{
		"part:kestrix:features/nosuch":          {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"part:kestrix:nosuch":                   {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"part:kestrix:=nosuch":                  {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"part:kestrix":                          {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"part:kestrix:features/caching:pellok":  {bot.PageKind, "Kestrix", []string{"kestrix"}, "part:kestrix:features/caching"},
		"part:kestrix:features/caching:x,molvo": {bot.PageKind, "Kestrix", []string{"kestrix", "molvo"}, "part:kestrix:features/caching:molvo"},
		"part:kestrix:features:molvo,molvo":     {bot.PageKind, "Kestrix", []string{"kestrix", "molvo"}, "part:kestrix:features:molvo"},
		"part:kestrix:features/caching:kestrix": {bot.PageKind, "Kestrix", []string{"kestrix"}, "part:kestrix:features/caching"},
		"part:kestrix:=orm:molvo":               {bot.PageKind, "Kestrix", []string{"kestrix", "molvo"}, "part:kestrix:=orm:molvo"},
		"page:kestrix:molvo":                    {bot.PageKind, "Kestrix", []string{"kestrix", "molvo"}, "page:kestrix:molvo"},
		"page:kestrix:pellok":                   {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"fact:kestrix:nosuch":                   {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"fact:kestrix:nosuch,orm":               {bot.FactKind, "Kestrix: ORM", []string{"kestrix"}, "fact:kestrix:orm"},
		"vs:kestrix,pellok":                     {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"vs:kestrix,pellok,molvo:orm":           {bot.ComparisonKind, "Kestrix and Molvo", []string{"kestrix", "molvo"}, "vs:kestrix,molvo:orm"},
		"vs:kestrix,kestrix":                    {bot.PageKind, "Kestrix", []string{"kestrix"}, "page:kestrix"},
		"not:pellok,kestrix":                    {bot.NoneKind, "Not Kestrix", nil, "not:kestrix"},
		"like:molvo":                            {bot.ListKind, "Frameworks like Molvo", []string{"gorvo"}, "like:molvo"},
		"list:lPHP:xpellok,gorvo":               {bot.ListKind, "Frameworks written in PHP, other than Gorvo", []string{"molvo"}, "list:lPHP:xgorvo"},
		"list:lPHP:omolvo,pellok":               {bot.ListKind, "Frameworks written in PHP", []string{"molvo", "gorvo"}, "list:lPHP:omolvo,gorvo"},
		"list:lPHP:ogorvo":                      {bot.ListKind, "Frameworks written in PHP", []string{"gorvo", "molvo"}, "list:lPHP"},
		"list:xpellok":                          {bot.ListKind, "All frameworks that I have a page on", []string{"gorvo", "kestrix", "molvo"}, "list"},
		"list:lCOBOL":                           {bot.NoneKind, "Nothing found", nil, ""},
	} {
		got := recall(t, a, r)
		if got.Kind != want.kind || got.Title != want.title || !slices.Equal(got.Pages, want.pages) || got.Ref != want.ref {
			t.Errorf("%s is\n%s %q %v %s, want\n%s %q %v %s", r, got.Kind, got.Title, got.Pages, got.Ref, want.kind, want.title, want.pages, want.ref)
		}
		lost := strings.HasPrefix(string(r), "vs:") && strings.Contains(string(r), "pellok")
		if said := slices.ContainsFunc(got.Notes, func(n string) bool { return strings.Contains(n, "no longer in my library") }); said != lost {
			t.Errorf("%s: a page that was compared is gone: %t, notes %q", r, lost, got.Notes)
		}
	}
}

// TestFactsThatNoPageStates have a Ref too.
func TestFactsThatNoPageStates(t *testing.T) {
	a := builtIn(t)
	for _, question := range []string{"who made flask", "how fast is django", "who created django and is it fast"} {
		answer := ask(t, a, question)
		if answer.Kind != bot.FactKind || answer.Ref == "" {
			t.Errorf("%q is %s with Ref %q", question, answer.Kind, answer.Ref)
		}
		checkAgain(t, a, question, answer)
	}
}

// TestLongIDs: pages whose IDs are long or in another script have short Refs.
func TestLongIDs(t *testing.T) {
	ids := []string{"a-framework-with-a-very-long-name", "another-framework-with-a-long-name", "third-framework-with-a-long-name", "fourth-framework-with-a-long-name", "fifth-framework-with-a-long-name", "sixth-framework-with-a-long-name"}
	var pages []string
	for _, id := range ids {
		pages = append(pages, id+" PHP")
	}
	a := library(t, pages...)
	refs := map[bot.Ref]bool{}
	for _, id := range ids {
		r := bot.PageRef(id)
		checkRef(t, id, r)
		refs[r] = true
		if got := recall(t, a, r); !slices.Equal(got.Pages, []string{id}) {
			t.Errorf("%s is %v, want %s", r, got.Pages, id)
		}
	}
	if len(refs) != len(ids) {
		t.Errorf("%d pages have %d Refs", len(ids), len(refs))
	}
	all := recall(t, a, bot.Versus(bot.PageRef(ids[0]), bot.PageRef(ids[1]), bot.PageRef(ids[2]), bot.PageRef(ids[3]), bot.PageRef(ids[4]), bot.PageRef(ids[5])))
	if all.Kind != bot.ComparisonKind || !slices.Equal(all.Pages, ids) || all.Ref == "" {
		t.Errorf("six pages compared: %s %v %s", all.Kind, all.Pages, all.Ref)
	}
	list := ask(t, a, "php frameworks")
	checkRef(t, "list", list.Ref)
	checkAgain(t, a, "php frameworks", list)
	for _, id := range []string{"", "x:y", "a,b", "日本", "A", "a b", "a|b", `a"b`} {
		checkRef(t, id, bot.PageRef(id))
	}
}

func TestVersus(t *testing.T) {
	for want, refs := range map[bot.Ref][]bot.Ref{
		"":                nil,
		"vs:django,flask": {"page:django", "part:flask:features/security:rails"},
		"vs:flask,django": {"fact:flask:orm", "page:django:flask"},
		"vs:a,b,c":        {"page:a", "page:b", "page:a", "page:c"},
		"vs:a,b,c,d,e,f":  {"page:a", "page:b", "page:c", "page:d", "page:e", "page:f", "page:g"},
	} {
		if got := bot.Versus(refs...); got != want {
			t.Errorf("Versus(%v) is %q, want %q", refs, got, want)
		}
	}
	for _, refs := range [][]bot.Ref{{"page:a"}, {"page:a", "page:a"}, {"page:a", ""}, {"page:a", "help"}, {"page:a", "list:lPHP"}, {"page:a", "vs:b,c"}, {"page:a", "page:"}, {"not:a", "like:b"}} {
		if got := bot.Versus(refs...); got != "" {
			t.Errorf("Versus(%v) is %q, want none", refs, got)
		}
	}
	for r, want := range map[bot.Ref]bool{"page:a": true, "part:a:b": true, "fact:a:b": true, "": false, "help": false, "vs:a,b": false, "list": false, "page": false, "page:": false} {
		if r.OnePage() != want {
			t.Errorf("%q.OnePage() is %t", r, !want)
		}
	}
}

// TestRecallingChangesNothing: cards are shared, and what is named beside one is not.
func TestRecallingChangesNothing(t *testing.T) {
	a := builtIn(t)
	var before []string
	shared := []*bot.Answer{recall(t, a, bot.Help)}
	for _, p := range mustPages(t) {
		shared = append(shared, recall(t, a, bot.PageRef(p.ID)))
	}
	for _, answer := range shared {
		before = append(before, deepText(t, answer))
	}
	for _, r := range []bot.Ref{"page:django:flask,rails", "part:django:features:flask", "part:django::flask", "part:django:nosuch:flask", "vs:django,gone", "not:django", "like:django", "list:lPHP:ogone"} {
		recall(t, a, r)
	}
	for i, answer := range shared {
		if diff := cmp.Diff(before[i], deepText(t, answer)); diff != "" {
			t.Errorf("%s was changed (-before +after):\n%s", answer.Title, diff)
		}
	}
}

// FuzzRecall: whatever a Ref holds, it is answered, and with nothing harmful.
func FuzzRecall(f *testing.F) {
	for _, r := range []string{
		"", "help", "help:x", "page", "page:", "page:django", "page:django:flask", "part:django:features/security:flask,rails", "part:rails:=orm", "part:::", "fact:flask:orm,kind,creator",
		"vs:django,flask:orm", "vs:django,django", "like:django", "not:django,flask", "list", "list:", "list:lPHP+Python:nRuby:kmicro:cMIT:b2010:s2000:aorm:wadmin:xdjango:y:oflask,django",
		"list:l%E2%80%AE", "list:l@here", "list:aall", "list:alanguage:akind:aspeed", "nosuch:django", ":", "::::", "\x00", "\xff", strings.Repeat("vs:django,", 20), "list:aorm:aorm:worm",
	} {
		f.Add(r)
	}
	x, err := builtInPages()
	if err != nil {
		f.Fatal(err)
	}
	a := bot.NewAnswerer(x)
	exist := map[string]bool{}
	for _, p := range x.Pages() {
		exist[p.ID] = true
	}
	f.Fuzz(func(t *testing.T, r string) {
		if r == "" {
			return // names nothing: the text is looked at
		}
		answer := recall(t, a, bot.Ref(r))
		checkTexts(t, r, answer)
		checkPages(t, r, answer, exist)
		checkSources(t, r, answer)
		checkRef(t, r, answer.Ref)
		if answer.Ref != "" {
			checkAgain(t, a, r, answer)
		}
	})
}
