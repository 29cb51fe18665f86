package bot

import (
	"sync/atomic"
	"time"
)

// PromptWithin is how long an answer may take to travel in the acknowledgement
// of its question. Slack and Discord wait for three seconds
// (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response,
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback);
// half of that is left for the way there and back.
const PromptWithin = 1500 * time.Millisecond

// Prompt runs answer in the pool and never blocks. It calls now exactly once:
// with the answer if that is there within [PromptWithin], with nil when the
// time is up, with [Busy] if the pool is full or closed. After nil, it calls
// late with the answer once that is there, and once now has returned. Both are
// called in other goroutines, but for Busy. An answer that panics or is nil is
// an apology.
func Prompt(p *Pool, answer func() *Answer, now, late func(*Answer)) {
	var said atomic.Bool
	returned := make(chan struct{}) // closed when now has
	say := func(a *Answer) bool {
		if !said.CompareAndSwap(false, true) {
			return false
		}
		defer close(returned)
		now(a)
		return true
	}
	timer := time.AfterFunc(PromptWithin, func() { p.Guard(func() { say(nil) }) })
	taken := p.Go(func() {
		a := failed("")
		defer func() {
			timer.Stop()
			if !say(a) {
				<-returned
				late(a)
			}
		}()
		if got := answer(); got != nil {
			a = got
		}
	})
	if !taken {
		timer.Stop()
		say(Busy())
	}
}
