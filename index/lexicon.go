package index

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

// A Class says what kind of word a word is, apart from any page.
type Class uint8

// The classes of words. A word of a question weighs by its class: one that
// says nothing about which page is meant weighs nothing.
const (
	Unknown   Class = iota // in no list: a name, a typo, a word of another language
	Function               // "what", "the": stands in every text
	Neutral                // "explain", "please", "tutorial": says nothing
	Web                    // "framework", "website": the library's own field, but no page in particular
	Foreign                // a function word of another language
	Product                // another technology: "kubernetes"
	Computing              // a word of computing: "compiler"
	Ordinary               // an English word of everyday life, which is about something else: "water"
	Common                 // an English word that may be about anything: "replace"
)

// neutral reports whether such words say nothing.
func (c Class) neutral() bool { return c == Neutral || c == Function }

//go:embed words/*.txt
var wordFiles embed.FS

// lexicon is what is known about words before any page is read.
type lexicon struct {
	exact   map[string]Class  // by key
	stem    map[string]Class  // by stem, for the forms that no list has
	synonym map[string]string // stems of a word or phrase, joined by spaces, to the stem that stands for its class
	members []string          // single words of synonym, as they are written
	unspace []string          // function words of scripts without spaces
	longest int               // words in the longest phrase of synonym
	begins  map[string]int    // the same of those that begin with a stem
}

// lex reads the lists once; they are part of the program, so a mistake in them is a bug.
var lex = sync.OnceValue(newLexicon)

// Prepare reads the lists of words that all else waits for. Whoever has something
// to do meanwhile, such as reading files, calls it in a goroutine of its own.
func Prepare() { lex() }

func newLexicon() *lexicon {
	l := &lexicon{exact: make(map[string]Class, 12<<10), stem: make(map[string]Class, 12<<10), synonym: map[string]string{}}
	l.list("words/neutral.txt", func(group string) Class {
		if group == "function words" {
			return Function
		}
		return Neutral
	})
	l.list("words/web.txt", func(string) Class { return Web })
	l.list("words/foreign.txt", func(string) Class { return Foreign })
	l.list("words/computing.txt", func(group string) Class {
		if strings.HasPrefix(group, "products") {
			return Product
		}
		return Computing
	})
	l.list("words/english.txt", func(group string) Class {
		for _, anything := range []string{"near the names", "common", "adverbs", "general"} {
			if strings.HasPrefix(group, anything) {
				return Common
			}
		}
		if strings.HasPrefix(group, "numbers") {
			return Neutral
		}
		return Ordinary
	})
	l.synonyms("words/synonyms.txt")
	l.begins = make(map[string]int, len(l.synonym))
	for words := range l.synonym {
		first, _, _ := strings.Cut(words, " ")
		l.begins[first] = max(l.begins[first], strings.Count(words, " ")+1)
	}
	return l
}

// list adds the words of one file, whose class the comment line above them decides.
func (l *lexicon) list(file string, classOf func(group string) Class) {
	group := ""
	for _, line := range readLines(file) {
		if comment, ok := strings.CutPrefix(line, "#"); ok {
			group = strings.TrimSpace(comment)
			continue
		}
		for word := range strings.FieldsSeq(line) {
			l.add(word, group, classOf(group))
		}
	}
}

// add files a word under its key and its stem; the first list that claims one
// keeps it. Words that are listed for being near a name are compared as they
// are: "flak" is a word, "flaks" is Flask mistyped.
func (l *lexicon) add(word, group string, class Class) {
	key := Key(word)
	if class == Foreign && len(key) > 0 && isUnspaced([]rune(key)[0]) {
		l.unspace = append(l.unspace, key)
		return
	}
	s := stem(key)
	claimed, taken := l.stem[s]
	if class == Common && taken && (claimed.neutral() || claimed == Web) {
		return // "asked" is a form of "ask", which says nothing
	}
	if _, twice := l.exact[key]; !twice && key != "" {
		l.exact[key] = class
	}
	if !taken && s != "" && !strings.HasPrefix(group, "near the names") {
		l.stem[s] = class
	}
}

// classOf looks a word up as it is, then by its stem.
func (l *lexicon) classOf(key, stem string) Class {
	if c, ok := l.exact[key]; ok {
		return c
	}
	return l.stem[stem]
}

// synonyms reads lines of "canonical: word, two words".
func (l *lexicon) synonyms(file string) {
	for _, line := range readLines(file) {
		canonical, words, found := strings.Cut(line, ":")
		if strings.HasPrefix(line, "#") || !found {
			continue
		}
		to := phrase(canonical)
		for word := range strings.SplitSeq(words, ",") {
			from := phrase(word)
			if !strings.Contains(from, " ") {
				l.members = append(l.members, Key(word))
			}
			if from == to || from == "" {
				continue
			}
			if old, taken := l.synonym[from]; taken && old != to {
				panic(fmt.Sprintf("%s: %q stands for %q and %q", file, strings.TrimSpace(word), old, to))
			}
			l.synonym[from] = to
			l.longest = max(l.longest, strings.Count(from, " ")+1)
		}
		l.synonym[to] = to
		l.longest = max(l.longest, strings.Count(to, " ")+1)
	}
}

// phrase is the stems of a phrase's words, joined by spaces.
func phrase(s string) string {
	var stems []string
	for _, t := range tokenize(Fold(s)) {
		ps := parts(t.text)
		if ps == nil {
			ps = []string{t.text}
		}
		for _, part := range ps {
			if k := Key(part); k != "" {
				stems = append(stems, stem(k))
			} else if part == "%" {
				stems = append(stems, "%")
			}
		}
	}
	return strings.Join(stems, " ")
}

func readLines(file string) []string {
	data, err := wordFiles.ReadFile(file)
	if err != nil {
		panic(err) // cannot happen: the files are embedded
	}
	return strings.Split(string(data), "\n")
}
