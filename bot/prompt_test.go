package bot_test

import (
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

// said is one call of now or late: when it came, and with what.
type said struct {
	How  string
	When time.Duration
	Kind bot.Kind // "" for nil
}

// A prompting runs Prompt in a bubble and notes what is said.
type prompting struct {
	start time.Time
	pool  *bot.Pool
	calls []said // never appended to by two goroutines at once: that is what Prompt promises
}

func newPrompting(pool *bot.Pool) *prompting { return &prompting{start: time.Now(), pool: pool} }

func (p *prompting) note(how string) func(*bot.Answer) {
	return func(a *bot.Answer) {
		call := said{How: how, When: time.Since(p.start)}
		if a != nil {
			call.Kind = a.Kind
		}
		p.calls = append(p.calls, call)
	}
}

// after is an answer that takes that long.
func after(d time.Duration) func() *bot.Answer {
	return func() *bot.Answer {
		<-time.After(d)
		return &bot.Answer{Kind: bot.PageKind}
	}
}

// check waits until all is said, and for what should not come any more.
func (p *prompting) check(t *testing.T, want ...said) {
	t.Helper()
	<-time.After(time.Hour)
	synctest.Wait()
	if diff := cmp.Diff(want, p.calls); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
}

func TestPromptNow(t *testing.T) {
	for _, d := range []time.Duration{0, time.Millisecond, bot.PromptWithin - 1} {
		synctest.Test(t, func(t *testing.T) {
			p := newPrompting(bot.NewPool(1, quiet()))
			bot.Prompt(p.pool, after(d), p.note("now"), p.note("late"))
			p.check(t, said{"now", d, bot.PageKind})
		})
	}
}

func TestPromptLate(t *testing.T) {
	for _, d := range []time.Duration{bot.PromptWithin + 1, 10 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			p := newPrompting(bot.NewPool(1, quiet()))
			bot.Prompt(p.pool, after(d), p.note("now"), p.note("late"))
			if took := time.Since(p.start); took != 0 {
				t.Errorf("Prompt blocked for %v", took)
			}
			p.check(t, said{"now", bot.PromptWithin, ""}, said{"late", d, bot.PageKind})
		})
	}
}

// TestPromptAtOnce: an answer that comes in the moment when the time is up is
// said once, in one way or the other.
func TestPromptAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPrompting(bot.NewPool(1, quiet()))
		bot.Prompt(p.pool, after(bot.PromptWithin), p.note("now"), p.note("late"))
		<-time.After(time.Hour)
		synctest.Wait()
		switch {
		case len(p.calls) == 1 && p.calls[0].How == "now" && p.calls[0].Kind == bot.PageKind:
		case len(p.calls) == 2 && p.calls[0].How == "now" && p.calls[0].Kind == "" && p.calls[1].How == "late" && p.calls[1].Kind == bot.PageKind:
		default:
			t.Errorf("said %v", p.calls)
		}
	})
}

// TestPromptLateWaits: the acknowledgement must have gone out before the answer does.
func TestPromptLateWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPrompting(bot.NewPool(1, quiet()))
		now := func(a *bot.Answer) {
			<-time.After(time.Second) // the way there and back
			p.note("now")(a)
		}
		bot.Prompt(p.pool, after(bot.PromptWithin+time.Millisecond), now, p.note("late"))
		p.check(t, said{"now", bot.PromptWithin + time.Second, ""}, said{"late", bot.PromptWithin + time.Second, bot.PageKind})
	})
}

func TestPromptFullPool(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := bot.NewPool(2, quiet())
		_, end := fill(pool)
		defer end()
		p := newPrompting(pool)
		never := func() *bot.Answer {
			t.Error("a full pool was asked")
			return nil
		}
		bot.Prompt(pool, never, p.note("now"), p.note("late"))
		if len(p.calls) != 1 {
			t.Errorf("before Prompt returned, %v was said", p.calls)
		}
		p.check(t, said{"now", 0, bot.BusyKind})
	})
}

func TestPromptClosedPool(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := bot.NewPool(2, quiet())
		pool.Close(t.Context())
		p := newPrompting(pool)
		bot.Prompt(pool, after(0), p.note("now"), p.note("late"))
		p.check(t, said{"now", 0, bot.BusyKind})
	})
}

// TestPromptApologises where the answer panics, is missing, or ends its goroutine.
func TestPromptApologises(t *testing.T) {
	for name, fail := range map[string]func() *bot.Answer{
		"panic":   func() *bot.Answer { panic(canary) },
		"nothing": func() *bot.Answer { return nil },
		"exit":    func() *bot.Answer { runtime.Goexit(); return nil },
	} {
		for _, d := range []time.Duration{0, 2 * time.Second} {
			t.Run(name+" after "+d.String(), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					log, lines := logged()
					p := newPrompting(bot.NewPool(1, log))
					answer := func() *bot.Answer {
						<-time.After(d)
						return fail()
					}
					bot.Prompt(p.pool, answer, p.note("now"), p.note("late"))
					if d > bot.PromptWithin {
						p.check(t, said{"now", bot.PromptWithin, ""}, said{"late", d, bot.FailedKind})
					} else {
						p.check(t, said{"now", d, bot.FailedKind})
					}
					if n := len(lines(t)); (n == 1) != (name == "panic") {
						t.Errorf("%d lines were logged", n)
					}
				})
			})
		}
	}
}

// TestPromptNowPanics: an acknowledgement that fails takes neither the process
// nor the later answer with it.
func TestPromptNowPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, lines := logged()
		p := newPrompting(bot.NewPool(1, log))
		now := func(a *bot.Answer) {
			p.note("now")(a)
			panic(canary)
		}
		bot.Prompt(p.pool, after(2*time.Second), now, p.note("late"))
		p.check(t, said{"now", bot.PromptWithin, ""}, said{"late", 2 * time.Second, bot.PageKind})
		bot.Prompt(p.pool, after(0), now, p.note("late"))
		<-time.After(time.Hour)
		if !p.pool.Close(t.Context()) {
			t.Error("a task is still under way")
		}
		if n := len(lines(t)); n != 2 {
			t.Errorf("%d lines were logged, want one for each panic", n)
		}
	})
}

// TestPromptHoldsClose: a pool that closes waits for the late answer.
func TestPromptHoldsClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPrompting(bot.NewPool(1, quiet()))
		bot.Prompt(p.pool, after(5*time.Second), p.note("now"), p.note("late"))
		if !p.pool.Close(t.Context()) || time.Since(p.start) != 5*time.Second || len(p.calls) != 2 {
			t.Errorf("closed after %v when %v was said", time.Since(p.start), p.calls)
		}
	})
}
