package bot

import (
	"context"
	"sync"
	"time"
)

// Reply asks h and always returns something to say: [Apology] where h failed.
// The error was logged by [Observe]; people are not shown it.
func Reply(ctx context.Context, h Handler, m *Message) *Answer {
	answer, err := h.Answer(ctx, m)
	if err != nil || answer == nil {
		return failed(m.ID)
	}
	return answer
}

// failed is the answer when the bot failed. The reference leads to the log's line.
func failed(reference string) *Answer {
	a := &Answer{Kind: FailedKind, Title: "Sorry", Text: Apology, Private: true}
	if echo := Echo(reference); echo != "" {
		a.Text += " Reference: " + echo + "."
	}
	return a
}

// Busy is the answer when too much is under way to take on a question.
func Busy() *Answer {
	return &Answer{Kind: BusyKind, Title: "Busy", Text: "I am busy right now. Please try again in a moment.", Private: true}
}

// PromptWithin is how long an answer may take to travel in the acknowledgement
// of its question. Slack and Discord wait for three seconds
// (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response,
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback);
// half of that is left for the way there and back.
const PromptWithin = 1500 * time.Millisecond

// Prompt runs answer in the pool and never blocks. It calls now exactly once:
// with the answer if that is there within [PromptWithin], with nil when the
// time is up, with [Busy] if the pool is full. After nil, it calls late with
// the answer once that is there, and once now has returned. Both are called in
// other goroutines, but for a full pool.
func Prompt(p *Pool, answer func() *Answer, now, late func(*Answer)) {
	var mu sync.Mutex
	said := false
	say := func(a *Answer) bool {
		mu.Lock()
		defer mu.Unlock()
		if said {
			return false
		}
		said = true
		now(a)
		return true
	}
	timer := time.AfterFunc(PromptWithin, func() { p.Guard(func() { say(nil) }) })
	taken := p.Go(func() {
		a := failed("") // stays so if answer panics
		defer func() {
			timer.Stop()
			if !say(a) {
				late(a)
			}
		}()
		a = answer()
	})
	if !taken {
		timer.Stop()
		say(Busy())
	}
}
