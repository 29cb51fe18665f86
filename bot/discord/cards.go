package discord

import (
	"encoding/json"

	"frameworkbot/bot"
)

// maxCards is how many cards are kept as JSON: about 2 MB.
const maxCards = 256

// cards keeps private cards as JSON. Answers are shared and do not change, so
// the same one asked for in the same words is the same card, whoever asks:
// nothing of the person is on it.
type cards struct{ kept memo[cardOf, json.RawMessage] }

func newCards() *cards { return &cards{memo[cardOf, json.RawMessage]{most: maxCards}} }

type cardOf struct {
	answer *bot.Answer
	showing
}

// of is the data of a callback that shows the answer.
func (c *cards) of(s showing, a *bot.Answer) any {
	if !s.private || a.Kind == sentence {
		return s.body(a)
	}
	s.asker = "" // which no private card holds
	if made := c.kept.get(cardOf{a, s}, cardOf.made); made != nil {
		return made
	}
	return s.body(a)
}

func (c cardOf) made() json.RawMessage {
	made, _ := encode(c.body(c.answer)) // nil if it has no JSON, which shows where it is sent
	return made
}
