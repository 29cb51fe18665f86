package discord

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// private and public are cards to press on.
func (s *scene) private(edits ...discordtest.Edit) *discordtest.Message {
	s.t.Helper()
	in := s.Command("framework", append([]discordtest.Edit{discordtest.Option("name", "laravel queues")}, edits...)...)
	s.do(in)
	return s.Answer(in)
}

func (s *scene) public(edits ...discordtest.Edit) *discordtest.Message {
	s.t.Helper()
	return s.private(append(edits, discordtest.Option("public", true))...)
}

// press presses what does that on the message, and waits for the callback.
func (s *scene) press(on *discordtest.Message, do action, values []string, edits ...discordtest.Edit) (discordtest.Interaction, discordtest.Callback) {
	s.t.Helper()
	in := s.Press(on, id(on, do), values, edits...)
	return in, s.do(in)
}

// now is the message as it is now.
func (s *scene) now(m *discordtest.Message) *discordtest.Message {
	for _, other := range s.Messages() {
		if other.ID == m.ID {
			return other
		}
	}
	return m
}

// awaitText waits until the message says text.
func (s *scene) awaitText(m *discordtest.Message, text string) {
	s.t.Helper()
	s.Await("a message to say "+text, func() bool { return strings.Contains(s.now(m).Text(), text) })
}

func TestPressReplacesTheCard(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		for name, test := range map[string]struct {
			card   *discordtest.Message
			do     action
			values []string
			by     string
			want   string // "" if the card stays
			share  bool
		}{
			"button":                       {s.private(), doAsk, nil, discordtest.UserID, "card of page rails", true},
			"menu":                         {s.private(), doMore, []string{"part:laravel:features"}, discordtest.UserID, "card of part laravel features", true},
			"button, public":               {s.public(), doAsk, nil, discordtest.UserID, "card of page rails", false},
			"menu, public":                 {s.public(), doMore, []string{"part:laravel:features"}, discordtest.UserID, "card of part laravel features", false},
			"button, public, by another":   {s.public(), doAsk, nil, discordtest.OtherID, "", false},
			"direct":                       {s.private(discordtest.InDirect()), doAsk, nil, discordtest.UserID, "card of page rails", false},
			"elsewhere, public":            {s.public(discordtest.UserInstalled()), doAsk, nil, discordtest.UserID, "card of page rails", false},
			"a ref that is none, chosen":   {s.private(), doMore, []string{"<@everyone>"}, discordtest.UserID, "card of", true},
			"nothing was chosen after all": {s.private(), doMore, []string{}, discordtest.UserID, "card of page laravel", true},
		} {
			in, c := s.press(test.card, test.do, test.values, discordtest.By(test.by))
			m := s.Answer(in)
			if test.want == "" {
				if c.Type != discordtest.ShowMessage || !m.Ephemeral || m.ID == test.card.ID || s.now(test.card).Edits > 0 {
					t.Errorf("%s: callback %d, ephemeral %v", name, c.Type, m.Ephemeral)
				}
				continue
			}
			if c.Type != discordtest.UpdateMessage || m.ID != test.card.ID || m.Ephemeral != test.card.Ephemeral || !strings.Contains(m.Text(), test.want) {
				t.Errorf("%s: callback %d, ephemeral %v: %q", name, c.Type, m.Ephemeral, m.Text())
			}
			if has(m, doShare) != test.share || has(m, doDelete) != !m.Ephemeral {
				t.Errorf("%s: buttons %q", name, m.CustomIDs())
			}
			if next := id(m, doMore); !m.Ephemeral && decode(next).user != discordtest.UserID {
				t.Errorf("%s: the next press is %q", name, next)
			}
		}
	})
}

func TestCompareMenu(t *testing.T) {
	var l asked
	s := newScene(t, Gateway, l.parrot)
	card := s.private()
	for chosen, want := range map[string]bot.Ref{"page:rails": "vs:laravel,rails", "vs:laravel,flask": "vs:laravel,flask"} {
		custom := press{do: doCompare, ref: "page:laravel"}.encode()
		s.do(s.Press(card, custom, []string{chosen}))
		if m, _ := l.last(); m.Ref != want {
			t.Errorf("%s asks %q, want %q", chosen, m.Ref, want)
		}
	}
	s.Violations() // the card has no such menu
}

