package index_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"frameworkbot/index"
)

// TestConcurrently asks one index from many goroutines; each must get what it got alone.
func TestConcurrently(t *testing.T) {
	x := builtIn(t)
	texts := []string{"csrf protection", "lavarel vs djagno", "salted hashed passwords", "flask of water", "wsgi jinja", "23.82 %", "Djangoとは何ですか"}
	var want []string
	for _, text := range texts {
		want = append(want, ask(t.Context(), x, text))
	}
	var wg sync.WaitGroup
	for g := range 16 {
		wg.Go(func() {
			for i := range texts {
				k := (g + i) % len(texts)
				if got := ask(t.Context(), x, texts[k]); got != want[k] {
					t.Errorf("%q: alone %s, among others %s", texts[k], want[k], got)
				}
			}
		})
	}
	wg.Wait()
}

// ask does with a text all that a caller may do, and says what came back.
func ask(ctx context.Context, x *index.Index, text string) string {
	a := x.Analyze(text)
	r, err := x.Search(ctx, index.Query{Words: a.Words})
	if err != nil {
		return err.Error()
	}
	_, why, _ := x.Lookup(text)
	var words []string
	for _, w := range a.Words {
		words = append(words, w.Stem+w.Meant+w.Language)
	}
	return fmt.Sprint(first(r), len(a.Names), words, why, pageIDs(x.Similar(text)))
}
