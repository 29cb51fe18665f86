package slacktest

import (
	"io"
	"net/http"
	"slices"
	"time"
)

// A Fault is how a call fails. The zero Fault does nothing.
type Fault struct {
	Error      string        // answered with status 200, as Slack does: "invalid_auth"
	Status     int           // answered with this status
	Body       string        // the text of that answer
	RetryAfter string        // that header of it
	Delay      time.Duration // answered after this time; with nothing else, well
	Reset      bool          // the connection is reset once the request was read
	Hang       bool          // there is no answer until the bot gives up
	Did        bool          // the call has its effect before it fails: a reset or status loses the answer alone

	Channel string // only for calls with that channel
	Times   int    // how many calls fail: 0 means one, less than 0 all from now on

	method string
}

// Fail makes calls of a method fail: those of the Web API by their names,
// "response_url" for all of these, "link" for websockets that are dialled.
// Faults are used up in order.
func (s *Server) Fail(name string, f Fault) {
	f.method = name
	if f.Times == 0 {
		f.Times = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Recover makes calls of a method succeed again.
func (s *Server) Recover(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = slices.DeleteFunc(s.faults, func(f *Fault) bool { return f.method == name })
}

// LimitChannels answers with 429 what is posted to a channel less than a
// second after another message.
func (s *Server) LimitChannels() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.paced = true
}

// isTooFast notes a message to a channel and reports whether it is one too many.
func (s *Server) isTooFast(channel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	last, now := s.lastPost[channel], time.Now()
	if s.paced && now.Sub(last) < time.Second {
		return true
	}
	s.lastPost[channel] = now
	return false
}

// fault is the fault for a call, nil if there is none.
func (s *Server) fault(c *Call) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.method != c.Method || f.Channel != "" && f.Channel != c.Arg("channel") {
			continue
		}
		if f.Times--; f.Times == 0 {
			s.faults = slices.Delete(s.faults, i, i+1)
		}
		return f
	}
	return nil
}

// fails lets a call fail if it has to, and reports whether it is over.
func (s *Server) fails(w http.ResponseWriter, r *http.Request, c *Call) bool {
	f := s.fault(c)
	if f == nil {
		return false
	}
	if do := methods[c.Method]; f.Did && do != nil {
		do(s, c)
	}
	if !s.wait(r, f) {
		return true
	}
	switch {
	case f.Reset:
		reset(w)
	case f.Status != 0:
		c.Status = f.Status
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		w.WriteHeader(f.Status)
		_, _ = io.WriteString(w, f.Body)
	case f.Error != "":
		write(w, c, nil, f.Error)
	default:
		return false
	}
	return true
}

// wait waits for the fault's time and reports false if there is to be no answer.
func (s *Server) wait(r *http.Request, f *Fault) bool {
	var due <-chan time.Time
	if !f.Hang {
		if f.Delay == 0 {
			return true
		}
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-due:
		return true
	case <-r.Context().Done():
	case <-s.done:
	}
	return false
}

// reset ends a connection without an answer.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	cut(conn)
}
