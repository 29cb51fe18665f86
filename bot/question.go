package bot

import (
	"slices"
	"strings"

	"frameworkbot/index"
)

// A Question is what a message was understood to ask.
type Question struct {
	Text          string        // normalised
	Words         []index.Word  // taken apart
	Names         []index.Name  // the pages that are meant, in the order of the text
	Near          []*index.Page // pages whose name is there but not what is meant
	Attributes    []*attribute  // what is asked about them
	Without       []*attribute  // of these, those that a page must not have
	Languages     []string      // programming languages named
	NotLanguages  []string      // "not in PHP"
	Before, After string        // years of the first release
	Kind          index.Kind    // Micro or FullStack if that is a condition
	Licence       string        // SPDX identifier's beginning, if that is a condition: "MIT"
	Except        []*index.Page // "other than Django"
	Rest          []index.Word  // informative words that none of the above explains
	Field         bool          // some word belongs to web development
	Web           bool          // the same, or some word of computing
	Compare       bool          // "versus", "difference"
	Recommend     bool          // "which should I use", "best"
	Praise        bool          // "best", "should I": recommends if web frameworks are meant
	Enumerate     bool          // "all", "list", "which do you have"
	Card          bool          // "what is X and …": the whole page is wanted
	Polar         bool          // asks for yes or no
}

// vocabulary is what the words of questions mean to the parser.
type vocabulary struct {
	index *index.Index
	cues  map[string][]*cue // by one of their stems
	words map[string]role   // by stem
}

// A role is what a word does in a question, apart from its meaning.
type role uint8

const (
	comparing role = 1 << iota
	recommending
	praising
	enumerating
	conceding // "except", "other than"
	micro
	fullStack
)

// roles are words and what they do. They are stemmed and reduced as questions are.
var roles = map[role]string{
	comparing:    "vs versus v compare comparison compared comparing difference differences differ different between better or against",
	recommending: "recommend recommendation recommended suggest suggestion advice advise choose choosing choice pick picking select decide",
	praising:     "best should prefer top favourite right suitable good beginner start which ideal",
	enumerating:  "all list every any available options overview there exist have offer cover support know got include show choices",
	conceding:    "except besides other than not instead without alternatives alternative excluding",
	micro:        "micro microframework microframeworks lightweight minimal minimalist minimalistic",
	fullStack:    "fullstack full-stack batteries",
}

func newVocabulary(x *index.Index) *vocabulary {
	v := &vocabulary{index: x, cues: newCues(x), words: map[string]role{}}
	for r, words := range roles {
		for _, stem := range stems(x, words) {
			v.words[stem] |= r
		}
	}
	return v
}

// licences are those that people name, by the key that a word has.
var licences = map[string]string{"mit": "MIT", "bsd": "BSD", "apache": "Apache", "gpl": "GPL", "agpl": "AGPL", "lgpl": "LGPL", "mpl": "MPL"}

// Parse understands a normalised text. It never fails: nonsense is a question
// about nothing that is known.
func (v *vocabulary) Parse(text string) *Question {
	a := v.index.Analyze(text)
	q := &Question{Text: text, Words: a.Words, Near: a.Void}
	used := make([]*attribute, len(a.Words))
	v.attributes(q, used)
	v.conditions(q, used)
	for i := range a.Words {
		if w := &a.Words[i]; used[i] == nil && w.Informative() && w.Language == "" {
			q.Rest = append(q.Rest, *w)
		}
	}
	v.names(q, a)
	q.except()
	q.card(a.Words)
	return q
}

// conditions reads languages, kinds, licences and what words do.
func (v *vocabulary) conditions(q *Question, used []*attribute) {
	for i := range q.Words {
		w := &q.Words[i]
		if w.Void {
			continue
		}
		q.Field = q.Field || w.Class == index.Web
		q.Web = q.Web || w.Class == index.Web || w.Class == index.Computing
		r := v.words[w.Stem]
		q.Compare = q.Compare || r&comparing != 0
		q.Recommend = q.Recommend || r&recommending != 0
		q.Praise = q.Praise || r&praising != 0
		q.Enumerate = q.Enumerate || r&enumerating != 0 && (w.Key != "all" || i == 0 || q.Words[i-1].Key != "at")
		if r&(comparing|recommending|praising|enumerating) != 0 {
			used[i] = &roleAttribute
		}
		switch {
		case w.Language != "" && denied(q.Words, i):
			q.NotLanguages = append(q.NotLanguages, w.Language)
		case w.Language != "":
			if !slices.Contains(q.Languages, w.Language) {
				q.Languages = append(q.Languages, w.Language)
			}
		case r&micro != 0 && w.Name == nil:
			q.Kind, used[i] = index.Micro, &kindAttribute
		case r&fullStack != 0:
			q.Kind, used[i] = index.FullStack, &kindAttribute
		case w.Stem == "shop" && i > 0 && q.Words[i-1].Language != "":
			used[i] = &kindAttribute // "we are a PHP shop"
		case licences[w.Key] != "":
			q.Licence, used[i] = licences[w.Key], &licenceAttribute
		case i > 0 && isYear(w):
			q.years(q.Words[i-1].Key, w.Key)
			used[i] = &yearAttribute
		}
	}
	if len(q.Words) > 0 {
		q.Polar = strings.Contains(" does do is are has have can could will ", " "+q.Words[0].Key+" ")
	}
}

// What a word was used for that is a condition and not asked about.
var kindAttribute, licenceAttribute, yearAttribute, roleAttribute attribute

