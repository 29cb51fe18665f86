package bot_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

// mixed is an Answerer over the built-in pages and a team's documents, as
// "id: title: text".
func mixed(t *testing.T, documents ...string) *bot.Answerer {
	t.Helper()
	pages, err := index.ReadPages(seeds.Pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		id, rest, _ := strings.Cut(d, ": ")
		title, text, _ := strings.Cut(rest, ": ")
		p, problems := index.NewDocument(index.Text{ID: id, File: id + ".md", Title: title, Body: text, Line: 1})
		if err := problems.Err(); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return bot.NewAnswerer(x)
}

// TestDocuments: what a team writes is found in its own, everyday words; what
// nobody wrote about is not found because of them.
func TestDocuments(t *testing.T) {
	a := mixed(t,
		"rollbacks: Rollbacks: We roll back on Mondays.",
		"releases: Releases: We release on Fridays, whatever the weather.",
		"laravel-jobs: Laravel jobs: Jobs of Laravel run on the machine in the cellar.",
		"kitchen: Kitchen: The coffee machine is on floor 3.\n\n## Milk\n\nThe milkman brings milk on Tuesdays.",
	)
	for question, want := range map[string]string{
		"when do we roll back":           "page rollbacks",
		"where is the coffee machine":    "page kitchen",
		"coffee":                         "page kitchen",
		"what is the weather like today": "none",
		"how do laravel jobs work here":  "page laravel-jobs",
		"laravel":                        "page laravel",
		"does laravel have an orm":       "fact laravel",
		"does laravel run in the cellar": "page laravel-jobs",
		"rollbacks and releases":         "list rollbacks releases",
		"releases, kitchen or rollbacks": "list releases kitchen rollbacks",
		"rollbacks and sandwiches":       "page rollbacks",
		"laravel vs rails":               "comparison laravel rails",
		"how do i bake bread":            "none",
	} {
		got := ask(t, a, question)
		if diff := cmp.Diff(want, strings.TrimSpace(string(got.Kind)+" "+strings.Join(got.Pages, " "))); diff != "" {
			t.Errorf("%q: %s", question, diff)
		}
	}
	if got := ask(t, a, "how do laravel jobs work here"); got.Asks[len(got.Asks)-1].Label != "All about Laravel" {
		t.Errorf("the page itself is not offered: %+v", got.Asks)
	}
}

// TestPieces: a button gives a piece of a long section again, and no other.
func TestPieces(t *testing.T) {
	filler := strings.Repeat("Nothing of interest stands in this long line of a document. ", 12)
	text := "## Machines\n\n" + filler + "\n\nThe zorblax is in the cellar.\n\n" + filler + filler + "\n\nThe quimfet is in the attic.\n\n" + filler + "\n\n### Keys\n\nThe vantrop has the keys.\n"
	a := mixed(t, "house: House: "+text)
	refs := map[bot.Ref]bool{}
	for question, says := range map[string]string{"zorblax": "cellar", "quimfet": "attic", "vantrop keys": "has the keys"} {
		first := ask(t, a, question)
		if !strings.Contains(first.Text, says) || first.Ref == "" || refs[first.Ref] {
			t.Errorf("%q: %s %q", question, first.Ref, first.Text)
		}
		refs[first.Ref] = true
		if again := recall(t, a, first.Ref); again.Text != first.Text || again.Ref != first.Ref {
			t.Errorf("%s gives %q again, not %q", first.Ref, again.Text, first.Text)
		}
	}
}
