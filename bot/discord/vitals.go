package discord

import (
	"log/slog"
	"sync/atomic"
	"time"

	"frameworkbot/bot"
)

// listening is the connection that there is in mode [HTTP].
const listening = 0

// Health implements [bot.Reporter].
func (d *Discord) Health() bot.Health { return d.vitals.Health() }

// timed is answer, whose first call tells how long the interaction waited for it.
func (d *Discord) timed(answer func(callback) error) func(callback) error {
	came := time.Now()
	var told atomic.Bool
	return func(c callback) error {
		err := answer(c)
		if c.Type != 0 && err == nil && told.CompareAndSwap(false, true) {
			d.vitals.Acknowledged(time.Since(came))
		}
		return err
	}
}

// kindOf is what a trace is told of an answer.
func kindOf(a *bot.Answer) slog.Attr { return slog.String("answer", string(a.Kind)) }
