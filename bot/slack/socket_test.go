package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
	"go.uber.org/goleak"

	"frameworkbot/bot"
	"frameworkbot/bot/slack/slacktest"
)

// A runner is a socket under test, connected to a Slack of its own.
type runner struct {
	t      *testing.T
	slack  *slacktest.Server
	socket *socket
	log    *logged
	stop   context.CancelFunc
	ended  chan error
}

// logged is a log that may be read while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// agree acknowledges everything at once, with a line of text.
func agree(_ request, answer func(reply)) { answer(reply{}) }

// newRunner makes a socket that takes with take. Nothing runs before start.
func newRunner(t *testing.T, server *slacktest.Server, take func(request, func(reply))) *runner {
	r := &runner{t: t, slack: server, log: &logged{}, ended: make(chan error, 1)}
	log := slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	api := slack.New(slacktest.BotToken, slack.OptionHTTPClient(server.Client()), slack.OptionAPIURL(server.URL()),
		slack.OptionAppLevelToken(slacktest.AppToken))
	r.socket = &socket{
		open: func(ctx context.Context) (string, error) {
			_, address, err := api.StartSocketModeContext(ctx)
			return address, err
		},
		take: take, guard: bot.NewPool(1, log).Guard, log: log, vitals: bot.NewVitals("slack", Socket), plain: true, dialer: newDialer(),
	}
	r.socket.vitals.Begin()
	r.socket.dialer.NetDialContext = server.Dial
	return r
}

// start runs the socket until the test ends.
func (r *runner) start() {
	ctx, cancel := context.WithCancel(r.t.Context())
	r.stop = cancel
	go func() { r.ended <- r.socket.run(ctx) }()
	r.t.Cleanup(func() {
		cancel()
		_ = r.wait() // the test looked at it if it wanted to
		r.hidesSecrets("log", r.log.String())
	})
}

// wait waits for the end of the run and returns its error.
func (r *runner) wait() error {
	r.t.Helper()
	select {
	case err := <-r.ended:
		r.ended <- err
		return err
	case <-time.After(time.Minute):
		r.t.Fatal("run did not return")
		return nil
	}
}

func (r *runner) hidesSecrets(where, text string) {
	r.t.Helper()
	for _, secret := range append(r.slack.Secrets(), "canary", "ticket=") {
		if strings.Contains(text, secret) {
			r.t.Errorf("the %s shows a secret: %s", where, text)
			return
		}
	}
}

// onLoopback runs a test against a Slack on loopback.
func onLoopback(t *testing.T, take func(request, func(reply)), test func(*testing.T, *runner)) {
	leaks := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, leaks) })
	r := newRunner(t, slacktest.New(t), take)
	r.start()
	test(t, r)
}

// inBubble runs a test in a bubble, where waiting takes no time.
func inBubble(t *testing.T, take func(request, func(reply)), test func(*testing.T, *runner)) {
	synctest.Test(t, func(t *testing.T) {
		test(t, newRunner(t, slacktest.InMemory(t), take))
	})
}

func (r *runner) command() slacktest.Envelope {
	return r.slack.SlashCommand("U1", "C1", "/framework", "laravel")
}

// once fails unless the delivery was acknowledged exactly once, within a second.
func (r *runner) once(d *slacktest.Delivery) slacktest.Ack {
	r.t.Helper()
	ack := d.Ack(r.t.Context())
	if n := len(d.Acks()); n != 1 {
		r.t.Errorf("%s was acknowledged %d times", d.Type, n)
	}
	if ack.Took > time.Second {
		r.t.Errorf("%s was acknowledged after %v", d.Type, ack.Took)
	}
	return ack
}

func TestSocketHandsOver(t *testing.T) {
	var got []request
	take := func(r request, answer func(reply)) {
		got = append(got, r)
		answer(reply{body: map[string]any{"text": "hello", "unfurl_links": false, "unfurl_media": false}})
	}
	onLoopback(t, take, func(t *testing.T, r *runner) {
		c := r.slack.Connected(t.Context())
		c.Ping()
		ack := r.once(c.Deliver(r.command()))
		if !strings.Contains(string(ack.Payload), `"text":"hello"`) {
			t.Errorf("got %s", ack.Payload)
		}
		again := r.slack.Again(r.slack.Mention("U1", "C1", "laravel"), 2, "http_timeout")
		if ack := r.once(c.Deliver(again)); ack.Payload != nil {
			t.Errorf("an event was acknowledged with %s", ack.Payload)
		}
		r.once(c.Deliver(r.slack.BlockAction("U1", slacktest.Target{Channel: "C1"}, slacktest.Element{ActionID: "ask:1"})))
		r.stop()
		if err := r.wait(); err != nil {
			t.Error(err)
		}
		if len(got) != 3 || got[0].kind != slashCommand || got[1].kind != eventsAPI || got[1].retry != 2 || got[2].kind != interactive {
			t.Fatalf("got %d requests: %+v", len(got), got)
		}
		if !bytes.Contains(got[0].payload, []byte(`"text":"laravel"`)) {
			t.Errorf("payload %s", got[0].payload)
		}
		if r.socket.vitals.Health().Heard.IsZero() {
			t.Error("it is not known when Slack was heard last")
		}
	})
}

