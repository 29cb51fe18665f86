package discordtest

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// Types of callbacks
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
const (
	Pong           = 1
	ShowMessage    = 4
	DeferMessage   = 5
	DeferUpdate    = 6
	UpdateMessage  = 7
	ShowChoices    = 8
	showModal      = 9
	tokenLives     = 15 * time.Minute
	followUpsAlone = 5 // of who installed the bot for themselves alone
)

// A Callback is the first answer to an interaction.
type Callback struct {
	At    time.Time
	After time.Duration // since the interaction was delivered
	Type  int
	Data  Object // nil if there is none
}

// opened is an interaction that the bot was told of.
type opened struct {
	id       string
	kind     int
	at       time.Time // when it was delivered
	alone    bool      // installed by who asks, not by the guild
	user     string
	channel  string
	on       *Message // that was pressed on
	callback *Callback
	original *Message
	more     []*Message // follow-ups
}

func newOpened(id string, o Object) *opened {
	kind, _ := o["type"].(int)
	owners, _ := o["authorizing_integration_owners"].(Object)
	channel, _ := o["channel_id"].(string)
	user, _ := o["user"].(Object)
	if m, ok := o["member"].(Object); ok {
		user, _ = m["user"].(Object)
	}
	who, _ := user["id"].(string)
	_, guild := owners["0"]
	return &opened{id: id, kind: kind, at: time.Now(), alone: !guild, user: who, channel: channel}
}

// delivered starts the clock of an interaction. The Server must be locked.
func (s *Server) delivered(e Event) {
	token, _ := e.Data["token"].(string)
	if o := s.open[token]; o != nil {
		o.at = time.Now()
	}
}

// Callback waits for the callback of an interaction.
func (s *Server) Callback(in Interaction) Callback {
	s.t.Helper()
	var got *Callback
	s.Await("the callback of an interaction", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		got = s.open[in.Token].callback
		return got != nil
	})
	return *got
}

// Answer waits for the message that answers an interaction, at once or after a
// deferral, and returns it. It is the message that was pressed on if that was
// changed.
func (s *Server) Answer(in Interaction) *Message {
	s.t.Helper()
	var got *Message
	s.Await("the answer to an interaction", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		o := s.open[in.Token]
		if o.original == nil || o.original.Thinking || o.callback.Type == DeferUpdate && o.original.Edits == 0 {
			return false
		}
		got = o.original.copy()
		return true
	})
	return got
}

// FollowUps returns the follow-up messages of an interaction so far.
func (s *Server) FollowUps(in Interaction) []*Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*Message
	for _, m := range s.open[in.Token].more {
		all = append(all, m.copy())
	}
	return all
}

