package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// errPanic is what a recovered panic is reported as; the log has its stack.
var errPanic = errors.New("panic")

// Recover is the middleware that turns a panic into an error, so that one
// message cannot end the process. The stack goes to the log, never the message.
func Recover(log *slog.Logger) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m *Message) (answer *Answer, err error) {
			defer func() {
				if v := recover(); v != nil {
					log.Error("panic", "platform", m.Platform, "id", m.ID, "kind", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
					answer, err = nil, fmt.Errorf("message %s: %w", m.ID, errPanic)
				}
			}()
			return next.Answer(ctx, m)
		})
	}
}

// Deadline is the middleware that gives each answer at most d. A d of 0 or less
// sets no deadline.
func Deadline(d time.Duration) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m *Message) (*Answer, error) {
			if d <= 0 {
				return next.Answer(ctx, m)
			}
			ctx, cancel := context.WithTimeout(ctx, d)
			defer cancel()
			return next.Answer(ctx, m)
		})
	}
}

// An Outcome is what became of a question.
type Outcome string

// The outcomes.
const (
	Answered   Outcome = "answered"
	Unanswered Outcome = "unanswered" // the pages say nothing about it
	Refused    Outcome = "refused"    // it was not looked at: too many at once
	Broken     Outcome = "failed"     // the bot failed
)

// Outcomes are all there are.
var Outcomes = []Outcome{Answered, Unanswered, Refused, Broken}

// An Observation is what there is to say of one question without its words.
type Observation struct {
	Platform string
	Kind     Kind // of the answer; [FailedKind] if there is none
	Outcome  Outcome
	Pages    int // that answer
	Took     time.Duration
}

// outcomeOf describes an answer, or that there is none.
func outcomeOf(a *Answer, err error) Observation {
	switch {
	case err != nil || a == nil:
		return Observation{Kind: FailedKind, Outcome: Broken}
	case a.Kind == FailedKind:
		return Observation{Kind: a.Kind, Outcome: Broken}
	case a.Kind == NoneKind:
		return Observation{Kind: a.Kind, Outcome: Unanswered}
	case a.Kind == BusyKind:
		return Observation{Kind: a.Kind, Outcome: Refused}
	}
	return Observation{Kind: a.Kind, Outcome: Answered, Pages: len(a.Pages)}
}

// Observe is the middleware that logs one line for each message: where it came
// from, what kind of answer it got and how long that took. It tells those the
// same who count. It belongs outermost, where an error is logged once. What
// people wrote is not logged, nor who they are.
func Observe(log *slog.Logger, tell ...func(Observation)) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m *Message) (*Answer, error) {
			start := time.Now()
			answer, err := next.Answer(ctx, m)
			o := outcomeOf(answer, err)
			o.Platform, o.Took = m.Platform, time.Since(start)
			for _, one := range tell {
				one(o)
			}
			attrs := []any{"platform", m.Platform, "id", m.ID, "took", o.Took}
			for _, at := range []struct{ key, id string }{{"workspace", m.Workspace}, {"channel", m.Channel}} {
				if at.id != "" {
					attrs = append(attrs, at.key, at.id)
				}
			}
			if err != nil {
				log.Error("answer failed", append(attrs, "err", err)...)
				return answer, err
			}
			if answer != nil {
				attrs = append(attrs, "kind", answer.Kind, "outcome", o.Outcome, "pages", len(answer.Pages))
			}
			log.Info("answered", attrs...)
			return answer, nil
		})
	}
}
