package slacktest

import (
	"maps"
	"strings"
)

// A Target is the message or view that an element stands in.
type Target struct {
	Channel   string // "" in the App Home
	TS        string // of the message; fresh if ""
	Thread    string // ts of the thread that the message is in
	Ephemeral bool
	Blocks    any // of the message, for payloads that hold them
}

// An Element is what is used: a button that has Value, or a menu whose option
// Selected was chosen.
type Element struct {
	ActionID string
	BlockID  string
	Value    string
	Selected string // value of the chosen option
	Type     string // "button", "static_select" or another; found out from the rest if ""
}

// BlockAction is somebody who presses a button or chooses from a menu.
func (s *Server) BlockAction(user string, in Target, with Element) Envelope {
	p := s.interaction("block_actions", user, in.Channel)
	url := ""
	if in.TS == "" {
		in.TS = s.TS()
	}
	if in.Channel == "" {
		p["container"] = map[string]any{"type": "view", "view_id": "V0HOME"}
		p["view"] = map[string]any{"id": "V0HOME", "type": "home", "team_id": Team, "blocks": in.Blocks}
	} else {
		url = s.responseURL("actions", in.Channel)
		p["response_url"] = url
		maps.Copy(p, containedIn(in))
	}
	p["actions"] = []any{with.action(s.TS())}
	return Envelope{Type: "interactive", ID: s.uuid(), Accepts: false, ResponseURL: url, Payload: p}
}

// containedIn are the fields about a message that an element stands in.
// Slack does not send ephemeral messages along.
func containedIn(in Target) map[string]any {
	c := map[string]any{"type": "message", "message_ts": in.TS, "channel_id": in.Channel, "is_ephemeral": in.Ephemeral}
	if in.Thread != "" {
		c["thread_ts"] = in.Thread
	}
	if in.Ephemeral {
		return map[string]any{"container": c}
	}
	m := map[string]any{"type": "message", "user": BotUser, "bot_id": BotID, "app_id": AppID, "ts": in.TS, "text": "a card", "team": Team, "blocks": in.Blocks}
	if in.Thread != "" {
		m["thread_ts"] = in.Thread
	}
	return map[string]any{"container": c, "message": m}
}

func (e Element) action(ts string) map[string]any {
	a := map[string]any{"action_id": e.ActionID, "block_id": e.BlockID, "action_ts": ts, "type": e.Type}
	switch {
	case e.Selected != "":
		a["selected_option"] = map[string]any{"text": map[string]any{"type": "plain_text", "text": "chosen", "emoji": true}, "value": e.Selected}
		if e.Type == "" {
			a["type"] = "static_select"
		}
	default:
		a["value"] = e.Value
		if e.Type == "" {
			a["type"] = "button"
		}
	}
	return a
}

// MessageShortcut is somebody who uses a shortcut on a message.
func (s *Server) MessageShortcut(user, channel, callback, text string) Envelope {
	p := s.interaction("message_action", user, channel)
	url := s.responseURL("app", channel)
	ts := s.TS()
	p["callback_id"], p["response_url"], p["message_ts"] = callback, url, ts
	p["message"] = map[string]any{"type": "message", "user": "U0OTHER", "ts": ts, "text": text, "team": Team}
	return Envelope{Type: "interactive", ID: s.uuid(), ResponseURL: url, Payload: p}
}

// BlockSuggestion is somebody who types into a menu that is searched.
func (s *Server) BlockSuggestion(user string, in Target, with Element, typed string) Envelope {
	p := s.interaction("block_suggestion", user, in.Channel)
	if in.Channel == "" {
		p["container"] = map[string]any{"type": "view", "view_id": "V0HOME"}
	} else {
		maps.Copy(p, containedIn(in))
	}
	p["action_id"], p["block_id"], p["value"] = with.ActionID, with.BlockID, typed
	return Envelope{Type: "interactive", ID: s.uuid(), Accepts: true, Payload: p}
}

// interaction holds what all interactions have.
func (s *Server) interaction(kind, user, channel string) map[string]any {
	p := map[string]any{
		"type": kind, "token": "verification", "api_app_id": AppID, "action_ts": s.TS(), "trigger_id": s.trigger(),
		"team":       map[string]any{"id": Team, "domain": "example"},
		"user":       map[string]any{"id": user, "name": "somebody", "username": "somebody", "team_id": Team},
		"enterprise": nil, "is_enterprise_install": false,
	}
	if channel != "" {
		name := "general"
		if strings.HasPrefix(channel, "D") {
			name = "directmessage"
		}
		p["channel"] = map[string]any{"id": channel, "name": name}
	}
	return p
}
