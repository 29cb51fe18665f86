package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// A gatewayRun is a gateway under test.
type gatewayRun struct {
	*gateway
	t      *testing.T
	d      *discordtest.Server
	cancel context.CancelFunc
	done   chan error

	mu     sync.Mutex
	events []string // the IDs of messages that were dispatched
	panics bool
	logged bytes.Buffer
}

// newGatewayRun prepares a gateway to d, with what Discord is to be like.
func newGatewayRun(t *testing.T, d *discordtest.Server) *gatewayRun {
	r := &gatewayRun{t: t, d: d, done: make(chan error, 1)}
	r.gateway = &gateway{
		token: bot.NewSecret(d.Token()), intents: neededIntents, allowPlain: true,
		fetch: r.ask, dispatch: r.take, dial: d.DialContext,
		log: slog.New(slog.NewTextHandler(r, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	return r
}

// Write takes in what is logged.
func (r *gatewayRun) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.logged.Write(line)
}

func (r *gatewayRun) ask(ctx context.Context) (at gatewayBot, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.d.URL()+"/v10/gateway/bot", http.NoBody)
	if err != nil {
		return at, err
	}
	req.Header.Set("Authorization", "Bot "+r.d.Token())
	req.Header.Set("User-Agent", userAgent())
	res, err := r.d.Client().Do(req)
	if err != nil {
		return at, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return at, fmt.Errorf("GET %s: %d, Bot %s", r.d.URL(), res.StatusCode, r.d.Token())
	}
	return at, json.NewDecoder(res.Body).Decode(&at)
}

func (r *gatewayRun) take(_ context.Context, event string, data json.RawMessage) {
	if event != "MESSAGE_CREATE" {
		return
	}
	var m struct{ ID string }
	if err := json.Unmarshal(data, &m); err != nil {
		r.t.Errorf("an event that is no message: %s", data)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, m.ID)
	if r.panics {
		panic("as told")
	}
}

func (r *gatewayRun) start() {
	ctx, cancel := context.WithCancel(r.t.Context())
	r.cancel = cancel
	go func() { r.done <- r.run(ctx) }()
}

// stop ends the gateway, which must be without an error and within a second or two.
func (r *gatewayRun) stop() {
	r.t.Helper()
	r.cancel()
	select {
	case err := <-r.done:
		if err != nil {
			r.t.Errorf("run returned %v", err)
		}
	case <-time.After(3 * time.Second):
		r.t.Fatal("run does not return although its context is done")
	}
}

// fails waits until the gateway ends with an error.
func (r *gatewayRun) fails() error {
	r.t.Helper()
	defer r.cancel()
	select {
	case err := <-r.done:
		return err
	case <-time.After(time.Minute):
		r.t.Fatal("run goes on")
		return nil
	}
}

// say sends a message, and returns its ID.
func (r *gatewayRun) say() string {
	e := discordtest.Mention("laravel")
	r.d.Dispatch(e)
	return e.Data["id"].(string)
}

// hears waits until each of the messages was dispatched, and checks that each
// was once, in order.
func (r *gatewayRun) hears(ids ...string) {
	r.t.Helper()
	for range 600 {
		synctest.Wait()
		if slices.Equal(r.heard(), ids) {
			return
		}
		time.Sleep(time.Second)
	}
	r.t.Errorf("dispatched %v, want %v", r.heard(), ids)
}

func (r *gatewayRun) heard() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.events)
}

func (r *gatewayRun) log() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.logged.String()
}

// inBubble runs a test of the gateway in which time is not that of the clock.
func inBubble(t *testing.T, test func(r *gatewayRun)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.NewInMemory(t)
		d.Change(func(s *discordtest.Settings) { s.IdentifySpacing = startSpacing })
		r := newGatewayRun(t, d)
		test(r)
		for _, one := range d.Identifies() {
			if one.TooSoon {
				t.Errorf("IDENTIFY came too soon, at %v", one.At)
			}
		}
		for _, secret := range d.Secrets() {
			if strings.Contains(r.log(), secret) {
				t.Errorf("a secret was logged: %q in\n%s", secret, r.log())
			}
		}
	})
}

