package slack

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// maxBody is the largest request that is read. Slack's are far smaller; a
// larger one is refused before it costs a hash.
const maxBody = 1 << 20

// Paths are where Slack sends its requests in mode [HTTP]. The last one takes
// all of them: what a request is shows in its body.
var Paths = []string{"/slack/events", "/slack/commands", "/slack/interactivity", "/slack/options", "/slack"}

// ServeHTTP takes what Slack sends: it verifies the signature and answers in
// the response. Everything that is validly signed gets status 200, also what
// the bot cannot use, but for events when too much is under way: those get 503
// and are sent again. Before Run, and after it ended, so does everything.
func (s *Slack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.URL.Query().Get("ssl_check") == "1" { // https://docs.slack.dev/interactivity/implementing-slash-commands#validating_the_command
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, http.StatusMethodNotAllowed)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(w, http.StatusRequestEntityTooLarge)
	case err != nil:
		refuse(w, http.StatusBadRequest)
	case string(raw) == "ssl_check=1":
		return
	case !s.isSigned(r.Header, raw):
		if s.vitals.Refuse() {
			s.log.Warn("slack: requests without a valid signature are refused: the signing secret or this machine's clock is wrong, or they are not Slack's")
		}
		refuse(w, http.StatusUnauthorized)
	default:
		s.signed(w, r, raw)
	}
}

// refuse answers with a status and nothing that tells why.
func refuse(w http.ResponseWriter, status int) { http.Error(w, http.StatusText(status), status) }

var (
	signature = regexp.MustCompile(`^v0=[0-9a-f]{64}$`)
	timestamp = regexp.MustCompile(`^[0-9]{1,12}$`)
)

// isSigned verifies the signature over the raw body, in constant time, and that
// the request is at most five minutes away from now
// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
func (s *Slack) isSigned(h http.Header, raw []byte) bool {
	signed, at := h.Values("X-Slack-Signature"), h.Values("X-Slack-Request-Timestamp")
	if len(signed) != 1 || len(at) != 1 || !signature.MatchString(signed[0]) || !timestamp.MatchString(at[0]) {
		return false
	}
	verifier, err := slack.NewSecretsVerifier(h, s.cfg.SigningSecret.Reveal())
	if err != nil {
		return false
	}
	if _, err := verifier.Write(raw); err != nil {
		return false
	}
	return verifier.Ensure() == nil
}

// signed answers a request that is Slack's.
func (s *Slack) signed(w http.ResponseWriter, r *http.Request, raw []byte) {
	req, challenge := requestOf(r.Header.Get("Content-Type"), raw)
	req.retry, _ = strconv.Atoi(r.Header.Get("X-Slack-Retry-Num"))
	switch {
	case challenge != "":
		writeJSON(w, map[string]string{"challenge": challenge})
		return
	case req.kind == "":
		return // nothing to be done about it, and nothing to complain of
	}
	s.awaitRun(r)
	answered := make(chan reply, 1)
	s.take(req, func(re reply) { answered <- re })
	select {
	case re := <-answered:
		switch {
		case re.refused:
			refuse(w, http.StatusServiceUnavailable)
		case re.body != nil:
			writeJSON(w, re.body)
		}
	case <-r.Context().Done():
	}
}

// startWithin is how long a request waits for Run to begin: addresses are bound
// a moment before.
const startWithin = time.Second

// awaitRun waits until Run has begun, or for long enough.
func (s *Slack) awaitRun(r *http.Request) {
	timer := time.NewTimer(startWithin)
	defer timer.Stop()
	select {
	case <-s.begun:
	case <-timer.C:
	case <-r.Context().Done():
	}
}

// requestOf says what a body is: JSON is an event, a form with a payload is an
// interaction, another form a slash command. The challenge is what Slack wants
// to have back when the address is set up.
func requestOf(contentType string, raw []byte) (req request, challenge string) {
	if strings.HasPrefix(strings.TrimSpace(contentType), "application/json") || strings.HasPrefix(strings.TrimSpace(string(raw)), "{") {
		var setup struct {
			Type      field `json:"type"`
			Challenge field `json:"challenge"`
		}
		if json.Unmarshal(raw, &setup) == nil && setup.Type == "url_verification" {
			return request{}, string(setup.Challenge)
		}
		return request{kind: eventsAPI, payload: raw}, ""
	}
	form, err := url.ParseQuery(string(raw))
	switch {
	case err != nil || form.Get("ssl_check") == "1":
		return request{}, ""
	case form.Has("payload"):
		return request{kind: interactive, payload: json.RawMessage(form.Get("payload"))}, ""
	case form.Has("command"):
		return request{kind: slashCommand, payload: object(form)}, ""
	}
	return request{}, ""
}

// object is the form as Socket Mode has it: an object of strings. The flag that
// the library wants as a boolean is left out.
func object(form url.Values) json.RawMessage {
	fields := make(map[string]string, len(form))
	for name := range form {
		if name != "is_enterprise_install" {
			fields[name] = form.Get(name)
		}
	}
	data, err := json.Marshal(fields)
	if err != nil { // strings always have JSON
		return nil
	}
	return data
}

func writeJSON(w http.ResponseWriter, v any) {
	data := encode(v)
	if data == nil {
		return // an acknowledgement without an answer
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(data) // Slack has gone; the answer is lost with it
}
