package slacktest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A Call is one request that the bot made.
type Call struct {
	Method string // "chat.postMessage" or another, "response_url" for those
	Time   time.Time
	Args   map[string]any // the arguments, decoded from a form or JSON
	Status int            // of the answer; 0 if there was none
	Error  string         // of the answer, "" if it was good
}

// Arg is an argument as a string, "" if it is none.
func (c Call) Arg(name string) string {
	s, _ := c.Args[name].(string)
	return s
}

// method answers a call with fields of the answer, or with an error code.
type method func(s *Server, c *Call) (answer map[string]any, failure string)

var methods = map[string]method{
	"auth.test":             authTest,
	"apps.connections.open": openConnection,
	"chat.postMessage":      postMessage,
	"chat.postEphemeral":    postEphemeral,
	"chat.update":           updateMessage,
	"chat.delete":           func(*Server, *Call) (map[string]any, string) { return nil, "" },
	"views.publish":         publishView,
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.call)
	mux.HandleFunc("/link", s.connect)
	mux.HandleFunc("/respond/{rest...}", s.respond)
	return mux
}

// call answers a call of the Web API.
func (s *Server) call(w http.ResponseWriter, r *http.Request) {
	c := &Call{Method: r.PathValue("method"), Time: time.Now(), Args: arguments(r)}
	defer s.note(c)
	if c.Method == "apps.connections.open" {
		s.mu.Lock()
		s.opens = append(s.opens, c.Time)
		s.mu.Unlock()
	}
	if s.fails(w, r, c) {
		return
	}
	do, known := methods[c.Method]
	if !known {
		s.violate("%s was called, which this server does not know", c.Method)
		write(w, c, nil, "unknown_method")
		return
	}
	if failure := s.authorise(r, c); failure != "" {
		write(w, c, nil, failure)
		return
	}
	answer, failure := do(s, c)
	s.mu.Lock()
	w.Header().Set("X-OAuth-Scopes", s.scopes)
	s.mu.Unlock()
	if failure == "ratelimited" {
		w.Header().Set("Retry-After", "1")
		c.Status = http.StatusTooManyRequests
	}
	write(w, c, answer, failure)
}

// write sends an answer.
func write(w http.ResponseWriter, c *Call, answer map[string]any, failure string) {
	out := map[string]any{"ok": failure == ""}
	maps.Copy(out, answer)
	if failure != "" {
		out["error"], c.Error = failure, failure
	}
	if c.Status == 0 {
		c.Status = http.StatusOK
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(c.Status)
	_ = json.NewEncoder(w).Encode(out) // the bot may be gone
}

// arguments are those of a form or of JSON; JSON in a form's field is decoded.
func arguments(r *http.Request) map[string]any {
	args := map[string]any{}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return args
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "application/json" {
		_ = json.Unmarshal(body, &args) // what is no object has no arguments
		return args
	}
	form, _ := url.ParseQuery(string(body))
	for name := range form {
		args[name] = form.Get(name)
		switch name {
		case "blocks", "view", "attachments", "metadata":
			var v any
			if json.Unmarshal([]byte(form.Get(name)), &v) == nil {
				args[name] = v
			}
		}
	}
	return args
}

// authorise checks the token. Where one was given in the arguments, it is taken
// out of the journal.
func (s *Server) authorise(r *http.Request, c *Call) string {
	inHeader, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	inForm := c.Arg("token")
	delete(c.Args, "token")
	want := BotToken
	if c.Method == "apps.connections.open" {
		want, inForm = AppToken, ""
	}
	if r.Method != http.MethodPost && c.Method != "auth.test" {
		s.violate("%s was called with %s", c.Method, r.Method)
	}
	switch given := inHeader + inForm; {
	case given == "":
		return "not_authed"
	case given == want, given == want+want:
		return ""
	case strings.HasPrefix(given, want[:4]):
		return "invalid_auth"
	}
	return "not_allowed_token_type"
}

func authTest(s *Server, _ *Call) (map[string]any, string) {
	return map[string]any{
		"url": s.http.URL + "/", "team": "Example", "user": "framework", "team_id": Team, "user_id": BotUser, "bot_id": BotID,
		"is_enterprise_install": false,
	}, ""
}

func openConnection(s *Server, _ *Call) (map[string]any, string) {
	ticket := fmt.Sprintf("canary-%d", s.next())
	s.hide(ticket)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tickets[ticket] = false
	return map[string]any{"url": "ws" + strings.TrimPrefix(s.http.URL, "http") + "/link?ticket=" + ticket + "&app_id=" + AppID}, ""
}

// Opens are the times at which apps.connections.open was called.
func (s *Server) Opens() []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]time.Time(nil), s.opens...)
}

// Calls is the journal: all requests that were answered, in order. With names,
// only those methods.
func (s *Server) Calls(names ...string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if len(names) == 0 || slices.Contains(names, c.Method) {
			out = append(out, c)
		}
	}
	return out
}

func (s *Server) note(c *Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, *c)
}