func TestSocketManyAtOnce(t *testing.T) {
	take := func(_ request, answer func(reply)) { go answer(reply{}) }
	onLoopback(t, take, func(t *testing.T, r *runner) {
		c := r.slack.Connected(t.Context())
		c.Disconnect("warning")
		both := []*slacktest.Conn{c, r.slack.Connected(t.Context())}
		var wg sync.WaitGroup
		all := make([]*slacktest.Delivery, 50)
		for i := range all {
			wg.Go(func() { all[i] = both[i%2].Deliver(r.command()) })
		}
		wg.Wait()
		for _, d := range all {
			r.once(d)
		}
	})
}

func TestSocketWarning(t *testing.T) {
	for _, reason := range []string{"warning", "refresh_requested", "too_many_websockets", "something new"} {
		t.Run(reason, func(t *testing.T) {
			inBubble(t, agree, func(t *testing.T, r *runner) {
				r.start()
				old := r.slack.Connected(t.Context())
				old.Disconnect(reason)
				r.once(old.Deliver(r.command())) // while there is no other one
				successor := r.slack.Connected(t.Context())
				r.once(old.Deliver(r.command()))
				r.once(successor.Deliver(r.command()))
				old.Close(1000)
				if code := old.Closed(t.Context()); code != 1000 {
					t.Errorf("the old connection was closed with %d", code)
				}
				r.once(successor.Deliver(r.command()))
			})
		})
	}
}

// TestSocketRefresh ends connections again and again, as Slack does, with
// envelopes before, between and after.
func TestSocketRefresh(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.start()
		c := r.slack.Connected(t.Context())
		for range 50 {
			r.once(c.Deliver(r.command()))
			c.Disconnect("refresh_requested")
			r.once(c.Deliver(r.command()))
			next := r.slack.Connected(t.Context())
			r.once(c.Deliver(r.command()))
			r.once(next.Deliver(r.command()))
			c.Close(1000)
			c.Closed(t.Context())
			c = next
		}
		if open := len(r.slack.Conns()); open != 1 {
			t.Errorf("%d connections are open", open)
		}
		r.atMost(opensAMinute)
	})
}

// atMost fails if connections were opened too often.
func (r *runner) atMost(aMinute int) {
	r.t.Helper()
	opens := r.slack.Opens()
	for i, at := range opens {
		if i > 0 && at.Sub(opens[i-1]) < openApart {
			r.t.Errorf("opened again after %v", at.Sub(opens[i-1]))
		}
		if i >= aMinute && at.Sub(opens[i-aMinute]) < time.Minute {
			r.t.Errorf("%d opened within %v", aMinute+1, at.Sub(opens[i-aMinute]))
		}
	}
}

// TestSocketLinger: a connection that Slack does not end is ended, and there
// are never more than a few.
func TestSocketLinger(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.start()
		old := r.slack.Connected(t.Context())
		old.Disconnect("warning")
		r.slack.Connected(t.Context())
		<-time.After(linger - time.Second)
		r.once(old.Deliver(r.command()))
		if code := old.Closed(t.Context()); code != 1000 {
			t.Errorf("closed with %d", code)
		}
		r.slack.OnConnect(func(c *slacktest.Conn) {
			c.Hello()
			c.Disconnect("refresh_requested")
		})
		r.slack.Conns()[0].Disconnect("warning")
		for range 20 {
			<-time.After(15 * time.Second)
			if open := len(r.slack.Conns()); open > maxLinks {
				t.Errorf("%d connections are open", open)
			}
		}
	})
}

// TestSocketLoop: Slack accepts connections and ends them at once, for an hour.
func TestSocketLoop(t *testing.T) {
	for name, greet := range map[string]func(*slacktest.Conn){
		"hello and refresh":  func(c *slacktest.Conn) { c.Hello(); c.Disconnect("refresh_requested"); c.Close(1000) },
		"hello and cut":      func(c *slacktest.Conn) { c.Hello(); c.Cut() },
		"too many":           func(c *slacktest.Conn) { c.Disconnect("too_many_websockets"); c.Close(1000) },
		"cut":                func(c *slacktest.Conn) { c.Cut() },
		"no hello":           func(*slacktest.Conn) {},
		"not even a goodbye": func(c *slacktest.Conn) { c.Hello(); c.Disconnect("warning") },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, agree, func(t *testing.T, r *runner) {
				r.slack.OnConnect(greet)
				r.start()
				<-time.After(time.Hour)
				r.atMost(8)
				if n := len(r.slack.Opens()); n < 50 {
					t.Errorf("it gave up after %d", n)
				}
			})
		})
	}
}

