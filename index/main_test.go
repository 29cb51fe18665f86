package index_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"go.uber.org/goleak"

	"frameworkbot/index"
)

// update writes what the code does now into testdata; read the diff before it is committed.
var update = flag.Bool("update", false, "write the wanted results under testdata")

// TestMain fails if an index leaves a goroutine behind. Bleve's analysis
// goroutines start when it is linked: they are there before any test.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(closing{m}, goleak.IgnoreCurrent())
}

// closing closes the shared index once all tests have run.
type closing struct{ m *testing.M }

func (c closing) Run() int {
	code := c.m.Run()
	if shared != nil {
		if err := shared.Close(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return code
}

var (
	shared     *index.Index
	openShared = sync.OnceValues(func() (*index.Index, error) {
		pages, err := index.ReadPages(os.DirFS("../seeds"))
		if err != nil {
			return nil, err
		}
		shared, err = index.New(pages)
		return shared, err
	})
)

// builtIn is an index of the built-in pages, the same one for all tests.
func builtIn(tb testing.TB) *index.Index {
	tb.Helper()
	x, err := openShared()
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

// small is an index of its own over pages that are written out in a test, each
// as its file: the name of the file, a line break, and its text.
func small(tb testing.TB, files ...string) *index.Index {
	tb.Helper()
	x, err := index.New(parseAll(tb, files...))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := x.Close(); err != nil {
			tb.Error(err)
		}
	})
	return x
}

func parseAll(tb testing.TB, files ...string) []*index.Page {
	tb.Helper()
	var pages []*index.Page
	for _, f := range files {
		name, text, _ := strings.Cut(f, "\n")
		p, problems := index.ParsePage(name, []byte(text))
		if err := problems.Err(); err != nil {
			tb.Fatal(err)
		}
		pages = append(pages, p)
	}
	return pages
}

// golden runs f on each archive testdata/dir/*.txtar; f returns what the file
// named want must hold.
func golden(t *testing.T, dir string, f func(t *testing.T, a *txtar.Archive) string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives in testdata/%s: %v", dir, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := f(t, a)
			if *update {
				setFile(a, "want", got)
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(fileNamed(a, "want")), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func fileNamed(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func setFile(a *txtar.Archive, name, data string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(data)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(data)})
}

// lines are the problems, one a line.
func lines(problems index.Problems) string {
	if len(problems) == 0 {
		return "no problems\n"
	}
	return problems.Error() + "\n"
}