func TestSlowPress(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		synctest.Test(t, func(t *testing.T) {
			slow := false
			s := newSceneInMemory(t, mode, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
				if slow {
					time.Sleep(2 * time.Second) // of the bubble
				}
				return parrot(ctx, m)
			})
			private, public := s.private(), s.public()
			slow = true
			in, c := s.press(private, doAsk, nil)
			if m := s.Answer(in); c.Type != discordtest.DeferUpdate || m.ID != private.ID || !strings.Contains(m.Text(), "card of page rails") {
				t.Errorf("callback %d: %q", c.Type, m.Text())
			}
			in, c = s.press(public, doAsk, nil, discordtest.By(discordtest.OtherID))
			if m := s.Answer(in); c.Type != discordtest.DeferMessage || m.ID == public.ID || !m.Ephemeral {
				t.Errorf("on somebody else's card: callback %d, ephemeral %v", c.Type, m.Ephemeral)
			}
		})
	})
}

// TestRefusedPressKeepsTheCard: that there is no answer now is not worth the one
// that is there.
func TestRefusedPressKeepsTheCard(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		synctest.Test(t, func(t *testing.T) {
			var took time.Duration
			refuse := false
			s := newSceneInMemory(t, mode, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
				time.Sleep(took) // of the bubble
				if refuse {
					return bot.Busy(), nil
				}
				return parrot(ctx, m)
			})
			card := s.private()
			refuse = true
			in, c := s.press(card, doAsk, nil)
			if m := s.Answer(in); c.Type != discordtest.ShowMessage || !m.Ephemeral || !strings.Contains(m.Text(), bot.Busy().Text) {
				t.Errorf("callback %d: %q", c.Type, m.Text())
			}
			took = 2 * time.Second
			in, c = s.press(card, doAsk, nil)
			s.Await("a follow-up", func() bool { return len(s.FollowUps(in)) > 0 })
			if m := s.FollowUps(in)[0]; c.Type != discordtest.DeferUpdate || !m.Ephemeral || !strings.Contains(m.Text(), bot.Busy().Text) {
				t.Errorf("late: callback %d: %q", c.Type, m.Text())
			}
			if s.now(card).Edits > 0 {
				t.Error("the card was changed")
			}
		})
	})
}

func TestShare(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		for name, where := range map[string][]discordtest.Edit{
			"server": nil, "another server": {discordtest.UserInstalled()}, "group": {discordtest.InGroup()},
		} {
			t.Run(name, func(t *testing.T) {
				s := newScene(t, mode, parrot)
				card := s.private(where...)
				in, _ := s.press(card, doShare, nil, where...)
				again, _ := s.press(card, doShare, nil, where...)
				s.awaitText(card, "Shared")
				if m := s.now(card); len(m.CustomIDs()) > 0 || strings.Contains(m.Text(), "card of") {
					t.Errorf("the private card is left as %q with %q", m.Text(), m.CustomIDs())
				}
				all := append(s.FollowUps(in), s.FollowUps(again)...)
				if len(all) != 1 || all[0].Ephemeral {
					t.Fatalf("%d follow-ups", len(all))
				}
				for _, want := range []string{"card of page laravel", "Shared by <@" + discordtest.UserID + ">", "laravel queues"} {
					if !strings.Contains(all[0].Text(), want) {
						t.Errorf("the shared card lacks %q: %q", want, all[0].Text())
					}
				}
				if pings(all[0]) != nil || !has(all[0], doDelete) {
					t.Errorf("pings %v, buttons %q", pings(all[0]), all[0].CustomIDs())
				}
			})
		}
	})
}

// TestShareThatFails can be tried again.
func TestShareThatFails(t *testing.T) {
	s := newScene(t, Gateway, parrot)
	card := s.private()
	s.Fail("POST /webhooks/*/*", discordtest.Refused(403, 50013))
	in, _ := s.press(card, doShare, nil)
	s.Await("a sentence", func() bool { return len(s.FollowUps(in)) > 0 })
	if m := s.FollowUps(in)[0]; !m.Ephemeral || !strings.Contains(m.Text(), "could not be shared") {
		t.Errorf("ephemeral %v: %q", m.Ephemeral, m.Text())
	}
	s.press(card, doShare, nil)
	s.awaitText(card, "Shared")
}

// TestShareLastsThroughARestart: all that is needed is in the button and on the card.
func TestShareLastsThroughARestart(t *testing.T) {
	d := discordtest.New(t)
	s := startScene(t, d, Gateway, parrot)
	card := s.private()
	s.finish()
	s = prepareScene(t, d, Gateway)
	s.run(parrot)
	s.ready()
	in, _ := s.press(card, doShare, nil)
	s.awaitText(card, "Shared")
	if all := s.FollowUps(in); len(all) != 1 || !strings.Contains(all[0].Text(), "laravel queues") {
		t.Errorf("got %v", all)
	}
}

