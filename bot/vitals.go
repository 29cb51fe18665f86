package bot

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// Vitals keep what a platform has to say of its health. They are safe for use
// by several goroutines. A nil *Vitals keeps nothing.
type Vitals struct {
	platform, mode string
	counts         [Counts]atomic.Uint64
	inbound        atomic.Int64 // Unix nanoseconds, 0 for never
	left           atomic.Int64
	acks           Stopwatch
	refusals       rate.Sometimes

	mu     sync.Mutex
	phase  State // Connecting while Run runs
	wanted int
	links  map[int]*lifeline // connections that take questions
	state  State             // of phase and links, silence left aside
	since  time.Time
	why    string
	heard  time.Time
}

// A lifeline is one connection that takes questions.
type lifeline struct {
	patience time.Duration // after which its silence means that it is dead; 0 for never
	heard    time.Time
}

// NewVitals returns the vitals of a platform that has not begun.
func NewVitals(platform, mode string) *Vitals {
	v := &Vitals{platform: platform, mode: mode, phase: Starting, state: Starting, since: time.Now(), wanted: 1, links: map[int]*lifeline{}, refusals: rate.Sometimes{First: 1, Interval: time.Minute}}
	v.left.Store(-1)
	return v
}

// Begin notes that Run runs.
func (v *Vitals) Begin() {
	v.change("", func() { v.phase = Connecting })
}

// Want notes how many connections there should be; it is one until then.
func (v *Vitals) Want(connections int) {
	v.change("", func() { v.wanted = connections })
}

// Up notes that a connection takes questions. It is taken for dead when it is
// not heard of for longer than patience, unless that is 0.
func (v *Vitals) Up(connection int, patience time.Duration) {
	v.change("", func() {
		v.heard = time.Now()
		v.links[connection] = &lifeline{patience, v.heard}
	})
}

// Down notes that a connection takes no questions any more, and why.
func (v *Vitals) Down(connection int, why string) {
	v.change(why, func() { delete(v.links, connection) })
}

// Trouble notes why there is no connection yet.
func (v *Vitals) Trouble(why string) {
	if v == nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.state == Connecting {
		v.why = why
	}
}

// Heard notes that the service said something by a connection.
func (v *Vitals) Heard(connection int) {
	if v == nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.heard = time.Now()
	if l := v.links[connection]; l != nil {
		l.heard = v.heard
	}
}

// Stop notes that nothing more is taken on.
func (v *Vitals) Stop() {
	v.change("", func() {
		v.phase = Stopping
		clear(v.links)
	})
}

// End notes that Run returns, and with what.
func (v *Vitals) End(err error) {
	why, phase := "", Stopped
	if err != nil {
		why, phase = redactText(err), Failed
	}
	v.change(why, func() {
		v.phase = phase
		clear(v.links)
	})
}

// redactText is the text of an error: [Redact] alone would drop what stands
// around the error of a request.
func redactText(err error) string { return Redact(errors.New(err.Error())) }

// change changes what the state is made of.
func (v *Vitals) change(why string, change func()) {
	if v == nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.phase == Failed { // for good
		return
	}
	change()
	if state := v.stateOf(len(v.links)); state != v.state {
		v.state, v.since, v.why = state, time.Now(), why
	}
}

// stateOf is the state while so many connections take questions.
func (v *Vitals) stateOf(up int) State {
	switch {
	case v.phase != Connecting || up == 0:
		return v.phase
	case up < v.wanted:
		return Degraded
	}
	return Ready
}

// Count notes that something happened.
func (v *Vitals) Count(c Count) {
	if v != nil {
		v.counts[c].Add(1)
	}
}

// Refuse counts a request that is not the service's, and reports whether to say
// so in the log: once a minute, for whoever wants to may send many.
func (v *Vitals) Refuse() (say bool) {
	if v == nil {
		return true
	}
	v.Count(Unsigned)
	v.refusals.Do(func() { say = true })
	return say
}

// Deliver notes that the service delivered what somebody did; again if it says
// that it had delivered it before.
func (v *Vitals) Deliver(again bool) {
	if v == nil {
		return
	}
	v.inbound.Store(time.Now().UnixNano())
	v.Count(Delivered)
	if again {
		v.Count(Redelivered)
	}
}

// Acknowledged notes how long it took until a delivery was acknowledged.
func (v *Vitals) Acknowledged(took time.Duration) {
	if v != nil {
		v.acks.Add(took)
	}
}

// IdentifiesLeft notes how many gateway sessions may still be started today.
func (v *Vitals) IdentifiesLeft(n int) {
	if v != nil {
		v.left.Store(int64(n))
	}
}

// Health returns what was noted.
func (v *Vitals) Health() Health {
	h := Health{Platform: v.platform, Mode: v.mode, IdentifiesLeft: int(v.left.Load()), Acks: v.acks.Read()}
	for c := range v.counts {
		h.Counts[c] = v.counts[c].Load()
	}
	if at := v.inbound.Load(); at != 0 {
		h.Inbound = time.Unix(0, at)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	h.State, h.Since, h.Why, h.Heard, h.Up, h.Wanted = v.state, v.since, v.why, v.heard, len(v.links), v.wanted
	v.silence(&h)
	return h
}

// silence takes off the connections that were not heard of for too long.
func (v *Vitals) silence(h *Health) {
	now := time.Now()
	for _, l := range v.links {
		if end := l.heard.Add(l.patience); l.patience > 0 && now.After(end) {
			h.Up--
			if end.After(h.Since) {
				h.Since = end
			}
			h.Why = "nothing is heard of a connection"
		}
	}
	h.State = v.stateOf(h.Up)
}
