package discord

import (
	"encoding/json"
	"runtime"
)

// Opcodes of the gateway
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes).
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// A packet is what a frame of the gateway says.
type packet struct {
	Op    int             `json:"op"`
	Data  json.RawMessage `json:"d"`
	Seq   *int64          `json:"s"`
	Event string          `json:"t"`
}

// An outgoing packet is one that the bot sends.
type outgoing struct {
	Op   int `json:"op"`
	Data any `json:"d"`
}

// identify starts a session
// (https://docs.discord.com/developers/events/gateway-events#identify).
func (s *shard) identify() outgoing {
	return outgoing{opIdentify, map[string]any{
		"token":      s.token.Reveal(),
		"intents":    s.intents,
		"properties": map[string]string{"os": runtime.GOOS, "browser": "frameworkbot", "device": "frameworkbot"},
		"shard":      [2]int{s.id, s.of},
	}}
}

// resume goes on with a session
// (https://docs.discord.com/developers/events/gateway-events#resume).
func (s *shard) resume() outgoing {
	return outgoing{opResume, map[string]any{"token": s.token.Reveal(), "session_id": s.session.id, "seq": s.session.seq}}
}

// heartbeat says that the bot is there, and what it has seen.
func (s *shard) heartbeat() outgoing {
	if s.session.seq == 0 {
		return outgoing{opHeartbeat, nil}
	}
	return outgoing{opHeartbeat, s.session.seq}
}
