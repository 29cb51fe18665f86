package slack

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"frameworkbot/bot"
)

// take hands a request over and returns at once. It calls answer exactly once,
// perhaps from another goroutine, at the latest after [bot.PromptWithin]. What
// cannot be understood is acknowledged as well: Slack would send it again, and
// switch events off for an app that fails too many of them
// (https://docs.slack.dev/apis/events-api/#failure-conditions).
func (s *Slack) take(r request, answer func(reply)) {
	handler := s.handler.Load()
	if handler == nil {
		answer(s.closed(r.kind))
		return
	}
	s.vitals.Deliver(r.retry > 0)
	came := time.Now()
	t := &taken{Slack: s, handler: *handler, answer: func(re reply) {
		answer(re)
		s.vitals.Acknowledged(time.Since(came))
	}}
	t.work, t.end = bot.Trace(s.work, "question", slog.String("platform", s.Name()), slog.String("delivery", string(r.kind)))
	switch r.kind {
	case eventsAPI:
		t.event(r.payload)
	case slashCommand:
		t.command(r.payload)
	case interactive:
		t.interaction(r.payload)
	default:
		s.log.Warn("slack: a delivery of an unknown kind is ignored", "kind", bot.Echo(string(r.kind)))
		answer(reply{})
	}
}

// closed is the reply while the bot starts or stops. Events are sent again;
// commands are not, so whoever typed one is told.
func (s *Slack) closed(k kind) reply {
	if k == slashCommand {
		return reply{body: privately(render(bot.Busy(), options{commands: s.cfg.Commands, private: true}))}
	}
	return reply{refused: k == eventsAPI}
}

// taken is one request that is being worked on.
type taken struct {
	*Slack
	handler bot.Handler
	answer  func(reply)
	work    context.Context    // of all that is done for the request, which may be followed
	end     func(...slog.Attr) // of what is followed
}

// ignore acknowledges what is not for the bot, or not understood.
func (t *taken) ignore(why string, args ...any) {
	t.log.Debug("slack: ignored", append([]any{"why", why}, args...)...)
	t.answer(reply{})
}

// read decodes a payload into v. What it holds beyond v, or of another type
// than v expects, does not matter.
func (t *taken) read(payload json.RawMessage, v any) bool {
	if err := json.Unmarshal(payload, v); err != nil {
		t.log.Warn("slack: a delivery cannot be read and is ignored", "bytes", len(payload))
		t.answer(reply{})
		return false
	}
	return true
}

// A field is a string of a payload; where there is something else, such as the
// object that some events have for a user, it is empty.
type field string

// UnmarshalJSON never fails.
func (f *field) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) == nil {
		*f = field(s)
	}
	return nil
}