func TestGateway(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.start()
		r.d.AwaitReady()
		r.hears(r.say())
		r.stop()
		id := r.d.Identifies()[0]
		if id.Intents != 1|1<<9|1<<12 || id.Shard != [2]int{0, 1} || id.Properties["browser"] != "frameworkbot" {
			t.Errorf("IDENTIFY: %+v", id)
		}
		if c := r.d.Closes(); len(c) != 1 || c[0].Code != 1000 {
			t.Errorf("closed as %+v, want 1000", c)
		}
	})
}

// TestGatewayReconnects: op 7 comes in each place in which it may come.
func TestGatewayReconnects(t *testing.T) {
	for _, stage := range []discordtest.Stage{
		discordtest.BeforeHello, discordtest.BeforeReady, discordtest.AfterReady,
		discordtest.BeforeResumed, discordtest.AfterResumed,
	} {
		t.Run(string(stage), func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.d.On(stage, discordtest.Reconnect())
				if stage == discordtest.BeforeResumed || stage == discordtest.AfterResumed {
					r.d.On(discordtest.AfterReady, discordtest.Close(4000))
				}
				r.start()
				r.d.AwaitReady()
				r.hears(r.say())
				r.stop()
				ids, closes := r.d.Identifies(), r.d.Closes()
				if want := map[discordtest.Stage]int{discordtest.BeforeReady: 2}[stage]; len(ids) != max(1, want) {
					t.Errorf("%d IDENTIFYs", len(ids))
				}
				if closes[0].Code != closeAndResumeSoon {
					t.Errorf("closed with %d after op 7", closes[0].Code)
				}
			})
		})
	}
}

// TestGatewayResumes: whatever ends a connection, what was missed comes once.
func TestGatewayResumes(t *testing.T) {
	for name, f := range map[string]discordtest.Fault{
		"op 7": discordtest.Reconnect(), "op 9": discordtest.Invalid(true), "cut": discordtest.Cut(), "silence": discordtest.Silence(),
		"1000": discordtest.Close(1000), "1001": discordtest.Close(1001), "4000": discordtest.Close(4000), "4001": discordtest.Close(4001),
		"4002": discordtest.Close(4002), "4003": discordtest.Close(4003), "4005": discordtest.Close(4005), "4008": discordtest.Close(4008),
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.start()
				r.d.AwaitReady()
				first := r.say()
				r.hears(first)
				r.d.Now(f)
				missed := r.say()
				before := time.Now()
				r.hears(first, missed)
				if took := time.Since(before); took > 90*time.Second {
					t.Errorf("it took %v to be back", took)
				}
				r.stop()
				resumes := r.d.Resumes()
				if len(resumes) != 1 || !resumes[0].Right || resumes[0].Seq != 3 {
					t.Fatalf("resumed as %+v, want once at the session's address after event 3; logged\n%s", resumes, r.log())
				}
				if took := resumes[0].At.Sub(before); name == "op 9" && (took < time.Second || took > 5*time.Second) {
					t.Errorf("resumed after %v, not after one to five seconds", took)
				}
				if c := r.d.Closes()[0].Code; c != closeAndResumeSoon && c != closeNormal {
					t.Errorf("closed with %d", c)
				}
				if len(r.d.Identifies()) != 1 {
					t.Errorf("%d IDENTIFYs", len(r.d.Identifies()))
				}
			})
		})
	}
}

// TestGatewayStartsAnew: some endings take the session with them.
func TestGatewayStartsAnew(t *testing.T) {
	for name, f := range map[string]discordtest.Fault{
		"op 9": discordtest.Invalid(false), "4007": discordtest.Close(4007), "4009": discordtest.Close(4009),
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.start()
				r.d.AwaitReady()
				time.Sleep(time.Hour)
				r.d.Now(f)
				before := time.Now()
				synctest.Wait()
				r.d.AwaitReady()
				if took := time.Since(before); took < time.Second || took > 5*time.Second {
					t.Errorf("a new session after %v, not after one to five seconds", took)
				}
				r.hears(r.say())
				r.stop()
				if len(r.d.Identifies()) != 2 || len(r.d.Resumes()) != 0 {
					t.Errorf("%d IDENTIFYs, %d RESUMEs", len(r.d.Identifies()), len(r.d.Resumes()))
				}
			})
		})
	}
}

