package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"frameworkbot/index"
)

// onDisk builds an index in a folder.
func onDisk(tb testing.TB, dir, key string, pages []*index.Page) *index.Index {
	tb.Helper()
	b, err := index.NewBuilder(context.Background(), dir, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for _, p := range pages {
		if err := b.Add(p); err != nil {
			tb.Fatal(err)
		}
	}
	x, err := b.Finish(key, []byte("a note"))
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func seedPages(tb testing.TB) []*index.Page {
	tb.Helper()
	pages, err := index.ReadPages(os.DirFS("../seeds"))
	if err != nil {
		tb.Fatal(err)
	}
	return pages
}

// samePages compares pages and their bodies.
func samePages(tb testing.TB, want, got []*index.Page) {
	tb.Helper()
	if len(want) != len(got) {
		tb.Fatalf("%d pages, want %d", len(got), len(want))
	}
	same := cmp.Options{cmpopts.IgnoreUnexported(index.Page{}), cmpopts.EquateEmpty()}
	for i := range want {
		if diff := cmp.Diff(want[i], got[i], same) + cmp.Diff(want[i].Body(), got[i].Body(), same); diff != "" {
			tb.Fatalf("%s (-want +got):\n%s", want[i].ID, diff)
		}
	}
}

// TestOnDisk: what is built on disk is what is in memory, also after it is
// opened again, and nothing but it is left in the folder.
func TestOnDisk(t *testing.T) {
	dir, pages := t.TempDir(), seedPages(t)
	memory := newIndex(t, pages)
	defer closeIndex(t, memory)
	built := onDisk(t, dir, "a", pages)
	opened, err := index.Open(dir, "a")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*index.Index{built, opened} {
		samePages(t, pages, x.Pages())
		for _, text := range []string{"csrf protection", "lavarel vs djagno", "salted hashed passwords", "flask of water", "templtae", "which one has an orm", "Djangoとは何ですか"} {
			if diff := cmp.Diff(everything(t.Context(), memory, text), everything(t.Context(), x, text)); diff != "" {
				t.Errorf("%q (-memory +disk):\n%s", text, diff)
			}
		}
		if x.Damaged() {
			t.Error("damaged")
		}
	}
	closeIndex(t, built)
	samePages(t, pages, opened.Pages())
	closeIndex(t, opened)
	if left := entriesIn(t, dir); len(left) != 1 || !strings.HasPrefix(left[0], "index-") {
		t.Errorf("left in the folder: %v", left)
	}
	for _, p := range opened.Pages() {
		p.Body()
	}
	if opened.Damaged() {
		t.Error("that an index is closed counts as damage")
	}
}

func entriesIn(tb testing.TB, dir string) (names []string) {
	tb.Helper()
	found, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		tb.Fatal(err)
	}
	for _, f := range found {
		names = append(names, f.Name())
	}
	return names
}

// TestOnDiskKeepsEverything: every field of a page comes back, also ones that
// are not thought of yet.
func TestOnDiskKeepsEverything(t *testing.T) {
	full := index.PlainPage("full", "Full", "The text.")
	fill(t, reflect.ValueOf(full).Elem(), 2)
	fill(t, reflect.ValueOf(full.Body()).Elem(), 2)
	full.Facts[0].Source, full.Body().Sections[0].Rests = &full.Sources[1], []*index.Source{&full.Sources[0], full.Body().Rests[0]}
	x := onDisk(t, t.TempDir(), "a", []*index.Page{full, {ID: "bare"}})
	defer closeIndex(t, x)
	samePages(t, []*index.Page{full, {ID: "bare"}}, x.Pages())
	p := x.Pages()[0]
	if p.Facts[0].Source != &p.Sources[1] || p.Body().Sections[0].Rests[1] != p.Body().Rests[0] {
		t.Error("one source became two")
	}
}

// fill sets all that is zero to something that is not.
func fill(t *testing.T, v reflect.Value, n int) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text ", n))
	case reflect.Int:
		v.SetInt(int64(n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i), n+i)
		}
	case reflect.Struct:
		if day, ok := reflect.TypeAssert[interface{ UnmarshalText([]byte) error }](v.Addr()); ok {
			if err := day.UnmarshalText([]byte("2026-11-22T00:00:00Z")); err != nil {
				t.Fatal(err)
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(t, v.Field(i), n)
			}
		}
	default:
		t.Fatalf("a page has a %v: fill knows nothing of it", v.Type())
	}
}

