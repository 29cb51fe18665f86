package bot_test

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"frameworkbot/bot"
	"frameworkbot/bot/console"
	"frameworkbot/index"
)

var update = flag.Bool("update", false, "accept the stories' answers as they are now")

// TestStories holds the conversations in testdata/*.txtar. A story has pages of
// its own (pages/<id>.md) or else talks about the built-in ones; in its "talk"
// each "> question" is followed by the answer as a terminal shows it. A question
// that begins with a double quote is a Go string.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { testStory(t, file) })
	}
}

func testStory(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	talk, pages := talkOf(archive)
	if talk == nil {
		t.Fatalf("%s has no file named talk", file)
	}
	want := string(talk.Data)
	got := retell(t, answererOf(t, pages), want)
	if got == want {
		return
	}
	if *update {
		talk.Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s (-want +got), -update accepts it:\n%s", file, cmp.Diff(want, got))
}

// talkOf takes a story apart.
func talkOf(archive *txtar.Archive) (talk *txtar.File, pages fstest.MapFS) {
	pages = fstest.MapFS{}
	for i := range archive.Files {
		f := &archive.Files[i]
		if id, ok := strings.CutPrefix(f.Name, "pages/"); ok {
			pages[id] = &fstest.MapFile{Data: f.Data}
		} else if f.Name == "talk" {
			talk = f
		}
	}
	return talk, pages
}

// retell asks the questions of a talk and returns it with the answers given now.
func retell(t *testing.T, a *bot.Answerer, talk string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(talk) {
		question, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "> ")
		if !ok {
			continue
		}
		b.WriteString("> " + question + "\n\n" + console.Text(ask(t, a, literal(t, question))) + "\n\n")
	}
	if b.Len() == 0 {
		t.Fatal("the story asks nothing")
	}
	return b.String()
}

// literal reads a question that may be written as a Go string.
func literal(t *testing.T, s string) string {
	t.Helper()
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	text, err := strconv.Unquote(s)
	if err != nil {
		t.Fatalf("%s is not a Go string: %v", s, err)
	}
	return text
}

// answererOf is one over these pages, over the built-in ones if there are none.
func answererOf(t *testing.T, files fstest.MapFS) *bot.Answerer {
	t.Helper()
	if len(files) == 0 {
		return builtIn(t)
	}
	pages, err := index.ReadPages(files)
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return bot.NewAnswerer(x)
}

// builtInPages is the index over the built-in pages, shared by all tests and never closed.
var builtInPages = sync.OnceValues(func() (*index.Index, error) {
	pages, err := index.ReadPages(os.DirFS("../seeds"))
	if err != nil {
		return nil, err
	}
	return index.New(pages)
})

// builtIn is an Answerer over the built-in pages.
func builtIn(t *testing.T) *bot.Answerer {
	t.Helper()
	x, err := builtInPages()
	if err != nil {
		t.Fatal(err)
	}
	return bot.NewAnswerer(x)
}

// ask returns the answer, which there must be.
func ask(t *testing.T, a *bot.Answerer, question string) *bot.Answer {
	t.Helper()
	answer, err := a.Answer(t.Context(), &bot.Message{ID: "1", Text: question})
	if err != nil || answer == nil {
		t.Fatalf("%q: answer %v, error %v", question, answer, err)
	}
	return answer
}
