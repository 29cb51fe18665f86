package discordtest

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// A Failure is what a request gets in place of its answer.
type Failure struct {
	status int
	header map[string]string
	body   string
	after  bool // the request is carried out all the same
	reset  bool // the connection is reset
	hang   bool // there is no answer until the bot gives up
}

// RateLimited is a 429 in JSON. Scope is "user", "shared" or "global".
func RateLimited(wait time.Duration, scope string) Failure {
	global := scope == "global"
	header := map[string]string{
		"Content-Type": "application/json", "X-RateLimit-Scope": scope,
		"Retry-After": strconv.Itoa(int((wait + time.Second - 1) / time.Second)),
	}
	if global {
		header["X-RateLimit-Global"] = "true"
	}
	body := fmt.Sprintf(`{"message":"You are being rate limited.","retry_after":%.3f,"global":%t}`, wait.Seconds(), global)
	return Failure{status: http.StatusTooManyRequests, header: header, body: body}
}

// RateLimitedBare is a 429 that says not how long to wait.
func RateLimitedBare() Failure {
	return Failure{status: http.StatusTooManyRequests, header: map[string]string{"Content-Type": "application/json"}, body: `{"message":"You are being rate limited."}`}
}

// Banned is the 429 in HTML of the network before Discord.
func Banned() Failure {
	return Failure{
		status: http.StatusTooManyRequests, header: map[string]string{"Content-Type": "text/html; charset=UTF-8"},
		body: "<!DOCTYPE html><html><head><title>Access denied</title></head><body>error code: 1015</body></html>",
	}
}

// Refused is an error in JSON: a status, such as 403, and Discord's own code,
// such as 50013
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
func Refused(status, code int) Failure {
	return Failure{
		status: status, header: map[string]string{"Content-Type": "application/json"},
		body: fmt.Sprintf(`{"message":%q,"code":%d}`, http.StatusText(status), code),
	}
}

// BadGateway is a 502 in HTML. The request is not carried out.
func BadGateway() Failure {
	return Failure{
		status: http.StatusBadGateway, header: map[string]string{"Content-Type": "text/html"},
		body: "<html><head><title>502 Bad Gateway</title></head></html>",
	}
}

// Reset breaks the connection before the request is carried out.
func Reset() Failure { return Failure{reset: true} }

// Hang gives no answer until the bot gives up. The request is not carried out.
func Hang() Failure { return Failure{hang: true} }

// ButDone is the failure of a request that is carried out all the same: the
// bot cannot know.
func ButDone(f Failure) Failure {
	f.after = true
	return f
}

// WithHeader is the failure with a header of its own.
func WithHeader(f Failure, key, value string) Failure {
	header := map[string]string{key: value}
	for k, v := range f.header {
		if _, set := header[k]; !set {
			header[k] = v
		}
	}
	f.header = header
	return f
}

type plannedFailure struct {
	route  string
	f      Failure
	always bool
}

// Fail plans failures for the next requests to a route, which is written as
// for [Server.Requests], one after the other.
func (s *Server) Fail(route string, failures ...Failure) {
	s.change(func() {
		for _, f := range failures {
			s.rest.failures = append(s.rest.failures, &plannedFailure{route, f, false})
		}
	})
}

// FailAlways plans a failure for all requests to a route, until [Server.Mend].
func (s *Server) FailAlways(route string, f Failure) {
	s.change(func() { s.rest.failures = append(s.rest.failures, &plannedFailure{route, f, true}) })
}

// Mend forgets all failures of requests that are to come.
func (s *Server) Mend() {
	s.change(func() { s.rest.failures = nil })
}

// failureFor is what is planned for the request. The Server must be locked.
func (s *Server) failureFor(r *Request) *Failure {
	i := slices.IndexFunc(s.rest.failures, func(p *plannedFailure) bool { return p.route == "" || matches(p.route, r) })
	if i < 0 {
		return nil
	}
	next := s.rest.failures[i]
	if !next.always {
		s.rest.failures = slices.Delete(s.rest.failures, i, i+1)
	}
	return &next.f
}

func (f *Failure) write(w http.ResponseWriter, r *http.Request) {
	switch {
	case f.hang:
		<-r.Context().Done()
		return
	case f.reset:
		reset(w)
		return
	}
	for key, value := range f.header {
		w.Header().Set(key, value)
	}
	w.WriteHeader(f.status)
	_, _ = w.Write([]byte(f.body))
}

// reset breaks the connection of a request.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
