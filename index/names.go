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
	at      int  // how many names were added before it
	weak    bool // an ordinary word: "express", "rails", "cake"
	homonym bool // means something else in some phrase: "django unchained"
	runes   int
}

// names finds pages by what people call them.
type names struct {
	byKey     map[string]*name // all: what a text as a whole may be
	byWord    map[string]*name // those that stand for their page in a sentence, too
	byStem    map[string]*name // the same by their stems
	spoken    lengths          // the same
	all       lengths
	native    map[string]*name // of byWord, those in scripts without spaces
	unrelated map[string]*Page // phrases in which a name means something else, as joined keys
	longest   int              // words in the longest name
}

// lengths are names by their length in characters, to find those that differ little from a text.
type lengths [MaxWordRunes + 1]struct {
	names   []*name
	letters []uint64 // which letters and digits occur in each, to compare quickly
}

func (l *lengths) add(nm *name) {
	if nm.runes <= MaxWordRunes { // no text that is compared is longer
		of := &l[nm.runes]
		of.names, of.letters = append(of.names, nm), append(of.letters, letterSet(nm.key))
	}
}

// alike calls try with the names that may be up to that many edits away from
// key: of nearly its length, and of nearly its letters.
func (l *lengths) alike(key string, edits int, try func(*name)) {
	runes, letters := utf8.RuneCountInString(key), letterSet(key)
	for n := max(0, runes-edits); n <= min(runes+edits, MaxWordRunes); n++ {
		of := &l[n]
		for i, set := range of.letters {
			if bits.OnesCount64(set^letters) <= 2*edits {
				try(of.names[i])
			}
		}
	}
}

func newNames(pages []*Page) *names {
	n := &names{
		byKey: make(map[string]*name, 3*len(pages)), byWord: map[string]*name{}, byStem: map[string]*name{},
		native: map[string]*name{}, unrelated: map[string]*Page{}, longest: 1,
	}
	for _, p := range pages {
		n.add(p, p.Title, ByName)
		n.add(p, p.ID, ByName)
	}
	for _, p := range pages {
		n.addShort(p)
		for _, alias := range p.Aliases {
			n.add(p, alias, ByAlias)
		}
		n.exclude(p)
	}
	return n
}

// addShort files what a document's title has in brackets at its end, and what
// stands before: "Mutual Transport Layer Security (mTLS)".
func (n *names) addShort(p *Page) {
	if p.Kind != Document || !strings.HasSuffix(p.Title, ")") {
		return
	}
	if long, short, ok := strings.Cut(strings.TrimSuffix(p.Title, ")"), " ("); ok && !strings.ContainsAny(short, " ()") {
		n.add(p, long, ByAlias)
		n.add(p, short, ByAlias)
	}
}

// exclude files the phrases in which a name of p means something else.
func (n *names) exclude(p *Page) {
	if len(p.Unrelated) == 0 {
		return
	}
	var own []*name
	for _, text := range slices.Concat([]string{p.Title, p.ID}, p.Aliases) {
		if nm, ok := n.byKey[Key(text)]; ok && nm.page == p {
			own = append(own, nm)
		}
	}
	for _, phrase := range p.Unrelated {
		key := Key(phrase)
		n.unrelated[key] = p
		for _, nm := range own {
			nm.homonym = nm.homonym || strings.Contains(key, nm.key)
		}
	}
}

// add files one name; the first page to claim a key keeps it ([Lint] reports the other).
func (n *names) add(p *Page, text string, why Why) {
	key := Key(text)
	if _, taken := n.byKey[key]; taken || key == "" {
		return
	}
	nm := &name{key: key, page: p, why: why, at: len(n.byKey), runes: utf8.RuneCountInString(key)}
	n.byKey[key] = nm
	n.all.add(nm)
	if p.Kind == Document {
		return // documents are called anything: in a sentence their names are words like others
	}
	root := stem(key)
	class := lex().classOf(key, root)
	nm.weak = class == Ordinary || class == Common || class.neutral()
	n.byWord[key], n.byStem[root] = nm, nm
	n.spoken.add(nm)
	if first, _ := utf8.DecodeRuneInString(key); isUnspaced(first) {
		n.native[key] = nm
	}
	n.longest = max(n.longest, len(strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) && r != '#' && r != '+' })))
}

// near returns the name that key is a slip of the keyboard away from: the
// nearest, if it is the only page that near. Short names forgive one edit,
// longer ones two; swapped neighbours count as one.
func (n *names) near(key string) *name {
	runes := utf8.RuneCountInString(key)
	if runes < minTypo || runes > MaxWordRunes {
		return nil
	}
	var best *name
	at, tie := maxTypo+1, false
	n.spoken.alike(key, maxTypo, func(nm *name) {
		limit := min(nm.forgives(key, runes), at)
		if limit == 0 || abs(nm.runes-runes) > limit {
			return
		}
		switch d := distance(key, nm.key, limit); {
		case d > limit:
		case d < at, best.why != ByName && nm.why == ByName: // what a page is called goes before what it is called as well
			best, at, tie = nm, d, false
		case best.why == ByName && nm.why != ByName:
		case best.page != nm.page:
			tie = true
		case nm.at < best.at:
			best = nm
		}
	})
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
	if runes := utf8.RuneCountInString(key); runes < minTypo || runes > MaxWordRunes {
		return nil
	}
	var found []*name
	n.all.alike(key, maxTypo, func(nm *name) {
		limit := 1 + btoi(nm.runes >= 6)
		if nm.runes >= minTypo && distance(key, nm.key, limit) <= limit {
			found = append(found, nm)
		}
	})
	slices.SortFunc(found, func(a, b *name) int { return a.at - b.at })
	var pages []*Page
	for _, nm := range found {
		if !slices.Contains(pages, nm.page) {
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