func TestFeedback(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		card := s.private()
		in, c := s.press(card, doHelpful, nil)
		m := s.Answer(in)
		if c.Type != discordtest.UpdateMessage || !strings.Contains(m.Text(), "Thanks") || !strings.Contains(m.Text(), "laravel queues") || has(m, doHelpful) || has(m, doWrong) || !has(m, doShare) {
			t.Errorf("callback %d: %q, buttons %q", c.Type, m.Text(), m.CustomIDs())
		}
		s.press(card, doHelpful, nil)
		if n := s.log.count("msg=feedback"); n != 1 {
			t.Errorf("noted %d times", n)
		}
		public := s.public()
		for _, by := range []string{discordtest.UserID, discordtest.OtherID} {
			in, c = s.press(public, doWrong, nil, discordtest.By(by))
			if m := s.Answer(in); c.Type != discordtest.ShowMessage || !m.Ephemeral || !strings.Contains(m.Text(), "Thanks") {
				t.Errorf("in public: callback %d, ephemeral %v: %q", c.Type, m.Ephemeral, m.Text())
			}
		}
		if s.now(public).Edits > 0 {
			t.Error("others see what somebody thinks")
		}
		if n := s.log.count("msg=feedback platform=discord verdict=wrong ref=page:laravel"); n != 2 {
			t.Errorf("noted %d times", n)
		}
	})
}

func TestDelete(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		for name, test := range map[string]struct {
			edits []discordtest.Edit
			gone  bool
		}{
			"who asked":                   {nil, true},
			"somebody else":               {[]discordtest.Edit{discordtest.By(discordtest.OtherID)}, false},
			"who may manage messages":     {[]discordtest.Edit{discordtest.By(discordtest.OtherID), discordtest.May(discordtest.ManageMessages)}, true},
			"who may do all":              {[]discordtest.Edit{discordtest.By(discordtest.OtherID), discordtest.May(8)}, true},
			"somebody with odd rights":    {[]discordtest.Edit{discordtest.By(discordtest.OtherID), func(o discordtest.Object) { o["member"].(discordtest.Object)["permissions"] = "all" }}, false},
			"who asked, in another guild": {[]discordtest.Edit{discordtest.UserInstalled()}, true},
		} {
			card := s.public()
			in, c := s.press(card, doDelete, nil, test.edits...)
			if !test.gone {
				if m := s.Answer(in); c.Type != discordtest.ShowMessage || !m.Ephemeral || s.now(card).Deleted {
					t.Errorf("%s: callback %d, deleted %v", name, c.Type, s.now(card).Deleted)
				}
				continue
			}
			s.Await("the card to be deleted: "+name, func() bool { return s.now(card).Deleted })
		}
	})
}

// TestDeleteOfAReply: the answer to a mention is a message of a channel.
func TestDeleteOfAReply(t *testing.T) {
	s := newScene(t, Gateway, parrot)
	s.Dispatch(discordtest.Mention("laravel"))
	card := s.AwaitMessage(1)
	s.Fail("DELETE /webhooks/*/*/messages/@original", discordtest.Refused(404, 10015))
	s.press(card, doDelete, nil)
	s.Await("the reply to be deleted", func() bool { return s.now(card).Deleted })
	s.press(s.now(card), doDelete, nil) // it is gone: nothing is to be said
	if s.log.count("level=ERROR") > 0 {
		t.Errorf("log: %s", s.log)
	}
}

func TestUnknownPress(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		card := s.private()
		for _, custom := range []string{"", "vote|up", "|||||", strings.Repeat("x", 100)} {
			in := s.Press(card, custom, nil)
			s.do(in)
			if m := s.Answer(in); !m.Ephemeral || m.ID == card.ID || m.Text() == "" {
				t.Errorf("%q: ephemeral %v: %q", custom, m.Ephemeral, m.Text())
			}
		}
		s.Violations() // the card has no such buttons
	})
}

// TestPressPanics: one press cannot end the process, and the person is told.
func TestPressPanics(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		broken := false
		s := newScene(t, mode, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
			if broken {
				panic("secret detail")
			}
			return parrot(ctx, m)
		})
		card := s.private()
		broken = true
		for _, do := range []action{doAsk, doHelpful} {
			in, _ := s.press(card, do, nil)
			if m := s.Answer(in); !m.Ephemeral || m.Text() == "" {
				t.Errorf("%s: %q", do, m.Text())
			}
		}
		in, _ := s.press(card, doShare, nil)
		s.Await("a sentence", func() bool { return len(s.FollowUps(in)) > 0 })
	})
}
