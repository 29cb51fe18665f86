package discordtest

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// version is what the paths of the REST API begin with.
const version = "/api/v10"

// maxBody is the largest request that the Server takes.
const maxBody = 25 << 20

// rest is what the Server knows of the bot's requests.
type rest struct {
	requests []*Request
	failures []*plannedFailure
	channels map[string]*window
	global   window
}

// A Request is one that the bot made.
type Request struct {
	At     time.Time
	Method string
	Path   string // without /api/v10
	Header http.Header
	Body   []byte
	Status int // what it was answered with, 0 if with nothing
}

// Requests returns the requests to a route so far, such as
// "POST /channels/*/messages": a star stands for one part of the path, "" for
// all requests.
func (s *Server) Requests(route string) []Request {
	var found []Request
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.rest.requests {
		if route == "" || matches(route, r) {
			found = append(found, *r)
		}
	}
	return found
}

func matches(route string, r *Request) bool {
	method, path, _ := strings.Cut(route, " ")
	want, have := strings.Split(path, "/"), strings.Split(strings.TrimPrefix(r.Path, "/"), "/")
	if path != "" && path[0] == '/' {
		want = want[1:]
	}
	return method == r.Method && slices.EqualFunc(want, have, func(w, h string) bool { return w == "*" || w == h })
}

// A response is what a route answers with.
type response struct {
	status int
	body   any // nil for none
}

// A call is a request to a route, taken apart.
type call struct {
	*http.Request
	body Object
	list []Object // if the body is a list
}

// routes is everything that the Server serves.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.serveGateway)
	for pattern, handle := range map[string]func(*call) response{
		"GET /gateway":                                      s.getGateway,
		"GET /gateway/bot":                                  s.getGatewayBot,
		"GET /users/@me":                                    s.getSelf,
		"GET /applications/@me":                             s.getApplication,
		"POST /users/@me/channels":                          s.openDirect,
		"POST /interactions/{id}/{token}/callback":          s.callback,
		"POST /webhooks/{app}/{token}":                      s.followUp,
		"GET /webhooks/{app}/{token}/messages/{message}":    s.getWebhookMessage,
		"PATCH /webhooks/{app}/{token}/messages/{message}":  s.editWebhookMessage,
		"DELETE /webhooks/{app}/{token}/messages/{message}": s.deleteWebhookMessage,
		"POST /channels/{channel}/messages":                 s.postMessage,
		"GET /channels/{channel}/messages/{message}":        s.getMessage,
		"PATCH /channels/{channel}/messages/{message}":      s.editMessage,
		"DELETE /channels/{channel}/messages/{message}":     s.deleteMessage,
		"POST /channels/{channel}/typing":                   func(*call) response { return response{http.StatusNoContent, nil} },
		"GET /applications/{app}/commands":                  s.getCommands,
		"PUT /applications/{app}/commands":                  s.putCommands,
		"GET /applications/{app}/guilds/{guild}/commands":   s.getCommands,
		"PUT /applications/{app}/guilds/{guild}/commands":   s.putCommands,
	} {
		method, path, _ := strings.Cut(pattern, " ")
		mux.Handle(method+" "+version+path, s.route(handle))
	}
	mux.Handle("/api/", s.route(s.unknown))
	return mux
}

// route does around a request what Discord does around all of them.
func (s *Server) route(handle func(*call) response) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			return
		}
		record := &Request{At: time.Now(), Method: r.Method, Path: strings.TrimPrefix(r.URL.Path, version), Header: r.Header.Clone(), Body: data}
		var answer response
		var failure *Failure
		s.change(func() {
			s.rest.requests = append(s.rest.requests, record)
			failure = s.failureFor(record)
			if failure == nil || failure.after {
				answer = s.answer(&call{Request: r}, data, handle, w.Header())
			}
			if failure != nil {
				answer.status = failure.status
			}
			record.Status = answer.status
		})
		if failure != nil {
			failure.write(w, r)
			return
		}
		answer.write(w)
	})
}

