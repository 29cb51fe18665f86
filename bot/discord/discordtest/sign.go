package discordtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers of a signed request
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
const (
	signatureHeader = "X-Signature-Ed25519"
	timestampHeader = "X-Signature-Timestamp"
)

// sign is the signature of a body at a time, as Discord makes it.
func (s *Server) sign(timestamp string, body []byte) string {
	return hex.EncodeToString(ed25519.Sign(s.key, append([]byte(timestamp), body...)))
}

// Signed is a request to the bot's address with a body, signed as Discord does
// at that time. Each can be made once; made twice with the same arguments, they
// are a replay.
func (s *Server) Signed(url string, body []byte, at time.Time) *http.Request {
	stamp := strconv.FormatInt(at.Unix(), 10)
	return post(url, body, stamp, s.sign(stamp, body))
}

func post(url string, body []byte, stamp, signature string) *http.Request {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		panic(err) // the address is the test's own
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	if stamp != "" {
		r.Header.Set(timestampHeader, stamp)
	}
	if signature != "" {
		r.Header.Set(signatureHeader, signature)
	}
	return r
}

// Ping is the body that Discord tries an address with.
func Ping() []byte {
	return raw(Object{"id": Snowflake(), "application_id": ApplicationID, "type": typePing, "token": "aUnusedToken", "version": 1})
}

// Body is the interaction as Discord sends it.
func (in Interaction) Body() []byte { return raw(in.Data) }

// Post sends the interaction to the bot's address, as Discord does in the HTTP
// mode, and returns the status. The bot's answer is taken as the callback.
// Client reaches the bot; nil means http.DefaultClient.
func (s *Server) Post(client *http.Client, url string, in Interaction) int {
	s.t.Helper()
	if client == nil {
		client = http.DefaultClient
	}
	s.change(func() { s.delivered(in.Event) })
	r, err := client.Do(s.Signed(url, in.Body(), time.Now()))
	if err != nil {
		s.t.Errorf("the bot did not answer an interaction: %v", err)
		return 0
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Errorf("the bot did not answer an interaction in full: %v", err)
		return 0
	}
	var body Object
	if r.StatusCode == http.StatusOK && json.Unmarshal(data, &body) == nil {
		s.change(func() { s.answered(in, r.Header, body) })
	}
	return r.StatusCode
}

// answered takes the callback that came as an answer. The Server must be locked.
func (s *Server) answered(in Interaction, header http.Header, body Object) {
	o := s.open[in.Token]
	if got := header.Get("Content-Type"); got != "application/json" {
		s.violate("an interaction was answered with Content-Type %q", got)
	}
	if within := s.settings.InteractionWithin; within > 0 && time.Since(o.at) > within {
		s.violate("an interaction was answered after %v", time.Since(o.at))
		return
	}
	if o.callback == nil {
		s.acknowledge(o, body)
	}
}

// Huge is a request without a right signature whose body has so many bytes.
func Huge(url string, size int64) *http.Request {
	r := post(url, nil, strconv.FormatInt(time.Now().Unix(), 10), strings.Repeat("0", 2*ed25519.SignatureSize))
	r.Body, r.ContentLength = io.NopCloser(io.LimitReader(zeros{}, size)), size
	return r
}

// zeros reads as zeros without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// A Forgery is a request that the bot must answer with 401.
type Forgery struct {
	Name    string
	Request *http.Request
}

// Forgeries are requests with the interaction that Discord did not make. The
// signatures of some are right, but not of now.
func (s *Server) Forgeries(url string, body []byte) []Forgery {
	now := time.Now()
	stamp := strconv.FormatInt(now.Unix(), 10)
	right := s.sign(stamp, body)
	_, other, _ := ed25519.GenerateKey(nil)
	at := func(name string, when time.Time) Forgery { return Forgery{name, s.Signed(url, body, when)} }
	odd := func(name, stamp string) Forgery { return Forgery{name, post(url, body, stamp, s.sign(stamp, body))} }
	changed := bytes.Replace(body, []byte(UserID), []byte(OtherID), 1)
	if bytes.Equal(changed, body) {
		changed = append(bytes.Clone(body), ' ')
	}
	return []Forgery{
		{"no signature", post(url, body, stamp, "")},
		{"no timestamp", post(url, body, "", s.sign("", body))},
		{"neither", post(url, body, "", "")},
		{"no hexadecimal", post(url, body, stamp, "zz"+right[2:])},
		{"short signature", post(url, body, stamp, right[:64])},
		{"long signature", post(url, body, stamp, right+"00")},
		{"zeros", post(url, body, stamp, hex.EncodeToString(make([]byte, ed25519.SignatureSize)))},
		{"other key", post(url, body, stamp, hex.EncodeToString(ed25519.Sign(other, append([]byte(stamp), body...))))},
		{"changed body", post(url, changed, stamp, right)},
		{"changed timestamp", post(url, body, strconv.FormatInt(now.Unix()+1, 10), right)},
		{"timestamp moved into the body", post(url, append([]byte(stamp[len(stamp)-1:]), body...), stamp[:len(stamp)-1], right)},
		at("six minutes old", now.Add(-6*time.Minute)),
		at("ten years old", now.AddDate(-10, 0, 0)),
		at("six minutes ahead", now.Add(6*time.Minute)),
		odd("timestamp is a word", "abc"),
		odd("timestamp with a sign", "+"+stamp),
		odd("timestamp with a blank", " "+stamp),
		odd("timestamp in milliseconds", strconv.FormatInt(now.UnixMilli(), 10)),
		odd("timestamp as a fraction", stamp+".5"),
		odd("timestamp beyond all numbers", "99999999999999999999999999"),
	}
}
