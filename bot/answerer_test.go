package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"frameworkbot/bot"
	"frameworkbot/index"
)

// TestCancelled asks everything with a context that is done: what needs no
// search is answered, all else is an error that says which message it was.
func TestCancelled(t *testing.T) {
	a := builtIn(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	failed := 0
	for _, question := range allQuestions(t) {
		answer, err := a.Answer(ctx, &bot.Message{ID: "m-42", Text: question})
		switch {
		case err == nil && answer != nil:
		case answer != nil || !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "m-42"):
			t.Errorf("%q: answer %v, error %v; want one that wraps the context's and has the message's ID", question, answer, err)
		case strings.Contains(err.Error(), question):
			t.Errorf("%q: the error repeats what the person wrote: %v", question, err)
		default:
			failed++
		}
	}
	if failed == 0 {
		t.Error("no question needed a search")
	}
	for _, name := range []string{"laravel", "help", "django vs flask"} {
		if _, err := a.Answer(ctx, &bot.Message{ID: "m-42", Text: name}); err != nil {
			t.Errorf("%q needs no search, but: %v", name, err)
		}
	}
}

// TestConcurrent asks all questions from many goroutines, which start in
// different places, and compares with the answers given one after the other.
func TestConcurrent(t *testing.T) {
	a, all := builtIn(t), allQuestions(t)
	want := make([]*bot.Answer, len(all))
	for i, question := range all {
		want[i] = ask(t, a, question)
	}
	const askers = 6
	var wg sync.WaitGroup
	for g := range askers {
		wg.Go(func() {
			for n := range all {
				i := (n + g*len(all)/askers) % len(all)
				got, err := a.Answer(t.Context(), &bot.Message{ID: "1", Text: all[i]})
				if err != nil || !reflect.DeepEqual(want[i], got) {
					t.Errorf("%q: error %v (-alone +together):\n%s", all[i], err, cmp.Diff(want[i], got))
				}
			}
		})
	}
	wg.Wait()
}

// TestAskingChangesNothing: what answers share (the cards, the help) is the
// same after all questions were asked, also behind the end of their slices.
func TestAskingChangesNothing(t *testing.T) {
	a := builtIn(t)
	shared := []*bot.Answer{ask(t, a, "help")}
	for _, p := range mustPages(t) {
		shared = append(shared, ask(t, a, p.Title))
	}
	var before []string
	for _, answer := range shared {
		before = append(before, deepText(t, answer))
	}
	for _, question := range allQuestions(t) {
		ask(t, a, question)
	}
	for i, answer := range shared {
		if diff := cmp.Diff(before[i], deepText(t, answer)); diff != "" {
			t.Errorf("%s was changed (-before +after):\n%s", answer.Title, diff)
		}
	}
}

// deepText is the answer as text, with what its slices have room for.
func deepText(t *testing.T, a *bot.Answer) string {
	t.Helper()
	whole := *a
	whole.Notes, whole.Facts, whole.Sections = whole.Notes[:cap(whole.Notes)], whole.Facts[:cap(whole.Facts)], whole.Sections[:cap(whole.Sections)]
	whole.Results, whole.Asks, whole.Sources = whole.Results[:cap(whole.Results)], whole.Asks[:cap(whole.Asks)], whole.Sources[:cap(whole.Sources)]
	whole.Pages = whole.Pages[:cap(whole.Pages)]
	data, err := json.MarshalIndent(whole, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestNoLeaks: an index and its Answerer leave no goroutine behind.
func TestNoLeaks(t *testing.T) {
	running := goleak.IgnoreCurrent()
	pages, err := index.ReadPages(os.DirFS("../seeds"))
	if err != nil {
		t.Fatal(err)
	}
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	a := bot.NewAnswerer(x)
	for _, question := range allQuestions(t)[:50] {
		ask(t, a, question)
	}
	ask(t, a, "which one protects against csrf by default")
	if err := x.Close(); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, running)
}
