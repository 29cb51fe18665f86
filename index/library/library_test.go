package library

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"frameworkbot/index"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

// shelf is a library over a folder that a test writes to.
type shelf struct {
	*Library
	t   *testing.T
	dir string
	log strings.Builder
}

const zanto = "---\ntitle: Zanto\nkind: micro\nlanguage: Go\n---\nZanto is a framework.\n"

// newShelf opens a library over the page zanto and what files hold.
func newShelf(t *testing.T, files map[string]string) *shelf {
	t.Helper()
	s := &shelf{t: t, dir: t.TempDir()}
	for name, text := range files {
		s.write(name, text)
	}
	l, err := Open(t.Context(), Config{
		Builtin: fstest.MapFS{"zanto.md": {Data: []byte(zanto)}}, Dirs: []string{s.dir},
	}, slog.New(slog.NewTextHandler(&s.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	l.settled = 0
	s.Library = l
	t.Cleanup(func() {
		if err := l.Current().Index.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *shelf) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) remove(name string) {
	s.t.Helper()
	if err := os.RemoveAll(filepath.Join(s.dir, name)); err != nil {
		s.t.Fatal(err)
	}
}

// renew looks at the folder and reports whether there is a new generation.
func (s *shelf) renew() bool {
	s.t.Helper()
	last, next := s.Renew(s.t.Context())
	if next != nil {
		if err := last.Index.Close(); err != nil {
			s.t.Fatal(err)
		}
	}
	return next != nil
}

// has compares the pages, as id or id:summary, and the problems, without the folder's path.
func (s *shelf) has(pages, problems string) {
	s.t.Helper()
	g := s.Current()
	var got []string
	for _, p := range g.Index.Pages() {
		got = append(got, p.ID)
	}
	if diff := cmp.Diff(pages, strings.Join(got, " ")); diff != "" {
		s.t.Errorf("pages (-want +got):\n%s", diff)
	}
	text := strings.ReplaceAll(g.Problems.Error(), s.dir+string(filepath.Separator), "")
	if diff := cmp.Diff(problems, strings.ReplaceAll(text, s.dir, "DIR")); diff != "" {
		s.t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func (s *shelf) summary(id string) string {
	p, ok := s.Current().Index.Page(id)
	if !ok {
		return "no such page"
	}
	return p.Body().Summary
}

// TestFolder: what is read of a folder, and what its pages are called.
func TestFolder(t *testing.T) {
	s := newShelf(t, map[string]string{
		"Deploy Notes.md":       "# Deploying\n\nPush the button.\n\n## Rollback\n\nPush it again.\n",
		"runbooks/_index.md":    "+++\ntitle = \"Runbooks\"\n+++\nWhat to do when.\n",
		"runbooks/db.mdx":       "import X from 'x'\n\nRestart it.\n",
		"draft.md":              "---\ndraft: true\n---\nNot yet.\n",
		".git/HEAD.md":          "no",
		"node_modules/a/b.md":   "no",
		"picture.png":           "no",
		"team.md":               "---\nextends: zanto\nowner: team\n---\nWe use it for jobs.\n",
		"broken.md":             "---\nkind: mikro\nsources: []\n---\nX\n",
		"nobody.md":             "---\nextends: none\n---\nX\n",
		"deploy-notes/index.md": "Twice.\n",
	})
	s.has("deploy-notes runbooks runbooks/db zanto", strings.Join([]string{
		`broken.md:1: no title`,
		`broken.md:2: kind: "mikro" is not one of micro, full-stack, guide, document`,
		`deploy-notes/index.md: has the ID "deploy-notes" of Deploy Notes.md: rename one of them`,
		`nobody.md: extends: there is no page "none"`,
	}, "\n"))
	for text, want := range map[string]string{"deploying": "deploy-notes", "Runbooks": "runbooks", "db": "runbooks/db", "zanto": "zanto"} {
		if p, _, ok := s.Current().Index.Lookup(text); !ok || p.ID != want {
			t.Errorf("%q is not the page %s", text, want)
		}
	}
	p, _ := s.Current().Index.Page("zanto")
	sections := p.Body().Sections
	if len(sections) != 1 || sections[0].Part != index.Here || sections[0].Body != "We use it for jobs. (team)" {
		t.Errorf("what the team adds: %+v", sections)
	}
	if got := s.summary("runbooks/db"); got != "Restart it." {
		t.Errorf("the summary is %q", got)
	}
}

// TestChanges: pages that are written, spoilt, mended and removed.
func TestChanges(t *testing.T) {
	s := newShelf(t, map[string]string{"a.md": "One.\n", "b.md": "---\ntitle: B\nkind: guide\n---\nFirst.\n"})
	for _, step := range []struct {
		name, text string
		changed    bool
		pages      string
		problems   string
	}{
		{"", "", false, "a b zanto", ""},
		{"c.md", "Three!\n", true, "a b c zanto", ""},
		{"b.md", "---\ntitle: B\nkind: gide\n---\nSecond.\n", true, "a b c zanto", `b.md:3: kind: "gide" is not one of micro, full-stack, guide, document`},
		{"b.md", "---\ntitle: B\nkind: guide\n---\nThe third.\n", true, "a b c zanto", ""},
		{"zanto.md", "Our own.\n", true, "a b c zanto", shadowed},
		{"a.md", "", true, "b c zanto", shadowed},
	} {
		switch {
		case step.text != "":
			s.write(step.name, step.text)
		case step.name != "":
			s.remove(step.name)
		}
		if got := s.renew(); got != step.changed {
			t.Errorf("%s: a new generation: %v", step.name, got)
		}
		s.has(step.pages, step.problems)
	}
	if got := s.summary("b") + " " + s.summary("zanto"); got != "The third. Our own." {
		t.Errorf("the summaries are %q", got)
	}
	if n := strings.Count(s.log.String(), "gide"); n != 1 {
		t.Errorf("the problem was logged %d times:\n%s", n, s.log.String())
	}
}

const shadowed = `zanto.md: takes the place of the built-in page "Zanto": rename the file, or begin it with "extends: zanto" to add to that page`

// TestLastGoodStays: a page that is spoilt answers as it did before; so does a
// folder that vanishes or is empty all of a sudden.
func TestLastGoodStays(t *testing.T) {
	s := newShelf(t, map[string]string{"b.md": "---\ntitle: B\nkind: guide\n---\nGood.\n"})
	s.write("b.md", "---\ntitle: B\nkind: guide\nkind: guide\n---\nBad.\n")
	s.renew()
	if got := s.summary("b"); got != "Good." {
		t.Errorf("the page says %q", got)
	}
	s.remove("b.md")
	s.renew()
	const spoilt = "\nb.md:4: YAML: mapping key \"kind\" already defined at line 3"
	s.has("b zanto", "DIR: the folder is empty all of a sudden: its pages stay until it has some, or until the program starts anew"+spoilt)
	s.remove("")
	s.renew()
	s.has("b zanto", "DIR: the folder cannot be opened: no such file or directory"+spoilt)
	s.write("c.md", "Back.\n")
	s.renew()
	s.has("c zanto", "")
}

// TestLastGoodDocument: the same holds for a page of another tool whose front
// matter is spoilt. One that never was better is read as far as that goes.
func TestLastGoodDocument(t *testing.T) {
	s := newShelf(t, map[string]string{"a.md": "---\ntitle: Melkor\n---\nGood.\n", "b.md": "---\ntitle: [\n---\nFirst.\n"})
	s.write("a.md", "---\ntitle: [\n---\nBad.\n")
	s.write("b.md", "---\ntitle: [\n---\nSecond.\n")
	s.renew()
	for id, want := range map[string]string{"a": "Good.", "b": "Second."} {
		if got := s.summary(id); got != want {
			t.Errorf("%s says %q, want %q", id, got, want)
		}
	}
	s.write("a.md", "---\ntitle: Melkor\n---\nBetter.\n")
	s.renew()
	if got := s.summary("a"); got != "Better." {
		t.Errorf("a says %q once it is mended", got)
	}
}

// TestConfigMap: a mounted ConfigMap is a folder of links over a link that is exchanged.
func TestConfigMap(t *testing.T) {
	s := newShelf(t, map[string]string{"..2024_1/a.md": "Before.\n", "..2024_2/a.md": "Behind!\n", "x.md": "X.\n"})
	data := filepath.Join(s.dir, "..data")
	link := func(old, name string) {
		t.Helper()
		if err := os.Symlink(old, name); err != nil {
			t.Fatal(err)
		}
	}
	link("..2024_1", data)
	link(filepath.Join("..data", "a.md"), filepath.Join(s.dir, "a.md"))
	s.renew()
	if got := s.summary("a"); got != "Before." {
		t.Errorf("the page says %q", got)
	}
	link("..2024_2", data+"_tmp")
	if err := os.Rename(data+"_tmp", data); err != nil {
		t.Fatal(err)
	}
	later := s.Current().Built.AddDate(1, 0, 0) // the two files were written within one tick of the clock
	if err := os.Chtimes(filepath.Join(s.dir, "..2024_2", "a.md"), later, later); err != nil {
		t.Fatal(err)
	}
	if !s.renew() || s.summary("a") != "Behind!" {
		t.Errorf("the page says %q", s.summary("a"))
	}
	s.has("a x zanto", "")
}

// TestLinksOut: nothing outside of the folder is read.
func TestLinksOut(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, []byte("Secret.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newShelf(t, map[string]string{"a.md": "A.\n"})
	for name, to := range map[string]string{"absolute.md": outside, "loop": ".", "self.md": "self.md", "gone.md": "nowhere.md"} {
		if err := os.Symlink(to, filepath.Join(s.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	s.renew()
	s.has("a zanto", strings.Join([]string{
		"absolute.md: cannot be read: path escapes from parent",
		"gone.md: cannot be read: no such file or directory",
		"self.md: cannot be read: too many levels of symbolic links",
	}, "\n"))
}

func TestOpenNothing(t *testing.T) {
	for name, dir := range map[string]string{"missing": filepath.Join(t.TempDir(), "none"), "empty": t.TempDir()} {
		if _, err := Open(t.Context(), Config{Dirs: []string{dir}}, slog.New(slog.DiscardHandler)); !errors.Is(err, ErrNothing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, Config{Builtin: fstest.MapFS{"zanto.md": {Data: []byte(zanto)}}}, slog.New(slog.DiscardHandler)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestManyChanges: the next generation of many pages is the same whether it was
// made anew or from the last one.
func TestManyChanges(t *testing.T) {
	files := map[string]string{}
	for i := range 300 {
		files[fmt.Sprintf("p%03d.md", i)] = fmt.Sprintf("# Qw%dzz\n\nAbout the zorblax%d.\n", i, i)
	}
	s := newShelf(t, files)
	s.write("p007.md", "# Qw7zz\n\nAbout the frimble.\n")
	s.remove("p008.md")
	if !s.renew() {
		t.Fatal("nothing changed")
	}
	r, err := s.Current().Index.Search(t.Context(), index.Query{Text: "frimble"})
	if err != nil || len(r.Hits) != 1 || r.Hits[0].Page.ID != "p007" {
		t.Errorf("what was written is found as %+v, %v", r, err)
	}
	for title, want := range map[string]bool{"Qw7zz": true, "Qw8zz": false, "Qw9zz": true} {
		if _, _, ok := s.Current().Index.Lookup(title); ok != want {
			t.Errorf("%s is there: %v", title, ok)
		}
	}
}