// TestGatewayStorm: Discord answers each IDENTIFY, and each RESUME, with op 9.
func TestGatewayStorm(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Always(discordtest.BeforeReady, discordtest.Invalid(false))
		r.start()
		time.Sleep(15 * time.Second)
		if n := len(r.d.Identifies()); n < 2 || n > 3 {
			t.Errorf("%d IDENTIFYs in 15 seconds", n)
		}
		r.d.Heal()
		r.d.AwaitReady()
		r.hears(r.say())
		r.stop()
	})
}

// TestGatewayLoop: Discord closes each session as soon as it is there, for days.
func TestGatewayLoop(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Always(discordtest.AfterReady, discordtest.Close(4002))
		r.d.Always(discordtest.BeforeResumed, discordtest.Invalid(false))
		r.start()
		time.Sleep(time.Hour)
		if n := len(r.d.Identifies()); n < 3 || n > 15 {
			t.Errorf("%d IDENTIFYs in an hour", n)
		}
		time.Sleep(23 * time.Hour)
		if n := len(r.d.Identifies()); n > startsADay {
			t.Errorf("%d IDENTIFYs in a day", n)
		}
		r.stop()
	})
}

// TestGatewayResumeLoop: sessions can be resumed, but connections do not hold.
func TestGatewayResumeLoop(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Always(discordtest.AfterReady, discordtest.Close(4000))
		r.d.Always(discordtest.AfterResumed, discordtest.Close(4000))
		r.start()
		time.Sleep(time.Hour)
		if n := r.d.Connections(); n > 200 {
			t.Errorf("%d connections in an hour", n)
		}
		if n := len(r.d.Identifies()); n != 1 {
			t.Errorf("%d IDENTIFYs", n)
		}
		r.stop()
	})
}

// TestGatewayCycles loses the connection 500 times, in all ways after which it
// can be resumed, some of them several times in a row.
func TestGatewayCycles(t *testing.T) {
	faults := []discordtest.Fault{
		discordtest.Reconnect(), discordtest.Cut(), discordtest.Close(4000), discordtest.Invalid(true), discordtest.Silence(),
		discordtest.Say(`{"op":7}`), discordtest.Close(1001),
	}
	first := []discordtest.Fault{
		discordtest.Say(`{"op":11}`), discordtest.AskHeartbeat(), discordtest.Reconnect(), discordtest.Cut(), discordtest.Invalid(true),
	}
	inBubble(t, func(r *gatewayRun) {
		r.start()
		r.d.AwaitReady()
		var said []string
		for i := range 500 {
			if i%3 == 0 {
				r.d.On([]discordtest.Stage{discordtest.BeforeResumed, discordtest.BeforeHello}[i%2], first[i%len(first)])
			}
			said = append(said, r.say())
			r.d.Now(faults[i%len(faults)])
			said = append(said, r.say())
			r.hears(said...)
		}
		r.stop()
		if n := len(r.d.Identifies()); n != 1 {
			t.Errorf("%d IDENTIFYs", n)
		}
		for _, one := range r.d.Resumes() {
			if !one.Right {
				t.Errorf("a wrong RESUME: %+v", one)
				break
			}
		}
	})
}

func TestGatewayRefused(t *testing.T) {
	for code, names := range map[int]string{
		4004: "discord.token", 4010: "shard 0 of 1", 4011: "too many servers", 4012: "version 10",
		4013: "GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES", 4014: "GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES",
	} {
		for _, stage := range []discordtest.Stage{discordtest.BeforeHello, discordtest.BeforeReady, discordtest.AfterReady} {
			t.Run(fmt.Sprintf("%d %s", code, stage), func(t *testing.T) {
				inBubble(t, func(r *gatewayRun) {
					r.d.Always(stage, discordtest.Close(code))
					r.start()
					err := r.fails()
					if err == nil || !strings.Contains(err.Error(), names) || !strings.Contains(err.Error(), strconv.Itoa(code)) {
						t.Errorf("run returned %v, which should name %q and %d", err, names, code)
					}
					time.Sleep(time.Hour)
					if n := r.d.Connections(); n != 1 {
						t.Errorf("%d connections", n)
					}
				})
			})
		}
	}
}

