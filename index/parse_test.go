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

// TestParsePage parses the page in each archive of testdata/parse. "want" is the
// page's structure, or all its problems.
func TestParsePage(t *testing.T) {
	golden(t, "parse", func(_ *testing.T, a *txtar.Archive) string {
		p, problems := index.ParsePage("page.md", fileNamed(a, "page.md"))
		if len(problems) > 0 {
			problems.Sort()
			return lines(problems)
		}
		return dump(p)
	})
}

// dump shows all that was parsed, one thing a line.
func dump(p *index.Page) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("%s %q kind=%s language=%q aliases=%q unrelated=%q", p.ID, p.Title, p.Kind, p.Language(), p.Aliases, p.Unrelated)
	if !p.Reviewed.IsZero() {
		say("reviewed %s by %q", p.Reviewed.Format(time.DateOnly), p.Owner)
	}
	for _, f := range p.Facts {
		say("fact %s %q: %q%s date=%q from %s", f.Key, f.Label, f.Value, has(f.Has), f.Date, ids(f.Source))
	}
	for _, l := range p.Links {
		say("link %s %q %s", l.Key, l.Label, l.URL)
	}
	for _, s := range p.Sources {
		say("source %s %q shown as %q %q", s.ID, s.Title, s.String(), s.Link)
	}
	for _, q := range p.Body().Questions {
		say("question on line %d: %s", q.Line, q.Text)
	}
	say("summary from %s: %q", ids(p.Body().Rests...), p.Body().Summary)
	for _, s := range p.Body().Sections {
		say("section on line %d %q %q from %s: %q", s.Line, s.Part, s.Heading, ids(s.Rests...), s.Body)
	}
	return b.String()
}

func has(yes *bool) string {
	if yes == nil {
		return ""
	}
	return fmt.Sprintf(" has=%v", *yes)
}

func ids(sources ...*index.Source) string {
	list := []string{}
	for _, s := range sources {
		if s != nil {
			list = append(list, s.ID)
		}
	}
	return fmt.Sprint(list)
}

// TestParsePageBytes has the files that a text archive cannot hold.
func TestParsePageBytes(t *testing.T) {
	const front, body = "---\ntitle: A\nkind: guide\n---\n", "Summary.\n\n## Part\n\nText.\n"
	plain, problems := index.ParsePage("a.md", []byte(front+body))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, data, want string }{
		{"byte order mark", "\ufeff" + front + body, ""},
		{"windows line ends", strings.ReplaceAll(front+body, "\n", "\r\n"), ""},
		{"both", "\ufeff" + strings.ReplaceAll(front+body, "\n", "\r\n"), ""},
		{"bad UTF-8", front + "Summary.\n\nCaf\xe9.\n", "a.md:7: not valid UTF-8: save the file as UTF-8"},
		{"bad UTF-8 in the front matter", "---\ntitle: \xff\n", "a.md:2: not valid UTF-8: save the file as UTF-8"},
		{"UTF-16", "\xff\xfe-\x00-\x00-\x00\n\x00", "a.md:1: not valid UTF-8: save the file as UTF-8"},
		{"empty", "", "a.md:1: no front matter: the first line must be ---"},
		{"a text", "Summary.\n", "a.md:1: no front matter: the first line must be ---"},
		{"not closed", "---\ntitle: A\n", "a.md:1: the front matter is not closed: a line of --- must follow it"},
		{"no body", "---\ntitle: A\nkind: guide\n---\n", "a.md:5: no summary: two or three sentences must stand before the first heading"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := index.ParsePage("a.md", []byte(tt.data))
			if tt.want != "" {
				if diff := cmp.Diff(tt.want, problems.Error()); diff != "" {
					t.Error(diff)
				}
				return
			}
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(plain, got, cmp.AllowUnexported(index.Page{})); diff != "" {
				t.Errorf("not read as the plain file (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPageAccessors(t *testing.T) {
	p := parseAll(t, "x.md\n---\ntitle: X\nkind: micro\nlanguage: Go\nlinks: {docs: https://x.example}\n---\nS.\n\n## Good for\n\nA.\n\n## Watch out\n\nB.\n")[0]
	got := []any{p.Language(), p.Fact("orm") == nil, p.Link("docs"), p.Link("home"), len(p.Part("good FOR")), len(p.Part("Features"))}
	if diff := cmp.Diff([]any{"Go", true, "https://x.example", "", 1, 0}, got); diff != "" {
		t.Error(diff)
	}
}
