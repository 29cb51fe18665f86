package bot

import (
	"strings"

	"frameworkbot/index"
)

// vocabulary is what the words of questions mean to the parser. It does not
// change once it was made.
type vocabulary struct {
	index *index.Index
	cues  map[string][]*cue // of attributes, by one of their stems
	roles map[string]role   // by stem
}

// A role is what a word does in a question, apart from its meaning.
type role uint8

// The roles of words.
const (
	comparing    role = 1 << iota // "versus", "difference"
	recommending                  // "recommend", "choose"
	praising                      // "best", "should I": recommends if frameworks are meant
	enumerating                   // "all", "list", "which do you have"
	small                         // a condition: a micro framework
	complete                      // a condition: a full-stack framework
)

// roleWords are words and what they do. They are stemmed and reduced as questions are.
var roleWords = map[role]string{
	comparing:    "vs versus v compare comparison compared comparing difference differences differ different between better or against",
	recommending: "recommend recommendation recommended suggest suggestion advice advise choose chose choosing choice pick picking select decide",
	praising:     "best should prefer top favourite right suitable good beginner start ideal",
	enumerating:  "all list every any available options overview there exist have offer cover support know got include show choices",
	small:        "micro microframework microframeworks lightweight minimal minimalist minimalistic",
	complete:     "fullstack full-stack batteries",
}

func newVocabulary(x *index.Index) *vocabulary {
	v := &vocabulary{index: x, cues: newCues(x), roles: map[string]role{}}
	for r, words := range roleWords {
		for _, stem := range stems(x, words) {
			v.roles[stem] |= r
		}
	}
	return v
}

// licences are those that people name, by the key that a word has.
var licences = map[string]string{"mit": "MIT", "bsd": "BSD", "apache": "Apache", "gpl": "GPL", "agpl": "AGPL", "lgpl": "LGPL", "mpl": "MPL"}

// A set is some words, by key.
type set map[string]bool

func setOf(words string) set {
	s := set{}
	for word := range strings.FieldsSeq(words) {
		s[word] = true
	}
	return s
}

// Function words that decide what the words beside them mean.
var (
	polar     = setOf("does do is are has have can could will")                                                                         // begin a question that wants yes or no
	denying   = setOf("not non no except besides without excluding isnt")                                                               // exclude what follows
	lacking   = setOf("without no not lacks lacking")                                                                                   // deny an attribute
	framing   = setOf("about explain know learn learning is are whats using use used recommend try choose pick like love called named") // stand before the subject of a question
	alike     = setOf("alternative alternatives similar")                                                                               // want others than the one that is named
	counting  = setOf("a an my your his her our their the this that which every each any some i you we they he she")                    // what follows is a thing, or a verb
	reading   = setOf("docs documentation tutorial tutorials course manual")                                                            // are about the name before them
	pointing  = setOf("this that the")                                                                                                  // stand between such a word and the subject
	defining  = setOf("is whats what about explain")                                                                                    // ask for the whole page
	articles  = setOf("a an my your his her our their")                                                                                 // stand before a thing
	owning    = setOf("my your his her our their its oneself myself yourself himself herself itself ourselves themselves")              // stand after a verb: "express myself"
	linking   = setOf("by in from of and at")                                                                                           // join a name to something that is no framework: "songs by sinatra"
	listing   = setOf("and or vs versus v compare comparison between")
	earliest  = setOf("before until")
	latest    = setOf("after since")
	releases  = setOf("releas publish launch appear born") // stems that a year may stand behind
	plurals   = setOf("frameworks ones list libraries pages")
	each      = setOf("every each any")
	youngest  = setOf("newest youngest newer younger")
	choosing  = setOf("best good top should ideal right suitable")
	besides   = setOf("in for with using on and or the please what about something anything which one ones use uses used written based made is are") // may stand beside a language that is asked for
	languagey = setOf("languag lang program programm code develop softwar comput write sourc")                                                       // stems that go with a language as well as with a framework
)

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
