package bot

import (
	"slices"
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
	order []string // the keys of until, oldest first
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
	s.drop(s.expired(now))
	for _, key := range keys {
		if _, known := s.until[key]; known {
			return false
		}
	}
	for _, key := range keys {
		if _, twice := s.until[key]; twice {
			continue
		}
		s.drop(len(s.order) + 1 - s.max)
		s.until[key] = now.Add(s.ttl)
		s.order = append(s.order, key)
	}
	return true
}

// Forget gives keys back whose message could not be taken on, so that it is
// answered when it is delivered again.
func (s *Seen) Forget(keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		if _, known := s.until[key]; !known {
			continue
		}
		delete(s.until, key)
		for i, other := range slices.Backward(s.order) { // most are given back as soon as they were claimed
			if other == key {
				s.order = slices.Delete(s.order, i, i+1)
				break
			}
		}
	}
}

// expired is how many of the oldest keys are too old.
func (s *Seen) expired(now time.Time) int {
	n := 0
	for n < len(s.order) && !now.Before(s.until[s.order[n]]) {
		n++
	}
	return n
}

// drop forgets the n oldest keys; nothing if n is 0 or less.
func (s *Seen) drop(n int) {
	if n <= 0 {
		return
	}
	for _, key := range s.order[:n] {
		delete(s.until, key)
	}
	clear(s.order[:n])
	s.order = s.order[n:]
}
