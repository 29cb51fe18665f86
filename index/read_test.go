package index_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

const goodPage = "---\ntitle: Good\nkind: guide\n---\nSummary.\n"

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestReadPages(t *testing.T) {
	fsys := fstest.MapFS{
		"b.md":         file(goodPage),
		"a-2.md":       file(goodPage),
		"bad.md":       file("---\ntitel: x\nkind: guide\nlicence: {value: a, sorce: b}\n---\nSummary.\n"),
		"broken.md":    file("no front matter"),
		"README.md":    file(goodPage),
		"has space.md": file(goodPage),
		".md":          file(goodPage),
		"folder.md/x":  file(goodPage),
		"link.md":      {Data: []byte("b.md"), Mode: fs.ModeSymlink},
		"notes.txt":    file("not a page"),
		"sub/c.md":     file("not at the top"),
		"large.md":     file(goodPage + strings.Repeat("a", 2<<20)),
	}
	pages, err := index.ReadPages(fsys)
	want := strings.Join([]string{
		`.md: "" is not a page's id: use lower-case letters, digits and dashes`,
		`README.md: "README" is not a page's id: use lower-case letters, digits and dashes`,
		`bad.md:2: unknown key "titel": did you mean "title"?`,
		`bad.md:4: unknown key "sorce" in licence: did you mean "source"?`,
		`broken.md:1: no front matter: the first line must be ---`,
		`folder.md: not a regular file`,
		`has space.md: "has space" is not a page's id: use lower-case letters, digits and dashes`,
		`large.md: the file has 1048577 bytes: the limit is 1048576`,
	}, "\n")
	if diff := cmp.Diff(want, errString(err)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	if _, ok := errors.AsType[index.Problems](err); !ok {
		t.Errorf("the error is a %T, not Problems", err)
	}
	if diff := cmp.Diff([]string{"a-2", "b", "link"}, pageIDs(pages)); diff != "" {
		t.Errorf("good pages (-want +got):\n%s", diff)
	}
}

func TestReadPagesEmpty(t *testing.T) {
	for name, fsys := range map[string]fs.FS{
		"no files": fstest.MapFS{}, "no pages": fstest.MapFS{"notes.txt": file("x")}, "no such folder": os.DirFS(t.TempDir() + "/none"),
	} {
		t.Run(name, func(t *testing.T) {
			pages, err := index.ReadPages(fsys)
			if diff := cmp.Diff(".: no pages here: a page is a file <id>.md with front matter", errString(err)); diff != "" || pages != nil {
				t.Error(pages, diff)
			}
		})
	}
}

// pipes is a folder whose files that are not regular must not be opened:
// opening a pipe waits until somebody writes to it.
type pipes struct {
	fstest.MapFS
	t *testing.T
}

func (p pipes) Open(name string) (fs.File, error) {
	if f := p.MapFS[name]; f != nil && f.Mode&fs.ModeType != 0 {
		p.t.Errorf("%s was opened: with a real pipe this waits for ever", name)
	}
	return p.MapFS.Open(name)
}

func TestReadPagesPipe(t *testing.T) {
	_, err := index.ReadPages(pipes{fstest.MapFS{"pipe.md": {Mode: fs.ModeNamedPipe}, "dev.md": {Mode: fs.ModeDevice}}, t})
	if diff := cmp.Diff("dev.md: not a regular file\npipe.md: not a regular file", errString(err)); diff != "" {
		t.Error(diff)
	}
}

// failing is a folder whose files cannot be read.
type failing struct{ fstest.MapFS }

func (failing) Open(string) (fs.File, error)         { return nil, fs.ErrPermission }
func (f failing) Stat(n string) (fs.FileInfo, error) { return f.MapFS.Stat(n) }

func TestReadPagesUnreadable(t *testing.T) {
	_, err := index.ReadPages(failing{fstest.MapFS{"a.md": file(goodPage), "b.md": file(goodPage)}})
	if diff := cmp.Diff("a.md: permission denied\nb.md: permission denied", errString(err)); diff != "" {
		t.Error(diff)
	}
}

func errString(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func pageIDs(pages []*index.Page) []string {
	list := []string{}
	for _, p := range pages {
		list = append(list, p.ID)
	}
	return list
}
