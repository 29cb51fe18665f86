package discord

import (
	"strings"
	"testing"
	"time"

	"frameworkbot/bot/discord/discordtest"
)

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
