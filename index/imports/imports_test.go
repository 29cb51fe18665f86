package imports

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

var today = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

// folderOf writes files, each last changed on a certain day, and returns their folder.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		day := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
		if err := os.Chtimes(at, day, day); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// zipped is an archive of these files.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		header := &zip.FileHeader{Name: name, Method: zip.Store, Modified: time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)}
		if len(files[name]) > 1000 { // a compressor for each of many files would take minutes
			header.Method = zip.Deflate
		}
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func archiveOf(t *testing.T, files map[string]string) string {
	t.Helper()
	return filepath.Join(folderOf(t, map[string]string{"Export-5f.zip": zipped(t, files)}), "Export-5f.zip")
}

// imported runs an import and returns what is in the folder after it.
func imported(t *testing.T, source, to string, o Options) (map[string]string, *Report) {
	t.Helper()
	o.Now = today
	r, err := Import(t.Context(), source, to, o)
	if err != nil {
		t.Fatal(err)
	}
	return filesIn(t, to), r
}

// filesIn are the pages in a folder, each of which must be one that can be read.
func filesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		data, err := os.ReadFile(at)
		name, _ := filepath.Rel(dir, at)
		files[filepath.ToSlash(name)] = string(data)
		if _, problems := index.ParsePage(d.Name(), data); len(problems) > 0 && strings.Contains(string(data), "kind: document") {
			t.Errorf("%s is no page: %v", name, problems)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

const (
	planID  = "0123456789abcdef0123456789abcdef"
	tasksID = "11111111111111111111111111111111"
	taskID  = "22222222222222222222222222222222"
)

// notion is an export of Notion, as its "Markdown & CSV" is made.
func notion(t *testing.T) string {
	part := zipped(t, map[string]string{
		"Release plan " + planID + ".md": "# Release plan\n\nOwner: the release team\nLast edited time: November 3, 2026 9:41 AM\nStatus: Done\n\nHow we release. See [the tasks](Release%20plan%20" + planID +
			"/Tasks%20" + tasksID + ".csv) and [Tag it](Release%20plan%20" + planID + "/Tasks%20" + tasksID + "/Tag%20it%20" + taskID + ".md) or [here](https://www.notion.so/Tag-it-" + taskID + ").\n\n![Plan](Release%20plan/plan.png)\n",
		"Release plan " + planID + "/Tasks " + tasksID + ".csv":                                                         "Name,Status\nTag it,Open\n",
		"Release plan " + planID + "/Tasks " + tasksID + "/Tag it " + taskID + ".md":                                    "# Tag it\n\nStatus: Open\n\n## Steps\n\nWrite the `v1` tag.\n",
		"Release plan " + planID + "/plan.png":                                                                          "png",
		"Release plan " + planID + "/Empty 33333333333333333333333333333333.md":                                         "# Empty\n",
		"__MACOSX/._Release plan " + planID + ".md":                                                                     "x",
		"Release plan " + planID + "/Tasks 44444444444444444444444444444444/Tag it 55555555555555555555555555555555.md": "# Tag it\n\nAnother one.\n",
	})
	return archiveOf(t, map[string]string{"Export-1-Part-1.zip": part})
}

func TestNotion(t *testing.T) {
	files, r := imported(t, notion(t), filepath.Join(t.TempDir(), "new"), Options{Link: "https://www.notion.so/team/", Owner: "somebody"})
	want := map[string]string{
		"release-plan.md": `---
title: "Release plan"
kind: document
sources:
  - {id: origin, title: "Notion: Release plan", label: "Notion", date: "2026-11-03", link: "https://www.notion.so/team/` + planID + `"}
owner: "the release team"
---
How we release. See the tasks and [Tag it](release-plan/tasks/tag-it.md) or [here](release-plan/tasks/tag-it.md). [^origin]

Plan

## Properties

- Owner: the release team
- Last edited time: November 3, 2026 9:41 AM
- Status: Done
`,
		"release-plan/tasks/tag-it.md": `---
title: "Tag it (Tasks)"
kind: document
sources:
  - {id: origin, title: "Notion: Release plan / Tasks / Tag it", label: "Notion", date: "2026-10-05", link: "https://www.notion.so/team/` + taskID + `"}
owner: "somebody"
---
Write the ` + "`v1`" + ` tag. [^origin]

## Steps

Write the ` + "`v1`" + ` tag.

## Properties

- Status: Open
`,
	}
	for name, text := range want {
		if diff := cmp.Diff(text, files[name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if len(files) != 3 || r.Other != 1 {
		t.Errorf("there are %d pages and %d other files, want 3 and 1: %v", len(files), r.Other, slices.Sorted(maps.Keys(files)))
	}
	skipped := fmt.Sprint(r.Skipped)
	for _, part := range []string{".csv a table", "Empty 33333333333333333333333333333333.md has no text"} {
		if !strings.Contains(skipped, part) {
			t.Errorf("%q is not told: %s", part, skipped)
		}
	}
}

func TestFolder(t *testing.T) {
	source := folderOf(t, map[string]string{
		"Über uns.md":                    "---\ntitle: About \"us\"\naliases: [we, Guide]\ntags: [x]\ndate: 2026-09\n---\n# About \"us\"\n\nWe are many. <b>Hi</b> [guide](sub/guide.md#a) [[Guide|g]] ![[x.png]] [lost](lost.md) [top](#top) [out](https://x.example/a)\n",
		"sub/guide.md":                   "# Guide\n\n> What it is.\n\n{{< note >}}\nRead [on](../Über%20uns.md).\n{{< /note >}}\n\nCode: `[^a-z]`\n",
		"sub/日本語.md":                     "# 日本語\n\nテキスト。\n",
		"SUB/guide.md":                   "# Guide\n\nThe same name.\n",
		"draft.md":                       "---\ndraft: true\n---\nno",
		"broken.md":                      "a\xff",
		"long.md":                        strings.Repeat("a", MaxPageBytes+1),
		"page.html":                      "<p>",
		"empty.md":                       "",
		".git/x.md":                      "no",
		"node_modules/x/a.md":            "no",
		strings.Repeat("n", 200) + ".md": "A long name.",
	})
	if err := os.Symlink("/etc/passwd", filepath.Join(source, "link.md")); err != nil {
		t.Fatal(err)
	}
	files, r := imported(t, source, t.TempDir(), Options{Title: "Wiki", Link: "https://wiki.example/docs"})
	want := `---
title: "About \"us\""
kind: document
aliases: ["we"]
sources:
  - {id: origin, title: "Wiki: Über uns.md", label: "Wiki", date: "2026-09", link: "https://wiki.example/docs/%C3%9Cber%20uns.md"}
---
We are many. Hi [guide](sub/guide-` + digest("sub/guide.md", 6) + `.md) [g](sub/guide.md) lost top [out](https://x.example/a) [^origin]
`
	if diff := cmp.Diff(want, files["uber-uns.md"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(files) != 5 {
		t.Errorf("there are %d pages, want 5: %v", len(files), slices.Sorted(maps.Keys(files)))
	}
	skipped := fmt.Sprint(r.Skipped)
	for _, part := range []string{"draft.md a draft", "broken.md not UTF-8", "long.md more than", "page.html HTML", "empty.md has no text", "link.md a link"} {
		if !strings.Contains(skipped, part) {
			t.Errorf("%q is not told: %s", part, skipped)
		}
	}
}

// TestAgain: what a person changed is kept, the rest follows its source.
func TestAgain(t *testing.T) {
	source, to := folderOf(t, map[string]string{"a.md": "# A\n\nOne.", "b.md": "# B\n\nOne.", "c.md": "# C\n\nOne.", "d.md": "# D\n\nOne."}), t.TempDir()
	write := func(dir, name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(to, "d.md", "somebody's own")
	_, r := imported(t, source, to, Options{Title: "W"})
	if diff := cmp.Diff(&Report{New: []string{"a.md", "b.md", "c.md"}, Kept: []string{"d.md"}}, r); diff != "" {
		t.Errorf("first (-want +got):\n%s", diff)
	}
	write(source, "a.md", "# A\n\nTwo.")
	write(source, "b.md", "# B\n\nTwo.")
	write(to, "b.md", "a person's")
	if err := os.Remove(filepath.Join(source, "c.md")); err != nil {
		t.Fatal(err)
	}
	files, r := imported(t, source, to, Options{Title: "W"})
	if diff := cmp.Diff(&Report{Updated: []string{"a.md"}, Kept: []string{"b.md", "d.md"}, Gone: []string{"c.md"}}, r); diff != "" {
		t.Errorf("second (-want +got):\n%s", diff)
	}
	if files["b.md"] != "a person's" || files["d.md"] != "somebody's own" || !strings.Contains(files["a.md"], "Two.") {
		t.Errorf("the folder has %q", files)
	}
	_, r = imported(t, source, to, Options{Title: "W", DryRun: true, Force: true})
	if after := filesIn(t, to); after["b.md"] != "a person's" || len(r.Updated) != 2 {
		t.Errorf("a dry run wrote %q, or would not: %v", after["b.md"], r)
	}
	files, r = imported(t, source, to, Options{Title: "W", Force: true})
	if !strings.Contains(files["b.md"], "Two.") || len(r.Unchanged) != 1 {
		t.Errorf("--force wrote %q: %v", files["b.md"], r)
	}
	// Another source with the same names gets names of its own, and a page that moves keeps its own.
	other := folderOf(t, map[string]string{"a.md": "# Other\n\nText."})
	if files, r = imported(t, other, to, Options{Title: "V"}); len(r.Kept) != 0 || !strings.Contains(files["a.md"], "Two.") {
		t.Errorf("another source wrote over the first one: %q, %v", files["a.md"], r)
	}
}

func TestArchivesThatAreDangerous(t *testing.T) {
	good := "# Good\n\nText.\n"
	source := archiveOf(t, map[string]string{
		"../evil.md": good, "/etc/evil.md": good, `..\evil.md`: good, `C:\evil.md`: good, "a/../../evil.md": good,
		"ok.md": good, `win\dows.md`: "# Windows\n\nText.\n", "bomb.md": strings.Repeat("a", 64<<20), "deep.zip": zipped(t, map[string]string{"deeper.zip": zipped(t, map[string]string{"a.md": good})}),
		"bad.zip": "not an archive", "caf\x82.md": "# Cafe\n\nText.\n",
	})
	to := filepath.Join(t.TempDir(), "in", "to")
	files, r := imported(t, source, to, Options{Title: "W"})
	if diff := cmp.Diff([]string{"cafe.md", "ok.md", "win/dows.md"}, slices.Sorted(maps.Keys(files))); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if len(r.Skipped) != 8 {
		t.Errorf("%d files are skipped, want 8: %v", len(r.Skipped), r.Skipped)
	}
	if above, err := os.ReadDir(filepath.Dir(to)); err != nil || len(above) != 1 {
		t.Errorf("something was written beside the folder: %v, %v", above, err)
	}
}

// TestLinkToTheParent: a page in a folder leads to the one that the folder is of.
func TestLinkToTheParent(t *testing.T) {
	files, _ := imported(t, folderOf(t, map[string]string{"home.md": "# Home\n\nSee [Guide](home/guide.md).", "home/guide.md": "# Guide\n\nBack to [Home](../home.md), or [up](..)."}), t.TempDir(), Options{Title: "W"})
	if got := files["home/guide.md"]; !strings.Contains(got, "[Home](../home.md), or [up](../home.md)") {
		t.Errorf("the guide is\n%s", got)
	}
	if got := files["home.md"]; !strings.Contains(got, "[Guide](home/guide.md)") {
		t.Errorf("the page itself is\n%s", got)
	}
}

// TestLinksInTheFolder: nothing outside of the folder is written through a link in it.
func TestLinksInTheFolder(t *testing.T) {
	to, outside := t.TempDir(), t.TempDir()
	for name, target := range map[string]string{"sub": outside, "a.md": filepath.Join(outside, "a.md")} {
		if err := os.Symlink(target, filepath.Join(to, name)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Import(t.Context(), folderOf(t, map[string]string{"a.md": "# A\n\nText.", "sub/b.md": "# B\n\nText."}), to, Options{Title: "W", Now: today, Force: true})
	if left, _ := os.ReadDir(outside); len(left) != 0 {
		t.Errorf("written outside: %v", left)
	}
	if err != nil || len(r.Skipped) != 2 {
		t.Errorf("nobody is told of both: %v, %v", err, r)
	}
}

func TestSourcesThatAreNone(t *testing.T) {
	dir := folderOf(t, map[string]string{"a.md": "# A\n\nText.", "a.txt": "x", "a.zip": "PK\x03\x04"})
	for source, want := range map[string]string{
		dir + "/nowhere": "no such file", dir + "/a.txt": "neither a folder nor a .zip", dir + "/a.zip": "not a zip archive", dir: "into their own source",
	} {
		if _, err := Import(t.Context(), source, dir, Options{Now: today}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", source, err, want)
		}
	}
}

// TestInside: a folder in the source is not imported into itself.
func TestInside(t *testing.T) {
	source := folderOf(t, map[string]string{"a.md": "# A\n\nText."})
	to := filepath.Join(source, "pages")
	for range 3 {
		if files, _ := imported(t, source, to, Options{Title: "W"}); len(files) != 1 {
			t.Fatalf("there are %d pages: %v", len(files), files)
		}
	}
}

func TestSlugs(t *testing.T) {
	for name, want := range map[string]string{
		"Release plan " + planID: "release-plan", planID: "", "Über uns": "uber-uns", "C++ & C#": "cplusplus-and-csharp", "Don't": "dont", "日本": "", "a__b": "a-b", "Straße": "strasse", "--": "",
		strings.Repeat("word ", 30): "word-word-word-word-word-word-word-word-word-word-word-word",
	} {
		if got := slug(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

// TestStopped: an import that is stopped leaves whole pages and remembers them.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	to := t.TempDir()
	if _, err := Import(ctx, folderOf(t, map[string]string{"a.md": "# A\n\nText."}), to, Options{Now: today}); !errors.Is(err, context.Canceled) {
		t.Errorf("the import ended with %v", err)
	}
	if files := filesIn(t, to); len(files) != 0 {
		t.Errorf("there are pages: %v", files)
	}
}

// TestManyFiles: an archive with too many files is refused, though each is empty.
func TestManyFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("makes an archive of 200,001 files")
	}
	files := make(map[string]string, MaxFiles+1)
	for i := range MaxFiles + 1 {
		files[fmt.Sprintf("%x", i)] = ""
	}
	_, err := Import(t.Context(), archiveOf(t, files), t.TempDir(), Options{Now: today})
	if !errors.Is(err, errFiles) {
		t.Errorf("the import ended with %v", err)
	}
}
