package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

// canary stands for what a person wrote; no log may hold it.
const canary = "canary-7f3a"

var errBroken = errors.New("broken")

// message is one that would be noticed in a log.
func message() *bot.Message {
	return &bot.Message{ID: "m-42", Platform: "console", User: canary + "-user", Text: canary}
}

// logged is a logger and the lines that it wrote, as JSON.
func logged() (*slog.Logger, func(t *testing.T) []map[string]any) {
	var b bytes.Buffer
	return slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug})), func(t *testing.T) (lines []map[string]any) {
		t.Helper()
		if strings.Contains(b.String(), canary) {
			t.Errorf("the log has what a person wrote: %s", b.String())
		}
		for line := range bytes.Lines(b.Bytes()) {
			var m map[string]any
			if err := json.Unmarshal(line, &m); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			lines = append(lines, m)
		}
		return lines
	}
}

// answers is a Handler that always says the same.
func answers(a *bot.Answer, err error) bot.Handler {
	return bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) { return a, err })
}

// explodes is a Handler that panics with the person's words.
var explodes = bot.HandlerFunc(func(_ context.Context, m *bot.Message) (*bot.Answer, error) { panic("cannot read " + m.Text) })

func TestRecover(t *testing.T) {
	log, lines := logged()
	answer, err := bot.Recover(log)(explodes).Answer(t.Context(), message())
	if answer != nil || err == nil || !strings.Contains(err.Error(), "m-42") || strings.Contains(err.Error(), canary) {
		t.Errorf("answer %v, error %v; want an error with the message's ID and without its text", answer, err)
	}
	got := lines(t)
	if len(got) != 1 || got[0]["level"] != "ERROR" || got[0]["id"] != "m-42" || got[0]["platform"] != "console" {
		t.Fatalf("log has %v, want one error with the message's ID and platform", got)
	}
	if stack, _ := got[0]["stack"].(string); !strings.Contains(stack, "guard_test.go") {
		t.Errorf("the stack does not lead to the panic: %q", stack)
	}
}

func TestRecoverLetsAnswersPass(t *testing.T) {
	log, lines := logged()
	want := &bot.Answer{Kind: bot.HelpKind}
	answer, err := bot.Recover(log)(answers(want, errBroken)).Answer(t.Context(), message())
	if answer != want || !errors.Is(err, errBroken) {
		t.Errorf("got %v, %v; want what the handler returned", answer, err)
	}
	if got := lines(t); len(got) > 0 {
		t.Errorf("log has %v, want nothing", got)
	}
}

func TestDeadline(t *testing.T) {
	waits := bot.HandlerFunc(func(ctx context.Context, _ *bot.Message) (*bot.Answer, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := bot.Deadline(3*time.Second)(waits).Answer(t.Context(), message())
		if took := time.Since(start); took != 3*time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("ended after %v with %v, want 3s and the deadline's error", took, err)
		}
	})
}

func TestDeadlineNone(t *testing.T) {
	for _, d := range []time.Duration{0, -time.Second} {
		h := bot.HandlerFunc(func(ctx context.Context, _ *bot.Message) (*bot.Answer, error) {
			if at, ok := ctx.Deadline(); ok {
				t.Errorf("Deadline(%v) set the deadline %v", d, at)
			}
			return nil, errBroken
		})
		if _, err := bot.Deadline(d)(h).Answer(t.Context(), message()); !errors.Is(err, errBroken) {
			t.Errorf("Deadline(%v): error %v, want the handler's", d, err)
		}
	}
}

func TestObserve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, lines := logged()
		slow := bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) {
			<-time.After(20 * time.Millisecond) // of the bubble's clock
			return &bot.Answer{Kind: bot.ListKind, Title: canary, Text: canary, Pages: []string{"a", "b"}}, nil
		})
		if _, err := bot.Observe(log)(slow).Answer(t.Context(), message()); err != nil {
			t.Fatal(err)
		}
		got := lines(t)
		if len(got) != 1 {
			t.Fatalf("log has %v, want one line", got)
		}
		delete(got[0], "time")
		want := map[string]any{
			"level": "INFO", "msg": "answered", "platform": "console", "id": "m-42", "kind": "list", "outcome": "answered",
			"pages": 2.0, "took": float64(20 * time.Millisecond),
		}
		if diff := cmp.Diff(want, got[0]); diff != "" {
			t.Errorf("log line (-want +got):\n%s", diff)
		}
	})
}

func TestObserveLogsAnErrorOnce(t *testing.T) {
	log, lines := logged()
	h := bot.Chain(answers(nil, errBroken), bot.Observe(log), bot.Recover(log), bot.Deadline(time.Minute))
	if answer, err := h.Answer(t.Context(), message()); answer != nil || !errors.Is(err, errBroken) {
		t.Errorf("got %v, %v; want the handler's error", answer, err)
	}
	if got := lines(t); len(got) != 1 || got[0]["level"] != "ERROR" || got[0]["err"] != "broken" || got[0]["id"] != "m-42" {
		t.Errorf("log has %v, want one error with its reason and the message's ID", got)
	}
}

// TestObserveWithoutAnswer: platforms apologise for an answer that is missing
// (bottest), so a handler that forgets one must not end the process outside Recover.
func TestObserveWithoutAnswer(t *testing.T) {
	log, lines := logged()
	defer func() {
		if v := recover(); v != nil {
			t.Errorf("Observe panics if there is neither answer nor error: %v", v)
		}
	}()
	if answer, _ := bot.Observe(log)(answers(nil, nil)).Answer(t.Context(), message()); answer != nil {
		t.Errorf("got %v, want no answer", answer)
	}
	if got := lines(t); len(got) != 1 {
		t.Errorf("log has %v, want one line", got)
	}
}

func TestChainOrder(t *testing.T) {
	var order []string
	note := func(name string) bot.Middleware {
		return func(next bot.Handler) bot.Handler {
			return bot.HandlerFunc(func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
				order = append(order, "in "+name)
				defer func() { order = append(order, "out "+name) }()
				return next.Answer(ctx, m)
			})
		}
	}
	want := &bot.Answer{Kind: bot.HelpKind}
	if answer, err := bot.Chain(answers(want, nil), note("first"), note("second")).Answer(t.Context(), message()); answer != want || err != nil {
		t.Errorf("got %v, %v; want what the handler returned", answer, err)
	}
	if diff := cmp.Diff([]string{"in first", "in second", "out second", "out first"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if answer, err := bot.Chain(answers(want, nil)).Answer(t.Context(), message()); answer != want || err != nil {
		t.Errorf("without middleware: got %v, %v", answer, err)
	}
}
