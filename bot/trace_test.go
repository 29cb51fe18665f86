package bot_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

// A follower is a Tracer that writes down what it is told.
type follower struct{ told []string }

func (f *follower) Start(ctx context.Context, part string, about ...slog.Attr) (context.Context, func(...slog.Attr)) {
	note := func(what string, about []slog.Attr) {
		words := []string{what, part}
		for _, a := range about {
			words = append(words, a.String())
		}
		f.told = append(f.told, strings.Join(words, " "))
	}
	note("begin", about)
	return ctx, func(about ...slog.Attr) { note("end", about) }
}

func TestTraced(t *testing.T) {
	var f follower
	ctx := bot.WithTracer(t.Context(), &f)
	for _, h := range []bot.Handler{answers(&bot.Answer{Kind: bot.PageKind, Pages: []string{"a", "b"}}, nil), answers(nil, errBroken), answers(&bot.Answer{Kind: bot.NoneKind}, nil)} {
		_, _ = bot.Traced("search")(h).Answer(ctx, message())
	}
	want := []string{
		"begin search platform=console", "end search kind=page outcome=answered pages=2",
		"begin search platform=console", "end search kind=failed outcome=failed pages=0",
		"begin search platform=console", "end search kind=none outcome=unanswered pages=0",
	}
	if diff := cmp.Diff(want, f.told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNobodyFollows(t *testing.T) {
	ctx, end := bot.Trace(t.Context(), "search")
	end(slog.Int("pages", 1))
	if ctx != t.Context() {
		t.Error("the context changed")
	}
}

func TestObserveTells(t *testing.T) {
	log, _ := logged()
	var told []bot.Observation
	tell := func(o bot.Observation) {
		o.Took = 0
		told = append(told, o)
	}
	for _, kind := range []bot.Kind{bot.FactKind, bot.NoneKind, bot.BusyKind, bot.FailedKind} {
		_, _ = bot.Observe(log, tell)(answers(&bot.Answer{Kind: kind, Pages: []string{"a"}}, nil)).Answer(t.Context(), message())
	}
	want := []bot.Observation{
		{Platform: "console", Kind: bot.FactKind, Outcome: bot.Answered, Pages: 1},
		{Platform: "console", Kind: bot.NoneKind, Outcome: bot.Unanswered},
		{Platform: "console", Kind: bot.BusyKind, Outcome: bot.Refused},
		{Platform: "console", Kind: bot.FailedKind, Outcome: bot.Broken},
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
