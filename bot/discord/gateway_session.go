package discord

import (
	"encoding/json"
	"time"
)

// A session is what Discord remembers of a shard, so that it can send what was
// missed between two connections
// (https://docs.discord.com/developers/events/gateway#resuming).
type session struct {
	id        string // "" if there is none to resume
	resumeURL string
	seq       int64     // of the last event that was taken in, 0 if there was none
	began     time.Time // when IDENTIFY was sent; zero if it was not
}

// ready takes in what READY says of the session.
func (s *session) ready(data json.RawMessage) {
	var is struct {
		ID        string `json:"session_id"`
		ResumeURL string `json:"resume_gateway_url"`
	}
	read(data, &is)
	s.id, s.resumeURL = is.ID, is.ResumeURL
}
