package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// manyNames makes pages whose names are alike: of few letters, in several scripts.
func manyNames(r *rand.Rand) []*Page {
	letters := []rune("abcdé漢字かな한글")
	text := func() string {
		from, to := 0, 5
		if r.IntN(3) == 0 {
			from, to = 5, len(letters)
		}
		key := make([]rune, 2+r.IntN(8))
		for i := range key {
			key[i] = letters[from+r.IntN(to-from)]
		}
		return string(key)
	}
	pages := make([]*Page, 120)
	for i := range pages {
		pages[i] = &Page{ID: fmt.Sprint("id", i), Title: text(), Aliases: []string{text(), text()}, Kind: []Kind{Micro, Document}[r.IntN(2)]}
	}
	return pages
}

// byAge are names in the order in which they were added.
func byAge(l *lengths) (all []*name) {
	for _, of := range l {
		all = append(all, of.names...)
	}
	slices.SortFunc(all, func(a, b *name) int { return a.at - b.at })
	return all
}

// nearestOf is what near must find, by looking at all names.
func nearestOf(n *names, key string) *name {
	runes := utf8.RuneCountInString(key)
	if runes < minTypo {
		return nil
	}
	var best []*name
	at := maxTypo + 1
	for _, nm := range byAge(&n.spoken) {
		limit := nm.forgives(key, runes)
		d := distance(key, nm.key, limit)
		if limit == 0 || d > limit || d > at {
			continue
		}
		if d < at {
			best, at = nil, d
		}
		best = append(best, nm)
	}
	isTitle := func(nm *name) bool { return nm.why == ByName }
	if slices.ContainsFunc(best, isTitle) {
		best = slices.DeleteFunc(best, func(nm *name) bool { return !isTitle(nm) })
	}
	if len(best) == 0 || slices.ContainsFunc(best, func(nm *name) bool { return nm.page != best[0].page }) {
		return nil
	}
	return best[0]
}

func similarOf(n *names, key string) (pages []*Page) {
	if utf8.RuneCountInString(key) < minTypo {
		return nil
	}
	for _, nm := range byAge(&n.all) {
		if limit := 1 + btoi(nm.runes >= 6); nm.runes >= minTypo && distance(key, nm.key, limit) <= limit && !slices.Contains(pages, nm.page) {
			pages = append(pages, nm.page)
		}
	}
	return pages
}

func inRunOf(n *names, run string) *name {
	for _, nm := range byAge(&n.spoken) {
		first, _ := utf8.DecodeRuneInString(nm.key)
		if isUnspaced(first) && (strings.HasPrefix(run, nm.key) || !isHangul(first) && strings.Contains(run, nm.key)) {
			return nm
		}
	}
	return nil
}

// TestAlike: names are found by their length and letters as they would be by
// looking at all of them.
func TestAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	found := [3]int{}
	for range 20 {
		pages := manyNames(r)
		n := newNames(pages)
		for range 300 {
			key := []rune(Key(pages[r.IntN(len(pages))].Title + pages[r.IntN(len(pages))].Aliases[0][:r.IntN(2)]))
			if len(key) > 0 && r.IntN(2) == 0 {
				key[r.IntN(len(key))] = 'b'
			}
			text := strings.ToValidUTF8(string(key), "")
			if got, want := n.near(text), nearestOf(n, text); got != want {
				t.Fatalf("near(%q) = %+v, want %+v", text, got, want)
			} else if got != nil {
				found[0]++
			}
			similar := n.similar(text)
			if diff := cmp.Diff(pageIDs(similarOf(n, text)), pageIDs(similar)); diff != "" {
				t.Fatalf("similar(%q): %s", text, diff)
			}
			found[1] += len(similar)
			if got, _ := n.inRun(text); got != inRunOf(n, text) {
				t.Fatalf("inRun(%q) = %+v, want %+v", text, got, inRunOf(n, text))
			} else if got != nil {
				found[2]++
			}
		}
	}
	if found[0] < 100 || found[1] < 100 || found[2] < 100 {
		t.Errorf("too little was found to say anything: %v", found)
	}
}

func pageIDs(pages []*Page) (ids []string) {
	for _, p := range pages {
		ids = append(ids, p.ID)
	}
	return ids
}
