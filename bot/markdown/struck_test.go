package markdown_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	. "frameworkbot/bot/markdown"
)

func TestStruck(t *testing.T) {
	gone := func(s string) Span { return Span{Text: s, Struck: true} }
	for src, want := range map[string][]Span{
		"~~a~~":                 {gone("a")},
		"b ~~a c~~ d":           {text("b "), gone("a c"), text(" d")},
		"~~a~~ ~~b~~":           {gone("a"), text(" "), gone("b")},
		"~~a **b** `c`~~ d":     {gone("a "), {Text: "b", Bold: true, Struck: true}, gone(" "), {Text: "c", Code: true, Struck: true}, text(" d")},
		"**~~a~~** b":           {{Text: "a", Bold: true, Struck: true}, text(" b")},
		"`~~a~~` b":             {{Text: "~~a~~", Code: true}, text(" b")},
		"~~a":                   {text("~~a")},
		"a ~~ b ~~ c":           {text("a ~~ b ~~ c")},
		"H~2~O, ~~~a~~~ and ~~": {text("H~2~O, ~~~a~~~ and ~~")},
		"a ~~~~ b":              {text("a ~~~~ b")},
	} {
		if diff := cmp.Diff([]Block{para(want...)}, Parse(src)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", src, diff)
		}
	}
}

// TestStruckTime: marks that are never closed cost little.
func TestStruckTime(t *testing.T) {
	for _, unit := range []string{"~~a", "~~a ", "~~ a", " ~~", "~~*a* ", "~~`a` ~~ "} {
		src := strings.Repeat(unit, 30_000/len(unit))
		start := time.Now()
		checkBlocks(t, Parse(src))
		checkTime(t, src, time.Since(start))
		t.Logf("%q: %v", unit, time.Since(start))
	}
}
