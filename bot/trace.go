package bot

import (
	"context"
	"log/slog"
)

// A Tracer follows questions on their way. Attributes hold counts and kinds,
// never what people wrote.
type Tracer interface {
	// Start begins a part of the way, within the part that ctx belongs to. The
	// part ends when end is called, with what is known of it then.
	Start(ctx context.Context, part string, about ...slog.Attr) (within context.Context, end func(about ...slog.Attr))
}

type tracerKey struct{}

// WithTracer returns a context in which [Trace] tells t.
func WithTracer(ctx context.Context, t Tracer) context.Context {
	return context.WithValue(ctx, tracerKey{}, t)
}

// Trace begins a part of a question's way. It does nothing if nobody follows.
func Trace(ctx context.Context, part string, about ...slog.Attr) (within context.Context, end func(about ...slog.Attr)) {
	if t, ok := ctx.Value(tracerKey{}).(Tracer); ok {
		return t.Start(ctx, part, about...)
	}
	return ctx, func(...slog.Attr) {}
}

// Traced is the middleware that traces the handler as one part of the way.
func Traced(part string) Middleware {
	return func(next Handler) Handler {
		return HandlerFunc(func(ctx context.Context, m *Message) (*Answer, error) {
			ctx, end := Trace(ctx, part, slog.String("platform", m.Platform))
			answer, err := next.Answer(ctx, m)
			o := outcomeOf(answer, err)
			end(slog.String("kind", string(o.Kind)), slog.String("outcome", string(o.Outcome)), slog.Int("pages", o.Pages))
			return answer, err
		})
	}
}