// TestGatewayRefusedByItself: Discord checks what it is told in IDENTIFY.
func TestGatewayRefusedByItself(t *testing.T) {
	for name, c := range map[string]struct {
		intents int
		token   string
		want    string
	}{
		"content":        {neededIntents | intentContent, "", "MESSAGE_CONTENT (4014)"},
		"members":        {neededIntents | intentMembers, "", "GUILD_MEMBERS (4014)"},
		"unknown intent": {neededIntents | 1<<40, "", "0x10000000000 (4013)"},
		"token":          {neededIntents, "MTE4MDAwMDAwMDAwMDAwMDIwMg.Gother.notthetokenthatitshouldbe", "(4004): discord.token is not valid"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.intents = c.intents
				if c.token != "" {
					r.token = bot.NewSecret(c.token)
				}
				r.start()
				err := r.fails()
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("run returned %v, want %q in it", err, c.want)
				}
				if c.token != "" && strings.Contains(err.Error()+r.log(), c.token) {
					t.Error("the token is shown")
				}
			})
		})
	}
}

// TestGatewayNeverGreeted: Discord takes the connection and says nothing, or
// not what it should.
func TestGatewayNeverGreeted(t *testing.T) {
	for name, f := range map[string]discordtest.Fault{"silence": discordtest.Silence(), "no greeting": discordtest.Withhold()} {
		for _, stage := range []discordtest.Stage{discordtest.BeforeHello, discordtest.BeforeReady, discordtest.BeforeResumed} {
			t.Run(name+" "+string(stage), func(t *testing.T) {
				inBubble(t, func(r *gatewayRun) {
					r.d.On(stage, f)
					if stage == discordtest.BeforeResumed {
						r.d.On(discordtest.AfterReady, discordtest.Cut())
					}
					r.start()
					r.d.AwaitWithin(3*time.Minute, "another connection", func() bool { return r.d.Connections() > 1 && r.d.Ready() })
					r.hears(r.say())
					r.stop()
				})
			})
		}
	}
}

// TestGatewayStaysClosed ends the gateway at each moment at which it waits.
func TestGatewayStaysClosed(t *testing.T) {
	for name, prepare := range map[string]func(r *gatewayRun){
		"back-off":          func(r *gatewayRun) { r.d.Always(discordtest.BeforeHello, discordtest.Cut()) },
		"no HELLO":          func(r *gatewayRun) { r.d.Always(discordtest.BeforeHello, discordtest.Silence()) },
		"no READY":          func(r *gatewayRun) { r.d.Always(discordtest.BeforeReady, discordtest.Silence()) },
		"after op 9":        func(r *gatewayRun) { r.d.Always(discordtest.BeforeReady, discordtest.Invalid(false)) },
		"budget":            func(r *gatewayRun) { r.d.Change(func(s *discordtest.Settings) { s.StartsLeft = 3 }) },
		"no answer to REST": func(r *gatewayRun) { r.d.FailAlways("GET /gateway/bot", discordtest.Hang()) },
		"REST fails":        func(r *gatewayRun) { r.d.FailAlways("GET /gateway/bot", discordtest.BadGateway()) },
		"no handshake": func(r *gatewayRun) {
			r.dial = func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				r.t.Cleanup(func() { _ = there.Close() })
				return here, nil
			}
		},
		"no network": func(r *gatewayRun) {
			r.dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				prepare(r)
				r.start()
				time.Sleep(17 * time.Second)
				r.stop()
				before := r.d.Connections()
				time.Sleep(time.Hour)
				if after := r.d.Connections(); after != before {
					t.Errorf("%d more connections after the end", after-before)
				}
			})
		})
	}
}

// TestGatewayStopsDispatching: what comes in when the context is done is not passed on.
func TestGatewayStopsDispatching(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		passOn := r.dispatch
		r.dispatch = func(ctx context.Context, event string, data json.RawMessage) {
			passOn(ctx, event, data)
			if event == "MESSAGE_CREATE" {
				r.cancel()
			}
		}
		r.start()
		r.d.AwaitReady()
		first, second := discordtest.Mention("laravel"), discordtest.Mention("flask")
		r.d.Dispatch(first, second)
		err := <-r.done
		if got := r.heard(); err != nil || len(got) != 1 || got[0] != first.Data["id"] {
			t.Errorf("dispatched %v, %v", got, err)
		}
	})
}

