package discordtest

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// A Message is one that the bot posted, as Discord keeps it. What a test is
// given is a copy as of then.
type Message struct {
	ID          string
	Channel     string
	ReplyTo     string // the message that it is a reply to, "" if none
	Interaction string // the interaction that it answers, "" if none
	For         string // who asked, of an interaction
	Ephemeral   bool   // only who asked sees it
	Thinking    bool   // deferred: the answer is still to come
	Deleted     bool
	Edits       int
	Posted      time.Time
	Body        Object // content, embeds, components, flags, allowed_mentions
}

// Object is the message as Discord describes it to others.
func (m *Message) Object() Object {
	flags := 0
	if n, ok := number(m.Body["flags"]); ok {
		flags = n
	}
	if m.Ephemeral {
		flags |= ephemeral
	}
	o := Object{
		"id": m.ID, "type": 0, "channel_id": m.Channel, "author": self(), "content": "", "timestamp": m.Posted.UTC().Format(time.RFC3339Nano),
		"edited_timestamp": nil, "tts": false, "mention_everyone": false, "mentions": []any{}, "mention_roles": []any{},
		"attachments": []any{}, "embeds": []any{}, "components": []any{}, "pinned": false, "flags": flags,
	}
	for _, key := range []string{"content", "embeds", "components"} {
		if v := m.Body[key]; v != nil {
			o[key] = v
		}
	}
	if m.ReplyTo != "" {
		o["type"] = 19
		o["message_reference"] = Object{"type": 0, "message_id": m.ReplyTo, "channel_id": m.Channel}
	}
	if m.Interaction != "" {
		o["application_id"], o["webhook_id"] = ApplicationID, ApplicationID
		o["interaction_metadata"] = Object{"id": m.Interaction, "type": 2, "user": User(m.For), "authorizing_integration_owners": Object{"0": GuildID}}
	}
	return o
}

// Text is everything that can be read in the message, one piece a line.
func (m *Message) Text() string {
	var parts []string
	collect(m.Body["content"], &parts)
	collect(m.Body["embeds"], &parts)
	collect(m.Body["components"], &parts)
	return strings.Join(parts, "\n")
}

// read are the fields that people see.
var read = []string{"title", "description", "name", "value", "content", "text", "label", "placeholder", "author", "fields", "footer", "options", "components", "accessory"}

// collect adds the texts of v, in the order of read.
func collect(v any, parts *[]string) {
	switch v := v.(type) {
	case string:
		if v != "" {
			*parts = append(*parts, v)
		}
	case []any:
		for _, one := range v {
			collect(one, parts)
		}
	case Object:
		for _, key := range read {
			if key == "value" && v["label"] != nil {
				continue // of an option, which nobody sees
			}
			collect(v[key], parts)
		}
	}
}

// Components are all components of the message, also those within others, in
// the order in which they are seen.
func (m *Message) Components() []Object {
	var all []Object
	walk(m.Body["components"], func(o Object) { all = append(all, o) })
	return all
}

// walk calls f for each component in v.
func walk(v any, f func(Object)) {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			walk(one, f)
		}
	case Object:
		if v["type"] != nil {
			f(v)
		}
		walk(v["components"], f)
		walk(v["accessory"], f)
	}
}

// CustomIDs are those of the message's buttons and menus.
func (m *Message) CustomIDs() []string {
	var all []string
	for _, c := range m.Components() {
		if id, ok := c["custom_id"].(string); ok {
			all = append(all, id)
		}
	}
	return all
}

// Labelled is the custom_id of the button, or of the menu, with the label or
// placeholder; "" if there is none.
func (m *Message) Labelled(label string) string {
	for _, c := range m.Components() {
		if id, ok := c["custom_id"].(string); ok && (c["label"] == label || c["placeholder"] == label) {
			return id
		}
	}
	return ""
}

func (m *Message) has(customID string) bool { return slices.Contains(m.CustomIDs(), customID) }

// Messages returns copies of all messages of the bot, in the order in which
// they were posted, also those that were deleted since.
func (s *Server) Messages() []*Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*Message, len(s.messages))
	for i, m := range s.messages {
		all[i] = m.copy()
	}
	return all
}

// AwaitMessage waits until there are n messages in all, and returns the nth.
func (s *Server) AwaitMessage(n int) *Message {
	s.t.Helper()
	s.Await("message "+itoa(n), func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.messages) >= n && !s.messages[n-1].Thinking
	})
	return s.Messages()[n-1]
}

func (m *Message) copy() *Message {
	c := *m
	c.Body = maps.Clone(m.Body)
	return &c
}

// message is the one that the bot posted, nil if there is none. The Server must be locked.
func (s *Server) message(id string) *Message {
	for _, m := range slices.Backward(s.messages) {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

// show tells those who listen what can be read now. The Server must be locked.
func (s *Server) show(m *Message) {
	if m.Thinking {
		return
	}
	select {
	case s.heard <- m.Text():
	default: // nobody listens
	}
}
