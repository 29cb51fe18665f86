package bot

import (
	"sync"
	"time"
)

// Seen remembers keys for a while, so that what is delivered twice is answered
// once. It is safe for use by several goroutines and holds at most its limit of
// keys: when it is full, the oldest make room.
type Seen struct {
	mu    sync.Mutex
	ttl   time.Duration
	max   int
	until map[string]time.Time
	order []claim // oldest first; may hold keys that were forgotten
}

type claim struct {
	key   string
	until time.Time
}

// NewSeen returns a Seen that remembers at most most keys, each for ttl.
func NewSeen(most int, ttl time.Duration) *Seen {
	return &Seen{ttl: ttl, max: max(1, most), until: map[string]time.Time{}}
}

// Claim reports whether all of the keys are new, and remembers them if so. If
// one is known, none of the others is remembered.
func (s *Seen) Claim(keys ...string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.expire(now)
	for _, key := range keys {
		if _, known := s.until[key]; known {
			return false
		}
	}
	for _, key := range keys {
		until := now.Add(s.ttl)
		s.until[key] = until
		s.order = append(s.order, claim{key, until})
	}
	return true
}

// Forget gives keys back whose message could not be taken on, so that it is
// answered when it is delivered again.
func (s *Seen) Forget(keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		delete(s.until, key)
	}
}

// expire drops what is too old, and the oldest where there are too many.
func (s *Seen) expire(now time.Time) {
	n := 0
	for n < len(s.order) && (len(s.order)-n >= s.max || !now.Before(s.order[n].until)) {
		c := s.order[n]
		if s.until[c.key].Equal(c.until) { // not claimed anew since it was forgotten
			delete(s.until, c.key)
		}
		n++
	}
	s.order = s.order[n:]
}
