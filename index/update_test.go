package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

// invented makes pages of few words, so that most changes matter to others:
// words come and go, are slips of one another, and names among them.
type invented struct{ *rand.Rand }

var syllables = []string{"tor", "mel", "kan", "div", "sor", "plat", "rim", "ber", "gol", "fen"}

func (r invented) word() string {
	w := syllables[r.IntN(len(syllables))] + syllables[r.IntN(len(syllables))]
	switch r.IntN(12) {
	case 0:
		w += syllables[r.IntN(len(syllables))]
	case 1:
		w = w[:len(w)-1] // a slip
	case 2:
		return []string{"csrf", "template", "routing", "express delivery", "databases", "async"}[r.IntN(6)]
	}
	return w
}

func (r invented) words(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = r.word()
	}
	return strings.Join(words, " ")
}

func (r invented) page(tb testing.TB, id string) *index.Page {
	tb.Helper()
	kind := []string{"document", "document", "guide"}[r.IntN(3)]
	text := fmt.Sprintf("%s.md\n---\ntitle: %s %s\naliases: [%s]\nunrelated: [%s]\nkind: %s\nquestions: [\"%s\"]\n---\n%s.\n\n## %s\n\n%s.\n\n- **%s.** %s.\n- **%s.** %s.\n",
		id, r.word(), id, r.word(), r.words(2), kind, r.words(4), r.words(12), r.words(2), r.words(20), r.words(1), r.words(8), r.words(2), r.words(9))
	return parseAll(tb, text)[0]
}

// TestUpdateLikeNew changes pages at random, again and again, and asks the
// updated index and a new one over the same pages the same questions.
func TestUpdateLikeNew(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { updateAtRandom(t, invented{rand.New(rand.NewPCG(seed, 1))}) })
	}
}

func updateAtRandom(t *testing.T, r invented) {
	pages := map[string]*index.Page{}
	for i := range 30 {
		id := fmt.Sprintf("p%02d", i)
		pages[id] = r.page(t, id)
	}
	x := newIndex(t, inOrder(pages))
	for range 12 {
		var changed []*index.Page
		var gone []string
		for range 1 + r.IntN(6) {
			id := fmt.Sprintf("p%02d", r.IntN(36))
			if r.IntN(3) == 0 {
				gone = append(gone, id)
				continue
			}
			changed = append(changed, r.page(t, id))
		}
		for _, id := range gone {
			delete(pages, id)
		}
		for _, p := range changed {
			pages[p.ID] = p
		}
		y, err := x.Update(changed, gone)
		if err != nil {
			t.Fatal(err)
		}
		closeIndex(t, x)
		x = y
		compareWithNew(t, r, x, inOrder(pages))
	}
	closeIndex(t, x)
}

func inOrder(pages map[string]*index.Page) []*index.Page {
	var all []*index.Page
	for _, p := range pages {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *index.Page) int { return strings.Compare(a.ID, b.ID) })
	return all
}

func compareWithNew(t *testing.T, r invented, x *index.Index, pages []*index.Page) {
	t.Helper()
	fresh := newIndex(t, pages)
	defer closeIndex(t, fresh)
	if diff := cmp.Diff(pageIDs(fresh.Pages()), pageIDs(x.Pages())); diff != "" {
		t.Fatalf("pages (-new +updated):\n%s", diff)
	}
	for range 40 {
		text := r.words(1 + r.IntN(5))
		if diff := cmp.Diff(everything(t.Context(), fresh, text), everything(t.Context(), x, text)); diff != "" {
			t.Fatalf("%q (-new +updated):\n%s", text, diff)
		}
	}
}

// everything is all that an index says about a text, scores among it.
func everything(ctx context.Context, x *index.Index, text string) []string {
	a := x.Analyze(text)
	page, why, _ := x.Lookup(text)
	all := []string{fmt.Sprint(page != nil && page.Title != "", why, pageIDs(x.Similar(text)))}
	for i := range a.Words {
		w := &a.Words[i]
		all = append(all, fmt.Sprint(w.Text, w.Stem, w.Class, w.Known, w.Meant, w.Void))
		for _, p := range x.Pages() {
			if x.Mentions(p, w) {
				all = append(all, w.Text+" in "+p.ID)
			}
		}
	}
	for _, n := range a.Names {
		all = append(all, fmt.Sprint(n.Page.ID, n.Typed, n.Why, n.Weak, n.Only))
	}
	for _, loose := range []bool{true, false} {
		found, err := x.Search(ctx, index.Query{Words: a.Words, Loose: loose, Limit: 10})
		if err != nil {
			return []string{err.Error()}
		}
		all = append(all, fmt.Sprint(found.Terms, found.Missing))
		for _, h := range found.Hits {
			all = append(all, fmt.Sprint(h.Page.ID, h.Why, h.Score, h.Coverage, h.Best, h.Head, h.Listed))
			if h.Section != nil {
				all = append(all, h.Section.Part+h.Section.Heading+h.Section.Body)
			}
			if h.Fact != nil {
				all = append(all, h.Fact.Key+h.Fact.Value)
			}
		}
	}
	return all
}

