package bottest

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"frameworkbot/bot"
)

// A Service stands for the chat service that a platform talks to, and for the
// one person who uses it: a pipe, or a server that plays Slack or Discord.
type Service interface {
	// Say writes text to the bot, in the way that the bot has to answer:
	// as a direct message, a mention or a command.
	Say(text string)

	// Heard delivers what the person sees of the bot, in order. A text may
	// arrive in one piece or in several, with anything around it.
	Heard() <-chan string
}

// A Start makes a platform that is connected to a service of its own. What has
// to be closed in the end is for t.Cleanup.
type Start func(t *testing.T) (bot.Platform, Service)

// patience is how long a test waits for what should happen at once.
const patience = 20 * time.Second

// TestPlatform checks that a platform keeps the contract of [bot.Platform].
// Every platform runs it in its tests.
func TestPlatform(t *testing.T, start Start) {
	for name, test := range map[string]func(*run){
		"answers a message":                  answersMessage,
		"answers in order":                   answersInOrder,
		"an error becomes the apology":       apologises,
		"no answer becomes the apology":      apologisesForNothing,
		"ends with nil when ctx is done":     endsWithNil,
		"finishes the answer under way":      finishesAnswer,
		"hostile answers reach the person":   survivesHostile,
		"is told apart by name and messages": namesItself,
	} {
		t.Run(name, func(t *testing.T) {
			leaks := goleak.IgnoreCurrent()
			t.Cleanup(func() { goleak.VerifyNone(t, leaks) })
			test(newRun(t, start))
		})
	}
}

// A run is one platform under test.
type run struct {
	t        *testing.T
	platform bot.Platform
	service  Service
	cancel   context.CancelFunc
	ctx      context.Context
	ended    chan error
	heard    strings.Builder
}

func newRun(t *testing.T, start Start) *run {
	r := &run{t: t, ended: make(chan error, 1)}
	r.platform, r.service = start(t)
	r.ctx, r.cancel = context.WithCancel(t.Context())
	return r
}

func (r *run) start(h bot.HandlerFunc) {
	go func() { r.ended <- r.platform.Run(r.ctx, h) }()
}

// hear waits until the person has seen text.
func (r *run) hear(text string) {
	r.t.Helper()
	timeout := time.After(patience)
	for !strings.Contains(r.heard.String(), text) {
		select {
		case part := <-r.service.Heard():
			r.heard.WriteString(part)
		case <-timeout:
			r.t.Fatalf("the person never saw %q, only %q", text, r.heard.String())
		}
	}
}

// stop ends the run and returns what Run returned.
func (r *run) stop() {
	r.t.Helper()
	r.cancel()
	r.wait()
}

func (r *run) wait() {
	r.t.Helper()
	select {
	case err := <-r.ended:
		if err != nil {
			r.t.Fatalf("Run returned %v, want nil", err)
		}
	case <-time.After(patience):
		r.t.Fatal("Run did not return although its context is done")
	}
}

// echo answers with what was asked.
func echo(_ context.Context, m *bot.Message) (*bot.Answer, error) {
	return &bot.Answer{Kind: bot.PageKind, Title: "Answer", Text: "you said " + m.Text}, nil
}

func answersMessage(r *run) {
	r.start(echo)
	r.service.Say("laravel")
	r.hear("you said laravel")
	r.stop()
}

func answersInOrder(r *run) {
	r.start(echo)
	for _, word := range []string{"django", "flask", "rails"} {
		r.service.Say(word)
		r.hear("you said " + word)
	}
	r.stop()
}

func apologises(r *run) {
	r.start(func(context.Context, *bot.Message) (*bot.Answer, error) { return nil, errors.New("secret detail") })
	r.service.Say("laravel")
	r.hear(bot.Apology)
	r.stop()
	if strings.Contains(r.heard.String(), "secret detail") {
		r.t.Errorf("the person was shown the error: %q", r.heard.String())
	}
}

func apologisesForNothing(r *run) {
	r.start(func(context.Context, *bot.Message) (*bot.Answer, error) { return nil, nil })
	r.service.Say("laravel")
	r.hear(bot.Apology)
	r.stop()
}

func endsWithNil(r *run) {
	r.cancel()
	r.start(echo)
	r.wait()
}

// finishesAnswer ends the context while an answer is made. The handler must not
// see that, Run must wait for it, and the person must get the answer.
func finishesAnswer(r *run) {
	began, finish := make(chan struct{}), make(chan struct{})
	var finished atomic.Bool
	r.start(func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		close(began)
		<-finish
		finished.Store(true)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return echo(ctx, m)
	})
	r.service.Say("laravel")
	<-began
	r.cancel()
	for range 1000 { // a Run that does not wait gets the chance to show it
		runtime.Gosched()
	}
	if len(r.ended) > 0 {
		r.t.Error("Run returned while an answer was under way")
	}
	close(finish)
	r.hear("you said laravel")
	r.wait()
	if !finished.Load() {
		r.t.Error("Run returned before the handler did")
	}
}

// survivesHostile sends the worst answer; the platform must still be there afterwards.
func survivesHostile(r *run) {
	cases := Answers()
	worst := cases[len(cases)-1].Answer
	r.start(func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		if m.Text == "worst" {
			return worst, nil
		}
		return echo(ctx, m)
	})
	r.service.Say("worst")
	r.hear("unclosed fence")
	r.service.Say("laravel")
	r.hear("you said laravel")
	r.stop()
}

func namesItself(r *run) {
	seen := map[string]bool{}
	r.start(func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		if m.Platform != r.platform.Name() || m.Platform == "" {
			r.t.Errorf("Message.Platform is %q, the platform's name %q", m.Platform, r.platform.Name())
		}
		if m.ID == "" || seen[m.ID] || m.Time.IsZero() {
			r.t.Errorf("message needs an ID of its own and a time: %q, %v", m.ID, m.Time)
		}
		seen[m.ID] = true
		return echo(ctx, m)
	})
	for _, word := range []string{"django", "flask"} {
		r.service.Say(word)
		r.hear("you said " + word)
	}
	r.stop()
}