func TestGatewayHeartbeats(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		const interval = 10 * time.Second
		r.d.Change(func(s *discordtest.Settings) { s.HeartbeatInterval = interval })
		began := time.Now()
		r.start()
		r.d.AwaitReady()
		time.Sleep(time.Minute)
		r.say()
		time.Sleep(interval + time.Millisecond)
		beats := r.d.Heartbeats()
		if first := beats[0].At.Sub(began); first > interval {
			t.Errorf("the first heartbeat after %v", first)
		}
		for i := 1; i < len(beats); i++ {
			if d := beats[i].At.Sub(beats[i-1].At); d != interval {
				t.Errorf("%v between two heartbeats", d)
			}
		}
		if last := beats[len(beats)-1].Seq; len(beats) < 7 || last == nil || *last != 3 {
			t.Errorf("%d heartbeats, the last with %v, want that of the third event", len(beats), last)
		}
		r.d.Now(discordtest.AskHeartbeat())
		synctest.Wait()
		if n := len(r.d.Heartbeats()); n != len(beats)+1 {
			t.Errorf("%d heartbeats right after op 1", n-len(beats))
		}
		for range 1000 {
			r.d.Now(discordtest.AskHeartbeat())
		}
		time.Sleep(time.Minute)
		r.hears(r.heard()[0])
		r.stop()
		if len(r.d.Closes()) != 1 {
			t.Errorf("closed more than once: %+v", r.d.Closes())
		}
	})
}

// TestGatewayNoAck: two heartbeats without an acknowledgement between them.
func TestGatewayNoAck(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.start()
		r.d.AwaitReady()
		r.d.Change(func(s *discordtest.Settings) { s.IgnoreHeartbeats = true })
		before := time.Now()
		r.d.AwaitWithin(90*time.Second, "the connection to be given up", func() bool { return len(r.d.Closes()) > 0 })
		if c := r.d.Closes()[0]; c.Code != closeAndResumeSoon || time.Since(before) < usualInterval {
			t.Errorf("closed with %d after %v", c.Code, time.Since(before))
		}
		r.d.Change(func(s *discordtest.Settings) { s.IgnoreHeartbeats = false })
		r.d.AwaitReady()
		r.hears(r.say())
		r.stop()
		if got := r.d.Resumes(); len(got) != 1 || !got[0].Right || len(r.d.Identifies()) != 1 {
			t.Errorf("%+v, %d IDENTIFYs", got, len(r.d.Identifies()))
		}
	})
}

// TestGatewayTolerates frames that it does not understand.
func TestGatewayTolerates(t *testing.T) {
	for name, frame := range map[string]string{
		"no JSON":         `{"op":0,"t":"MESS`,
		"no object":       `[1,2,3]`,
		"nothing":         ``,
		"null":            `null`,
		"unknown op":      `{"op":99,"d":{"a":[1]}}`,
		"unknown event":   `{"op":0,"s":2,"t":"SOMETHING_NEW","d":{"id":5}}`,
		"odd event":       `{"op":0,"s":2,"t":5,"d":null}`,
		"second HELLO":    `{"op":10,"d":{"heartbeat_interval":1}}`,
		"odd HELLO":       `{"op":10,"d":"soon"}`,
		"RESUMED at once": `{"op":0,"s":2,"t":"RESUMED","d":{}}`,
		"huge":            `{"op":0,"s":2,"t":"GUILD_CREATE","d":"` + strings.Repeat("x", maxFrame) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.start()
				r.d.AwaitReady()
				r.d.Now(discordtest.Say(frame))
				time.Sleep(5 * time.Minute)
				r.hears(r.say())
				r.stop()
				if r.d.Connections() != 1 {
					t.Errorf("%d connections", r.d.Connections())
				}
			})
		})
	}
}

func TestGatewayPanic(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.panics = true
		r.start()
		r.d.AwaitReady()
		r.hears(r.say(), r.say())
		r.stop()
		if log := r.log(); !strings.Contains(log, "panic") || strings.Contains(log, "as told") {
			t.Errorf("logged %s", log)
		}
	})
}

