package slacktest

import (
	"fmt"
	"strings"
	"time"
)

// Locale is what payloads say of the user.
const Locale = "en-GB"

// uuid is a fresh id such as envelopes have.
func (s *Server) uuid() string {
	n := s.next()
	return fmt.Sprintf("%08x-0000-4000-8000-%012x", n, n)
}

// TS is a fresh timestamp: the id of a message.
func (s *Server) TS() string { return fmt.Sprintf("%d.%06d", time.Now().Unix(), s.next()%1e6) }

func (s *Server) trigger() string {
	n := s.next()
	return fmt.Sprintf("%d.%d.%032x", 1000000+n, 2000000+n, n)
}

// SlashCommand is what Slack delivers when somebody types a command.
func (s *Server) SlashCommand(user, channel, command, text string) Envelope {
	url := s.responseURL("commands", channel)
	return Envelope{Type: "slash_commands", ID: s.uuid(), Accepts: true, ResponseURL: url, Payload: map[string]any{
		"token": "verification", "team_id": Team, "team_domain": "example", "channel_id": channel, "channel_name": "general",
		"user_id": user, "user_name": "somebody", "command": command, "text": text, "api_app_id": AppID,
		"is_enterprise_install": "false", "response_url": url, "trigger_id": s.trigger(),
	}}
}

// Event wraps an inner event as the Events API does, with a fresh event_id.
func (s *Server) Event(inner map[string]any) Envelope {
	return Envelope{Type: "events_api", ID: s.uuid(), Payload: map[string]any{
		"token": "verification", "team_id": Team, "api_app_id": AppID, "event": inner, "type": "event_callback",
		"event_id": fmt.Sprintf("Ev%09d", s.next()), "event_time": time.Now().Unix(),
		"authorizations":        []any{map[string]any{"team_id": Team, "enterprise_id": nil, "user_id": BotUser, "is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": "4-canary-context",
	}}
}

// Mention is somebody who mentions the bot in a channel. text is what is typed
// after the mention.
func (s *Server) Mention(user, channel, text string) Envelope {
	return s.Event(s.message("app_mention", user, channel, "<@"+BotUser+"> "+text))
}

// ThreadMention is a mention in the thread under the message with that ts.
func (s *Server) ThreadMention(user, channel, thread, text string) Envelope {
	e := s.Mention(user, channel, text)
	e.Inner()["thread_ts"] = thread
	return e
}

// DirectMessage is somebody who writes to the bot alone.
func (s *Server) DirectMessage(user, text string) Envelope {
	inner := s.message("message", user, "D"+strings.TrimPrefix(user, "U"), text)
	inner["channel_type"] = "im"
	return s.Event(inner)
}

// ChannelMessage is a message in a channel, as apps get it that subscribe to message.channels.
func (s *Server) ChannelMessage(user, channel, text string) Envelope {
	inner := s.message("message", user, channel, text)
	inner["channel_type"] = "channel"
	return s.Event(inner)
}

// message is an inner event about a message.
func (s *Server) message(kind, user, channel, text string) map[string]any {
	ts := s.TS()
	return map[string]any{
		"type": kind, "user": user, "text": text, "ts": ts, "team": Team, "channel": channel, "event_ts": ts,
		"client_msg_id": s.uuid(),
		"blocks": []any{map[string]any{"type": "rich_text", "block_id": "b", "elements": []any{
			map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": text}}},
		}}},
	}
}

// AppHomeOpened is somebody who opens a tab of the App Home: "home" or "messages".
func (s *Server) AppHomeOpened(user, tab string) Envelope {
	return s.Event(map[string]any{
		"type": "app_home_opened", "user": user, "channel": "D" + strings.TrimPrefix(user, "U"), "tab": tab, "event_ts": s.TS(),
	})
}

// Inner is the inner event of an events_api envelope, nil for others. What is
// changed in it is changed in the envelope.
func (e Envelope) Inner() map[string]any {
	inner, _ := e.Payload["event"].(map[string]any)
	return inner
}

// TSOf is the ts of the message that an event or an interaction is about.
func (e Envelope) TSOf() string {
	for _, of := range []string{"event", "message"} {
		if m, ok := e.Payload[of].(map[string]any); ok {
			ts, _ := m["ts"].(string)
			return ts
		}
	}
	return ""
}
