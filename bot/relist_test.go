package bot_test

import (
	"slices"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// TestListRefs: each condition survives in a Ref.
func TestListRefs(t *testing.T) {
	a := library(t, "kestrix Python", "molvo PHP", "gorvo PHP", "pellok C++", "zanto Visual Basic", "tirru Łang+1_x:y", "brusko Objective-C")
	for question, want := range map[string]bot.Ref{
		"php frameworks":                  "list:lPHP",
		"php or python frameworks":        "list:lPHP+Python",
		"c++ frameworks":                  "list:lC%2B%2B",
		"frameworks not in php":           "list:nPHP",
		"full-stack php frameworks":       "list:lPHP:kfull-stack:akind",
		"mit licensed frameworks":         "list:cMIT:alicence",
		"frameworks released before 2008": "list:b2008",
		"frameworks released since 2008":  "list:s2008",
		"frameworks with an orm":          "list:aorm",
		"php frameworks other than gorvo": "list:lPHP:xgorvo",
		"oldest php framework":            "list:lPHP:afirst_release",
		"newest php framework":            "list:lPHP:afirst_release:y",
		"which frameworks do you have":    "list",
	} {
		got := ask(t, a, question)
		if got.Ref != want {
			t.Errorf("%q: Ref %s, want %s", question, got.Ref, want)
		}
		checkRef(t, question, got.Ref)
		checkAgain(t, a, question, got)
	}
	for _, id := range []string{"pellok", "zanto", "tirru", "brusko"} { // the button for more of the language
		asks := ask(t, a, id).Asks
		i := slices.IndexFunc(asks, func(one bot.Ask) bool { return strings.HasSuffix(one.Text, " frameworks") })
		if i < 0 {
			t.Fatalf("%s: no Ask for its language in %+v", id, asks)
		}
		checkRef(t, id, asks[i].Ref)
		if got := recall(t, a, asks[i].Ref); got.Kind != bot.ListKind || !slices.Equal(got.Pages, []string{id}) || got.Ref != asks[i].Ref {
			t.Errorf("%s: %s is %s %q %v %s", id, asks[i].Ref, got.Kind, got.Title, got.Pages, got.Ref)
		}
	}
}

// TestListRefRefused: what is in a Ref is repeated to people, so it must be one of what there is.
func TestListRefRefused(t *testing.T) {
	a := library(t, "kestrix Python")
	for _, r := range []bot.Ref{
		"list:l@everyone", "list:l<!channel>", "list:n*x*", "list:l%", "list:l%zz", "list:l", "list:lPHP+", "list:l%00", "list:l%FF", "list:kguide", "list:k", "list:cGNU", "list:cmit",
		"list:b20081", "list:bnone", "list:s1", "list:yes", "list:\xff", "list:l%1B[31m",
	} {
		if got := recall(t, a, r); got.Title != "No longer there" {
			t.Errorf("%q is %+v", r, got)
		}
	}
}