func newIndex(tb testing.TB, pages []*index.Page) *index.Index {
	tb.Helper()
	x, err := index.New(pages)
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func closeIndex(tb testing.TB, x *index.Index) {
	tb.Helper()
	if err := x.Close(); err != nil {
		tb.Error(err)
	}
}

// TestUpdateLeavesTheOld: an index answers as before, also once those made of
// it are closed, and a closed one says so.
func TestUpdateLeavesTheOld(t *testing.T) {
	x := small(t, "a.md\n---\ntitle: Aleph\nkind: document\n---\nThe zorblax.\n", "b.md\n---\ntitle: Beth\nkind: document\n---\nThe quonk.\n")
	y, err := x.Update(parseAll(t, "a.md\n---\ntitle: Aleph\nkind: document\n---\nThe quonk.\n"), []string{"b", "nowhere"})
	if err != nil {
		t.Fatal(err)
	}
	if got := first(mustSearch(t, y, "zorblax")); got != "nothing" {
		t.Errorf("what is no more in the page was found: %s", got)
	}
	if got := mustSearch(t, y, "quonk"); len(got.Hits) != 1 || got.Hits[0].Page.ID != "a" {
		t.Errorf("quonk: %+v", got)
	}
	closeIndex(t, y)
	if _, err := y.Search(t.Context(), index.Query{Text: "quonk"}); !errors.Is(err, index.ErrClosed) {
		t.Errorf("a closed index: %v", err)
	}
	if _, err := y.Update(nil, nil); !errors.Is(err, index.ErrClosed) {
		t.Errorf("a closed index: %v", err)
	}
	for text, want := range map[string]string{"zorblax": "a", "quonk": "b"} {
		if got := mustSearch(t, x, text); len(got.Hits) != 1 || got.Hits[0].Page.ID != want {
			t.Errorf("%s in the old index: %+v", text, got)
		}
	}
}

func mustSearch(t *testing.T, x *index.Index, text string) *index.Result {
	t.Helper()
	r, err := x.Search(t.Context(), index.Query{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestStale: after 200 pages, or a tenth of all, a full build is due.
func TestStale(t *testing.T) {
	var pages []*index.Page
	for i := range 300 {
		pages = append(pages, index.PlainPage(fmt.Sprint("p", i), "Page", "text"))
	}
	x := newIndex(t, pages)
	defer closeIndex(t, x)
	for _, changed := range []int{200, 201} {
		y, err := x.Update(nil, pageIDs(pages[:changed]))
		if err != nil {
			t.Fatal(err)
		}
		if want := changed > 200; y.Stale() != want {
			t.Errorf("after %d changes: stale is %v", changed, y.Stale())
		}
		closeIndex(t, y)
	}
}

// TestCloseWhileSearching: searches under way end, later ones are refused.
func TestCloseWhileSearching(t *testing.T) {
	x := newIndex(t, parseAll(t, "a.md\n---\ntitle: Aleph\nkind: document\n---\nThe zorblax.\n"))
	var wg sync.WaitGroup
	started := make(chan struct{}, 8)
	for range 8 {
		wg.Go(func() {
			for i := 0; ; i++ {
				r, err := x.Search(context.Background(), index.Query{Text: "zorblax"})
				if i == 0 {
					started <- struct{}{}
				}
				if errors.Is(err, index.ErrClosed) {
					return
				}
				if err != nil || len(r.Hits) != 1 {
					t.Errorf("%+v %v", r, err)
					return
				}
			}
		})
	}
	for range 8 {
		<-started
	}
	closeIndex(t, x)
	closeIndex(t, x)
	wg.Wait()
}