// answer is what Discord answers the request with. The Server must be locked.
func (s *Server) answer(c *call, data []byte, handle func(*call) response, header http.Header) response {
	if refused := s.authorise(c); refused != nil {
		return *refused
	}
	if len(data) > 0 && json.Unmarshal(data, &c.body) != nil && json.Unmarshal(data, &c.list) != nil {
		s.violate("%s %s: the body is no JSON", c.Method, c.URL.Path)
		return failed(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	}
	if limited := s.limit(c, header); limited != nil {
		return *limited
	}
	return handle(c)
}

// bearer reports whether the path of the request is all the authorisation that it needs.
func (c *call) bearer() bool {
	path := strings.TrimPrefix(c.URL.Path, version)
	return strings.HasPrefix(path, "/interactions/") || strings.HasPrefix(path, "/webhooks/")
}

// authorise refuses who may not make the request
// (https://docs.discord.com/developers/reference#authentication and #user-agent).
func (s *Server) authorise(c *call) *response {
	if agent := c.UserAgent(); !strings.HasPrefix(agent, "DiscordBot (") {
		s.violate("%s: the User-Agent %q is not DiscordBot (address, version)", c.URL.Path, agent)
	}
	if !c.bearer() && c.Header.Get("Authorization") != "Bot "+s.Token() {
		refused := failed(http.StatusUnauthorized, 0, "401: "+http.StatusText(http.StatusUnauthorized))
		return &refused
	}
	return nil
}

// A window counts requests until it is reset.
type window struct {
	until time.Time
	count int
}

// take counts one request and reports whether it is within the limit, and when the window ends.
func (w *window) take(limit int, length time.Duration) (bool, time.Duration) {
	now := time.Now()
	if !now.Before(w.until) {
		w.until, w.count = now.Add(length), 0
	}
	w.count++
	return limit == 0 || w.count <= limit, w.until.Sub(now)
}

// limit refuses what is too much, and says in the header how much is left
// (https://docs.discord.com/developers/topics/rate-limits).
func (s *Server) limit(c *call, header http.Header) *response {
	if !c.bearer() {
		if ok, wait := s.rest.global.take(s.settings.PerSecond, time.Second); !ok {
			header.Set("X-RateLimit-Global", "true")
			return tooMany(header, wait, "global")
		}
	}
	limit, length := 0, time.Second
	channel := c.PathValue("channel")
	if channel != "" && c.Method == http.MethodPost {
		limit, length = s.settings.PerChannel, 5*time.Second
	}
	if s.rest.channels == nil {
		s.rest.channels = map[string]*window{}
	}
	key := c.Method + " " + c.Pattern + " " + channel
	w := s.rest.channels[key]
	if w == nil {
		w = &window{}
		s.rest.channels[key] = w
	}
	ok, wait := w.take(limit, length)
	shown := limit
	if limit == 0 { // there is always one more
		shown = w.count + 1
	}
	header.Set("X-RateLimit-Limit", strconv.Itoa(shown))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, shown-w.count)))
	header.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(w.until.UnixMilli())/1000, 'f', 3, 64))
	header.Set("X-RateLimit-Reset-After", seconds(wait))
	h := fnv.New64()
	_, _ = io.WriteString(h, c.Method+c.Pattern)
	header.Set("X-RateLimit-Bucket", fmt.Sprintf("%016x", h.Sum64()))
	if !ok {
		return tooMany(header, wait, "user")
	}
	return nil
}

// tooMany is a 429.
func tooMany(header http.Header, wait time.Duration, scope string) *response {
	header.Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	header.Set("X-RateLimit-Scope", scope)
	return &response{http.StatusTooManyRequests, Object{
		"message": "You are being rate limited.", "retry_after": float64(wait.Milliseconds()) / 1000, "global": scope == "global",
	}}
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

// failed is an error as Discord reports it.
func failed(status, code int, message string) response {
	return response{status, Object{"code": code, "message": message}}
}

func (r response) write(w http.ResponseWriter) {
	if r.body == nil {
		w.WriteHeader(r.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	_, _ = w.Write(raw(r.body))
}

func (s *Server) unknown(c *call) response {
	s.violate("%s %s: there is no such route", c.Method, c.URL.Path)
	return failed(http.StatusNotFound, 0, "404: Not Found")
}

func itoa(n int) string { return strconv.Itoa(n) }
