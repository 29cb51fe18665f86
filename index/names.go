package index

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Why says how a page was found.
type Why string

// The ways in which a page is found, surest first.
const (
	ByName     Why = "exact name"
	ByAlias    Why = "alias"
	BySpelling Why = "corrected spelling"
	ByQuestion Why = "listed question"
	ByHeading  Why = "heading"
	ByFact     Why = "fact"
	ByText     Why = "text"
)

// A name is one spelling under which a page is known.
type name struct {
	key     string
	page    *Page
	why     Why
	weak    bool   // an ordinary word: "express", "rails", "cake"
	homonym bool   // means something else in some phrase: "django unchained"
	letters uint64 // which letters and digits occur, to compare quickly
	runes   int
}

// names finds pages by what people call them.
type names struct {
	byKey     map[string]*name // all: what a text as a whole may be
	byWord    map[string]*name // those that stand for their page in a sentence, too
	byStem    map[string]*name // the same by their stems
	spoken    []*name          // the same
	all       []*name
	native    []*name          // in scripts without spaces
	unrelated map[string]*Page // phrases in which a name means something else, as joined keys
	longest   int              // words in the longest name
}

func newNames(pages []*Page) *names {
	n := &names{byKey: map[string]*name{}, byWord: map[string]*name{}, byStem: map[string]*name{}, unrelated: map[string]*Page{}, longest: 1}
	for _, p := range pages {
		n.add(p, p.Title, ByName)
		n.add(p, p.ID, ByName)
	}
	for _, p := range pages {
		for _, alias := range p.Aliases {
			n.add(p, alias, ByAlias)
		}
		for _, phrase := range p.Unrelated {
			n.exclude(p, Key(phrase))
		}
	}
	return n
}

// exclude files a phrase in which a name of p means something else.
func (n *names) exclude(p *Page, key string) {
	n.unrelated[key] = p
	for _, nm := range n.all {
		nm.homonym = nm.homonym || nm.page == p && strings.Contains(key, nm.key)
	}
}

// add files one name; the first page to claim a key keeps it ([Lint] reports the other).
func (n *names) add(p *Page, text string, why Why) {
	key := Key(text)
	if _, taken := n.byKey[key]; taken || key == "" {
		return
	}
	nm := &name{key: key, page: p, why: why, letters: letterSet(key), runes: utf8.RuneCountInString(key)}
	class := lex().classOf(key, stem(key))
	nm.weak = class == Ordinary || class == Common || class.neutral()
	n.byKey[key] = nm
	n.all = append(n.all, nm)
	if p.Kind == Document {
		return // documents are called anything: in a sentence their names are words like others
	}
	n.byWord[key], n.byStem[stem(key)] = nm, nm
	n.spoken = append(n.spoken, nm)
	if first, _ := utf8.DecodeRuneInString(key); isUnspaced(first) {
		n.native = append(n.native, nm)
	}
	n.longest = max(n.longest, len(strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) && r != '#' && r != '+' })))
}

// near returns the name that key is a slip of the keyboard away from: the
// nearest, if it is the only page that near. Short names forgive one edit,
// longer ones two; swapped neighbours count as one.
func (n *names) near(key string) *name {
	runes, letters := utf8.RuneCountInString(key), letterSet(key)
	if runes < minTypo || runes > MaxWordRunes {
		return nil
	}
	var best *name
	at, tie := maxTypo+1, false
	for _, nm := range n.spoken {
		limit := min(nm.forgives(key, runes), at)
		if limit == 0 || abs(nm.runes-runes) > limit || bits.OnesCount64(nm.letters^letters) > 2*limit {
			continue
		}
		switch d := distance(key, nm.key, limit); {
		case d < at && d <= limit:
			best, at, tie = nm, d, false
		case d == at && best != nil && best.page != nm.page:
			tie = true
		}
	}
	if tie {
		return nil
	}
	return best
}

const (
	minTypo = 4 // letters that a misspelt name must have
	maxTypo = 2 // edits that the longest names forgive
)

// forgives is how many edits of the name are still taken for it.
func (nm *name) forgives(key string, runes int) int {
	sameStart := key[0] == nm.key[0]
	switch {
	case nm.runes >= 8,
		nm.runes >= 7 && sameStart && runes >= 5,
		nm.runes >= 6 && sameLetters(key, nm.key):
		return 2
	case nm.runes >= 5, nm.runes == 4 && sameStart:
		return 1
	}
	return 0
}

// similar returns the pages whose names are near enough to key to ask "did you mean".
func (n *names) similar(key string) []*Page {
	runes, letters := utf8.RuneCountInString(key), letterSet(key)
	if runes < minTypo || runes > MaxWordRunes {
		return nil
	}
	var pages []*Page
	for _, nm := range n.all {
		if nm.runes < minTypo || bits.OnesCount64(nm.letters^letters) > 2*maxTypo {
			continue
		}
		limit := 1 + btoi(nm.runes >= 6)
		if distance(key, nm.key, limit) <= limit && !slices.Contains(pages, nm.page) {
			pages = append(pages, nm.page)
		}
	}
	return pages
}

// letterSet marks which letters and digits occur in key.
func letterSet(key string) (set uint64) {
	for _, r := range key {
		set |= 1 << (uint(r) % 64)
	}
	return set
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
