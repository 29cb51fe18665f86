//go:build linux || darwin

package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"frameworkbot/index"
)

// childEnv tells a process of this test binary to be one of children instead.
const childEnv = "INDEX_TEST_CHILD"

// children are what a process that is to be killed, or to run beside others, does.
var children = map[string]func(dir string) error{
	"churn": churn,
	"start": func(dir string) error { return startFrom(dir, "same") },
	"other": func(dir string) error { return startFrom(dir, fmt.Sprint("key of ", os.Getpid())) },
	"full":  fillDisk,

	"bench-build": func(dir string) error { return errors.Join(benchBuild(dir, pagesInEnv()), printMemory()) },
	"bench-serve": benchServe,
}

func init() {
	name, dir, is := strings.Cut(os.Getenv(childEnv), ":")
	if !is {
		return
	}
	if err := children[name](dir); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child is a process that does one of children.
func child(tb testing.TB, name, dir string) *exec.Cmd {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.CommandContext(tb.Context(), self)
	cmd.Env = append(os.Environ(), childEnv+"="+name+":"+dir)
	return cmd
}

// fewPages are enough for a build that takes a while.
func fewPages() []*index.Page {
	pages := make([]*index.Page, 40)
	for i := range pages {
		pages[i] = index.PlainPage(fmt.Sprint("p", i), fmt.Sprint("Page ", i), newZipf(uint64(i)).text(800)+" zorblax")
	}
	return pages
}

// startFrom does what a program does that starts: it opens the index that is
// kept, or builds it, and answers from it.
func startFrom(dir, key string) error {
	x, err := index.Open(dir, key)
	if err != nil {
		if !errors.Is(err, index.ErrNotKept) && !errors.Is(err, index.ErrCrashed) {
			return fmt.Errorf("a kept index is damaged: %w", err)
		}
		if x, err = build(dir, key); err != nil {
			return err
		}
	}
	return errors.Join(answers(x), x.Close())
}

func build(dir, key string) (*index.Index, error) {
	b, err := index.NewBuilder(context.Background(), dir, nil)
	if err != nil {
		return nil, err
	}
	for _, p := range fewPages() {
		if err := b.Add(p); err != nil {
			return nil, errors.Join(err, b.Abort())
		}
	}
	return b.Finish(key, []byte("a note"))
}

func answers(x *index.Index) error {
	r, err := x.Search(context.Background(), index.Query{Text: "zorblax", Limit: 50})
	if err != nil || len(r.Hits) != 40 || x.Damaged() {
		return fmt.Errorf("a wrong answer: %+v, %w", r, err)
	}
	for _, h := range r.Hits {
		if !strings.Contains(h.Section.Body, "zorblax") {
			return fmt.Errorf("the text of %s is missing", h.Page.ID)
		}
	}
	return nil
}

// churn starts again and again, and builds anew each second time.
func churn(dir string) error {
	for i := 0; ; i++ {
		key := "same"
		if i%2 == 1 {
			key = fmt.Sprint("other ", i)
		}
		if err := startFrom(dir, key); err != nil {
			return err
		}
	}
}

// TestKilled kills a process that builds and opens indexes, at any moment: the
// next start always succeeds.
func TestKilled(t *testing.T) {
	dir, r := t.TempDir(), rand.New(rand.NewPCG(5, 5))
	var out strings.Builder
	for range 40 {
		cmd := child(t, "churn", dir)
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(r.IntN(400))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		kill.Stop()
		if out.Len() > 0 {
			t.Fatalf("before it was killed: %s", out.String())
		}
		began := time.Now()
		if err := startFrom(dir, "same"); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("the start after it took %v", took)
		}
	}
	closeIndex(t, onDisk(t, dir, "last", fewPages()))
	if left := entriesIn(t, dir); len(left) != 1 {
		t.Errorf("left in the folder: %v", left)
	}
}

// TestSeveralProcesses: processes that use one folder at once all answer.
func TestSeveralProcesses(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for _, name := range []string{"start", "start", "other", "start", "other"} {
		cmd := child(t, name, dir)
		wg.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: %v: %s", name, err, out)
			}
		})
	}
	wg.Wait()
}

// TestSeveralBuilds: a build does not take another that is under way for a dead
// one, and the later of two with one key is the one that is opened.
func TestSeveralBuilds(t *testing.T) {
	dir, pages := t.TempDir(), fewPages()
	slow, err := index.NewBuilder(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	closeIndex(t, onDisk(t, dir, "a", pages[:5]))
	for _, p := range pages {
		if err := slow.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	x, err := slow.Finish("a", []byte("a note"))
	if err != nil {
		t.Fatal(err)
	}
	defer closeIndex(t, x)
	again, err := index.Open(dir, "a")
	if err != nil {
		t.Fatal(err)
	}
	defer closeIndex(t, again)
	if err := errors.Join(answers(x), answers(again)); err != nil {
		t.Error(err)
	}
}

// fillDisk builds where files may not grow beyond a limit, as on a disk that is full.
func fillDisk(dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	var was unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	failed, before := 0, "same" // the key of what was built before
	for _, limit := range []uint64{0, 10, 300, 5_000, 10_000, 20_000, 30_000, 32_768, 40_000, 65_536, 80_000} {
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: limit, Max: was.Max}); err != nil {
			return err
		}
		key := strconv.FormatUint(limit, 10)
		x, err := build(dir, key)
		if err == nil { // how the pages are shared out decides how large the files are
			if err := errors.Join(answers(x), x.Close()); err != nil {
				return err
			}
			before = key
			continue
		}
		failed++
		if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
			return fmt.Errorf("limit %d: left in the folder: %v", limit, left)
		}
		old, err := index.Open(dir, before)
		if err != nil {
			return fmt.Errorf("limit %d: the index from before: %w", limit, err)
		}
		if err := errors.Join(answers(old), old.Close()); err != nil {
			return err
		}
	}
	if failed < 8 {
		return fmt.Errorf("only %d builds failed", failed)
	}
	return nil
}