// callback is POST /interactions/{id}/{token}/callback.
func (s *Server) callback(c *call) response {
	o := s.open[c.PathValue("token")]
	within := s.settings.InteractionWithin
	switch {
	case o == nil || o.id != c.PathValue("id"), within > 0 && o.callback == nil && time.Since(o.at) > within:
		return failed(http.StatusNotFound, 10062, "Unknown interaction")
	case o.callback != nil:
		return failed(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	}
	if bad := s.acknowledge(o, c.body); bad != nil {
		return *bad
	}
	if c.URL.Query().Get("with_response") != "true" {
		return response{http.StatusNoContent, nil}
	}
	body := Object{"interaction": Object{"id": o.id, "type": o.kind}, "resource": Object{"type": o.callback.Type}}
	if o.original != nil {
		body["resource"].(Object)["message"] = o.original.Object()
	}
	return response{http.StatusOK, body}
}

// suits are the callbacks that a type of interaction can have.
var suits = map[int][]int{
	typePing:         {Pong},
	typeCommand:      {ShowMessage, DeferMessage, showModal},
	typeComponent:    {ShowMessage, DeferMessage, DeferUpdate, UpdateMessage, showModal},
	typeAutocomplete: {ShowChoices},
}

// acknowledge takes the callback of an interaction. The Server must be locked.
func (s *Server) acknowledge(o *opened, body Object) *response {
	kind, _ := number(body["type"])
	data, _ := body["data"].(Object)
	if !slices.Contains(suits[o.kind], kind) {
		return s.invalid("a callback of type %d to an interaction of type %d", kind, o.kind)
	}
	done := &Callback{At: time.Now(), After: time.Since(o.at), Type: kind, Data: data}
	switch kind {
	case ShowMessage:
		if bad := s.check(messageLimits{interaction: true}, data); bad != nil {
			return bad
		}
		o.original = o.message(data)
		s.post(o.original)
	case DeferMessage:
		if flags, _ := number(data["flags"]); flags&^ephemeral != 0 {
			return s.invalid("a deferral with flags %d: only EPHEMERAL may be set", flags)
		}
		o.original = o.message(Object{"flags": data["flags"]})
		o.original.Thinking = true
		s.post(o.original)
	case DeferUpdate:
		o.original = s.pressed(o)
	case UpdateMessage:
		o.original = s.pressed(o)
		if bad := s.edit(o.original, data); bad != nil {
			return bad
		}
	case ShowChoices:
		if bad := s.checkChoices(data); bad != nil {
			return bad
		}
	}
	o.callback = done
	return nil
}

// pressed is the message that was pressed on, also if it is not known here.
func (s *Server) pressed(o *opened) *Message {
	if o.on == nil {
		return o.message(Object{})
	}
	if m := s.message(o.on.ID); m != nil {
		return m
	}
	return o.on
}

// message is a new message that answers the interaction.
func (o *opened) message(body Object) *Message {
	flags, _ := number(body["flags"])
	return &Message{
		ID: Snowflake(), Channel: o.channel, Interaction: o.id, For: o.user,
		Ephemeral: flags&ephemeral != 0, Posted: time.Now(), Body: maps.Clone(body),
	}
}

// webhook is the interaction that the path of a follow-up names, or why it cannot be.
func (s *Server) webhook(c *call) (*opened, *response) {
	o := s.open[c.PathValue("token")]
	var bad response
	switch {
	case c.PathValue("app") != ApplicationID:
		s.violate("%s: that is not the application's ID", c.Pattern)
		bad = failed(http.StatusNotFound, 10015, "Unknown Webhook")
	case o == nil, o.callback == nil:
		bad = failed(http.StatusNotFound, 10015, "Unknown Webhook")
	case time.Since(o.at) > tokenLives:
		bad = failed(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	default:
		return o, nil
	}
	return nil, &bad
}

// followUp is POST /webhooks/{app}/{token}.
func (s *Server) followUp(c *call) response {
	o, bad := s.webhook(c)
	if bad != nil {
		return *bad
	}
	if o.alone && len(o.more) >= followUpsAlone {
		return *s.invalid("more than %d follow-ups where the bot is not installed", followUpsAlone)
	}
	if bad := s.check(messageLimits{interaction: true}, c.body); bad != nil {
		return *bad
	}
	m := o.message(c.body)
	if o.original != nil && o.original.Thinking { // the first one takes the place of "thinking…"
		m.ID, m.Ephemeral = o.original.ID, o.original.Ephemeral
		*o.original = *m
		s.show(m)
		return response{http.StatusOK, m.Object()}
	}
	o.more = append(o.more, m)
	s.post(m)
	return response{http.StatusOK, m.Object()}
}

// ofWebhook is the message that the path of a follow-up names.
func (s *Server) ofWebhook(c *call) (*Message, *response) {
	o, bad := s.webhook(c)
	if bad != nil {
		return nil, bad
	}
	id := c.PathValue("message")
	if m := o.original; m != nil && !m.Deleted && (id == "@original" || id == m.ID) {
		return m, nil
	}
	for _, m := range o.more {
		if m.ID == id && !m.Deleted {
			return m, nil
		}
	}
	return nil, &unknownMessage
}

func (s *Server) getWebhookMessage(c *call) response {
	m, bad := s.ofWebhook(c)
	if bad != nil {
		return *bad
	}
	return response{http.StatusOK, m.Object()}
}

func (s *Server) editWebhookMessage(c *call) response {
	m, bad := s.ofWebhook(c)
	if bad != nil {
		return *bad
	}
	if bad := s.edit(m, c.body); bad != nil {
		return *bad
	}
	return response{http.StatusOK, m.Object()}
}

func (s *Server) deleteWebhookMessage(c *call) response {
	m, bad := s.ofWebhook(c)
	if bad != nil {
		return *bad
	}
	m.Deleted = true
	return response{http.StatusNoContent, nil}
}
