package index

import (
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
	a.Words = mergePhrases(a.Words)
	return a
}

// words makes words of tokens. A compound that nobody knows is cut into its parts.
func (x *Index) words(text string, tokens []token) []Word {
	words := make([]Word, 0, min(len(tokens), MaxWords)+4)
	sentence, last := 0, 0
	for _, t := range tokens {
		if strings.ContainsAny(text[last:t.start], ".?!;\n") {
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
		if _, isName := x.names.byKey[ps[0]]; isName && strings.Contains(token, "'") {
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
		if _, isName := x.names.byKey[latin]; isName || strings.ContainsFunc(w.Key, isASCIILetter) {
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
	if to, ok := lex().synonym[w.Stem]; ok {
		w.Stem = to
	}
	if !w.Number {
		w.Class = lex().classOf(w.Key, w.Stem)
	}
	_, w.Known = x.vocabulary[w.Stem]
	if w.Class == Foreign && w.Known {
		w.Class = Unknown // "rapid" is a word of other languages too
	}
	if nm, ok := x.names.byKey[w.Stem]; ok && nm.key != w.Key {
		w.Stem, w.Known = w.Key, false // "expression" is not Express
	}
}

// knows reports whether a compound means something as a whole.
func (x *Index) knows(w Word) bool {
	_, isName := x.names.byKey[w.Key]
	_, isLanguage := languageByKey[w.Key]
	_, isSynonym := lex().synonym[stem(w.Key)]
	_, inLexicon := lex().exact[w.Key]
	return isName || isLanguage || isSynonym || inLexicon
}

// findUnrelated marks phrases such as "express delivery".
func (x *Index) findUnrelated(a *Analysis) {
	if len(x.names.unrelated) == 0 {
		return
	}
	a.runs(2, 4, func(from, to int, key string) bool {
		page, ok := x.names.unrelated[key]
		if ok {
			a.Void = append(a.Void, page)
			for i := from; i < to; i++ {
				a.Words[i].Void, a.Words[i].Stem, a.Words[i].Known = true, "", false
			}
		}
		return ok
	})
}

// findNames looks for names of at least that many words, the longest first,
// and in runs of scripts without spaces.
func (x *Index) findNames(a *Analysis, least int) {
	a.runs(least, x.names.longest+1, func(from, to int, key string) bool {
		nm, ok := x.names.byKey[key]
		if !ok && to-from == 1 {
			nm, ok = x.names.byKey[strings.TrimRight(key, "0123456789")]
		}
		if !ok && to-from == 1 && a.Words[from].unspaced {
			nm, ok = x.names.inRun(key)
		}
		if ok {
			a.name(from, to, nm, nm.why)
		}
		return ok
	})
}

// inRun finds a name in a run of words that are not separated. In Hangul a name
// stands at the beginning, before its particle.
func (n *names) inRun(run string) (*name, bool) {
	for _, nm := range n.native {
		first, _ := utf8.DecodeRuneInString(nm.key)
		if strings.HasPrefix(run, nm.key) || !isHangul(first) && strings.Contains(run, nm.key) {
			return nm, true
		}
	}
	return nil, false
}

func isHangul(r rune) bool { return r >= 0xac00 && r <= 0xd7a3 }

// findMisspelt reads unknown words as slips of a name of at least that many words.
func (x *Index) findMisspelt(a *Analysis, least int) {
	a.runs(least, x.names.longest, func(from, to int, key string) bool {
		if !a.strange(from, to) {
			return false
		}
		nm := x.names.near(key)
		if nm == nil {
			return false
		}
		a.name(from, to, nm, BySpelling)
		return true
	})
}

// correct reads words that are still unknown as slips of words that pages or questions use.
func (x *Index) correct(a *Analysis) {
	for i := range a.Words {
		w := &a.Words[i]
		if !w.strange(minTypo) {
			continue
		}
		if meant := x.spelling.near(w.Key); meant != "" {
			w.Key, w.Meant = meant, meant
			x.classify(w)
			w.Language = languageByKey[meant]
		}
	}
}

// strange reports whether a run of words may be a misspelt name: at least one
// is unknown everywhere, and none has a meaning of its own.
func (a *Analysis) strange(from, to int) bool {
	strange := false
	for i := from; i < to; i++ {
		w := &a.Words[i]
		strange = strange || w.strange(minTypo) || to-from > 1 && w.strange(2)
		if w.Void || w.Name != nil || to-from > 1 && (w.Class == Web || w.Class == Product) {
			return false
		}
	}
	return strange
}

// strange reports whether the word is unknown everywhere and at least that long.
func (w *Word) strange(least int) bool {
	return w.Class == Unknown && !w.Known && !w.Number && !w.Void && w.Name == nil && w.Language == "" && len(w.Key) >= least
}

// name marks words as a page's name and notes the page.
func (a *Analysis) name(from, to int, nm *name, why Why) {
	typed := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		typed = append(typed, a.Words[i].Text)
	}
	found := Name{nm.page, strings.Join(typed, " "), why, nm.weak, !nm.weak && !nm.homonym && why != BySpelling}
	for i := from; i < to; i++ {
		a.Words[i].Name = &found
	}
	if to < len(a.Words) && a.Words[to].Number {
		a.Words[to].Name = &found // "Django 5"
	}
	for i, n := range a.Names {
		if n.Page == nm.page {
			a.Names[i].Weak, a.Names[i].Only = n.Weak && nm.weak, n.Only || found.Only
			return
		}
	}
	a.Names = append(a.Names, found)
}

// runs calls try with the joined key of each run of most to least words, from
// left to right, longest first; where try says yes the run is skipped. Words
// that belong to a name or to an unrelated phrase are in no run.
func (a *Analysis) runs(least, most int, try func(from, to int, key string) bool) {
	var buf [4 * MaxWordRunes]byte
	for from := 0; from < len(a.Words); from++ {
		for to := min(from+most, len(a.Words)); to >= from+least; to-- {
			key := buf[:0]
			for i := from; i < to && key != nil; i++ {
				if w := &a.Words[i]; w.Name != nil || w.Void || len(key)+len(w.Key) > len(buf) {
					key = nil
				} else {
					key = append(key, w.Key...)
				}
			}
			if len(key) > 0 && try(from, to, string(key)) {
				from = to - 1
				break
			}
		}
	}
}

// findLanguages marks programming languages. One that is an ordinary word
// counts only beside a word of the field: "go framework", "in go".
func (x *Index) findLanguages(a *Analysis) {
	a.runs(1, 2, func(from, to int, key string) bool {
		language, ok := languageByKey[key]
		if !ok || wordy[key] && !a.besideWeb(from, to) {
			return false
		}
		if gems[key] && a.isThing(from, to) {
			a.Words[from].Void, a.Words[from].Stem = true, ""
			return true
		}
		for i := from; i < to; i++ {
			a.Words[i].Language = language
		}
		return true
	})
}

// isThing reports whether "a ruby" or "the python" means the stone or the snake.
func (a *Analysis) isThing(from, to int) bool {
	return from > 0 && strings.Contains(" a an my ball your ", " "+a.Words[from-1].Key+" ") &&
		(to == len(a.Words) || a.Words[to].Class != Web)
}

func (a *Analysis) besideWeb(from, to int) bool {
	return to < len(a.Words) && a.Words[to].Class == Web || from > 0 && a.Words[from-1].Class == Web ||
		from > 0 && a.Words[from-1].Key == "in" || len(a.Words) == to-from
}

// mergePhrases makes one word of each phrase that is a synonym.
func mergePhrases(words []Word) []Word {
	l, out := lex(), words[:0]
	for i := 0; i < len(words); i++ {
		n := 0
		var to string
		if free(&words[i]) {
			n, to = longestPhrase(l, words[i:])
		}
		w := words[i]
		if n > 1 {
			w.Stem, w.Class, w.Known = to, l.phraseClass(to), true
			w.Text = joinTexts(words[i : i+n])
			i += n - 1
		}
		out = append(out, w)
	}
	return out
}

// phraseClass is the class of a phrase: that of the word that stands for it, if it is in a list.
func (l *lexicon) phraseClass(to string) Class {
	if c := l.classOf(to, to); c != Unknown && c != Ordinary {
		return c
	}
	return Computing
}

func free(w *Word) bool { return w.Name == nil && !w.Void && w.Language == "" }

// longestPhrase is the number of words of the longest synonym at the beginning of words.
func longestPhrase(l *lexicon, words []Word) (n int, to string) {
	key := stem(words[0].Key)
	for i := 1; i < min(len(words), l.longest) && free(&words[i]); i++ {
		key += " " + stem(words[i].Key)
		if t, ok := l.synonym[key]; ok {
			n, to = i+1, t
		}
	}
	return n, to
}

func joinTexts(words []Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
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
