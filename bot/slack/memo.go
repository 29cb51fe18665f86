package slack

import (
	"sync"

	"frameworkbot/bot/markdown"
)

// A memo keeps what was made of texts. Pages are asked for again and again, and
// taking them apart costs more than all the rest of a card. What it gives out
// is shared: nobody changes it.
type memo[T any] struct {
	make func(string) T

	mu   sync.RWMutex
	kept map[string]T
	size int // bytes of all texts
}

// Bounds of a memo. Short texts are taken apart in no time, and there are more
// of them: they hold what people typed.
const (
	shortestKept = 200
	maxKept      = 256 << 10
)

// of is what is made of the text.
func (m *memo[T]) of(text string) T {
	if len(text) < shortestKept {
		return m.make(text)
	}
	m.mu.RLock()
	v, ok := m.kept[text]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = m.make(text)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size += len(text); m.kept == nil || m.size > maxKept {
		m.kept, m.size = map[string]T{}, len(text)
	}
	m.kept[text] = v
	return v
}

// What is made of the texts of pages.
var (
	parsed  = memo[[]markdown.Block]{make: markdown.Parse}
	claimed = memo[[]claim]{make: func(s string) []claim { return claimsOf(markdown.Parse(s)) }}
	spoken  = memo[string]{make: func(s string) string { return markdown.Plain(flat(markdown.Parse(s))) }}
)