// TestUpdateOnDisk: an index on disk is updated as one in memory is.
func TestUpdateOnDisk(t *testing.T) {
	r := invented{rand.New(rand.NewPCG(7, 7))}
	pages := map[string]*index.Page{}
	for i := range 40 {
		id := fmt.Sprintf("p%02d", i)
		pages[id] = r.page(t, id)
	}
	x := onDisk(t, t.TempDir(), "a", inOrder(pages))
	for i := range 6 {
		changed := []*index.Page{r.page(t, fmt.Sprintf("p%02d", 7*i)), r.page(t, fmt.Sprintf("p%02d", 40+i))}
		gone := fmt.Sprintf("p%02d", 5*i+1)
		for _, p := range changed {
			pages[p.ID] = p
		}
		delete(pages, gone)
		y, err := x.Update(changed, []string{gone})
		if err != nil {
			t.Fatal(err)
		}
		closeIndex(t, x)
		x = y
		compareWithNew(t, r, x, inOrder(pages))
	}
	closeIndex(t, x)
}

// TestKeys: an index is found by its key alone; building another deletes it
// unless it is in use.
func TestKeys(t *testing.T) {
	dir, pages := t.TempDir(), seedPages(t)[:3]
	if _, err := index.Open(dir, "a"); !errors.Is(err, index.ErrNotKept) {
		t.Errorf("an empty folder: %v", err)
	}
	a := onDisk(t, dir, "a", pages)
	b := onDisk(t, dir, "b", pages[:1])
	again, err := index.Open(dir, "a") // the first is in use, so still there
	if err != nil {
		t.Fatal(err)
	}
	closeIndex(t, again)
	closeIndex(t, a)
	closeIndex(t, b)
	closeIndex(t, onDisk(t, dir, "b", pages[:2]))
	if _, err := index.Open(dir, "a"); !errors.Is(err, index.ErrNotKept) {
		t.Errorf("an index that nobody uses is still there: %v", err)
	}
	if left := entriesIn(t, dir); len(left) != 1 {
		t.Errorf("left in the folder: %v", left)
	}
}

// TestBuildCanceled: nothing is left of a build that is given up.
func TestBuildCanceled(t *testing.T) {
	dir, pages := t.TempDir(), seedPages(t)
	ctx, cancel := context.WithCancel(t.Context())
	b, err := index.NewBuilder(ctx, dir, func(n int) {
		if n == 5 {
			cancel()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if err := b.Add(p); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if _, err := b.Finish("a", []byte("a note")); !errors.Is(err, context.Canceled) {
		t.Errorf("finish: %v", err)
	}
	aborted, err := index.NewBuilder(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(aborted.Add(pages[0]), aborted.Abort(), aborted.Abort()); err != nil {
		t.Error(err)
	}
	if left := entriesIn(t, dir); len(left) != 0 {
		t.Errorf("left in the folder: %v", left)
	}
}

// TestBuildProgress: each page is counted once, and an index may be empty.
func TestBuildProgress(t *testing.T) {
	for _, pages := range [][]*index.Page{seedPages(t), nil} {
		last := 0
		b, err := index.NewBuilder(t.Context(), t.TempDir(), func(n int) {
			if n != last+1 {
				t.Errorf("%d after %d", n, last)
			}
			last = n
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			if err := b.Add(p); err != nil {
				t.Fatal(err)
			}
		}
		x, err := b.Finish("a", []byte("a note"))
		if err != nil {
			t.Fatal(err)
		}
		if last != len(pages) || len(x.Pages()) != len(pages) {
			t.Errorf("%d counted, %d indexed, of %d", last, len(x.Pages()), len(pages))
		}
		closeIndex(t, x)
	}
}

// TestBuildNowhere: a folder that cannot be made is an error.
func TestBuildNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := index.NewBuilder(t.Context(), filepath.Join(file, "cache"), nil); err == nil {
		t.Error("no error")
	}
}
