package bot

import (
	"slices"
	"strings"
	"unicode"

	"frameworkbot/index"
)

// names decides which of the names in the text are meant. One that is an
// ordinary word needs company: another name, a word of the field, or nothing
// else that could mean something. Any other is meant unless the rest of the
// question is plainly about something else.
func (v *vocabulary) names(q *Question, all []index.Name) {
	all = slices.DeleteFunc(all, func(n index.Name) bool { return slices.Contains(q.Near, n.Page) })
	covered := v.covered(q, all)
	company := q.cues() + covered
	plain, ordinary := !q.technicalWords() && (!q.is(comparing) || len(all) < 2), 0
	strong := 0
	for _, n := range all {
		strong += btoi(!n.Weak)
	}
	for _, n := range all {
		at := q.positions(n)
		meant := n.Only || strong > 1 || slices.ContainsFunc(at, func(i int) bool { return q.likely(n, i, company) })
		if n.Weak || n.Why == index.BySpelling {
			meant = strong > btoi(!n.Weak) || slices.ContainsFunc(at, func(i int) bool {
				if plain && n.Weak && q.ordinary(i) {
					ordinary++
					return false
				}
				return q.accepts(n, i, len(all), company, covered)
			})
		}
		if meant {
			q.Names = append(q.Names, n)
		} else {
			q.Near = append(q.Near, n.Page)
		}
	}
	if ordinary > 0 && len(q.Names) == 0 {
		q.Attributes = nil // what is asked, "how old is", is asked of no framework
	}
}

// likely reports whether a name at i that is no ordinary word is meant there.
// If it has another meaning all the same, a strange word that is linked to it
// shows that one: "songs by sinatra".
func (q *Question) likely(n index.Name, i, company int) bool {
	odd := q.odd(n, i)
	if odd == 1 && company == 0 && !n.Only && q.linked(i) && !q.framed(n, i) {
		return false
	}
	return odd < 2+company
}

// linked reports whether a preposition joins the name at i to another word.
func (q *Question) linked(i int) bool {
	before := i > 0 && linking[q.Words[i-1].Key]
	page := q.Words[i].Name.Page
	for i < len(q.Words) && q.Words[i].Name != nil && q.Words[i].Name.Page == page {
		i++
	}
	return before || i < len(q.Words) && linking[q.Words[i].Key]
}

// accepts reports whether a name at i that may be an ordinary word, or a slip
// of another, is meant there: company counts what speaks for it, covered how
// many of the odd words its page uses.
func (q *Question) accepts(n index.Name, i, names, company, covered int) bool {
	odd := q.odd(n, i)
	things, others := q.things(i)
	switch {
	case q.framed(n, i) && odd < 2 && (company > 0 || things == 0), q.bare(n, i) && (company > 0 || things+others == 0 && (names == 1 || q.has(listing))):
		return true
	case odd <= covered && (company > 0 || names > 1 || q.plain(n, i)):
		return true
	}
	company += btoi(q.is(comparing) && names > 1)
	return company > 0 && company >= odd-covered
}

// things counts the words of everyday life in the sentence of the name at i,
// and those that may be about anything.
func (q *Question) things(i int) (things, others int) {
	for j := range q.Rest {
		w := &q.Rest[j]
		if w.Sentence != q.Words[i].Sentence {
			continue
		}
		things += btoi(w.Class == index.Ordinary || w.Class == index.Unknown && !w.Known)
		others += btoi(w.Class == index.Common)
	}
	return things, others
}

// isCalled reports whether the name is what the page is called, in full or in
// short: "nest" for NestJS, "spring" for Spring Boot.
func isCalled(n index.Name) bool {
	if n.Why == index.ByName {
		return true
	}
	typed := index.Key(n.Typed)
	if n.Why != index.ByAlias || typed == "" {
		return false
	}
	return index.Key(n.Page.Title) == typed+"js" || slices.ContainsFunc(strings.FieldsFunc(n.Page.Title, func(r rune) bool { return !unicode.IsLetter(r) }), func(word string) bool {
		return index.Key(word) == typed
	})
}

