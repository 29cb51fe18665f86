package slack

import (
	"log/slog"
	"time"

	"frameworkbot/bot"
)

// readyFor is how long a connection counts as one that takes questions after
// Slack last said anything by it. Slack pings every few seconds.
const readyFor = time.Minute

// listening is the connection that there is in mode [HTTP].
const listening = 1

// Health implements [bot.Reporter].
func (s *Slack) Health() bot.Health { return s.vitals.Health() }

// kindOf is what a trace is told of an answer.
func kindOf(a *bot.Answer) slog.Attr { return slog.String("answer", string(a.Kind)) }

// drawn is render, followed.
func (t *taken) drawn(a *bot.Answer, o options) message {
	_, end := bot.Trace(t.work, "render")
	defer end()
	return render(a, o)
}

// again counts a delivery that is known already.
func (t *taken) again(args ...any) {
	t.vitals.Count(bot.Duplicates)
	t.ignore("delivered before", args...)
}
