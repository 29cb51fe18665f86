package discord

import (
	"cmp"
	"sync"

	"frameworkbot/bot"
)

// A memo keeps what is made from the same thing again and again: pages are few,
// and answers are many. When it is full, it begins anew.
type memo[K comparable, V any] struct {
	most int // that are kept; 0 means [maxMade]

	mu   sync.RWMutex
	made map[K]V
}

// maxMade is how many things a memo keeps: more than a library has sections.
const maxMade = 1024

// get is what was made from the key before, or what is made now. Nobody may
// change it.
func (m *memo[K, V]) get(key K, from func(K) V) V {
	m.mu.RLock()
	v, ok := m.made[key]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = from(key)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made == nil || len(m.made) >= cmp.Or(m.most, maxMade) {
		m.made = map[K]V{}
	}
	m.made[key] = v
	return v
}

// What pages say, and what they rest on, in Markdown of Discord.
var (
	pageTexts   memo[string, pageText]
	pageSources memo[bot.Source, sourceText]
)

// maxPageText is the longest text that is kept, in bytes.
const maxPageText = 8 << 10

// A pageText is a text of a page, taken apart.
type pageText struct {
	chunks []chunk
	names  []string // of its points, if all of them have one
}

// pageTextOf takes a text apart, once if it is a page's. What people typed is
// not kept.
func pageTextOf(a *bot.Answer, src string) pageText {
	if len(a.Pages) == 0 || len(src) > maxPageText {
		return takeApart(src)
	}
	return pageTexts.get(src, takeApart)
}