// TestGatewayResumeAddress: sessions are resumed where they began if the
// address for it leads nowhere, or must not be told the token.
func TestGatewayResumeAddress(t *testing.T) {
	for name, address := range map[string]string{
		"nowhere": "ws://127.0.0.1:7/nowhere", "without TLS": "ws://gateway.example/", "odd": "https://127.0.0.1/", "none": " ",
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(r *gatewayRun) {
				r.d.Change(func(s *discordtest.Settings) { s.ResumeHost = address })
				r.start()
				r.d.AwaitReady()
				r.d.Now(discordtest.Cut())
				r.hears(r.say())
				r.stop()
				got := r.d.Resumes()
				if len(got) != 1 || got[0].Path != "/gateway" || len(r.d.Identifies()) != 1 {
					t.Errorf("%+v, %d IDENTIFYs", got, len(r.d.Identifies()))
				}
			})
		})
	}
}

// TestGatewayGivesUpSession: a session that cannot be resumed for minutes is replaced.
func TestGatewayGivesUpSession(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Always(discordtest.BeforeResumed, discordtest.Close(4000))
		r.start()
		r.d.AwaitReady()
		time.Sleep(time.Hour)
		r.d.Now(discordtest.Cut())
		before := time.Now()
		r.d.AwaitWithin(10*time.Minute, "a new session", func() bool { return len(r.d.Identifies()) > 1 })
		if took := time.Since(before); took < 30*time.Second {
			t.Errorf("given up after %v", took)
		}
		r.stop()
	})
}

func TestGatewayWithoutTLS(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.allowPlain = false
		r.start()
		if err := r.fails(); err == nil || !strings.Contains(err.Error(), "wss") {
			t.Errorf("run returned %v", err)
		}
		if r.d.Connections() != 0 {
			t.Error("there was a connection")
		}
	})
}

// TestGatewayFinds waits for GET /gateway/bot.
func TestGatewayFinds(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Fail("GET /gateway/bot", discordtest.BadGateway(), discordtest.Reset(), discordtest.RateLimited(time.Second, "user"), discordtest.Hang())
		r.start()
		r.d.AwaitWithin(5*time.Minute, "the bot to be connected", r.d.Ready)
		r.stop()
	})
}

// TestGatewayOutage: after hours without a network the bot is back within a minute.
func TestGatewayOutage(t *testing.T) {
	inBubble(t, func(r *gatewayRun) {
		r.d.Always(discordtest.BeforeHello, discordtest.Cut())
		r.start()
		time.Sleep(12 * time.Hour)
		r.d.Heal()
		r.d.AwaitWithin(time.Minute, "the bot to be back", r.d.Ready)
		r.stop()
	})
}

// TestGatewayOnNetwork is over real connections, and leaves no goroutine behind.
func TestGatewayOnNetwork(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	t.Run("", func(t *testing.T) {
		d := discordtest.New(t)
		d.Change(func(s *discordtest.Settings) { s.HeartbeatInterval = 100 * time.Millisecond })
		r := newGatewayRun(t, d)
		r.dial = nil
		r.start()
		d.AwaitReady()
		first := r.say()
		d.Now(discordtest.Reconnect())
		second := r.say()
		d.Await("both messages", func() bool { return slices.Equal(r.heard(), []string{first, second}) || len(r.heard()) > 2 })
		d.Now(discordtest.Silence())
		d.Await("another connection", func() bool { return len(d.Resumes()) == 2 })
		d.AwaitReady()
		r.stop()
		d.Await("a close with 1000", func() bool {
			closes := d.Closes()
			return closes[len(closes)-1].Code == closeNormal && closes[0].Code == closeAndResumeSoon
		})
	})
}

func TestRefusal(t *testing.T) {
	for code := range 5000 {
		fatal := slices.Contains([]int{4004, 4010, 4011, 4012, 4013, 4014}, code)
		if err := refusal(code, neededIntents, 0, 1); (err != nil) != fatal {
			t.Errorf("%d: %v", code, err)
		}
	}
	if err := refusal(4004, 0, 0, 1); !errors.Is(err, errToken) {
		t.Errorf("4004: %v", err)
	}
}
