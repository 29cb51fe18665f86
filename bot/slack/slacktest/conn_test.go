package slacktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// join opens a websocket, as a bot would.
func join(t *testing.T, s *Server) *websocket.Conn {
	t.Helper()
	address, _ := call(t, s, "apps.connections.open", AppToken, nil).body["url"].(string)
	dialer := websocket.Dialer{NetDialContext: s.Dial, WriteBufferSize: 64 << 10}
	ws, res, err := dialer.DialContext(t.Context(), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	t.Cleanup(func() { ws.Close() })
	return ws
}

// next reads a frame.
func next(t *testing.T, ws *websocket.Conn) map[string]any {
	t.Helper()
	var frame map[string]any
	if err := ws.ReadJSON(&frame); err != nil {
		t.Fatal(err)
	}
	return frame
}

func acknowledge(t *testing.T, ws *websocket.Conn, id, payload string) {
	t.Helper()
	frame := `{"envelope_id":"` + id + `"`
	if payload != "" {
		frame += `,"payload":` + payload
	}
	if err := ws.WriteMessage(websocket.TextMessage, []byte(frame+"}")); err != nil {
		t.Fatal(err)
	}
}

func TestConnections(t *testing.T) {
	s := start(t)
	a := join(t, s)
	first := s.Connected(t.Context())
	if f := next(t, a); f["type"] != "hello" || f["num_connections"] != 1.0 {
		t.Errorf("greeted with %v", f)
	}
	join(t, s)
	second := s.Connected(t.Context())
	if first.Number != 1 || second.Number != 2 || len(s.Conns()) != 2 || len(s.Opens()) != 2 {
		t.Errorf("%d and %d, %d are open", first.Number, second.Number, len(s.Conns()))
	}
	d := first.Deliver(s.SlashCommand("U1", "C1", "/framework", "laravel"))
	f := next(t, a)
	if f["type"] != "slash_commands" || f["accepts_response_payload"] != true || f["envelope_id"] != d.ID {
		t.Errorf("delivered %v", f)
	}
	acknowledge(t, a, d.ID, `{"text":"hi","unfurl_links":false,"unfurl_media":false}`)
	if ack := d.Ack(t.Context()); ack.Conn != 1 || !bytes.Contains(ack.Payload, []byte("hi")) {
		t.Errorf("%+v", ack)
	}
	if p := s.Post(t.Context()); p.Method != "ack" || p.Text != "hi" || p.EnvelopeID != d.ID || p.User != "U1" {
		t.Errorf("%+v", p)
	}
	first.Disconnect("warning")
	if f := next(t, a); f["type"] != "disconnect" || f["reason"] != "warning" {
		t.Errorf("%v", f)
	}
	if err := a.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(4001, ""), d.begun.Add(patience)); err != nil {
		t.Fatal(err)
	}
	if code := first.Closed(t.Context()); code != 4001 {
		t.Errorf("closed with %d", code)
	}
	second.Cut()
	if code := second.Closed(t.Context()); code != websocket.CloseAbnormalClosure {
		t.Errorf("cut with %d", code)
	}
}

// leave says goodbye and waits for the answer: what was said before has been heard then.
func leave(t *testing.T, ws *websocket.Conn) {
	t.Helper()
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	if err := ws.WriteMessage(websocket.CloseMessage, goodbye); err != nil {
		t.Fatal(err)
	}
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			return
		}
	}
}

// TestSocketViolations: what Slack would drop or be confused by is noticed.
func TestSocketViolations(t *testing.T) {
	for want, misbehave := range map[string]func(t *testing.T, s *Server, c *Conn, ws *websocket.Conn){
		"acknowledged twice": func(t *testing.T, s *Server, c *Conn, ws *websocket.Conn) {
			d := c.Deliver(s.Mention("U1", "C1", "a"))
			acknowledge(t, ws, d.ID, "")
			acknowledge(t, ws, d.ID, "")
		},
		"that was never sent":  func(t *testing.T, _ *Server, _ *Conn, ws *websocket.Conn) { acknowledge(t, ws, "x", "") },
		"acknowledges nothing": func(t *testing.T, _ *Server, _ *Conn, ws *websocket.Conn) { acknowledge(t, ws, "", "") },
		"but accepts none": func(t *testing.T, s *Server, c *Conn, ws *websocket.Conn) {
			acknowledge(t, ws, c.Deliver(s.Mention("U1", "C1", "a")).ID, `{}`)
		},
		"and was acknowledged by 2": func(t *testing.T, s *Server, c *Conn, _ *websocket.Conn) {
			other := join(t, s)
			acknowledge(t, other, c.Deliver(s.Mention("U1", "C1", "a")).ID, "")
			leave(t, other)
		},
		"of 20480 and more": func(t *testing.T, s *Server, c *Conn, ws *websocket.Conn) {
			acknowledge(t, ws, c.Deliver(s.SlashCommand("U1", "C1", "/f", "a")).ID, `{"text":"`+strings.Repeat("a", 20<<10)+`"}`)
		},
		"part of a message": func(t *testing.T, s *Server, c *Conn, ws *websocket.Conn) {
			acknowledge(t, ws, c.Deliver(s.SlashCommand("U1", "C1", "/f", "a")).ID, `{"text":"`+strings.Repeat("a", 70<<10)+`"}`)
		},
		"11 connections at once": func(t *testing.T, s *Server, _ *Conn, _ *websocket.Conn) {
			for range mostConns {
				join(t, s)
				s.Connected(t.Context())
			}
		},
		"a ticket that is used or unknown": func(t *testing.T, s *Server, _ *Conn, _ *websocket.Conn) {
			ticket := s.Secrets()[3]
			address := strings.Replace(s.URL(), "/api/", "/link?ticket="+ticket, 1)
			if res, err := s.Client().Do(must(http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))); err == nil {
				res.Body.Close()
			}
		},
	} {
		t.Run(want, func(t *testing.T) {
			s := start(t)
			ws := join(t, s)
			misbehave(t, s, s.Connected(t.Context()), ws)
			leave(t, ws)
			if v := strings.Join(s.Violations(), "\n"); !strings.Contains(v, want) {
				t.Errorf("got %q", v)
			}
		})
	}
}

