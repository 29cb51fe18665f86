package discord

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
	"frameworkbot/bot/discord/discordtest"
)

// TestMain looks for goroutines that are left, but for those of the search
// engine, which are there from the start.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreCurrent()) }

// service is the person of the conformance test: who writes to the bot where
// that can be heard, and uses its command elsewhere.
type service struct {
	*scene
	posts sync.WaitGroup
}

// Say implements [bottest.Service].
func (s *service) Say(text string) {
	if s.bot.cfg.Mode == Gateway {
		s.Dispatch(discordtest.Direct(text))
		return
	}
	in := s.Command("framework", discordtest.Option("name", text))
	s.posts.Go(func() { s.deliver(in) })
}

// TestPlatform runs the conformance test over both transports.
func TestPlatform(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		bottest.TestPlatform(t, func(t *testing.T) (bot.Platform, bottest.Service) {
			s := &service{scene: prepareScene(t, discordtest.New(t), mode)}
			t.Cleanup(s.posts.Wait)
			return s.bot, s
		})
	})
}

// TestStopFinishesWhatIsUnderWay: twenty answers, over each way that there is.
func TestStopFinishesWhatIsUnderWay(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		const n = 20
		began, finish := make(chan struct{}, n), make(chan struct{})
		s := newScene(t, mode, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
			began <- struct{}{}
			<-finish
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			return parrot(ctx, m)
		})
		var all []discordtest.Interaction
		var wg sync.WaitGroup
		for range n {
			in := s.Command("framework", discordtest.Option("name", "laravel"))
			all = append(all, in)
			wg.Go(func() { s.deliver(in) })
		}
		for range n {
			<-began
		}
		s.stop()
		if len(s.end) > 0 {
			t.Error("Run returned while answers were under way")
		}
		close(finish)
		wg.Wait()
		s.finish()
		for _, in := range all {
			if m := s.Answer(in); !strings.Contains(m.Text(), "you said laravel") {
				t.Errorf("got %q", m.Text())
			}
		}
		if mode == Gateway && len(s.Closes()) != 1 || mode == Gateway && s.Closes()[0].Code != 1000 {
			t.Errorf("closed %v", s.Closes())
		}
	})
}

// TestStopGivesUpInTime: an answer that never comes holds the end up only so long.
func TestStopGivesUpInTime(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		synctest.Test(t, func(t *testing.T) {
			s := newSceneInMemory(t, mode, func(ctx context.Context, _ *bot.Message) (*bot.Answer, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			})
			in := s.Command("framework", discordtest.Option("name", "laravel"))
			s.do(in) // deferred
			start := time.Now()
			s.finish()
			if took := time.Since(start); took < drainTime || took > drainTime+2*time.Second {
				t.Errorf("took %v", took)
			}
		})
	})
}

// TestInvalidToken stops the platform, with the way out.
func TestInvalidToken(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		for name, prepare := range map[string]func(*scene){
			"from the start": func(s *scene) { s.bot.rest.token = bot.NewSecret("no.good.canary") },
			"for commands":   func(s *scene) { s.FailAlways(gets, discordtest.Refused(401, 0)) },
		} {
			s := prepareScene(t, discordtest.New(t), mode)
			prepare(s)
			s.over = true
			s.run(parrot)
			err := <-s.end
			s.stop()
			if name == "from the start" && len(s.Requests("GET /gateway/bot")) > 0 {
				t.Error("the gateway was asked for")
			}
			if !errors.Is(err, errToken) || strings.Contains(err.Error()+s.log.String(), "canary") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestTokenThatIsRevoked is noticed with the next message.
func TestTokenThatIsRevoked(t *testing.T) {
	s := newScene(t, Gateway, parrot)
	s.over = true
	s.FailAlways("POST /channels/*/messages", discordtest.Refused(401, 0))
	s.Dispatch(discordtest.Mention("laravel"))
	if err := <-s.end; !errors.Is(err, errToken) {
		t.Errorf("got %v", err)
	}
	s.stop()
}

// TestFatalCloseCode: Discord alone stops, with a sentence.
func TestFatalCloseCode(t *testing.T) {
	s := newScene(t, Gateway, parrot)
	s.over = true
	s.Now(discordtest.Close(4014))
	if err := <-s.end; err == nil || !strings.Contains(err.Error(), "intents") {
		t.Errorf("got %v", err)
	}
	s.stop()
}

// TestWaitsForDiscord: a Discord that is away for a while is waited for.
func TestWaitsForDiscord(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		synctest.Test(t, func(t *testing.T) {
			s := prepareScene(t, discordtest.NewInMemory(t), mode)
			s.FailAlways("", discordtest.BadGateway())
			s.run(parrot)
			time.Sleep(10 * time.Minute) // of the bubble
			if n := len(s.Requests("")); n < 10 || n > 150 {
				t.Errorf("%d requests in ten minutes", n)
			}
			s.Mend()
			time.Sleep(2 * longestPace) // of the bubble
			in := s.Command("framework", discordtest.Option("name", "laravel"))
			s.do(in)
			s.Answer(in)
		})
	})
}