// TestSocketUsefulLoop: each connection brings something and ends at once. The
// next one comes soon, but there are bounds.
func TestSocketUsefulLoop(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.slack.OnConnect(func(c *slacktest.Conn) {
			c.Hello()
			c.Deliver(r.command())
			c.Disconnect("refresh_requested")
			c.Close(1000)
		})
		r.start()
		<-time.After(5 * time.Minute)
		r.atMost(opensAMinute)
		if n := len(r.slack.Opens()); n < 4*opensAMinute {
			t.Errorf("only %d connections", n)
		}
	})
}

// TestSocketPermanent: errors that dialling again would not cure end the run
// and say what to do.
func TestSocketPermanent(t *testing.T) {
	for code := range fixes {
		t.Run(code, func(t *testing.T) {
			fault := slacktest.Fault{Error: code, Times: -1}
			if code == notFound {
				fault = slacktest.Fault{Status: http.StatusNotFound, Times: -1}
			}
			inBubble(t, agree, func(t *testing.T, r *runner) {
				r.slack.Fail("apps.connections.open", fault)
				r.start()
				r.isPermanent(code)
				if n := len(r.slack.Opens()); n != 1 {
					t.Errorf("opened %d times", n)
				}
			})
			inBubble(t, agree, func(t *testing.T, r *runner) { // later on, with an envelope under way
				r.start()
				c := r.slack.Connected(t.Context())
				r.slack.Fail("apps.connections.open", fault)
				c.Disconnect("warning")
				r.once(c.Deliver(r.command()))
				r.isPermanent(code)
				if got := c.Closed(t.Context()); got != 1000 {
					t.Errorf("closed with %d", got)
				}
			})
		})
	}
}

// isPermanent fails unless the run ends with a sentence about code.
func (r *runner) isPermanent(code string) {
	r.t.Helper()
	err := r.wait()
	if err == nil || !strings.Contains(err.Error(), "("+code+")") || strings.Contains(err.Error(), "\n") {
		r.t.Errorf("run returned %v", err)
		return
	}
	r.hidesSecrets("error", err.Error())
}

func TestSocketLinkDisabled(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.start()
		c := r.slack.Connected(t.Context())
		d := c.Deliver(r.command())
		c.Disconnect("link_disabled")
		r.isPermanent("link_disabled")
		r.once(d)
	})
}

// TestSocketTransient: after everything else it goes on.
func TestSocketTransient(t *testing.T) {
	for name, test := range map[string]struct {
		fault slacktest.Fault
		wait  time.Duration // at least
	}{
		"500":                 {slacktest.Fault{Status: 500}, openApart},
		"503 for a while":     {slacktest.Fault{Status: 503, Times: 6}, 31 * time.Second},
		"429":                 {slacktest.Fault{Status: 429, RetryAfter: "90"}, 90 * time.Second},
		"429 without a time":  {slacktest.Fault{Status: 429}, openApart},
		"429 with a date":     {slacktest.Fault{Status: 429, RetryAfter: "Fri, 01 Jan 2027 00:00:00 GMT"}, openApart},
		"429 past all bounds": {slacktest.Fault{Status: 429, RetryAfter: "9223372036854775807"}, openApart},
		"ratelimited":         {slacktest.Fault{Error: "ratelimited"}, openApart},
		"internal_error":      {slacktest.Fault{Error: "internal_error"}, openApart},
		"reset":               {slacktest.Fault{Reset: true}, openApart},
		"no answer":           {slacktest.Fault{Hang: true}, dialWithin},
		"no JSON":             {slacktest.Fault{Status: 200, Body: "<html>canary"}, openApart},
		"no address":          {slacktest.Fault{Status: 200, Body: `{"ok":true}`}, openApart},
		"a strange address":   {slacktest.Fault{Status: 200, Body: `{"ok":true,"url":"ws://example.com/?ticket=canary"}`}, openApart},
		"a broken address":    {slacktest.Fault{Status: 200, Body: `{"ok":true,"url":"wss://%zz/?ticket=canary"}`}, openApart},
		"a refused websocket": {slacktest.Fault{Status: 200, Body: `{"ok":true,"url":"ws://127.0.0.1/api/?ticket=canary"}`}, openApart},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, agree, func(t *testing.T, r *runner) {
				begun := time.Now()
				r.slack.Fail("apps.connections.open", test.fault)
				r.start()
				for len(r.slack.Conns()) == 0 {
					<-time.After(time.Second / 4)
				}
				if took := time.Since(begun); took < test.wait || took > 2*test.wait+10*time.Second {
					t.Errorf("connected after %v, want %v", took, test.wait)
				}
				r.once(r.slack.Connected(t.Context()).Deliver(r.command()))
				r.atMost(8)
			})
		})
	}
}

