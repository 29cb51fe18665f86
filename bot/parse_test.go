package bot

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

var parsePages = sync.OnceValues(func() (*vocabulary, error) {
	pages, err := index.ReadPages(os.DirFS("../seeds"))
	if err != nil {
		return nil, err
	}
	x, err := index.New(pages)
	if err != nil {
		return nil, err
	}
	return newVocabulary(x), nil
})

func builtInVocabulary(tb testing.TB) *vocabulary {
	tb.Helper()
	v, err := parsePages()
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// summary writes out what was understood, what is empty left out:
// "names=django,flask attributes=orm roles=comparing".
func summary(q *Question) string {
	var out []string
	add := func(key string, values ...string) {
		if joined := strings.Join(slices.DeleteFunc(values, func(s string) bool { return s == "" }), ","); joined != "" {
			out = append(out, key+"="+joined)
		}
	}
	var names, attributes, without, except, rest []string
	for _, n := range q.Names {
		names = append(names, n.Page.ID)
	}
	for _, at := range q.Attributes {
		attributes = append(attributes, at.label)
	}
	for _, at := range q.Without {
		without = append(without, at.label)
	}
	for _, p := range q.Except {
		except = append(except, p.ID)
	}
	for _, w := range q.Rest {
		rest = append(rest, w.Key)
	}
	add("names", names...)
	add("attributes", attributes...)
	add("without", without...)
	add("except", except...)
	add("languages", q.Languages...)
	add("not", q.NotLanguages...)
	add("kind", string(q.Kind))
	add("licence", q.Licence)
	add("before", q.Before)
	add("after", q.After)
	add("rest", rest...)
	return strings.Join(out, " ")
}

func TestParse(t *testing.T) {
	v := builtInVocabulary(t)
	for question, want := range map[string]string{
		"":                                      "",
		"laravel":                               "names=laravel",
		"lavarel":                               "names=laravel",
		"what is RoR?":                          "names=rails",
		"django vs flask":                       "names=django,flask",
		"rails, laravel or express.js":          "names=rails,laravel,express",
		"flask flask flask":                     "names=flask",
		"does flask have an orm":                "names=flask attributes=ORM",
		"laravel licence":                       "names=laravel attributes=Licence",
		"laravel license":                       "names=laravel attributes=Licence",
		"who uses django":                       "names=django attributes=Used by",
		"when was rails first released":         "names=rails attributes=First release",
		"which php version does cakephp need":   "names=cakephp attributes=Minimum runtime",
		"python frameworks":                     "languages=Python",
		"node framework":                        "languages=JavaScript,TypeScript",
		"golang or rust framework":              "languages=Go,Rust",
		"python python framework":               "languages=Python",
		"not php framework":                     "not=PHP",
		"framework that is not in ruby":         "not=Ruby",
		"lightweight node framework":            "languages=JavaScript,TypeScript kind=micro",
		"full-stack ruby framework":             "attributes=Kind languages=Ruby kind=full-stack",
		"mit licence framework":                 "attributes=Licence licence=MIT",
		"php framework with an orm":             "attributes=ORM languages=PHP",
		"framework without an orm":              "attributes=ORM without=ORM",
		"python framework without admin panel":  "attributes=Admin interface without=Admin interface languages=Python",
		"frameworks released before 2006":       "before=2006",
		"frameworks since 2010":                 "after=2010",
		"frameworks after 2004 and before 2008": "before=2008 after=2004",
		"php framework other than laravel":      "except=laravel languages=PHP",
		"python frameworks except django":       "except=django languages=Python",
		"micro framework that is not express":   "attributes=Kind except=express kind=micro",
		"which one protects against csrf":       "rest=protects,csrf",
		"flask of water":                        "rest=flask,of,water",
		"asdfghjkl":                             "rest=asdfghjkl",
		"what is a framework":                   "",
		"django 5":                              "names=django",
		"Django. It is raining outside now":     "names=django rest=raining,outside",
	} {
		if diff := cmp.Diff(want, summary(v.Parse(Normalise(question)))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", question, diff)
		}
	}
}

func TestParseRoles(t *testing.T) {
	v := builtInVocabulary(t)
	for question, want := range map[string]role{
		"laravel":                              0,
		"django versus flask":                  comparing,
		"the difference between them":          comparing,
		"can you recommend a framework":        recommending,
		"best framework":                       praising,
		"all frameworks":                       enumerating,
		"does django work at all":              0, // "at all" lists nothing
		"micro framework":                      small,
		"full-stack framework":                 complete,
		"compare all, and suggest the best":    comparing | enumerating | recommending | praising,
		"which is better, django or laravel ?": comparing,
	} {
		if got := v.Parse(question).Roles; got != want {
			t.Errorf("%q: roles %b, want %b", question, got, want)
		}
	}
}

func TestParseFlags(t *testing.T) {
	v := builtInVocabulary(t)
	type flags struct{ Field, Computing, Card, Polar bool }
	for question, want := range map[string]flags{
		"flask":                           {},
		"python framework":                {Field: true, Computing: true},
		"a compiler":                      {Computing: true},
		"does flask have an orm":          {Polar: true},
		"what is django and who uses it":  {Card: true},
		"who uses django and what is it?": {},
	} {
		q := v.Parse(question)
		if diff := cmp.Diff(want, flags{q.Field, q.Computing, q.Card, q.Polar}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", question, diff)
		}
	}
}

// FuzzParse: any text is understood as something, and always the same.
func FuzzParse(f *testing.F) {
	v := builtInVocabulary(f)
	for _, s := range []string{
		"", "laravel", "does flask have an orm", "php framework other than laravel", "frameworks before 2006", "flask of water",
		"<@U1> /x django's", "C# C++ .NET node.js", "a\xff\x00\u200b", "ＤＪＡＮＧＯ", "ジャンゴとは", "Flask는무엇인가요", "🐍", strings.Repeat("flask ", 500), "not not not php", "before 2006 after 1999 2000", "'''s", "- - -", "%s%n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := Normalise(s)
		q := v.Parse(text)
		if q == nil || q.Text != text {
			t.Fatalf("%q: understood as %v", s, q)
		}
		if len(q.Words) > index.MaxWords || len(q.Names) > len(v.index.Pages()) {
			t.Errorf("%q: %d words and %d names", s, len(q.Words), len(q.Names))
		}
		for i, n := range q.Names {
			if slices.ContainsFunc(q.Names[:i], func(o index.Name) bool { return o.Page == n.Page }) || slices.Contains(q.Near, n.Page) {
				t.Errorf("%q: page %s is named twice, or also only near", s, n.Page.ID)
			}
		}
		if again := v.Parse(text); !reflect.DeepEqual(q, again) {
			t.Errorf("%q is understood differently the second time: %s, then %s", s, summary(q), summary(again))
		}
	})
}
