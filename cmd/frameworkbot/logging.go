package main

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
)

// logging is how logs are written, which can change while the program runs.
type logging struct {
	level  slog.LevelVar
	asJSON atomic.Bool
}

// set makes logs look as the settings say.
func (l *logging) set(c *config) {
	l.level.Set(c.Log.Level)
	l.asJSON.Store(c.Log.Format == "json")
}

// logger writes to w.
func (l *logging) logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: &l.level}
	return slog.New(either{l, slog.NewTextHandler(w, options), slog.NewJSONHandler(w, options)})
}

// either is the one of two handlers that is wanted now.
type either struct {
	*logging
	text, json slog.Handler
}

func (e either) now() slog.Handler {
	if e.asJSON.Load() {
		return e.json
	}
	return e.text
}

// Enabled implements [slog.Handler].
func (e either) Enabled(ctx context.Context, level slog.Level) bool {
	return e.now().Enabled(ctx, level)
}

// Handle implements [slog.Handler].
func (e either) Handle(ctx context.Context, r slog.Record) error { return e.now().Handle(ctx, r) }

// WithAttrs implements [slog.Handler].
func (e either) WithAttrs(attrs []slog.Attr) slog.Handler {
	return either{e.logging, e.text.WithAttrs(attrs), e.json.WithAttrs(attrs)}
}

// WithGroup implements [slog.Handler].
func (e either) WithGroup(name string) slog.Handler {
	return either{e.logging, e.text.WithGroup(name), e.json.WithGroup(name)}
}
