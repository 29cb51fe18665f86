package slack

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"frameworkbot/bot"
)

// An outerEvent is what the Events API delivers
// (https://docs.slack.dev/apis/events-api/#event-type-structure). The library
// has a type for each event and fails on those that it does not know; these
// few fields are all that the bot looks at.
type outerEvent struct {
	Type    field      `json:"type"`
	TeamID  field      `json:"team_id"`
	EventID field      `json:"event_id"`
	Event   innerEvent `json:"event"`
}

// An innerEvent is what happened.
type innerEvent struct {
	Type        field           `json:"type"`
	Subtype     field           `json:"subtype"`
	User        field           `json:"user"`
	BotID       field           `json:"bot_id"`
	Text        field           `json:"text"`
	Channel     field           `json:"channel"`
	ChannelType field           `json:"channel_type"`
	TS          field           `json:"ts"`
	ThreadTS    field           `json:"thread_ts"`
	Tab         field           `json:"tab"`
	Edited      json.RawMessage `json:"edited"`
}

// event takes an event on.
func (t *taken) event(payload json.RawMessage) {
	var e outerEvent
	if !t.read(payload, &e) {
		return
	}
	switch e.Event.Type {
	case "app_mention", "message":
		t.question(&e)
	case "app_home_opened":
		t.homeOpened(&e)
	case "app_uninstalled", "tokens_revoked":
		t.log.Warn("slack: the app was removed or its tokens were revoked", "type", string(e.Event.Type))
		t.answer(reply{})
	default:
		if e.Type == "app_rate_limited" {
			t.log.Warn("slack: too many events, Slack leaves some out")
			t.vitals.Count(bot.RateLimited)
		}
		t.ignore("not for the bot", "type", bot.Echo(string(e.Event.Type)))
	}
}

// question answers a mention or a direct message: in the thread under it, or
// in the conversation with the bot.
func (t *taken) question(e *outerEvent) {
	in := &e.Event
	if !t.isQuestion(in) {
		t.ignore("no question to the bot", "type", string(in.Type))
		return
	}
	keys := []string{"message|" + string(e.TeamID) + "|" + string(in.Channel) + "|" + string(in.TS)}
	if e.EventID != "" {
		keys = append(keys, "event|"+string(e.EventID))
	}
	if !t.seen.Claim(keys...) {
		t.again("event", string(e.EventID))
		return
	}
	if t.rest.pace.isFull(string(in.Channel)) || !t.events.Go(func() { t.answerEvent(e) }) {
		t.seen.Forget(keys...)
		t.vitals.Count(bot.Dropped)
		t.log.Warn("slack: too much is under way: the event is to be sent again", "event", string(e.EventID))
		t.answer(reply{refused: true})
		return
	}
	t.answer(reply{})
}

// isQuestion reports whether a person said this to the bot. What the bot
// itself or another one wrote, edits and deletions are none.
func (t *taken) isQuestion(in *innerEvent) bool {
	me := t.me()
	switch {
	case in.BotID != "", in.User == "", string(in.User) == me.user, in.Channel == "", in.TS == "":
		return false
	case len(in.Edited) > 0 && string(in.Edited) != "null":
		return false
	case in.Subtype != "" && in.Subtype != "file_share" && in.Subtype != "thread_broadcast":
		return false
	case in.Type == "app_mention", in.isDirect():
		return true
	}
	// An app that also subscribes to the messages of channels gets a mention twice.
	return me.user != "" && strings.Contains(string(in.Text), "<@"+me.user)
}

// isDirect reports whether the message is in the conversation with the bot.
func (in *innerEvent) isDirect() bool {
	return in.ChannelType == "im" || in.ChannelType == "" && strings.HasPrefix(string(in.Channel), "D")
}

// answerEvent answers and posts.
func (t *taken) answerEvent(e *outerEvent) {
	in := &e.Event
	a := bot.Reply(t.work, t.handler, &bot.Message{
		ID: cmp.Or(string(e.EventID), string(in.TS)), Platform: t.Name(),
		Workspace: string(e.TeamID), Channel: string(in.Channel), User: string(in.User),
		Text: string(in.Text), Time: timeOf(string(in.TS)),
	})
	defer t.end(kindOf(a))
	if a.Again {
		return
	}
	o := options{commands: t.cfg.Commands, asker: string(in.User), asked: bot.Echo(bot.Normalise(string(in.Text)))}
	thread := in.ThreadTS
	if !in.isDirect() && thread == "" {
		thread = in.TS
	}
	if err := t.rest.post(t.work, string(in.Channel), string(thread), t.drawn(a, o)); err != nil {
		t.vitals.Count(bot.Undelivered)
		t.log.Error("slack: the answer could not be posted", "event", string(e.EventID), "err", redact(err))
	}
}

// timeOf reads the time that a message's ts begins with; now if it is none.
func timeOf(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	if n, err := strconv.ParseInt(seconds, 10, 64); err == nil && n > 0 {
		return time.Unix(n, 0)
	}
	return time.Now()
}
