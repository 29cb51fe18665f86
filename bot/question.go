package bot

import (
	"slices"

	"frameworkbot/index"
)

// A Question is what a message was understood to ask.
type Question struct {
	Text       string        // normalised
	Words      []index.Word  // taken apart
	Names      []index.Name  // the pages that are meant, in the order of the text
	Near       []*index.Page // pages whose name is there but not what is meant
	Attributes []*attribute  // what is asked about them
	Rest       []index.Word  // informative words that nothing else explains
	Roles      role          // what the words do
	Praises    int           // how many of them do as "best" does
	Field      bool          // some word belongs to web development
	Computing  bool          // the same, or some word of computing
	Card       bool          // "what is X and …": the whole page is wanted
	Polar      bool          // asks for yes or no
	Alike      bool          // wants others than the page that is named
	Neighbour  bool          // wants another page that speaks of the one that is named
	Newest     bool          // wants what was released last first
	Order      []*index.Page // of a list that is given again
	restriction
}

// A restriction is what frameworks of a list must be like.
type restriction struct {
	Languages     []string      // one of these
	NotLanguages  []string      // none of these
	Kind          index.Kind    // Micro or FullStack, "" for either
	Licence       string        // beginning of an SPDX identifier: "MIT"
	Before, After string        // years of the first release
	Without       []*attribute  // of the question's attributes, those that must be lacking
	Except        []*index.Page // "other than Django"
}

// is reports whether some word of the question does one of these.
func (q *Question) is(r role) bool { return q.Roles&r != 0 }

// has reports whether one of the words is in the question.
func (q *Question) has(words set) bool {
	return slices.ContainsFunc(q.Words, func(w index.Word) bool { return words[w.Key] })
}

// Parse understands a normalised text. It never fails: nonsense is a question
// about nothing that is known.
func (v *vocabulary) Parse(text string) *Question {
	a := v.index.Analyze(text)
	q := &Question{Text: text, Words: a.Words, Near: a.Void}
	leadingLanguage(q.Words)
	used := make([]*attribute, len(a.Words))
	v.attributes(q, used)
	for i := range a.Words {
		w := &a.Words[i]
		if w.Void {
			q.Rest = append(q.Rest, *w)
			continue
		}
		v.does(q, i)
		r := v.roles[w.Stem]
		if r&small != 0 && describes(used, i) {
			r = 0 // "lightweight templates"
		}
		if restricts := q.restricts(r, i); !restricts && used[i] == nil && r == 0 && w.Informative() {
			q.Rest = append(q.Rest, *w)
		}
	}
	if q.Before+q.After != "" {
		q.Rest = slices.DeleteFunc(q.Rest, func(w index.Word) bool { return releases[w.Stem] })
	}
	if q.is(small) && q.is(complete) { // the difference between the two is asked for, not a list of either
		q.Kind = ""
		q.release(used, func(at *attribute) bool { return at.key == "kind" })
	}
	q.Alike, q.Newest = q.has(alike), q.has(youngest)
	q.Polar = len(q.Words) > 0 && polar[q.Words[0].Key]
	v.names(q, a.Names)
	q.except()
	q.card()
	q.kinship(used)
	q.platform()
	if len(q.Names) == 0 {
		// No page states the one, but one may speak of it; the other is that of a page.
		q.release(used, func(at *attribute) bool { return at.key == "" || at.key == "home" })
	}
	return q
}

// describes reports whether the word at i belongs to what is asked about behind it.
func describes(used []*attribute, i int) bool {
	for _, at := range used[i+1 : min(i+3, len(used))] {
		if at != nil && at.list {
			return true
		}
	}
	return false
}

// does notes what the word at i does.
func (v *vocabulary) does(q *Question, i int) {
	w := &q.Words[i]
	q.Field = q.Field || w.Class == index.Web
	q.Computing = q.Computing || w.Class == index.Web || w.Class == index.Computing
	q.Praises += btoi(v.roles[w.Stem]&praising != 0)
	if w.Key != "all" || i == 0 || q.Words[i-1].Key != "at" { // "at all" lists nothing
		q.Roles |= v.roles[w.Stem]
	}
}

// restricts reads a condition from the word at i and reports whether it was one.
func (q *Question) restricts(r role, i int) bool {
	w := &q.Words[i]
	switch {
	case w.Language != "" && denied(q.Words, i):
		q.NotLanguages = append(q.NotLanguages, w.Language)
	case w.Language != "":
		for _, l := range languagesOf(w) {
			if !slices.Contains(q.Languages, l) {
				q.Languages = append(q.Languages, l)
			}
		}
	case r&small != 0 && w.Name == nil:
		q.Kind = index.Micro
	case r&complete != 0:
		q.Kind = index.FullStack
	case licences[w.Key] != "":
		q.Licence = licences[w.Key]
	case i == 0:
		return false
	case w.Stem == "shop" && q.Words[i-1].Language != "": // "we are a PHP shop"
	case isYear(w) && earliest[q.Words[i-1].Key]:
		q.Before = w.Key
	case isYear(w) && latest[q.Words[i-1].Key]:
		q.After = w.Key
	default:
		return false
	}
	return true
}

func isYear(w *index.Word) bool {
	return w.Number && len(w.Key) == 4 && (w.Key[:2] == "19" || w.Key[:2] == "20")
}

// release takes attributes back that are not asked about after all: their words
// remain to be explained.
func (q *Question) release(used []*attribute, which func(*attribute) bool) {
	if !slices.ContainsFunc(q.Attributes, which) {
		return
	}
	q.Attributes = slices.DeleteFunc(q.Attributes, which)
	for i, at := range used {
		if at != nil && which(at) && q.Words[i].Informative() {
			q.Rest = append(q.Rest, q.Words[i])
		}
	}
}

// denied reports whether the word at i is excluded: "not php", "other than php".
func denied(words []index.Word, i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if denying[words[j].Key] || words[j].Key == "than" && slices.ContainsFunc(words[:j], func(w index.Word) bool { return w.Key == "other" }) {
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
		i := q.position(n)
		if i < 0 || !denied(q.Words, i) {
			return false
		}
		q.Except = append(q.Except, n.Page)
		return true
	})
}

// position is where the name begins, -1 if it is not there.
func (q *Question) position(n index.Name) int {
	return slices.IndexFunc(q.Words, func(w index.Word) bool { return w.Name != nil && w.Name.Page == n.Page })
}

// positions are all the places where the page is named.
func (q *Question) positions(n index.Name) []int {
	var at []int
	for i := range q.Words {
		if w := &q.Words[i]; w.Name != nil && w.Name.Page == n.Page {
			at = append(at, i)
		}
	}
	return at
}

// card notes that the page as a whole is asked for: "what is django and who uses it".
func (q *Question) card() {
	for i := 1; i < len(q.Words)-1; i++ {
		if q.Words[i].Name != nil && q.Words[i+1].Key == "and" && defining[q.Words[i-1].Key] {
			q.Card = true
		}
	}
}
