package bot

import (
	"context"
	"math"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound how much one person may ask.
type Limits struct {
	PerMinute int // questions that each person may ask in the long run; 0 or less: no limit
	Burst     int // questions that may come at once
}

// maxLimited is how many people's questions are counted; with more, those who
// have not asked for a while are forgotten, or everybody if nobody else can be,
// which only lets them ask at once again.
const maxLimited = 10_000

// Limit is the middleware that lets one person ask only so much, so that nobody
// starves a team. Who asks more is told so by an Answer of [BusyKind], which is
// marked Again if the person was told within the last minute.
func Limit(l Limits) Middleware {
	return func(next Handler) Handler {
		if l.PerMinute <= 0 {
			return next
		}
		limiter := &limiter{limits: l, people: map[string]*asker{}}
		return HandlerFunc(func(ctx context.Context, m *Message) (*Answer, error) {
			if busy := limiter.refuse(m.Platform + "|" + m.Workspace + "|" + m.User); busy != nil {
				return busy, nil
			}
			return next.Answer(ctx, m)
		})
	}
}

type limiter struct {
	limits Limits
	mu     sync.Mutex
	people map[string]*asker
}

// An asker is one person.
type asker struct {
	bucket *rate.Limiter
	told   time.Time // when the person was last told to wait
}

// refuse returns what to say to somebody who asks too much, nil to others.
func (l *limiter) refuse(who string) *Answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	a := l.people[who]
	if a == nil {
		l.makeRoom(now)
		a = &asker{bucket: rate.NewLimiter(rate.Limit(float64(l.limits.PerMinute)/60), max(1, l.limits.Burst))}
		l.people[who] = a
	}
	if a.bucket.AllowN(now, 1) {
		return nil
	}
	again := now.Sub(a.told) < time.Minute
	if !again {
		a.told = now
	}
	wait := int(math.Ceil(60 / float64(l.limits.PerMinute)))
	return &Answer{
		Kind: BusyKind, Title: "One at a time", Private: true, Again: again,
		Text: "You ask faster than I may answer. Please try again in " + count(wait, "second") + "; up to " + strconv.Itoa(l.limits.PerMinute) + " questions a minute are fine.",
	}
}

// makeRoom forgets the people whose bucket is full again, or everybody if that frees nothing.
func (l *limiter) makeRoom(now time.Time) {
	if len(l.people) < maxLimited {
		return
	}
	for who, a := range l.people {
		if a.bucket.TokensAt(now) >= float64(a.bucket.Burst()) {
			delete(l.people, who)
		}
	}
	if len(l.people) >= maxLimited {
		clear(l.people)
	}
}
