package index_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"frameworkbot/index"
)

// TestLint lints the pages of each archive of testdata/lint as of 22 November 2026.
func TestLint(t *testing.T) {
	today := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	golden(t, "lint", func(t *testing.T, a *txtar.Archive) string {
		var files []string
		for _, f := range a.Files {
			if strings.HasSuffix(f.Name, ".md") {
				files = append(files, f.Name+"\n"+string(f.Data))
			}
		}
		return lines(index.Lint(parseAll(t, files...), today))
	})
}

// TestLintNames has names that collide although they look different.
func TestLintNames(t *testing.T) {
	for _, tt := range []struct{ first, second string }{
		{"Express.js", "expressjs"},
		{"cake-php", "CAKE PHP"},
		{"Café", "Cafe\u0301"},
		{"Café", "cafe"},
		{"Ｆｌａｓｋ", "flask"},
		{"Straße", "STRASSE"},
		{"dj\u200bango", "Django"},
		{"C#", "c sharp"},
		{".NET", "dot net"},
		{"ジャンゴ", "ｼﾞｬﾝｺﾞ"},
	} {
		pages := []*index.Page{{ID: "first", File: "first.md", Title: tt.first}, {ID: "second", File: "second.md", Title: "Two", Aliases: []string{tt.second}}}
		got := index.Lint(pages, time.Time{}).Error()
		if want := fmt.Sprintf("second.md: the name %q is taken by first.md (%q): remove it from one of them", tt.second, tt.first); !strings.Contains(got, want) {
			t.Errorf("%q and %q do not collide:\n%s", tt.first, tt.second, got)
		}
	}
	for _, tt := range []struct{ first, second string }{{"C", "C#"}, {"C#", "C++"}, {"net", ".net"}, {"rails", "rail"}, {"ё", "o"}} {
		pages := []*index.Page{{ID: "first", File: "first.md", Title: tt.first}, {ID: "second", File: "second.md", Title: tt.second}}
		if got := index.Lint(pages, time.Time{}).Error(); strings.Contains(got, "is taken by") {
			t.Errorf("%q and %q collide:\n%s", tt.first, tt.second, got)
		}
	}
}

// TestLintReview has the days about which one may be off by one.
func TestLintReview(t *testing.T) {
	reviewed := time.Date(2025, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		days int
		want string
	}{
		{-1, "a.md: reviewed on 2025-11-22, which is in the future"},
		{0, ""},
		{365, ""},
		{366, "a.md: review overdue: last reviewed 2025-11-22"},
	} {
		page := "---\ntitle: A\nkind: guide\nowner: me\nsources: [{id: s, title: S, date: 2025}]\nquestions: [q]\n---\nA is a page.\n"
		p, problems := index.ParsePage("a.md", []byte(page))
		if err := problems.Err(); err != nil {
			t.Fatal(err)
		}
		p.Reviewed = reviewed
		got := index.Lint([]*index.Page{p}, reviewed.AddDate(0, 0, tt.days))
		if diff := cmp.Diff(tt.want, got.Error()); diff != "" {
			t.Errorf("%d days later: %s", tt.days, diff)
		}
	}
}
