package slack

import (
	"bytes"
	"encoding/json"
	"sync"

	"frameworkbot/bot"
)

// maxCards is how many cards are kept as JSON: about 2 MB.
const maxCards = 256

// cards keeps the private cards of commands as JSON. Answers are shared and do
// not change, so the same one asked for in the same words is the same card,
// whoever asks: nothing of the person is on it.
type cards struct {
	mu   sync.RWMutex
	kept map[cardOf]json.RawMessage
}

type cardOf struct {
	answer *bot.Answer
	asked  string
}

// of is the body of the acknowledgement for an answer.
func (c *cards) of(a *bot.Answer, o options) json.RawMessage {
	key := cardOf{a, o.asked}
	c.mu.RLock()
	known := c.kept[key]
	c.mu.RUnlock()
	if known != nil {
		return known
	}
	made := encode(privately(render(a, o)))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= maxCards {
		c.kept = map[cardOf]json.RawMessage{}
	}
	c.kept[key] = made
	return made
}

// encode is v as JSON, nil if it has none. The signs of HTML stay as they are,
// which makes a third of the size where there are links.
func encode(v any) json.RawMessage {
	if raw, ok := v.(json.RawMessage); ok {
		return raw
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
