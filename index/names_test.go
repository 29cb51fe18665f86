package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

func TestLookup(t *testing.T) {
	x := builtIn(t)
	for text, want := range map[string]string{
		"django": "django exact name", "DJANGO!": "django exact name", "Ruby on Rails": "rails exact name", "rails": "rails exact name",
		"RoR": "rails alias", "Express.js": "express alias", "express js": "express alias", "Cake PHP": "cakephp exact name", "cake": "cakephp alias",
		"ジャンゴ": "django alias", "루비온레일즈": "rails alias", "ＦＬＡＳＫ": "flask exact name", "ла\u0301равель": "laravel alias",
		"djagno": "", "what is django": "", "django flask": "", "": "", "?": "",
	} {
		p, why, ok := x.Lookup(text)
		got := ""
		if ok {
			got = p.ID + " " + string(why)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Lookup(%q): %s", text, diff)
		}
	}
}

// TestNamesInText: which pages a text names, in order, how, and what was typed.
func TestNamesInText(t *testing.T) {
	x := builtIn(t)
	for text, want := range map[string]string{
		"what is Django and who uses it":  `django "django" exact name`,
		"django, flask & django":          `django "django" exact name; flask "flask" exact name`,
		"Express.js vs Ruby-on-Rails":     `express "express.js" alias; rails "ruby-on-rails" exact name`,
		"lavarel or cakephp":              `laravel "lavarel" corrected spelling; cakephp "cakephp" exact name`,
		"express vs ruby on rials":        `express "express" exact name; rails "ruby on rials" corrected spelling`,
		"is rubyonrails good":             `rails "rubyonrails" exact name`,
		"django's orm":                    `django "django" exact name`,
		"Django'nun özellikleri":          `django "django" exact name`,
		"laravel13 or flask 3":            `laravel "laravel13" exact name; flask "flask" exact name`,
		"what is djаngo":                  `django "djаngo" exact name`, // a Cyrillic letter
		"LaravelとCakePHPの違い":              `laravel "laravel" exact name; cakephp "cakephp" exact name`,
		"什么是Flask框架":                      `flask "flask" exact name`,
		"루비온레일즈란":                         `rails "루비온레일즈란" alias`,
		"tell me abuot dajngo":            `django "dajngo" corrected spelling`,
		"ruby on rials":                   `rails "ruby on rials" corrected spelling`,
		"djagno vs flaks":                 `django "djagno" corrected spelling; flask "flaks" corrected spelling`,
		"express delivery":                "",
		"a flask of water":                "",
		"the django unchained soundtrack": "",
		"expression of the day":           "",
	} {
		var got []string
		for _, n := range x.Analyze(text).Names {
			got = append(got, fmt.Sprintf("%s %q %s", n.Page.ID, n.Typed, n.Why))
		}
		if diff := cmp.Diff(want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// TestVoid: a phrase in which a name means something else is told to the caller.
func TestVoid(t *testing.T) {
	a := builtIn(t).Analyze("american express or django")
	if diff := cmp.Diff([]string{"express"}, pageIDs(a.Void)); diff != "" {
		t.Error(diff)
	}
	if len(a.Names) != 1 || a.Names[0].Page.ID != "django" {
		t.Errorf("names: %+v", a.Names)
	}
}

// TestTyposOfNames makes every single slip of the kinds that keyboards make, of
// each name, and counts those that are understood. Not all can be: "flas" may be
// "flash", and English words are never corrected.
func TestTyposOfNames(t *testing.T) {
	x := builtIn(t)
	for name, atLeast := range map[string]float64{"django": 0.98, "flask": 0.75, "express": 0.95, "laravel": 0.98, "cakephp": 0.98, "ruby on rails": 0.9} {
		id := strings.TrimPrefix(name, "ruby on ")
		all, found := 0, 0
		for _, typo := range slips(name) {
			names := x.Analyze(typo).Names
			all++
			switch {
			case len(names) == 1 && names[0].Page.ID == id:
				found++
			case len(names) > 0:
				t.Errorf("%q was taken for %s", typo, names[0].Page.ID)
			}
		}
		if share := float64(found) / float64(all); share < atLeast {
			t.Errorf("%s: %d of %d typos understood, want %.0f %%", name, found, all, 100*atLeast)
		}
	}
}

// slips are all words that one slip makes of a name: neighbours swapped, a letter
// left out behind the first, or typed twice.
func slips(name string) []string {
	var out []string
	for i := 1; i < len(name); i++ {
		if name[i] == ' ' || name[i-1] == ' ' {
			continue
		}
		out = append(out, name[:i]+name[i+1:], name[:i]+name[i:i+1]+name[i:])
		if name[i] != name[i-1] {
			out = append(out, name[:i-1]+string([]byte{name[i], name[i-1]})+name[i+1:])
		}
	}
	return out
}

// TestWordsAreNotTypos: no word of the lists is taken for a misspelt name.
func TestWordsAreNotTypos(t *testing.T) {
	x := builtIn(t)
	for _, word := range []string{"flash", "mango", "travel", "empress", "mongo", "espresso", "gravel", "trails", "flak", "expense", "lavender", "tango"} {
		if a := x.Analyze(word); len(a.Names) > 0 || len(a.Words) != 1 || a.Words[0].Meant != "" {
			t.Errorf("%q was corrected: %+v", word, a)
		}
	}
	for _, list := range wordLists {
		for _, word := range listed(t, list) {
			for _, n := range x.Analyze(word).Names {
				if n.Why == index.BySpelling {
					t.Errorf("%s.txt: %q was taken for %s", list, word, n.Page.ID)
				}
			}
		}
	}
}

// TestMeant: slips in other words are corrected to words that pages use.
func TestMeant(t *testing.T) {
	x := builtIn(t)
	for typed, want := range map[string]string{
		"templtae": "template", "middlware": "middleware", "framwork": "framework", "pyhton": "python", "javascrpt": "javascript",
		"template": "", "xyzzy": "", "2383": "", "kubernetes": "",
	} {
		a := x.Analyze(typed)
		if diff := cmp.Diff(want, a.Words[0].Meant); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
	if w := x.Analyze("pyhton").Words[0]; w.Language != "Python" {
		t.Errorf("pyhton is the language %q", w.Language)
	}
}

func TestLanguagesInText(t *testing.T) {
	x := builtIn(t)
	for text, want := range map[string]string{
		"python or php frameworks": "Python PHP", "go framework": "Go", "in go": "Go", "how do i go there": "", "c# web framework": "C#",
		"Node.js server": "JavaScript", "a ruby ring": "", "java script frameworks": "JavaScript", "C++": "C++", "vb.net": "C#",
		"ruby framework": "Ruby", "swift delivery": "",
	} {
		var got []string
		for _, w := range x.Analyze(text).Words {
			if w.Language != "" && !slices.Contains(got, w.Language) {
				got = append(got, w.Language)
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestSimilar(t *testing.T) {
	x := builtIn(t)
	for text, want := range map[string][]string{
		"djangle": {"django"}, "flash": {"flask"}, "mango": {"django"}, "lara": {}, "expresso": {"express"}, "kubernetes": {}, "": {}, "fla": {},
	} {
		if diff := cmp.Diff(want, pageIDs(x.Similar(text))); diff != "" {
			t.Errorf("Similar(%q): %s", text, diff)
		}
	}
}

// TestSimilarOnce: a page whose title and alias are both near is there once.
func TestSimilarOnce(t *testing.T) {
	x := small(t, "zzalpha.md\n---\ntitle: Zzalpha\naliases: [zzalphas]\nkind: guide\n---\nS.\n", "zzalpho.md\n---\ntitle: Zzalpho\nkind: guide\n---\nS.\n")
	if diff := cmp.Diff([]string{"zzalpha", "zzalpho"}, pageIDs(x.Similar("zzalphq"))); diff != "" {
		t.Error(diff)
	}
	if names := x.Analyze("zzalphq").Names; len(names) != 0 {
		t.Errorf("two pages are equally near, and one was taken: %+v", names)
	}
}