// TestPayloads: what is delivered is what others understand as well.
func TestPayloads(t *testing.T) {
	s := start(t)
	var c slack.SlashCommand
	e := s.SlashCommand("U1", "C1", "/framework", "laravel")
	delete(e.Payload, "is_enterprise_install") // a string that the library wants as a boolean
	if err := json.Unmarshal(encode(e.Payload), &c); err != nil || c.UserID != "U1" || c.ChannelID != "C1" || c.Text != "laravel" || c.TriggerID == "" {
		t.Errorf("%v: %+v", err, c)
	}
	for want, e := range map[string]Envelope{
		"*slackevents.AppMentionEvent":    s.ThreadMention("U1", "C1", "1700000000.000001", "laravel"),
		"*slackevents.MessageEvent":       s.DirectMessage("U1", "laravel"),
		"*slackevents.AppHomeOpenedEvent": s.AppHomeOpened("U1", "home"),
	} {
		got, err := slackevents.ParseEvent(encode(e.Payload), slackevents.OptionNoVerifyToken())
		if err != nil || fmt.Sprintf("%T", got.InnerEvent.Data) != want {
			t.Errorf("%v: %T, want %s", err, got.InnerEvent.Data, want)
		}
	}
	in := Target{Channel: "C1", Ephemeral: true}
	for want, e := range map[slack.InteractionType]Envelope{
		slack.InteractionTypeBlockActions:    s.BlockAction("U1", in, Element{ActionID: "a:1", Selected: "v"}),
		slack.InteractionTypeMessageAction:   s.MessageShortcut("U1", "C1", "callback", "laravel"),
		slack.InteractionTypeBlockSuggestion: s.BlockSuggestion("U1", Target{}, Element{ActionID: "a:1"}, "lar"),
	} {
		var got slack.InteractionCallback
		if err := json.Unmarshal(encode(e.Payload), &got); err != nil || got.Type != want || got.User.ID != "U1" || got.Team.ID != Team {
			t.Errorf("%v: %+v", err, got)
		}
	}
	if a, b := s.Mention("U1", "C1", "a"), s.Mention("U1", "C1", "a"); a.ID == b.ID || a.TSOf() == b.TSOf() || a.Payload["event_id"] == b.Payload["event_id"] {
		t.Error("two mentions have the same ids")
	}
}

func TestSigned(t *testing.T) {
	s := start(t)
	h := s.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		if _, err := body.ReadFrom(r.Body); err != nil {
			t.Error(err)
		}
		v, err := slack.NewSecretsVerifier(r.Header, SigningSecret)
		if err != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = v.Write(body.Bytes())
		if v.Ensure() != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		form, _ := url.ParseQuery(body.String())
		w.Header().Set("X-Was", r.URL.Path+" "+r.Header.Get("X-Slack-Retry-Num")+" "+form.Get("command")+strconv.FormatBool(form.Has("payload")))
	}))
	e := s.SlashCommand("U1", "C1", "/framework", "laravel")
	for name, test := range map[string]struct {
		change func(*Request)
		status int
	}{
		"valid": {func(*Request) {}, 200}, "large": {Padded(1 << 20), 200}, "expired": {Expired, 401}, "future": {Future, 401},
		"tampered": {Tampered, 401}, "unsigned": {Unsigned, 401}, "forged": {Forged, 401},
	} {
		if got := h.Send(t.Context(), e, test.change); got.Status != test.status {
			t.Errorf("%s: status %d", name, got.Status)
		}
	}
	for want, e := range map[string]Envelope{
		"/slack/commands  /frameworkfalse": e,
		"/slack/events 2 false":            s.Again(s.Mention("U1", "C1", "a"), 2, "http_timeout"),
		"/slack/interactivity  true":       s.BlockAction("U1", Target{Channel: "C1"}, Element{ActionID: "a"}),
		"/slack/options  true":             s.BlockSuggestion("U1", Target{Channel: "C1"}, Element{ActionID: "a"}, "lar"),
	} {
		if got := h.Send(t.Context(), e).Header.Get("X-Was"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := h.ToOnePath().URLVerification(t.Context(), "c").Header.Get("X-Was"); got != "/slack  false" {
		t.Errorf("got %q", got)
	}
	if got := h.SSLCheck(t.Context()).Status; got != http.StatusUnauthorized { // this bot wants everything signed
		t.Errorf("status %d", got)
	}
}
