package discordtest

import (
	"maps"
	"net/http"
	"time"
)

// getGateway is GET /gateway.
func (s *Server) getGateway(*call) response {
	return response{http.StatusOK, Object{"url": s.gatewayURL()}}
}

// getGatewayBot is GET /gateway/bot
// (https://docs.discord.com/developers/events/gateway#get-gateway-bot).
func (s *Server) getGatewayBot(*call) response {
	set := s.settings
	return response{http.StatusOK, Object{
		"url": s.gatewayURL(), "shards": set.Shards,
		"session_start_limit": Object{
			"total": set.Starts, "remaining": max(0, set.StartsLeft),
			"reset_after": set.ResetAfter.Milliseconds(), "max_concurrency": set.MaxConcurrency,
		},
	}}
}

// getSelf is GET /users/@me.
func (s *Server) getSelf(*call) response { return response{http.StatusOK, self()} }

// getApplication is GET /applications/@me.
func (s *Server) getApplication(*call) response {
	var endpoint any
	if s.settings.EndpointURL != "" {
		endpoint = s.settings.EndpointURL
	}
	return response{http.StatusOK, Object{
		"id": ApplicationID, "name": "frameworkbot", "icon": nil, "description": "", "bot_public": true, "bot_require_code_grant": false,
		"verify_key": s.PublicKey(), "flags": s.settings.Flags, "interactions_endpoint_url": endpoint, "bot": self(),
		"integration_types_config": Object{"0": Object{}, "1": Object{}}, "approximate_guild_count": 1,
	}}
}

// openDirect is POST /users/@me/channels.
func (s *Server) openDirect(*call) response {
	return response{http.StatusOK, Object{"id": DirectID, "type": 1, "recipients": []any{User(UserID)}}}
}

// nonceKept is how long Discord remembers a nonce that it enforces.
const nonceKept = 3 * time.Minute

// postMessage is POST /channels/{channel}/messages
// (https://docs.discord.com/developers/resources/message#create-message).
func (s *Server) postMessage(c *call) response {
	if bad := s.check(messageLimits{}, c.body); bad != nil {
		return *bad
	}
	channel := c.PathValue("channel")
	nonce, _ := c.body["nonce"].(string)
	key := channel + " " + nonce
	if old := s.nonces[key]; nonce != "" && c.body["enforce_nonce"] == true && old != nil && time.Since(old.Posted) < nonceKept {
		return response{http.StatusOK, old.Object()}
	}
	m := &Message{ID: Snowflake(), Channel: channel, Posted: time.Now(), Body: maps.Clone(c.body)}
	if ref, ok := c.body["message_reference"].(Object); ok {
		m.ReplyTo, _ = ref["message_id"].(string)
	}
	if nonce != "" {
		s.nonces[key] = m
	}
	s.post(m)
	return response{http.StatusOK, m.Object()}
}

// post adds a message. The Server must be locked.
func (s *Server) post(m *Message) {
	s.messages = append(s.messages, m)
	s.show(m)
}

// inChannel is the message that the path names, nil if there is none that the bot can reach so.
func (s *Server) inChannel(c *call) *Message {
	m := s.message(c.PathValue("message"))
	if m == nil || m.Channel != c.PathValue("channel") || m.Ephemeral {
		return nil
	}
	return m
}

var unknownMessage = failed(http.StatusNotFound, 10008, "Unknown Message")

func (s *Server) getMessage(c *call) response {
	m := s.inChannel(c)
	if m == nil {
		return unknownMessage
	}
	return response{http.StatusOK, m.Object()}
}

func (s *Server) editMessage(c *call) response {
	m := s.inChannel(c)
	if m == nil {
		return unknownMessage
	}
	if bad := s.edit(m, c.body); bad != nil {
		return *bad
	}
	return response{http.StatusOK, m.Object()}
}

func (s *Server) deleteMessage(c *call) response {
	m := s.inChannel(c)
	if m == nil {
		return unknownMessage
	}
	m.Deleted = true
	return response{http.StatusNoContent, nil}
}

// edit changes what the body names of a message. The Server must be locked.
func (s *Server) edit(m *Message, body Object) *response {
	after := maps.Clone(m.Body)
	if after == nil {
		after = Object{}
	}
	maps.Copy(after, body)
	before, _ := number(m.Body["flags"])
	now, _ := number(body["flags"])
	after["flags"] = before&isV2 | now // V2 cannot be taken back
	if bad := s.check(messageLimits{interaction: m.Interaction != "", edit: true}, after); bad != nil {
		return bad
	}
	m.Body = after
	m.Thinking = false
	m.Edits++
	s.show(m)
	return nil
}