// TestDiskFull: a build for which there is no room fails, leaves nothing, and
// what was built before is as it was.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := startFrom(dir, "same"); err != nil {
		t.Fatal(err)
	}
	if out, err := child(t, "full", dir).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// TestDamage: whatever happens to a file, the index is not opened; nothing
// crashes, nothing hangs, and nothing is answered from it.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	closeIndex(t, onDisk(t, dir, "a", fewPages()))
	path := filepath.Join(dir, entriesIn(t, dir)[0])
	files, bad := 0, 0
	err := filepath.WalkDir(path, func(name string, f os.DirEntry, err error) error {
		if err != nil || f.IsDir() || f.Name() == "lock" {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		for what, damaged := range damages(data) {
			if err := os.WriteFile(name, damaged, 0o600); err != nil {
				return err
			}
			if x, err := index.Open(dir, "a"); err == nil || errors.Is(err, index.ErrNotKept) {
				t.Errorf("%s, %s: %v, %v", f.Name(), what, x != nil, err)
			}
			bad++
		}
		if err := os.Remove(name); err != nil {
			return err
		}
		if _, err := index.Open(dir, "a"); err == nil {
			t.Errorf("%s is gone, and the index was opened", f.Name())
		}
		return os.WriteFile(name, data, 0o600)
	})
	if err != nil || files < 7 || bad < 60 {
		t.Errorf("%d files, %d damages, %v", files, bad, err)
	}
	x, err := index.Open(dir, "a")
	if err != nil {
		t.Fatalf("what is as it was: %v", err)
	}
	closeIndex(t, x)
}

// damages are what may become of a file.
func damages(data []byte) map[string][]byte {
	all := map[string][]byte{
		"empty": {}, "half": data[:len(data)/2], "one byte short": data[:len(data)-1],
		"one byte long": append(slices.Clip(data), 0), "zeros": make([]byte, len(data)),
	}
	for i := range 6 {
		at, bit := i*(len(data)-1)/5, i%8
		flipped := append([]byte(nil), data...)
		flipped[at] ^= 1 << bit
		all[fmt.Sprintf("bit %d of byte %d", bit, at)] = flipped
	}
	return all
}

// TestDamageWhileServing: a text that can no more be read is empty, and the
// index says that it is damaged.
func TestDamageWhileServing(t *testing.T) {
	for _, name := range []string{"bodies", "entries"} {
		dir := t.TempDir()
		closeIndex(t, onDisk(t, dir, "a", fewPages()))
		x, err := index.Open(dir, "a")
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, entriesIn(t, dir)[0], name)
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, make([]byte, info.Size()), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := mustSearch(t, x, "zorblax page 17"); len(r.Hits) > 0 && r.Hits[0].Section != nil && r.Hits[0].Section.Body != "" {
			t.Errorf("%s: %q", name, r.Hits[0].Section.Body)
		}
		for _, p := range x.Pages() {
			p.Body()
		}
		if !x.Damaged() {
			t.Errorf("%s: not noticed", name)
		}
		closeIndex(t, x)
	}
}

// TestCrashMark: if a process died while it opened an index, the next start
// does without, the one after it tries again; a process that is opening one
// now is no reason to do without.
func TestCrashMark(t *testing.T) {
	dir := t.TempDir()
	closeIndex(t, onDisk(t, dir, "a", fewPages()))
	mark, err := os.Create(filepath.Join(dir, "opening-1"))
	if err != nil {
		t.Fatal(err)
	}
	defer mark.Close()
	if err := unix.Flock(int(mark.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	open := func() error {
		x, err := index.Open(dir, "a")
		if err == nil {
			closeIndex(t, x)
		}
		return err
	}
	if err := open(); err != nil {
		t.Errorf("while another process opens one: %v", err)
	}
	if err := unix.Flock(int(mark.Fd()), unix.LOCK_UN); err != nil {
		t.Fatal(err)
	}
	if err := open(); !errors.Is(err, index.ErrCrashed) {
		t.Errorf("after a crash: %v", err)
	}
	if err := open(); err != nil {
		t.Errorf("once more: %v", err)
	}
}

// TestForeignLock: an exclusive lock on Bleve's own file, which a writer would
// hold, makes opening fail, and not wait.
func TestForeignLock(t *testing.T) {
	dir := t.TempDir()
	closeIndex(t, onDisk(t, dir, "a", fewPages()))
	bolt, err := os.Open(filepath.Join(dir, entriesIn(t, dir)[0], "bleve-0", "store", "root.bolt"))
	if err != nil {
		t.Fatal(err)
	}
	defer bolt.Close()
	if err := unix.Flock(int(bolt.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := index.Open(dir, "a"); err == nil || time.Since(began) > 4*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

// TestOpenGivesUp: a file that cannot be read to its end costs five seconds.
func TestOpenGivesUp(t *testing.T) {
	if testing.Short() {
		t.Skip("takes five seconds")
	}
	t.Parallel()
	dir := t.TempDir()
	closeIndex(t, onDisk(t, dir, "a", fewPages()))
	pipe := filepath.Join(dir, entriesIn(t, dir)[0], "bodies")
	if err := errors.Join(os.Remove(pipe), unix.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := index.Open(dir, "a"); err == nil || time.Since(began) > 9*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
	writer, err := os.OpenFile(pipe, os.O_WRONLY, 0) // lets the reader go
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
}
