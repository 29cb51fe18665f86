package discordtest

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"
)

// An Identify is an IDENTIFY that the bot sent.
type Identify struct {
	At         time.Time
	Connection int // which one, counted from 1
	Path       string
	Shard      [2]int // which one of how many
	Intents    int
	Properties map[string]string
	TooSoon    bool // after the last one in its bucket
}

// A Resume is a RESUME that the bot sent.
type Resume struct {
	At         time.Time
	Connection int
	Path       string
	Seq        int64
	Right      bool // on the session's own address, with a session and a sequence that there are
}

// A Heartbeat is a HEARTBEAT that the bot sent.
type Heartbeat struct {
	At         time.Time
	Connection int
	Seq        *int64
}

// Closed is how the bot ended a connection: 1006 if without a code.
type Closed struct {
	At         time.Time
	Connection int
	Code       int
}

// Identifies returns all IDENTIFYs so far.
func (s *Server) Identifies() []Identify { return records(s, &s.gateway.identifies) }

// Resumes returns all RESUMEs so far.
func (s *Server) Resumes() []Resume { return records(s, &s.gateway.resumes) }

// Heartbeats returns all heartbeats so far.
func (s *Server) Heartbeats() []Heartbeat { return records(s, &s.gateway.heartbeats) }

// Closes returns the connections that the bot ended so far.
func (s *Server) Closes() []Closed { return records(s, &s.gateway.closes) }

// Connections returns how many connections there were so far.
func (s *Server) Connections() int { return len(records(s, &s.gateway.connections)) }

func records[T any](s *Server, from *[]T) []T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(*from)
}

// Intents that have to be switched on for an application, and all that there are
// (https://docs.discord.com/developers/events/gateway#list-of-intents).
const (
	privileged = 1<<1 | 1<<8 | 1<<15
	allIntents = 1<<26 - 1
)

// identify starts a session, if Discord would. The Server must be locked.
func (c *connection) identify(data json.RawMessage) {
	var in struct {
		Token      string            `json:"token"`
		Intents    int               `json:"intents"`
		Properties map[string]string `json:"properties"`
		Shard      *[2]int           `json:"shard"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		c.s.violate("an IDENTIFY that Discord cannot decode: %v", err)
		c.close(4002)
		return
	}
	shard := [2]int{0, 1}
	if in.Shard != nil {
		shard = *in.Shard
	}
	record := Identify{
		At: time.Now(), Connection: c.number, Path: c.path, Shard: shard,
		Intents: in.Intents, Properties: in.Properties, TooSoon: c.s.tooSoon(shard[0]),
	}
	c.s.gateway.identifies = append(c.s.gateway.identifies, record)
	for key := range in.Properties {
		if strings.HasPrefix(key, "$") {
			c.s.violate("IDENTIFY has the old property %q", key)
		}
	}
	if code := c.refuse(in.Token, in.Intents, shard); code != 0 {
		c.close(code)
		return
	}
	if record.TooSoon {
		c.send(invalid(false))
		return
	}
	if c.fault(BeforeReady) {
		c.start(shard)
		c.fault(AfterReady)
	}
}

// tooSoon reports whether the shard may not identify yet.
func (s *Server) tooSoon(shard int) bool {
	for _, before := range slices.Backward(s.gateway.identifies) {
		same := before.Shard[0]%max(1, s.settings.MaxConcurrency) == shard%max(1, s.settings.MaxConcurrency)
		if same && time.Since(before.At) < s.settings.IdentifySpacing {
			return true
		}
	}
	return false
}

// refuse is the code that an IDENTIFY is refused with, 0 if it is not.
func (c *connection) refuse(token string, intents int, shard [2]int) int {
	set := &c.s.settings
	set.StartsLeft--
	switch {
	case c.session != nil:
		c.s.violate("IDENTIFY in a session (4005)")
		return 4005
	case set.StartsLeft < 0:
		c.s.violate("more than %d sessions started: Discord would have reset the token", set.Starts)
		return 4004
	case token != c.s.Token():
		return 4004
	case intents < 0 || bits.Len(uint(intents)) > bits.Len(allIntents):
		return 4013
	case intents&privileged&^set.Privileged != 0:
		return 4014
	case shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1]:
		return 4010
	case shard[1] < set.Shards:
		return 4011
	}
	return 0
}

// start sends READY and the guild. The Server must be locked.
func (c *connection) start(shard [2]int) {
	g := &c.s.gateway
	for _, old := range g.sessions {
		if old.shard == shard[0] {
			old.dead = true
		}
	}
	n := len(g.sessions) + 1
	x := &session{id: fmt.Sprintf("c0ffee%026x", n), resumePath: resumePath(n), shard: shard[0], shards: shard[1], started: time.Now(), conn: c}
	c.session = x
	g.sessions = append(g.sessions, x)
	c.s.secrets = append(c.s.secrets, x.id)
	x.dispatch("READY", c.s.ready(x))
	if shardOf(GuildID, x.shards) == x.shard {
		x.dispatch("GUILD_CREATE", Guild(GuildID).Data)
	}
}

// resume goes on with a session, if Discord would. The Server must be locked.
func (c *connection) resume(data json.RawMessage) {
	var in struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int64  `json:"seq"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		c.s.violate("a RESUME that Discord cannot decode: %v", err)
		c.close(4002)
		return
	}
	x := c.s.gateway.session(in.Session)
	known := x != nil && !x.dead
	right := known && in.Seq >= 0 && in.Seq <= int64(len(x.log)) && c.path == x.resumePath
	c.s.gateway.resumes = append(c.s.gateway.resumes, Resume{At: time.Now(), Connection: c.number, Path: c.path, Seq: in.Seq, Right: right})
	if known {
		c.session = x
	}
	switch {
	case in.Token != c.s.Token():
		c.close(4004)
	case !c.fault(BeforeResumed):
	case !known:
		c.send(invalid(false))
	case in.Seq < 0 || in.Seq > int64(len(x.log)):
		c.s.violate("a RESUME with a sequence that was never sent: %d", in.Seq)
		x.dead = true
		c.close(4007)
	default:
		c.replay(x, in.Seq)
		c.fault(AfterResumed)
	}
}

// replay sends what the bot missed. The Server must be locked.
func (c *connection) replay(x *session, seq int64) {
	if old := x.conn; old != nil {
		old.close(4000)
	}
	x.conn = c
	for _, missed := range x.log[seq:] {
		c.send(missed)
	}
	x.dispatch("RESUMED", Object{"_trace": []string{"[\"gateway-canary\"]"}})
}

func (g *gateway) session(id string) *session {
	for _, x := range g.sessions {
		if x.id == id {
			return x
		}
	}
	return nil
}

func invalid(resumable bool) []byte { return frame{Op: opInvalid, Data: raw(resumable)}.encode() }
