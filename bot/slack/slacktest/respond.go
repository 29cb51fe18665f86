package slacktest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// How often, and for how long, a response_url may be used
// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
const (
	mostUses = 5
	goodFor  = 30 * time.Minute
)

// A responseURL is where an interaction may be answered.
type responseURL struct {
	channel string
	made    time.Time
	uses    int
	expired bool
}

// responseURL makes a fresh address.
func (s *Server) responseURL(kind, channel string) string {
	path := fmt.Sprintf("/respond/%s/%s/%d/canary%d", kind, Team, s.next(), s.next())
	s.hide(path)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.urls[path] = &responseURL{channel: channel, made: time.Now()}
	return s.http.URL + path
}

// Expire makes a response_url too old to be used.
func (s *Server) Expire(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.urls[strings.TrimPrefix(address, s.http.URL)]; u != nil {
		u.expired = true
	}
}

// respond takes a message for a response_url.
func (s *Server) respond(w http.ResponseWriter, r *http.Request) {
	c := &Call{Method: "response_url", Time: time.Now(), Args: arguments(r)}
	defer s.note(c)
	if s.fails(w, r, c) {
		return
	}
	channel, failure := s.use(r.URL.Path)
	if failure != "" {
		c.Status = http.StatusNotFound
		write(w, c, nil, failure)
		return
	}
	if r.Header.Get("Authorization") != "" {
		s.violate("a response_url was called with a token")
	}
	if failure := s.checkMessage("response_url", c.Args); failure != "" {
		write(w, c, nil, failure)
		return
	}
	p := bodyPost("response_url", c.Args)
	p.Channel, p.ResponseURL = channel, s.http.URL+r.URL.Path
	if c.Args["response_type"] != "in_channel" {
		p.User = "somebody"
	}
	c.Status = http.StatusOK
	s.publish(p)
	_, _ = w.Write([]byte("ok"))
}

// use uses an address once.
func (s *Server) use(path string) (channel, failure string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.urls[path]
	switch {
	case u == nil:
		return "", "no_such_url"
	case u.expired || time.Since(u.made) > goodFor:
		return "", "expired_url"
	case u.uses == mostUses:
		return "", "used_url"
	}
	u.uses++
	return u.channel, ""
}