// TestSocketNoNetwork: for a while there is nobody to connect to.
func TestSocketNoNetwork(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		tries := 0
		r.socket.dialer.NetDialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if tries++; tries < 5 {
				return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("no route to host")}
			}
			return r.slack.Dial(ctx, network, address)
		}
		r.start()
		r.once(r.slack.Connected(t.Context()).Deliver(r.command()))
		r.atMost(8)
	})
}

// TestSocketOldServesOn: while no other connection comes up, the old one is kept.
func TestSocketOldServesOn(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.start()
		old := r.slack.Connected(t.Context())
		r.slack.OnConnect(func(*slacktest.Conn) {}) // without hello
		old.Disconnect("warning")
		<-time.After(10 * time.Minute)
		r.once(old.Deliver(r.command()))
		if open := len(r.slack.Conns()); open > 2 {
			t.Errorf("%d connections are open", open)
		}
	})
}

// TestSocketRateLimitEnds: waiting as Slack said ends with the run.
func TestSocketRateLimitEnds(t *testing.T) {
	for name, fault := range map[string]slacktest.Fault{
		"429":       {Status: 429, RetryAfter: "3600", Times: -1},
		"no answer": {Hang: true, Times: -1},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, agree, func(t *testing.T, r *runner) {
				r.slack.Fail("apps.connections.open", fault)
				r.start()
				synctest.Wait()
				begun := time.Now()
				r.stop()
				if err := r.wait(); err != nil || time.Since(begun) > time.Second {
					t.Errorf("%v after %v", err, time.Since(begun))
				}
			})
		})
	}
}

// TestSocketDeafHandshake: a server that accepts the connection and says
// nothing does not hold up the end.
func TestSocketDeafHandshake(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.slack.Fail("link", slacktest.Fault{Hang: true, Times: -1})
		r.start()
		synctest.Wait()
		begun := time.Now()
		r.stop()
		if err := r.wait(); err != nil || time.Since(begun) > time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

func TestSocketPanic(t *testing.T) {
	take := func(r request, answer func(reply)) {
		if bytes.Contains(r.payload, []byte("laravel")) {
			panic(errors.New("a canary of somebody's words"))
		}
		answer(reply{})
	}
	onLoopback(t, take, func(t *testing.T, r *runner) {
		c := r.slack.Connected(t.Context())
		r.once(c.Deliver(r.command()))
		r.once(c.Deliver(r.slack.Mention("U1", "C1", "flask")))
		if n := strings.Count(r.log.String(), "level=ERROR"); n != 1 {
			t.Errorf("%d errors in %s", n, r.log)
		}
	})
}

func TestSocketAnswerWithoutJSON(t *testing.T) {
	told := false
	take := func(_ request, answer func(reply)) {
		answer(reply{body: func() {}, unsent: func() { told = true }})
	}
	inBubble(t, take, func(t *testing.T, r *runner) {
		r.start()
		r.once(r.slack.Connected(t.Context()).Deliver(r.command()))
		if synctest.Wait(); !told {
			t.Error("the caller was not told")
		}
	})
}

func TestReadEnvelope(t *testing.T) {
	for frame, want := range map[string]string{
		`{"type":"slash_commands","envelope_id":"a-1","accepts_response_payload":true,"payload":{"x":1}}`: `a-1 slash_commands true 0 {"x":1} true`,
		`{"type":"events_api","envelope_id":"a","retry_attempt":2,"payload":null}`:                        `a events_api false 2 null true`,
		`{"type":7,"envelope_id":"a","retry_attempt":"2","accepts_response_payload":"true"}`:              `a  false 0  true`,
		`{"type":"events_api","envelope_id":["a"]}`:                                                       ` events_api false 0  true`,
		`{"envelope_id": "a.b:c_d-1", "payload": {"text": "cut of`:                                        `a.b:c_d-1  false 0  false`,
		`{"payload": {"text": "say \"envelope_id\": \"x\" to`:                                             `  false 0  false`,
		`{"payload": {}, "envelope_id":"a",}`:                                                             `a  false 0  false`,
		`null`:                                                                                            `  false 0  true`,
		`[]`:                                                                                              `  false 0  false`,
		``:                                                                                                `  false 0  false`,
		"\xff":                                                                                            `  false 0  false`,
		`"hi"`:                                                                                            `  false 0  false`,
		`hello`:                                                                                           `  false 0  false`,
	} {
		e, ok := readEnvelope([]byte(frame))
		if got := fmt.Sprintf("%s %s %v %d %s %v", e.id, e.kind, e.accepts, e.retry, e.payload, ok); got != want {
			t.Errorf("%s: got %q, want %q", frame, got, want)
		}
	}
}
