package bot

import "frameworkbot/index"

// What stands beside a name that is an ordinary word, where the word is meant.
// In a question that speaks of the field, none of them says anything.
var (
	actors    = setOf("i we you they he she us someone somebody anyone anybody everyone everybody people kids children let lets")                         // do what the word says: "can you play …"
	amounts   = setOf("a an my your his her our their some any much more enough less which two whose")                                                    // of a thing: "some gin", "how fast is a rocket"
	willing   = setOf("want wants wanted wanna like love how where when going need needs have has try trying able time used or learn")                    // before "to" and what somebody wants to do
	acted     = setOf("it them again down up away myself yourself ourselves")                                                                             // what is done, or how: "play it again"
	acting    = setOf("this that it them some me my your his her our")                                                                                    // the same behind an order: "play that song"
	dated     = setOf("tonight yesterday oclock")                                                                                                         // no framework's time
	measures  = setOf("big tall hot heavy high far long strong wide deep thick cold loud sweet cheap expensive much many")                                // what things are measured by
	doctored  = setOf("good bad healthy unhealthy safe")                                                                                                  // "is fiber good for you"
	apart     = setOf("faster slower older younger bigger smaller taller cost costs price weigh weighs run runs fly flies swim jump live lives eat eats") // make no compound with the name: "can a gorilla run"
	making    = setOf("write writes wrote writing create creates created build builds built building")                                                    // speak of the field, but also of a play and a pyramid
	standing  = setOf("was were is are has fell")                                                                                                         // behind "the gin"
	persons   = setOf("he she")                                                                                                                           // "she is slim"
	places    = setOf("on in at")                                                                                                                         // behind "is the rocket": where it is
	undecided = setOf("not what another other others something else nothing anything both which why neither is should would whatever")                    // no thing, behind "gin or"
)

// ordinary reports whether the word at i, which is a name as well, stands as
// the word of everyday life does: as a verb, or as a thing that is counted,
// measured or drunk, in a question in which nothing speaks of frameworks.
func (q *Question) ordinary(i int) bool {
	end := i
	for end < len(q.Words) && q.Words[end].Name != nil && q.Words[end].Name.Page == q.Words[i].Name.Page {
		end++
	}
	return q.isVerb(i, end) || q.isCounted(i, end) || q.isMeasured(i, end) || q.isEither(i, end)
}

// technicalWords reports whether something in the question speaks of frameworks
// without doubt. What is asked about does not if people ask it of anything:
// "how old is", "who wrote".
func (q *Question) technicalWords() bool {
	if len(q.Languages) > 0 {
		return true
	}
	for i := range q.Words {
		w := &q.Words[i]
		if w.Name != nil {
			if !w.Name.Weak {
				return true
			}
			continue
		}
		if !w.Void && !q.makesThing(i) && (w.Class == index.Web || w.Class == index.Computing || w.Class == index.Product) {
			return true
		}
	}
	for _, at := range q.Attributes {
		if !askedOfAnything[at.label] {
			return true
		}
	}
	return false
}

// askedOfAnything are the labels of attributes that things have that are no software.
var askedOfAnything = map[string]bool{"Licence": true, "First release": true, "Used by": true, "Testing": true, "Usage": true, "Creator": true, "Speed": true, "Kind": true, "Source code": true, "Home page": true}

// makesThing reports whether the word at i says that somebody made the thing
// behind it: "wrote the play", but not "wrote the play framework".
func (q *Question) makesThing(i int) bool {
	if next := q.key(i + 1); !making[q.key(i)] || next != "a" && next != "the" || i+2 >= len(q.Words) {
		return false
	}
	return q.Words[i+2].Name != nil && !q.isCompound(i+3)
}

// key is what the word at i is, "" outside of the question.
func (q *Question) key(i int) string {
	if i < 0 || i >= len(q.Words) {
		return ""
	}
	return q.Words[i].Key
}

// isVerb reports whether the word from i to end says what somebody does or is.
func (q *Question) isVerb(i, end int) bool {
	before, behind := q.key(i-1), q.key(end)
	switch {
	case actors[before]:
		return true
	case before == "to" && (i == 1 || willing[q.key(i-2)]):
		return true
	case before == "is" && persons[q.key(i-2)], acted[behind], behind == "of":
		return true
	}
	return (i == 0 || before == "please" || before == "just") && acting[behind]
}

// isCounted reports whether the word from i to end is something of which there
// is some, and not the beginning of a compound: "a gin tutorial".
func (q *Question) isCounted(i, end int) bool {
	before := q.key(i - 1)
	switch {
	case before == "like" && (q.key(i-2) == "would" || q.key(i-2) == "id"):
		return true
	case q.key(end) == "made" && (q.key(end+1) == "of" || q.key(end+1) == "from"):
		return true
	case before == "the" && i == 1:
		return standing[q.key(end)] && len(q.Attributes) == 0
	case pointing[before] && i > 1:
		return !q.isCompound(end) && (!framing[q.key(i-2)] || len(q.Attributes) > 0 || places[q.key(end)])
	}
	return amounts[before] && !q.isCompound(end)
}

// isCompound reports whether the word at end makes one thing with the name before it.
func (q *Question) isCompound(end int) bool {
	if end == len(q.Words) {
		return false
	}
	w := &q.Words[end]
	if w.Class == index.Web || w.Class == index.Computing || reading[w.Key] {
		return true
	}
	return !apart[w.Key] && w.Known && w.Informative() && w.Sentence == q.Words[end-1].Sentence
}

// isMeasured reports whether the size of the word from i to end is asked for,
// its place or time, what it does to the body, or what it did at some hour.
func (q *Question) isMeasured(i, end int) bool {
	if q.has(dated) {
		return true
	}
	if doctored[q.key(end)] && q.key(end+1) == "for" && (q.key(end+2) == "you" || q.key(end+2) == "your") {
		return true
	}
	verb := i - 1
	if pointing[q.key(verb)] {
		verb--
	}
	asks := q.key(verb) == "is" || q.key(verb) == "was" || q.key(verb) == "are"
	return asks && end == len(q.Words) && (q.key(verb-1) == "where" || q.key(verb-1) == "when" || measures[q.key(verb-1)] && q.key(verb-2) == "how")
}

// isEither reports whether the question is which of two is wanted, one of which
// is the word from i to end and the other is no framework: "bottle or can".
func (q *Question) isEither(i, end int) bool {
	if len(q.Words) != end+2 || i > 0 || q.key(end) != "or" {
		return false
	}
	other := &q.Words[end+1]
	return other.Name == nil && !undecided[other.Key]
}
