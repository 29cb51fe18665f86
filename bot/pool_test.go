package bot_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"frameworkbot/bot"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// fill starts tasks until the pool is full, and returns how many, and what ends them.
func fill(p *bot.Pool) (n int, end func()) {
	hold := make(chan struct{})
	for p.Go(func() { <-hold }) {
		n++
	}
	return n, func() { close(hold) }
}

func TestPoolIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := bot.NewPool(3, quiet())
		n, end := fill(p)
		if n != 3 {
			t.Errorf("a pool of 3 took %d tasks", n)
		}
		end()
		synctest.Wait()
		n, end = fill(p)
		if n != 3 {
			t.Errorf("a pool whose tasks have ended took %d", n)
		}
		end()
		if !p.Close(t.Context()) {
			t.Error("the tasks have ended, but Close says no")
		}
	})
}

func TestPoolCloseWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := bot.NewPool(3, quiet())
		ended := false
		p.Go(func() {
			<-time.After(time.Minute)
			ended = true
		})
		if !p.Close(t.Context()) || !ended {
			t.Error("Close did not wait for the task")
		}
		if p.Go(func() { t.Error("a closed pool ran a task") }) {
			t.Error("a closed pool took a task")
		}
		if !p.Close(t.Context()) {
			t.Error("a second Close fails")
		}
	})
}

func TestPoolCloseGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := bot.NewPool(3, quiet())
		_, end := fill(p)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if p.Close(ctx) {
			t.Error("Close says that all tasks have ended")
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("Close gave up after %v, want 1s", took)
		}
		end()
		synctest.Wait()
		if !p.Close(ctx) {
			t.Error("no task is left, but Close says there is")
		}
	})
}

// TestPoolCloseInTheEnd: with nothing under way, a context that is done does
// not decide by chance.
func TestPoolCloseInTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		if !bot.NewPool(1, quiet()).Close(ctx) {
			t.Fatal("an idle pool cannot be closed with a context that is done")
		}
	}
}

// TestPoolPanic: a task that panics is logged without what it says, and its
// place is free again.
func TestPoolPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, lines := logged()
		p := bot.NewPool(1, log)
		if !p.Go(func() { panic(canary) }) {
			t.Fatal("not taken")
		}
		synctest.Wait()
		if !p.Go(func() {}) {
			t.Error("the place of a task that panicked is not free")
		}
		p.Close(t.Context())
		got := lines(t)
		if len(got) != 1 || got[0]["level"] != "ERROR" || got[0]["kind"] != "string" {
			t.Fatalf("log has %v, want one error", got)
		}
		if stack, _ := got[0]["stack"].(string); !strings.Contains(stack, "pool_test.go") {
			t.Errorf("the stack does not lead to the panic: %q", stack)
		}
	})
}

func TestPoolLeaksNothing(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	p := bot.NewPool(8, quiet())
	for range 100 {
		p.Go(func() {})
	}
	p.Close(t.Context())
}
