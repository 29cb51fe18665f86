package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// What is sent over the gateway
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes).
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opPresence  = 3
	opVoice     = 4
	opResume    = 6
	opReconnect = 7
	opMembers   = 8
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// An Event is what Discord tells the bot: its type, such as MESSAGE_CREATE,
// and its data.
type Event struct {
	Type string
	Data Object
}

// A frame is one message over the gateway.
type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s,omitempty"`
	Type string          `json:"t,omitempty"`
}

func (f frame) encode() []byte {
	data, err := json.Marshal(f)
	if err != nil {
		panic(fmt.Sprintf("a frame that is no JSON: %v", err))
	}
	return data
}

// raw is v as JSON. What the package itself made always is.
func raw(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("a payload that is no JSON: %v", err))
	}
	return data
}

// A session is what a bot resumes: it lives longer than its connections.
type session struct {
	id         string
	resumePath string
	shard      int
	shards     int
	started    time.Time
	log        [][]byte    // what was dispatched; the sequence is one more than the place
	conn       *connection // nil while there is none
	dead       bool        // cannot be resumed any more
}

// dispatch adds the event to the session and sends it if there is a
// connection. The Server must be locked.
func (x *session) dispatch(kind string, data any) {
	seq := int64(len(x.log) + 1)
	encoded := frame{Op: opDispatch, Type: kind, Seq: &seq, Data: raw(data)}.encode()
	x.log = append(x.log, encoded)
	if x.conn != nil {
		x.conn.send(encoded)
	}
}

// Dispatch sends events to the shards that they belong to, one right behind the
// other. It waits until the bot has a session there; while the bot is not
// connected, the events wait for its RESUME.
func (s *Server) Dispatch(events ...Event) {
	if !s.await(patience, func() bool { return s.tryDispatch(events) }) {
		s.t.Errorf("%s was not dispatched: the bot has no session", events[0].Type)
	}
}

func (s *Server) tryDispatch(events []Event) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	to := make([]*session, len(events))
	for i, e := range events {
		if to[i] = s.gateway.sessionFor(e); to[i] == nil {
			return false
		}
	}
	for i, e := range events {
		s.delivered(e)
		to[i].dispatch(e.Type, e.Data)
	}
	return true
}

// sessionFor is the newest session of the shard that the event belongs to.
func (g *gateway) sessionFor(e Event) *session {
	guild, _ := e.Data["guild_id"].(string)
	if e.Type == "GUILD_CREATE" || e.Type == "GUILD_DELETE" {
		guild, _ = e.Data["id"].(string)
	}
	for _, x := range slices.Backward(g.sessions) {
		if !x.dead && x.shard == shardOf(guild, x.shards) {
			return x
		}
	}
	return nil
}

// AwaitReady waits until each shard has a session and is connected.
func (s *Server) AwaitReady() {
	s.t.Helper()
	s.Await("the bot to be connected", s.Ready)
}

// Ready reports whether each shard has a session and is connected.
func (s *Server) Ready() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	up := map[int]bool{}
	for _, x := range s.gateway.sessions {
		if x.conn != nil && !x.dead {
			up[x.shard] = true
		}
	}
	return len(up) >= s.settings.Shards
}

// ready is what a bot gets for its IDENTIFY
// (https://docs.discord.com/developers/events/gateway-events#ready).
func (s *Server) ready(x *session) Object {
	resume := s.settings.ResumeHost
	if resume == "" {
		resume = "ws" + s.url[len("http"):] + x.resumePath
	}
	guilds := []Object{}
	if shardOf(GuildID, x.shards) == x.shard {
		guilds = append(guilds, Object{"id": GuildID, "unavailable": true})
	}
	return Object{
		"v": 10, "user": self(), "guilds": guilds,
		"session_id": x.id, "session_type": "normal", "resume_gateway_url": resume,
		"shard":            []int{x.shard, x.shards},
		"application":      Object{"id": ApplicationID, "flags": 0},
		"private_channels": []any{}, "relationships": []any{}, "_trace": []string{"[\"gateway-canary\"]"},
	}
}

// self is the bot as a user.
func self() Object {
	return Object{
		"id": BotID, "username": "frameworkbot", "discriminator": "0420", "global_name": nil,
		"avatar": nil, "bot": true, "verified": true, "mfa_enabled": true, "email": nil, "flags": 0,
	}
}
