package discord

import (
	"sync"
	"time"

	"frameworkbot/bot"
)

// How many pages' menus are remembered, and for how long: nobody shall have to
// wait for one while typing, and a page may be changed.
const (
	maxMenus = 1024
	menuKept = time.Minute
)

// menus are the parts of pages.
type menus struct {
	mu    sync.Mutex
	known map[bot.Ref]menu
}

type menu struct {
	parts []bot.Ask
	until time.Time
}

// get is the menu of an answer, made if it is not remembered.
func (m *menus) get(ref bot.Ref, newMenu func() []bot.Ask) []bot.Ask {
	m.mu.Lock()
	known, ok := m.known[ref]
	m.mu.Unlock()
	if ok && time.Now().Before(known.until) {
		return known.parts
	}
	made := menu{newMenu(), time.Now().Add(menuKept)}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil || len(m.known) >= maxMenus {
		m.known = map[bot.Ref]menu{}
	}
	if len(made.parts) > 0 {
		m.known[ref] = made
	}
	return made.parts
}
