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

// Observe is the middleware that logs one line for each message: where it came
// from, what kind of answer it got and how long that took. It belongs
// outermost, where an error is logged once. What people wrote is not logged.
func Observe(log *slog.Logger) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m *Message) (*Answer, error) {
			start := time.Now()
			answer, err := next.Answer(ctx, m)
			attrs := []any{"platform", m.Platform, "id", m.ID, "took", time.Since(start)}
			if err != nil {
				log.Error("answer failed", append(attrs, "err", err)...)
				return answer, err
			}
			if answer != nil {
				attrs = append(attrs, "kind", answer.Kind, "pages", len(answer.Pages))
			}
			log.Info("answered", attrs...)
			return answer, nil
		})
	}
}