// framed reports whether the name at i stands where the subject of a question
// stands ("about X", "is X …"), and is not part of a compound with a word
// beside it ("express train", "flask of").
func (q *Question) framed(n index.Name, i int) bool {
	before := i - 1
	if before > 0 && pointing[q.Words[before].Key] {
		before-- // "what is this X"
	}
	if before < 0 || !isCalled(n) && n.Why != index.BySpelling || !framing[q.Words[before].Key] {
		return false
	}
	for i < len(q.Words) && q.Words[i].Name != nil {
		i++
	}
	if i == len(q.Words) || q.Words[i].Sentence != q.Words[before].Sentence {
		return true
	}
	return !isThing(&q.Words[i]) && q.Words[i].Key != "of"
}

// isThing reports whether a word may be a thing of everyday life. A word that
// pages use is none, unless it is one all the same.
func isThing(w *index.Word) bool {
	if w.Name != nil || w.Language != "" {
		return false
	}
	return w.Class == index.Ordinary || (w.Class == index.Common || w.Class == index.Unknown) && !w.Known
}

// bare reports whether the name at i stands as the name of a product does: the
// thing that it may be as well has an article before it ("in my flask", "the
// rails") or makes a compound with a word beside it.
func (q *Question) bare(n index.Name, i int) bool {
	if n.Why != index.ByName || !n.Page.IsFramework() {
		return false
	}
	before := i - 1
	for i < len(q.Words) && q.Words[i].Name != nil {
		i++
	}
	if i < len(q.Words) && (q.Words[i].Class == index.Web || q.Words[i].Class == index.Computing || reading[q.Words[i].Key]) {
		return true // "a rails app", "the flask docs"
	}
	if before >= 0 && (counting[q.Words[before].Key] || isThing(&q.Words[before]) || before > 0 && q.Words[before].Key == "of" && !q.Words[before-1].Known && isThing(&q.Words[before-1])) {
		return false
	}
	return i == len(q.Words) || !isThing(&q.Words[i]) && q.Words[i].Key != "of" && !owning[q.Words[i].Key]
}

// plain reports whether a weak name at i stands as a name does: as all there
// is, or, if it is what the page is called and not only an alias, without "a"
// or "my" before it.
func (q *Question) plain(n index.Name, i int) bool {
	if i > 0 && articles[q.Words[i-1].Key] {
		return false
	}
	return len(q.Words) == 1 || n.Why != index.ByAlias
}

// odd counts the words in the sentence of the name at i that speak of something
// other than web frameworks. In a question in another language, words that are
// in no list say nothing.
func (q *Question) odd(n index.Name, i int) (odd int) {
	foreign := slices.ContainsFunc(q.Words, func(w index.Word) bool { return w.Class == index.Foreign })
	for j := range q.Rest {
		w := &q.Rest[j]
		if w.Sentence != q.Words[i].Sentence {
			continue
		}
		odd += btoi(w.Class == index.Ordinary || w.Class == index.Common && n.Weak || w.Class == index.Unknown && !foreign)
	}
	verb := n.Weak && i+1 < len(q.Words) && owning[q.Words[i+1].Key]
	return odd + btoi(verb)
}

// cues counts what shows that web frameworks are meant.
func (q *Question) cues() int {
	n := len(q.Languages) + len(q.Attributes)
	for i := range q.Words {
		w := &q.Words[i]
		if w.Name == nil && !w.Void {
			n += btoi(w.Class == index.Web || w.Class == index.Computing || w.Class == index.Product)
		}
	}
	return n
}

// covered is how many of the remaining words the named pages use.
func (v *vocabulary) covered(q *Question, names []index.Name) (n int) {
	for i := range q.Rest {
		n += btoi(slices.ContainsFunc(names, func(name index.Name) bool { return v.index.Mentions(name.Page, &q.Rest[i]) }))
	}
	return n
}
