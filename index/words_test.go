package index_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

var wordLists = []string{"neutral", "web", "foreign", "computing", "english"}

// listed are the words of a list.
func listed(tb testing.TB, list string) (words []string) {
	tb.Helper()
	data, err := os.ReadFile("words/" + list + ".txt")
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") {
			words = append(words, strings.Fields(line)...)
		}
	}
	if len(words) == 0 {
		tb.Fatalf("words/%s.txt has no words", list)
	}
	return words
}

// TestWordLists: a word stands once, in one list, because the first list that has it wins.
func TestWordLists(t *testing.T) {
	where := map[string]string{}
	for _, list := range wordLists {
		for _, word := range listed(t, list) {
			if first, twice := where[word]; twice {
				t.Errorf("%q stands in %s.txt and again in %s.txt", word, first, list)
				continue
			}
			where[word] = list
			if index.Key(word) == "" || index.Fold(word) != index.Fold(strings.ToLower(word)) {
				t.Errorf("%s.txt: %q is not a lower-case word", list, word)
			}
		}
	}
}

// TestNamesInWordLists: a name that is an ordinary word (express, rails, cake,
// flask) stands in english.txt, which makes it a weak name; no other list may
// have a name, because that would take its meaning from it.
func TestNamesInWordLists(t *testing.T) {
	x := builtIn(t)
	for _, list := range wordLists {
		for _, word := range listed(t, list) {
			if p, _, ok := x.Lookup(word); ok && (list != "english" || strings.Contains(word, ".")) {
				t.Errorf("%s.txt: %q is a name of %s", list, word, p.ID)
			}
		}
	}
	for _, name := range []string{"express", "rails", "flask", "cake"} {
		a := x.Analyze(name)
		if len(a.Names) != 1 || !a.Names[0].Weak {
			t.Errorf("%s is not a weak name: %+v", name, a.Names)
		}
	}
	for _, name := range []string{"django", "laravel", "cakephp", "ror", "expressjs", "ruby on rails"} {
		a := x.Analyze(name)
		if len(a.Names) != 1 || a.Names[0].Weak {
			t.Errorf("%s is a weak name: %+v", name, a.Names)
		}
	}
}

// synonyms are the members of each class of synonyms.txt, the canonical one first.
func synonyms(tb testing.TB) [][]string {
	tb.Helper()
	data, err := os.ReadFile("words/synonyms.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var classes [][]string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		canonical, members, ok := strings.Cut(line, ":")
		if !ok {
			tb.Errorf("synonyms.txt: %q has no colon", line)
		}
		class := []string{strings.TrimSpace(canonical)}
		for m := range strings.SplitSeq(members, ",") {
			class = append(class, strings.TrimSpace(m))
		}
		classes = append(classes, class)
	}
	return classes
}

func TestSynonymsFile(t *testing.T) {
	class := map[string]string{}
	for _, members := range synonyms(t) {
		for _, m := range members {
			if first, twice := class[m]; twice {
				t.Errorf("%q stands for %q and for %q", m, first, members[0])
			}
			class[m] = members[0]
			if n := len(strings.FieldsFunc(m, func(r rune) bool { return r == ' ' || r == '-' })); n == 0 || n > 4 {
				t.Errorf("%q has %d words", m, n)
			}
		}
	}
	x := builtIn(t)
	for m := range class {
		if p, _, ok := x.Lookup(m); ok {
			t.Errorf("%q is a name of %s", m, p.ID)
		}
	}
}

// TestSynonymsMeanTheSame: each member is searched for as its class is.
func TestSynonymsMeanTheSame(t *testing.T) {
	x := small(t, "only.md\n---\ntitle: Zzyzx\nkind: guide\n---\nSummary.\n")
	for _, members := range synonyms(t) {
		var want []string
		for i, m := range members {
			var got []string
			for _, w := range x.Analyze(m).Words {
				if got = append(got, w.Stem); w.Language != "" {
					got = nil // "js" is a language first
					break
				}
			}
			if i == 0 {
				want = got
			} else if diff := cmp.Diff(want, got); diff != "" && got != nil {
				t.Errorf("%q does not mean %q: %s", m, members[0], diff)
			}
		}
	}
}

// ordinaryFirst are members of synonyms.txt that english.txt has all the same: alone
// they are about something else ("a joke", "my firm").
var ordinaryFirst = []string{"acquire", "automatic", "bought", "cipher", "exploit", "expressive", "firm", "joke", "launch"}

// TestSynonymsAreNotEnglish holds what the head of english.txt says.
func TestSynonymsAreNotEnglish(t *testing.T) {
	english := listed(t, "english")
	for _, members := range synonyms(t) {
		for _, m := range members {
			if slices.Contains(english, m) && !slices.Contains(ordinaryFirst, m) {
				t.Errorf("%q stands in synonyms.txt and in english.txt", m)
			}
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for want, spellings := range map[string][]string{
		"Python": {"python", "PYTHON", "py", "Python3", "パイソン", "питон"}, "PHP": {"php", "PHP8"}, "Ruby": {"ruby", "rb"},
		"JavaScript": {"js", "JavaScript", "java script", "node.js", "Node"}, "C#": {"c#", "C sharp", ".NET", "asp.net"},
		"C++": {"c++", "cpp"}, "C": {"c"}, "Go": {"go", "Golang"}, "Java": {"java"}, "Klingon": {"Klingon", " Klingon "}, "": {""},
	} {
		for _, s := range spellings {
			if diff := cmp.Diff(want, index.LanguageOf(s)); diff != "" {
				t.Errorf("LanguageOf(%q): %s", s, diff)
			}
		}
	}
}

// TestSynonymClassesAreApart: what an answer would keep apart is searched for apart.
func TestSynonymClassesAreApart(t *testing.T) {
	x := small(t, "only.md\n---\ntitle: Zzyzx\nkind: guide\n---\nSummary.\n")
	class := map[string]string{}
	for _, members := range synonyms(t) {
		words := x.Analyze(members[0]).Words
		if len(words) != 1 {
			t.Errorf("%q is %d words", members[0], len(words))
			continue
		}
		if first, taken := class[words[0].Stem]; taken {
			t.Errorf("%q and %q are both searched for as %q", first, members[0], words[0].Stem)
		}
		class[words[0].Stem] = members[0]
	}
}
