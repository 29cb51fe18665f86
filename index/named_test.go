package index_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

// TestNamed: which documents' whole names stand in a question, and that such a
// page goes before those that say the words more often.
func TestNamed(t *testing.T) {
	pages := []*index.Page{
		index.PlainPage("12", "Containers", "A container is a process with limits."),
		index.PlainPage("13", "Container orchestration", "Many a container, container after container, is run on many machines. A container."),
		index.PlainPage("14", "tar", "Pack and extract an archive."),
		index.PlainPage("15", "unpack", "Extract a tar archive. A tar archive, any tar archive: extract."),
		index.PlainPage("16", "The", "An article."),
	}
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	for question, want := range map[string]struct{ named, first string }{
		"what is a container":            {"12 100", "12"},
		"containers":                     {"12 100", "12"},
		"container orchestration":        {"13 100", "13"},
		"container and tar":              {"12 50, 14 50", "12"},
		"how do i extract a tar archive": {"14 37", "14"},
		"the process":                    {"", "12"},
		"12 machines":                    {"", "13"}, // an ID is no name
		"extract packs of archives from tar on all those machines": {"", "14"}, // one of many words
	} {
		words := x.Analyze(question).Words
		var named []string
		for _, n := range x.Named(words) {
			named = append(named, fmt.Sprintf("%s %.0f", n.Page.ID, 100*n.Share))
		}
		if diff := cmp.Diff(want.named, strings.Join(named, ", ")); diff != "" {
			t.Errorf("%q: named %s", question, diff)
		}
		r, err := x.Search(t.Context(), index.Query{Text: question, Loose: true})
		if err != nil || len(r.Hits) == 0 || r.Hits[0].Page.ID != want.first {
			t.Errorf("%q: %v %v, want %s first", question, r, err, want.first)
		}
	}
}