// TestApplicationIsNotTheBot: webhooks belong to the application.
func TestApplicationIsNotTheBot(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		if me := s.bot.me(); me.user != discordtest.BotID || me.application != discordtest.ApplicationID {
			t.Errorf("got %+v", me)
		}
	})
}

// TestWarnings: what does not fit together is said at the start.
func TestWarnings(t *testing.T) {
	for name, test := range map[string]struct {
		mode   string
		change func(*scene)
		want   string
	}{
		"gateway, but there is an endpoint": {Gateway, func(s *scene) {
			s.Change(func(set *discordtest.Settings) { set.EndpointURL = "https://example.com" })
		}, "commands go there"},
		"http, but there is no endpoint": {HTTP, func(*scene) {}, "no Interactions Endpoint URL yet"},
		"another key": {HTTP, func(s *scene) {
			s.Change(func(set *discordtest.Settings) { set.EndpointURL = "https://example.com" })
			s.bot.cfg.PublicKey = strings.Repeat("ab", 32)
		}, "public_key is not the application's"},
		"another application": {Gateway, func(s *scene) { s.bot.cfg.ApplicationID = "5" }, "application_id is another application's"},
	} {
		s := newScene(t, test.mode, parrot, test.change)
		if s.log.count(test.want) != 1 {
			t.Errorf("%s: %s", name, s.log)
		}
	}
}

// TestSecretsStaySecret goes through all that can fail and looks for what was
// planted: the token, the tokens of interactions, sessions.
func TestSecretsStaySecret(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		synctest.Test(t, func(t *testing.T) {
			s := newSceneInMemory(t, mode, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
				if strings.Contains(m.Text, "slow") {
					time.Sleep(2 * time.Second) // of the bubble
				}
				return parrot(ctx, m)
			})
			card, public := s.private(), s.public()
			for _, failure := range []discordtest.Failure{
				discordtest.Refused(403, 50013), discordtest.Refused(404, 10062), discordtest.Refused(400, 50035), discordtest.Refused(500, 0), discordtest.Refused(429, 0),
				discordtest.BadGateway(), discordtest.Reset(), discordtest.Hang(), discordtest.RateLimited(time.Hour, "user"), discordtest.RateLimitedBare(), discordtest.Banned(),
			} {
				s.FailAlways("", failure)
				s.deliver(s.Command("framework", discordtest.Option("name", "laravel")))
				s.deliver(s.Command("framework", discordtest.Option("name", "slow")))
				s.deliver(s.Press(card, id(card, doShare), nil))
				s.deliver(s.Press(public, id(public, doDelete), nil))
				s.deliver(s.Autocomplete("framework", discordtest.Focused("name", "x")))
				if mode == Gateway {
					s.Dispatch(discordtest.Mention("laravel"))
					s.Now(discordtest.Cut())
				}
				time.Sleep(2 * time.Minute) // of the bubble
				s.bot.rest.limits.forgive()
				s.Mend()
				time.Sleep(2 * time.Minute)
			}
			s.finish()
			log := s.log.String()
			for _, secret := range s.Secrets() {
				if strings.Contains(log, secret) {
					t.Fatalf("a secret is in the log: %s", log)
				}
			}
			if strings.Contains(log, "canary") {
				t.Errorf("a part of a secret is in the log: %s", log)
			}
			for _, said := range []string{"laravel", "slow"} {
				if strings.Contains(log, said) {
					t.Errorf("the log holds what people wrote: %s", log)
				}
			}
			s.Violations() // what was refused was not all fit to be sent
		})
	})
}

// TestTheGatewaySaysWhoTheBotIs: the API may not, for a while.
func TestTheGatewaySaysWhoTheBotIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := prepareScene(t, discordtest.NewInMemory(t), Gateway)
		s.FailAlways("GET /users/@me", discordtest.BadGateway())
		s.run(parrot)
		s.ready()
		s.Dispatch(discordtest.Mention("laravel"))
		s.AwaitMessage(1)
		if len(s.Commands("")) > 0 {
			t.Error("commands were registered before the application was known")
		}
		s.Mend()
		time.Sleep(2 * longestPace) // of the bubble
		if len(s.Commands("")) == 0 {
			t.Error("commands were not registered")
		}
	})
}
