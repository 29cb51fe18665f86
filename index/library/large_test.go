package library

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"frameworkbot/index"
)

// kept opens a library over the shelf's folder whose index is on disk.
func (s *shelf) kept(cache string, soon bool) {
	s.t.Helper()
	if s.Library != nil {
		if err := s.Current().Index.Close(); err != nil {
			s.t.Fatal(err)
		}
	}
	s.log.Reset()
	l, err := Open(s.t.Context(), Config{
		Builtin: fstest.MapFS{"zanto.md": {Data: []byte(zanto)}}, Dirs: []string{s.dir}, Cache: cache, Soon: soon, large: 4,
	}, slog.New(slog.NewTextHandler(&s.log, nil)))
	if err != nil {
		s.t.Fatal(err)
	}
	l.settled, s.Library = 0, l
}

// newKept is a folder of four pages, one of which cannot be read and one of which extends another.
func newKept(t *testing.T) *shelf {
	s := &shelf{t: t, dir: t.TempDir()}
	for name, text := range map[string]string{
		"a.md": "# Alpha\n\nAbout vantrop.\n", "b.md": "# Beta\n\nAbout quimfet.\n",
		"bad.md": "---\nkind: mikro\ntitle: Bad\nfacts: {}\n---\nBad.\n", "more.md": "---\nextends: a\nowner: team\n---\nOurs.\n",
	} {
		s.write(name, text)
	}
	t.Cleanup(func() {
		if err := s.Current().Index.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

const badPage = `bad.md:2: kind: "mikro" is not one of micro, full-stack, guide, document`

func (s *shelf) found(text string) string {
	s.t.Helper()
	r, err := s.Current().Index.Search(s.t.Context(), index.Query{Text: text})
	if err != nil {
		s.t.Fatal(err)
	}
	if len(r.Hits) == 0 {
		return ""
	}
	return r.Hits[0].Page.ID
}

func (s *shelf) holds(pages ...string) {
	s.t.Helper()
	if n := len(s.Current().Index.Pages()); n != len(pages) {
		s.t.Errorf("%d pages, want %d", n, len(pages))
	}
	for _, id := range pages {
		if _, ok := s.Current().Index.Page(id); !ok {
			s.t.Errorf("there is no page %s", id)
		}
	}
	if got := strings.ReplaceAll(s.Current().Problems.Error(), s.dir+string(filepath.Separator), ""); got != badPage {
		s.t.Errorf("problems: %s", got)
	}
	p, _ := s.Current().Index.Page("a")
	if sections := p.Body().Sections; len(sections) != 1 || sections[0].Body != "Ours. (team)" {
		s.t.Errorf("what the team adds: %+v", sections)
	}
}

// TestKept: an index on disk is made once, found again, and follows changes.
func TestKept(t *testing.T) {
	s, cache := newKept(t), t.TempDir()
	s.kept(cache, false)
	s.holds("a", "b", "zanto")
	before := entries(t, cache)
	s.kept(cache, false)
	s.holds("a", "b", "zanto")
	if got := entries(t, cache); got != before {
		t.Errorf("the index was made again: %s, before %s", got, before)
	}
	s.write("b.md", "# Beta\n\nAbout skelbim now.\n")
	if !s.renew() || s.found("skelbim") != "b" || s.found("quimfet") != "" {
		t.Errorf("skelbim is found in %q, quimfet in %q", s.found("skelbim"), s.found("quimfet"))
	}
	s.holds("a", "b", "zanto")
	s.kept(cache, false) // other files than those that the index was made of
	s.holds("a", "b", "zanto")
	if s.found("skelbim") != "b" || entries(t, cache) == before {
		t.Errorf("skelbim is found in %q, and the cache is %s", s.found("skelbim"), entries(t, cache))
	}
}

// TestKeptFollows: of what is in the cache, only what changed while the program
// did not run is read again, and what was wrong with a page is still told.
func TestKeptFollows(t *testing.T) {
	s, cache := newKept(t), t.TempDir()
	for i := range 30 {
		s.write(fmt.Sprintf("n%02d.md", i), fmt.Sprintf("# New %d\n\nOne more kelvor%d.\n", i, i))
	}
	s.write("odd.md", "---\ntitle: Odd\ndate: someday\n---\nThe date is odd.\n")
	s.kept(cache, false)
	problems, before := s.Current().Problems.Error(), entries(t, cache)

	s.write("n07.md", "# New 7\n\nAbout skelbim.\n")
	s.remove("n08.md")
	s.write("n31.md", "# New 31\n\nAbout brindel.\n")
	unseen := filepath.Join(s.dir, "n09.md") // changed, but for its size and time
	info, err := os.Stat(unseen)
	if err != nil {
		t.Fatal(err)
	}
	s.write("n09.md", "# New 9\n\nOne more selvor9.\n")
	if err := os.Chtimes(unseen, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	s.kept(cache, false)
	for id, want := range map[string]string{"n07": "About skelbim.", "n08": "no such page", "n09": "One more kelvor9.", "n10": "One more kelvor10.", "n31": "About brindel."} {
		if got := s.summary(id); got != want {
			t.Errorf("%s says %q, want %q", id, got, want)
		}
	}
	if s.found("skelbim") != "n07" || s.found("brindel") != "n31" {
		t.Errorf("skelbim is found in %q, brindel in %q", s.found("skelbim"), s.found("brindel"))
	}
	if got := s.Current().Problems.Error(); got != problems || !strings.Contains(got, "odd.md:3") {
		t.Errorf("problems:\n%s\nbefore:\n%s", got, problems)
	}
	if got := entries(t, cache); got != before {
		t.Errorf("the index was made again: %s, before %s", got, before)
	}
}

// TestKeptRebuilt: so many changes that the index is made anew, from the one before.
func TestKeptRebuilt(t *testing.T) {
	s, cache := newKept(t), t.TempDir()
	s.kept(cache, false)
	before := entries(t, cache)
	for i := range 30 {
		s.write(fmt.Sprintf("n%02d.md", i), "# New\n\nOne more.\n")
	}
	s.remove("b.md")
	if !s.renew() || entries(t, cache) == before {
		t.Error("the index was not made anew")
	}
	if s.found("vantrop") != "a" || s.found("quimfet") != "" || len(s.Current().Index.Pages()) != 32 {
		t.Errorf("%q %q, %d pages", s.found("vantrop"), s.found("quimfet"), len(s.Current().Index.Pages()))
	}
}

// TestSoon: the built-in pages answer until the others are read.
func TestSoon(t *testing.T) {
	s, cache := newKept(t), t.TempDir()
	s.kept(cache, true)
	s.has("zanto", "")
	if !s.renew() {
		t.Fatal("the others were never read")
	}
	s.holds("a", "b", "zanto")
	s.kept(cache, true) // all at once: they are in the cache
	s.holds("a", "b", "zanto")
}

// TestCacheBroken: without a folder that can be written, all is in memory.
func TestCacheBroken(t *testing.T) {
	s := newKept(t)
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.kept(filepath.Join(blocked, "cache"), false)
	s.holds("a", "b", "zanto")
	if !strings.Contains(s.log.String(), "the cache cannot be used: all is kept in memory") {
		t.Errorf("the log: %s", s.log.String())
	}
	s.write("b.md", "# Beta\n\nAbout skelbim now.\n")
	if !s.renew() || s.found("skelbim") != "b" {
		t.Errorf("skelbim is found in %q", s.found("skelbim"))
	}
}

// TestCacheDamaged: bytes that changed on disk make no difference.
func TestCacheDamaged(t *testing.T) {
	s, cache := newKept(t), t.TempDir()
	s.kept(cache, false)
	err := filepath.WalkDir(cache, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil || len(data) == 0 {
			return err
		}
		data[len(data)/2] ^= 0xff
		_ = os.Chmod(name, 0o600)
		return os.WriteFile(name, data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	s.kept(cache, false)
	s.holds("a", "b", "zanto")
	if s.found("quimfet") != "b" {
		t.Errorf("quimfet is found in %q", s.found("quimfet"))
	}
}

// entries are the names of what is in a folder.
func entries(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
