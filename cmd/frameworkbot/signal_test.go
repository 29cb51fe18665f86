package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

var silence = slog.New(slog.DiscardHandler)

// code is what the program would end with.
func code(err error) int {
	var end exit
	if err != nil && errors.As(err, &end) {
		return end.code
	}
	return 0
}

// TestUntilSignal: what a service does when it is asked to end, and what the
// program ends with after how long.
func TestUntilSignal(t *testing.T) {
	finishing := func(after time.Duration) func(context.Context) error {
		return func(ctx context.Context) error {
			<-ctx.Done()
			time.Sleep(after) //nolint:forbidigo // in a bubble
			return nil
		}
	}
	for name, test := range map[string]struct {
		run     func(context.Context) error
		signals []time.Duration // when they come
		code    int
		after   time.Duration
	}{
		"finishes at once":    {finishing(0), []time.Duration{time.Minute}, 0, time.Minute},
		"finishes in time":    {finishing(9 * time.Second), []time.Duration{time.Minute}, 0, time.Minute + 9*time.Second},
		"takes too long":      {finishing(time.Hour), []time.Duration{time.Minute}, exitWrong, time.Minute + drainWithin},
		"second signal":       {finishing(time.Hour), []time.Duration{time.Minute, time.Second}, 143, time.Minute + time.Second},
		"the same again":      {finishing(time.Second), []time.Duration{time.Minute, time.Millisecond}, 0, time.Minute + time.Second},
		"fails for good":      {func(context.Context) error { return errors.New("slack: no") }, nil, exitWrong, 0},
		"failed before, ends": {func(ctx context.Context) error { <-ctx.Done(); return errors.New("slack: no") }, []time.Duration{time.Minute}, 0, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				signals := make(chan os.Signal)
				go func() {
					for _, after := range test.signals {
						time.Sleep(after) //nolint:forbidigo // in a bubble
						signals <- syscall.SIGTERM
					}
				}()
				start := time.Now()
				err := untilSignal(t.Context(), signals, silence, test.run)
				if code(err) != test.code || time.Since(start) != test.after {
					t.Errorf("ended after %v with %d (%v), want after %v with %d", time.Since(start), code(err), err, test.after, test.code)
				}
				time.Sleep(2 * time.Hour) //nolint:forbidigo // in a bubble: what goes on ends as well
			})
		})
	}
}

func TestSignalled(t *testing.T) {
	if n := signalled(os.Interrupt); n != 130 {
		t.Errorf("SIGINT ends with %d", n)
	}
}

// TestDoneContext: without a signal, the context alone ends it.
func TestDoneContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := untilSignal(ctx, nil, silence, func(ctx context.Context) error { <-ctx.Done(); return nil }); err != nil {
		t.Error(err)
	}
}

// canaries checks that an outcome holds none of the canaries.
func (o outcome) canaries(t *testing.T, what string) {
	t.Helper()
	for _, text := range []string{o.out, o.errs} {
		if strings.Contains(strings.ToLower(text), "canary") {
			t.Errorf("%s shows a secret:\n%s", what, text)
		}
	}
}
