package index

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Word is one word of a question, or a phrase that means one thing
// ("cross-site request forgery").
type Word struct {
	Text     string // as folded
	Key      string // letters and digits
	Stem     string // what is searched for; a synonym's stem stands for its class
	Class    Class
	Number   bool
	Language string // the programming language that the word names, ""
	Name     *Name  // the page that the word names, nil
	Meant    string // what the word was corrected to, ""
	Void     bool   // part of a phrase in which a name means something else; found on no page
	Sentence int    // which sentence of the question it stands in, from 0
	Known    bool   // some page uses it
	unspaced bool
	listed   bool // stands in some list of words
}

// A Name is a page's name in a question.
type Name struct {
	Page  *Page
	Typed string // as folded
	Why   Why    // ByName, ByAlias or BySpelling
	Weak  bool   // an ordinary word: it alone does not show that the page is meant
	Only  bool   // means nothing else at all: it shows that the page is meant, whatever stands around it
}

// An Analysis is a question taken apart.
type Analysis struct {
	Text  string // folded
	Words []Word
	Names []Name  // the pages named, in the order of the text, each once
	Void  []*Page // pages whose name is there and means something else
}

// Analyze takes a question apart: it finds names, languages and phrases,
// corrects slips of the keyboard, and says of each word what kind it is. At
// most [MaxWords] words are read.
func (x *Index) Analyze(text string) *Analysis {
	a := &Analysis{Text: Fold(text)}
	a.Words = x.words(a.Text, tokenize(a.Text))
	x.findUnrelated(a)
	x.findNames(a, 2)
	x.findMisspelt(a, 2)
	x.findNames(a, 1)
	x.findLanguages(a)
	x.findMisspelt(a, 1)
	x.correct(a)
	a.order()
	a.Words = mergePhrases(a.Words)
	return a
}

// order sorts the names as they stand in the text: those that were found late,
// in one word or misspelt, came last.
func (a *Analysis) order() {
	first := func(n Name) int {
		return slices.IndexFunc(a.Words, func(w Word) bool { return w.Name != nil && w.Name.Page == n.Page })
	}
	slices.SortStableFunc(a.Names, func(x, y Name) int { return first(x) - first(y) })
}

// words makes words of tokens. A compound that nobody knows is cut into its parts.
func (x *Index) words(text string, tokens []token) []Word {
	words := make([]Word, 0, min(len(tokens), MaxWords)+4)
	sentence, last := 0, 0
	for _, t := range tokens {
		if strings.ContainsAny(text[last:t.start], ".?!;:\n") {
			sentence++
		}
		last = t.end
		if len(words) >= MaxWords {
			break
		}
		token := possessive(t.text)
		w := x.word(token)
		w.unspaced, w.Sentence = t.unspaced, sentence
		if t.unspaced {
			w.Class = Foreign
		}
		ps := parts(token)
		if ps == nil || x.knows(w) {
			words = append(words, w)
			continue
		}
		if _, isName := x.names.byWord[ps[0]]; isName && strings.Contains(token, "'") {
			ps = ps[:1] // "Django'nun": a name with its ending
		}
		for _, part := range ps {
			w := x.word(part)
			w.Sentence = sentence
			words = append(words, w)
		}
	}
	return words[:min(len(words), MaxWords)]
}

func (x *Index) word(text string) Word {
	if utf8.RuneCountInString(text) > MaxWordRunes {
		text = string([]rune(text)[:MaxWordRunes])
	}
	w := Word{Text: text, Key: Key(text)}
	if text == "%" {
		w.Key = "%"
	}
	if latin, ok := skeleton(w.Key); ok {
		if _, isName := x.names.byWord[latin]; isName || strings.ContainsFunc(w.Key, isASCIILetter) {
			w.Key = latin
		}
	}
	w.Number = isNumber(w.Key)
	x.classify(&w)
	return w
}

// classify fills in what follows from the word's key.
func (x *Index) classify(w *Word) {
	w.Stem = stem(w.Key)
	to, meant := lex().synonym[w.Stem]
	if meant {
		w.Stem = to
	}
	if !w.Number {
		w.Class = lex().classOf(w.Key, w.Stem)
	}
	w.Known = x.uses(w.Stem)
	w.listed = meant || lex().exact[w.Key] != Unknown
	if w.Class == Foreign && w.Known {
		w.Class = Unknown // "rapid" is a word of other languages too
	}
	if nm, ok := x.names.byStem[w.Stem]; ok && nm.key != w.Key {
		w.Stem, w.Known = "="+w.Key, false // "expression" is not Express, nor "rail" Rails
	}
}

// knows reports whether a compound means something as a whole.
func (x *Index) knows(w Word) bool {
	if _, isPhrase := lex().synonym[phrase(w.Text)]; isPhrase {
		return false // its parts are found together: "command-line interface"
	}
	_, isName := x.names.byWord[w.Key]
	_, isLanguage := languageByKey[w.Key]
	_, isSynonym := lex().synonym[stem(w.Key)]
	_, inLexicon := lex().exact[w.Key]
	return isName || isLanguage || isSynonym || inLexicon
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' }

func isNumber(key string) bool {
	for i := range len(key) {
		if key[i] < '0' || key[i] > '9' {
			return false
		}
	}
	return key != ""
}
