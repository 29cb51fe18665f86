package index

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokenize(t *testing.T) {
	for text, want := range map[string]string{
		"what is express.js?":        "what|is|express.js",
		"node.js, c# and c++.":       "node.js|c#|and|c++",
		"in .net or asp.net core":    "in|.net|or|asp.net|core",
		"f#, c#5 but not #1 or b#":   "f#|c#|5|but|not|1|or|b",
		"c++17 notepad++":            "c++|17|notepad++",
		"i ♥ mvc & orm":              "i|mvc|orm",
		"at&t r&d":                   "at&t|r&d",
		"django's and rails' and 's": "django's|and|rails|and|s",
		"don't":                      "don't",
		"full-stack - really--yes":   "full-stack|really|yes",
		"snake_case __init__":        "snake_case|init",
		"23.82 % or 16.14%":          "23.82|%|or|16.14|%",
		"1,000 3.11.2 v5.2":          "1|000|3.11.2|v5.2",
		"end. start ... . .":         "end|start",
		"a.b.c.":                     "a.b.c",
		"djangoとは何ですか":               "django|とは何ですか",
		"laravelとcakephpの違い":         "laravel|と|cakephp|の違い",
		"什么是flask框架":                 "什么是|flask|框架",
		"flask는무엇인가요":                "flask|는무엇인가요",
		"express.jsคืออะไร":          "express.js|คืออะไร",
		"ララベルー":                      "ララベルー",
		"что такое джанго":           "что|такое|джанго",
		"http://a.b/c?d=e":           "http|a.b|c|d|e",
		"🐍python🐍":                   "python",
		"":                           "",
	} {
		var got []string
		for _, tok := range tokenize(text) {
			if text[tok.start:tok.end] != tok.text {
				t.Errorf("%q: the token %q is at %q", text, tok.text, text[tok.start:tok.end])
			}
			got = append(got, tok.text)
		}
		if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
			t.Errorf("tokenize(%q): %s", text, diff)
		}
	}
}

func TestParts(t *testing.T) {
	for text, want := range map[string][]string{
		"express":    nil,
		"express.js": {"express", "js"},
		".net":       {"net"},
		"a-b_c'd&e":  {"a", "b", "c", "d", "e"},
		"23.82":      nil,
		"3.11.2":     nil,
		"v5.2":       {"v5", "2"},
		"4-in-1":     {"4", "in", "1"},
		"c#":         nil,
	} {
		if diff := cmp.Diff(want, parts(text)); diff != "" {
			t.Errorf("parts(%q): %s", text, diff)
		}
	}
}

// TestExpand is about the terms of pages, which must be those of questions.
func TestExpand(t *testing.T) {
	for text, want := range map[string]string{
		"Express.js":                        "express@1 javascript@2 expressj@1",
		"Node.js runs C# and C++":           "node@1 javascript@2 run@3 csharp@4 and@5 cplusplu@6 nodej@1",
		"the framework's ORM":               "the@1 framework@2 orm@3",
		"an object-relational mapper":       "an@1 object@2 orm@2 relat@3 mapper@4 objectrel@2",
		"Café":                              "cafe@1",
		"Rated by 23.82 %":                  "rate@1 by@2 2382@3 percent@4",
		"ratings":                           "rate@1",
		"cross-site request forgery attack": "cross@1 csrf@1 site@2 request@3 csrf@3 forgeri@4 attack@5 crosssit@1",
		"MVC":                               "mvc@1",
		"model view controller":             "model@1 mvc@1 view@2 control@3",
	} {
		var got []string
		for _, tm := range expand(tokenize(Fold(text))) {
			got = append(got, tm.term+"@"+string(rune('0'+tm.position)))
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("expand(%q): %s", text, diff)
		}
	}
}

// TestAnalyzer is what Bleve sees: terms in order, none empty.
func TestAnalyzer(t *testing.T) {
	const text = "Express.js, a C# 東京 text"
	for i, tok := range (analyzer{}).Analyze([]byte(text)) {
		if len(tok.Term) == 0 || tok.Position != i+1 {
			t.Errorf("term %d is %q at position %d", i, tok.Term, tok.Position)
		}
	}
}

func TestPossessiveAndStem(t *testing.T) {
	for in, want := range map[string]string{"django's": "django", "rails": "rail", "templates": "templat", "c#": "c#", "php8": "php8", "джанго": "джанго", "s": "s", "": ""} {
		if diff := cmp.Diff(want, stem(possessive(in))); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

// TestSkeleton: look-alikes of Latin letters, and nothing else.
func TestSkeleton(t *testing.T) {
	for in, want := range map[string]string{
		"djаngo":  "django", // a Cyrillic а
		"flаѕk":   "flask",
		"ехрrеѕѕ": "express",
		"django":  "", // nothing to replace
		"джанго":  "", // other letters
		"ρython":  "python",
		"東京а":     "",
	} {
		got, ok := skeleton(in)
		if !ok {
			got = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("skeleton(%q): %s", in, diff)
		}
	}
}
