package discord

import (
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot/discord/discordtest"
)

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
