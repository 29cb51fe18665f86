package bot_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/index"
)

// TestFolders: one folder is asked alone.
func TestFolders(t *testing.T) {
	var pages []*index.Page
	for id, text := range map[string]string{
		"runbooks/db": "Restart the zorblax.", "runbooks/web/cache": "Empty the quimfet.", "notes/db": "The zorblax is old.", "top": "About the vantrop.",
	} {
		pages = append(pages, index.PlainPage(id, "Page "+id, text))
	}
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	a := bot.NewAnswerer(x)
	for question, want := range map[string]string{
		"runbooks: zorblax":               "page runbooks/db",
		"in:notes what about the zorblax": "page notes/db",
		"zorblax in:runbooks":             "page runbooks/db",
		"web: quimfet":                    "page runbooks/web/cache", // by its last part
		"Runbooks/web: quimfet":           "page runbooks/web/cache",
		"notes: quimfet":                  "none",
		"elsewhere: the vantrop vantrop":  "none", // no such folder: words like others
		"vantrop":                         "page top",
		"runbooks: vantrop":               "none",
		"zorblax in:nowhere":              "none",
	} {
		got := ask(t, a, question)
		if diff := cmp.Diff(want, strings.TrimSpace(string(got.Kind)+" "+strings.Join(got.Pages, " "))); diff != "" {
			t.Errorf("%q: %s", question, diff)
		}
	}
	if got := ask(t, a, "zorblax in:nowhere"); !strings.HasSuffix(got.Text, "no folder *nowhere*. There are: notes and runbooks.") {
		t.Errorf("an unknown folder: %q", got.Text)
	}
	for _, question := range []string{"runbooks/", "in:runbooks"} {
		if got := ask(t, a, question); got.Title != "Pages in runbooks" || len(got.Pages) != 2 {
			t.Errorf("%q: %q %v", question, got.Title, got.Pages)
		}
	}
}