func isYear(w *index.Word) bool {
	return w.Number && len(w.Key) == 4 && (w.Key[:2] == "19" || w.Key[:2] == "20")
}

// years reads "before 2008", "since 2010".
func (q *Question) years(before, year string) {
	switch before {
	case "before", "until":
		q.Before = year
	case "after", "since":
		q.After = year
	}
}

// denied reports whether the word at i is excluded: "not php", "other than php".
func denied(words []index.Word, i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if strings.Contains(" not non no except besides without excluding isnt ", " "+words[j].Key+" ") ||
			words[j].Key == "than" && j > 0 && words[j-1].Key == "other" {
			return true
		}
	}
	return false
}

// except takes names that are excluded from a list out of those that are meant:
// "a php framework other than laravel".
func (q *Question) except() {
	if len(q.Languages) == 0 && q.Kind == "" && len(q.Attributes) == 0 {
		return
	}
	q.Names = slices.DeleteFunc(q.Names, func(n index.Name) bool {
		i := slices.IndexFunc(q.Words, func(w index.Word) bool { return w.Name != nil && w.Name.Page == n.Page })
		if i < 0 || !denied(q.Words, i) {
			return false
		}
		q.Except = append(q.Except, n.Page)
		return true
	})
}

// card notes that the page as a whole is asked for: "what is django and who uses it".
func (q *Question) card(words []index.Word) {
	for i := 1; i < len(words)-1; i++ {
		if words[i].Name != nil && words[i+1].Key == "and" && strings.Contains(" is whats what about explain ", " "+words[i-1].Key+" ") {
			q.Card = true
		}
	}
}

// names decides which of the names in the text are meant. One that is an
// ordinary word needs company: another name, a word of the field, or nothing
// else that could mean something. Any other is meant unless the rest of the
// question is plainly about something else.
func (v *vocabulary) names(q *Question, a *index.Analysis) {
	cues, covered := q.cues(), v.covered(q, a.Names)
	strong := 0
	for _, n := range a.Names {
		strong += btoi(!n.Weak && !slices.Contains(q.Near, n.Page))
	}
	for _, n := range a.Names {
		if slices.Contains(q.Near, n.Page) {
			continue
		}
		odd := q.odd(n)
		meant := n.Only || strong > 1 || cues > 0 || covered > 0 || odd < 2
		if n.Weak || n.Why == index.BySpelling {
			company := cues + covered + btoi(q.Compare && len(a.Names) > 1)
			alone := odd <= covered && (company > 0 || len(a.Names) > 1 || plainly(a.Words, n))
			meant = framed(q.Words, n) && odd < 2 || strong > btoi(!n.Weak) || alone || company > 0 && company >= odd-covered
		}
		if meant {
			q.Names = append(q.Names, n)
		} else {
			q.Near = append(q.Near, n.Page)
		}
	}
}

// framed reports whether the name stands where the subject of a question
// stands ("about X", "is X …"), and is not part of a compound with a word
// beside it ("express train", "flask of").
func framed(words []index.Word, n index.Name) bool {
	i := slices.IndexFunc(words, func(w index.Word) bool { return w.Name != nil && w.Name.Page == n.Page })
	if i < 1 || n.Why == index.ByAlias || !strings.Contains(" about explain know learn learning is using use used whats are ", " "+words[i-1].Key+" ") {
		return false
	}
	for i < len(words) && words[i].Name != nil {
		i++
	}
	return i == len(words) || words[i].Class != index.Ordinary && words[i].Class != index.Unknown && words[i].Class != index.Common && words[i].Key != "of"
}

// odd counts the words in the sentence of the name that speak of something
// other than web frameworks. In a question in another language, words that are
// in no list say nothing.
func (q *Question) odd(name index.Name) (n int) {
	sentence := 0
	for i := range q.Words {
		w := &q.Words[i]
		if w.Name != nil && w.Name.Page == name.Page {
			sentence = w.Sentence
			n += btoi(name.Weak && i+1 < len(q.Words) && owners[q.Words[i+1].Key])
			break
		}
	}
	foreign := slices.ContainsFunc(q.Words, func(w index.Word) bool { return w.Class == index.Foreign })
	for i := range q.Rest {
		if q.Rest[i].Sentence != sentence {
			continue
		}
		class := q.Rest[i].Class
		n += btoi(class == index.Ordinary || class == index.Common && name.Weak || class == index.Unknown && !foreign)
	}
	return n
}

// owners show that the word before them is a verb: "express myself".
var owners = map[string]bool{"my": true, "your": true, "his": true, "her": true, "our": true, "their": true, "its": true, "oneself": true,
	"myself": true, "yourself": true, "himself": true, "herself": true, "itself": true, "ourselves": true, "yourselves": true, "themselves": true}

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
	if len(names) == 0 || len(q.Rest) == 0 {
		return 0
	}
	for i := range q.Rest {
		for _, name := range names {
			if v.index.Mentions(name.Page, &q.Rest[i]) {
				n++
				break
			}
		}
	}
	return n
}

// plainly reports whether a weak name stands as a name does: as all there is,
// or, if it is what the page is called and not only an alias, without "a" or "my" before it.
func plainly(words []index.Word, n index.Name) bool {
	for i := range words {
		if words[i].Name == nil || words[i].Name.Page != n.Page {
			continue
		}
		if i > 0 && strings.Contains(" a an my your his her our their ", " "+words[i-1].Key+" ") {
			return false
		}
	}
	return len(words) == 1 || n.Why != index.ByAlias
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
