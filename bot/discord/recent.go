package discord

import (
	"sync"
	"time"
)

// How many things of a kind are kept for those who type, and for how long:
// nobody shall have to wait then, and a page may be changed.
const (
	maxRecent  = 1024
	recentKept = time.Minute
)

// recent keeps what was made a moment ago. When it is full, it begins anew.
type recent[K comparable, V any] struct {
	mu    sync.Mutex
	known map[K]lasting[V]
}

type lasting[V any] struct {
	what  V
	until time.Time
}

// get is what was made from the key a moment ago, or what is made now. That is
// kept if it is worth it. Nobody may change it.
func (r *recent[K, V]) get(key K, from func(K) (v V, worth bool)) V {
	r.mu.Lock()
	known, ok := r.known[key]
	r.mu.Unlock()
	if ok && time.Now().Before(known.until) {
		return known.what
	}
	made, worth := from(key)
	if !worth {
		return made
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) >= maxRecent {
		r.known = map[K]lasting[V]{}
	}
	r.known[key] = lasting[V]{made, time.Now().Add(recentKept)}
	return made
}
