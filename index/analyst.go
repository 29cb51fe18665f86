package index

import (
	"strings"
	"sync"
	"unicode/utf8"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// analyst turns text into terms as [expand] does, and remembers each word that
// it met: most words of a page stood on others before. It is for one goroutine.
type analyst struct {
	forms   map[string]*form      // by token
	terms   map[string]*knownTerm // by term
	page    uint32                // which page is under way
	freqs   freqs
	learner *learner     // told of what pages use, if there is one
	line    []*knownTerm // of the text under way
	more    []*knownTerm
}

// form is what becomes of a token.
type form struct {
	key      string       // of the word, "" if a slip in it is worth no correction
	page     uint32       // where it was noted last
	pages    uint32       // that have it, and the learner does not know of
	parts    []*knownTerm // one, or those of a compound
	compound *knownTerm   // the compound as a whole
}

// knownTerm is a term with what it leads to.
type knownTerm struct {
	term   string
	bytes  []byte
	hash   uint32
	begins int // words in the longest phrase that begins with it
	page   uint32
	pages  uint32                // that have it, and the learner does not know of
	count  *bleveindex.TokenFreq // on that page
}

// maxForms bounds what an analyst remembers.
const maxForms = 1 << 16

// analysts are kept for the next page.
var analysts = sync.Pool{New: func() any { return &analyst{} }}

// begin is called before each page.
func (a *analyst) begin() {
	if a.page++; len(a.forms) > maxForms || a.forms == nil || a.page == 0 {
		a.teach()
		*a = analyst{forms: make(map[string]*form, 1024), terms: make(map[string]*knownTerm, 1024), learner: a.learner, freqs: a.freqs, page: 1}
	}
}

// teach tells the learner what is used by the pages since it was told last.
func (a *analyst) teach() {
	if a.learner == nil {
		return
	}
	for _, t := range a.terms {
		a.learner.terms[t.hash] += t.pages
		t.pages = 0
	}
	for _, f := range a.forms {
		if f.pages > 0 {
			a.learner.words[f.key] += f.pages
			f.pages = 0
		}
	}
}

// form is what becomes of a token.
func (a *analyst) form(token string) *form {
	if f, ok := a.forms[token]; ok {
		return f
	}
	token = strings.Clone(token) // not all of the page
	f, text := &form{}, possessive(cutWord(token))
	if key := Key(text); mayBeMisspelt(key) {
		f.key = key
	}
	if ps := parts(text); ps == nil {
		f.parts = []*knownTerm{a.term(canonical(stemOf(text)))}
	} else {
		f.compound = a.term(canonical(stemOf(text)))
		for _, part := range ps {
			f.parts = append(f.parts, a.term(canonical(stemOf(part))))
		}
	}
	a.forms[token] = f
	return f
}

// cutWord is a word no longer than questions have them.
func cutWord(word string) string {
	if len(word) > MaxWordRunes && utf8.RuneCountInString(word) > MaxWordRunes {
		return string([]rune(word)[:MaxWordRunes])
	}
	return word
}

func (a *analyst) term(term string) *knownTerm {
	t, ok := a.terms[term]
	if !ok {
		t = &knownTerm{term: term, bytes: []byte(term), hash: hash(term), begins: lex().begins[term]}
		a.terms[term] = t
	}
	return t
}

// text takes a text of the page apart: its terms, which are overwritten by the
// next text, in no order that matters. Words that are new to the page are noted.
func (a *analyst) text(d *digest, text string) []*knownTerm {
	a.line, a.more = a.line[:0], a.more[:0]
	for _, t := range tokenize(Fold(text)) {
		f := a.form(t.text)
		if f.key != "" && f.page != a.page {
			f.page = a.page
			if f.pages++; a.learner == nil {
				d.words = append(d.words, f.key)
			}
		}
		a.line = append(a.line, f.parts...)
		if f.compound != nil {
			a.more = append(a.more, f.compound)
		}
	}
	a.phrases()
	a.line = append(a.line, a.more...)
	return a.line
}

// phrases adds the classes of phrases that are synonyms.
func (a *analyst) phrases() {
	var buf [4 * MaxWordRunes]byte
	l := lex()
	for i, first := range a.line {
		if first.begins < 2 {
			continue
		}
		key := append(buf[:0], first.term...)
		for n := 1; n < first.begins && i+n < len(a.line); n++ {
			key = append(append(key, ' '), a.line[i+n].term...)
			if to, ok := l.synonym[string(key)]; ok {
				a.more = append(a.more, a.term(to))
			}
		}
	}
}

// count adds terms to those of the page.
func (a *analyst) count(d *digest, terms []*knownTerm, times int) {
	d.length += times * len(terms)
	for _, t := range terms {
		if t.page != a.page {
			t.page, t.count = a.page, a.freqs.next()
			t.pages++
			t.count.Term = t.bytes
			d.counts[t.term] = t.count
		}
		t.count.SetFrequency(t.count.Frequency() + times)
	}
}
