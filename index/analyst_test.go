package index

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAnalyst: what it remembers changes nothing: the terms of a page, and how
// often each is there, are those of Bleve's analyzer of ours, page after page.
func TestAnalyst(t *testing.T) {
	words := strings.Fields("express express.js Express's cross-site request forgery CSRF command line interface command-line c# .net node.js " +
		"databases naïve don't 23.82 % re-use a_b templates Django漢字 テスト 한국어 object relational mapping mapper orm object-relational")
	r := rand.New(rand.NewPCG(9, 9))
	for range 300 {
		var text [3]string
		for i := range text {
			for range r.IntN(12) {
				text[i] += words[r.IntN(len(words))] + []string{" ", "\n", ", ", "-"}[r.IntN(4)]
			}
		}
		p := &Page{Title: text[0], Kind: Guide, text: &Body{Summary: text[1], Sections: []Section{{Part: "P", Heading: text[0], Body: text[2]}}}}
		d := digest{page: p}
		d.Analyze()
		want, length := map[string]int{}, 0
		for _, part := range []string{text[0], text[0], text[1] + "\n", text[0], text[0], "P\n" + text[2]} {
			for _, token := range (analyzer{}).Analyze([]byte(part)) {
				want[string(token.Term)]++
				length++
			}
		}
		got := map[string]int{}
		for term, count := range d.counts {
			got[term] = count.Frequency()
		}
		if diff := cmp.Diff(want, got); diff != "" || length != d.length {
			t.Fatalf("%q: %d terms, want %d (-want +got):\n%s", text, d.length, length, diff)
		}
		for _, e := range d.entries {
			for _, h := range append(append([]uint32(nil), e.head...), e.terms...) {
				found := false
				for term := range want {
					found = found || hash(term) == h
				}
				if !found {
					t.Fatalf("%q: an entry has a term that the page has not", text)
				}
			}
		}
	}
}
