package discord

import (
	"context"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

func TestMessagesToTheBot(t *testing.T) {
	s := newScene(t, Gateway, parrot)
	n := 0
	for name, e := range map[string]discordtest.Event{
		"mention":           discordtest.Mention("laravel queues"),
		"direct message":    discordtest.Direct("laravel queues"),
		"with a nickname":   discordtest.Mention("", discordtest.With("content", "<@!"+discordtest.BotID+"> laravel queues")),
		"in the middle":     discordtest.Mention("", discordtest.With("content", "laravel <@"+discordtest.BotID+"> queues")),
		"unknown component": discordtest.Mention("laravel queues", discordtest.WithUnknownComponents()),
		"odd fields":        discordtest.Mention("laravel queues", discordtest.With("embeds", 7), discordtest.With("member", "x"), discordtest.With("flags", "y")),
	} {
		s.Dispatch(e)
		n++
		m := s.AwaitMessage(n)
		if !strings.Contains(m.Text(), "you said laravel queues") {
			t.Errorf("%s: got %q", name, m.Text())
		}
		if m.ReplyTo != e.Data["id"] || m.Channel != e.Data["channel_id"] || m.Body["nonce"] != e.Data["id"] || m.Body["enforce_nonce"] != true {
			t.Errorf("%s: a reply to %q in %q: %v", name, m.ReplyTo, m.Channel, m.Body)
		}
		if ref := m.Body["message_reference"].(discordtest.Object); ref["fail_if_not_exists"] != false {
			t.Errorf("%s: %v", name, ref)
		}
		if pings := m.Body["allowed_mentions"].(discordtest.Object); pings["replied_user"] == true || len(pings["parse"].([]any)) > 0 || pings["users"] != nil {
			t.Errorf("%s: pings %v", name, pings)
		}
		if has(m, doShare) || decode(id(m, doDelete)).user != discordtest.UserID {
			t.Errorf("%s: buttons %q", name, m.CustomIDs())
		}
	}
	s.Dispatch(discordtest.Reply(s.Messages()[0], "and laravel?"))
	if m := s.AwaitMessage(n + 1); !strings.Contains(m.Text(), "you said and laravel?") {
		t.Errorf("a reply: got %q", m.Text())
	}
}

// TestMessagesToNobody: none of these is for the bot, or may be answered.
func TestMessagesToNobody(t *testing.T) {
	var l asked
	s := newScene(t, Gateway, l.parrot)
	mention := func(edits ...discordtest.Edit) discordtest.Event { return discordtest.Mention("laravel", edits...) }
	s.Dispatch(
		discordtest.Said("laravel"),
		discordtest.Said("@everyone laravel", discordtest.With("mention_everyone", true)),
		discordtest.Said("<@&"+discordtest.BotID+"> laravel", discordtest.With("mention_roles", []any{discordtest.BotID})),
		discordtest.Said("<@"+discordtest.OtherID+"> laravel", discordtest.With("mentions", []any{discordtest.User(discordtest.OtherID)})),
		discordtest.Said("`<@"+discordtest.BotID+">` laravel"),
		mention(discordtest.BySelf()), mention(discordtest.ByBot()), mention(discordtest.ByWebhook()), mention(discordtest.AsSystem()),
		mention(discordtest.With("type", 7)),
		mention(discordtest.Without("author")), mention(discordtest.With("author", nil)), mention(discordtest.Without("id")), mention(discordtest.Without("channel_id")),
		discordtest.Direct("laravel", discordtest.BySelf()), discordtest.Direct("laravel", discordtest.ByBot()),
		discordtest.Edited(mention(), "<@"+discordtest.BotID+"> rails"), discordtest.Deleted(mention()),
		discordtest.Event{Type: "MESSAGE_CREATE", Data: discordtest.Object{"id": []any{}, "author": 3, "mentions": "all"}},
		discordtest.Event{Type: "SOMETHING_NEW", Data: discordtest.Object{"id": "1"}},
		mention(), // the one that is
	)
	s.AwaitMessage(1)
	s.finish() // what is under way has ended then
	if m, n := l.last(); n != 1 {
		t.Errorf("answered %d messages, the last one %+v", n, m)
	}
}

func TestMessageTwiceIsOnce(t *testing.T) {
	var l asked
	s := newScene(t, Gateway, l.parrot)
	e := discordtest.Mention("laravel")
	s.Dispatch(e, e, e)
	s.AwaitMessage(1)
	s.Dispatch(e)
	s.finish()
	if _, n := l.last(); n != 1 || len(s.Messages()) != 1 {
		t.Errorf("asked %d times, %d messages", n, len(s.Messages()))
	}
}

// TestAgainIsNotRepeated: what was said a moment ago is said again only where
// silence would look like a failure.
func TestAgainIsNotRepeated(t *testing.T) {
	s := newScene(t, Gateway, func(context.Context, *bot.Message) (*bot.Answer, error) {
		return &bot.Answer{Kind: bot.BusyKind, Title: "One at a time", Text: "Slowly.", Private: true, Again: true}, nil
	})
	s.Dispatch(discordtest.Mention("laravel"))
	in := s.Command("framework", discordtest.Option("name", "laravel"))
	s.do(in)
	if m := s.Answer(in); !strings.Contains(m.Text(), "Slowly.") {
		t.Errorf("got %q", m.Text())
	}
	s.finish()
	if n := len(s.Messages()); n != 1 {
		t.Errorf("%d messages", n)
	}
}

// TestUnknownOutcome: a message whose response was lost is sent again, and there once.
func TestUnknownOutcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSceneInMemory(t, Gateway, parrot)
		s.Fail("POST /channels/*/messages", discordtest.ButDone(discordtest.BadGateway()), discordtest.ButDone(discordtest.Reset()))
		s.Dispatch(discordtest.Mention("laravel"))
		s.AwaitMessage(1)
		s.finish()
		if n := len(s.Messages()); n != 1 || len(s.Requests("POST /channels/*/messages")) != 3 {
			t.Errorf("%d messages in %d requests", n, len(s.Requests("POST /channels/*/messages")))
		}
	})
}

// TestSilentWhereForbidden: the bot does not try again and again where it may not speak.
func TestSilentWhereForbidden(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSceneInMemory(t, Gateway, parrot)
		s.Fail("POST /channels/*/messages", discordtest.Refused(403, 50013))
		s.Dispatch(discordtest.Mention("laravel"))
		time.Sleep(time.Second) // of the bubble
		for range 100 {
			s.Dispatch(discordtest.Mention("laravel"))
		}
		s.Dispatch(discordtest.Mention("rails", discordtest.In(discordtest.GuildID, "1180000000000000999")))
		if m := s.AwaitMessage(1); m.Channel != "1180000000000000999" {
			t.Errorf("posted in %s: %s", m.Channel, s.log)
		}
		if n := len(s.Requests("POST /channels/*/messages")); n != 2 {
			t.Errorf("%d requests, want 2", n)
		}
		time.Sleep(quietFor) // of the bubble
		s.Dispatch(discordtest.Mention("laravel"))
		s.AwaitMessage(2)
	})
}

// TestReplyWithoutHistory: a bot that may not read back may not reply, but speak.
func TestReplyWithoutHistory(t *testing.T) {
	s := newScene(t, Gateway, parrot)
	s.Fail("POST /channels/*/messages", discordtest.Refused(400, 160002))
	s.Dispatch(discordtest.Mention("laravel"))
	if m := s.AwaitMessage(1); m.ReplyTo != "" || !strings.Contains(m.Text(), "you said laravel") {
		t.Errorf("a reply to %q: %q", m.ReplyTo, m.Text())
	}
}

func TestMessagePanics(t *testing.T) {
	s := newScene(t, Gateway, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		if strings.Contains(m.Text, "worst") {
			panic("secret detail")
		}
		return parrot(ctx, m)
	})
	s.Dispatch(discordtest.Mention("worst"))
	if m := s.AwaitMessage(1); !strings.Contains(m.Text(), bot.Apology) {
		t.Errorf("got %q", m.Text())
	}
	s.Dispatch(discordtest.Mention("laravel"))
	s.AwaitMessage(2)
	if strings.Contains(s.log.String(), "secret detail") {
		t.Error("the panic's text is in the log")
	}
}

// TestBurst: 2,000 messages at once are all answered, once each, by a bounded
// number of goroutines of which few make answers.
func TestBurst(t *testing.T) {
	const burst = 2000
	var now, most, goroutines atomic.Int64
	s := newScene(t, Gateway, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		raise(&most, now.Add(1))
		defer now.Add(-1)
		raise(&goroutines, int64(runtime.NumGoroutine()))
		return parrot(ctx, m)
	}, func(s *scene) { s.bot.rest.limits.every = 0 })
	before := runtime.NumGoroutine()
	events := make([]discordtest.Event, burst)
	for i := range events {
		events[i] = discordtest.Mention("laravel", discordtest.In(discordtest.GuildID, discordtest.Snowflake()))
	}
	s.Dispatch(events...)
	s.AwaitMessage(burst)
	if most.Load() > maxThinking {
		t.Errorf("%d answers were made at once", most.Load())
	}
	// Each answer that is sent has a goroutine, two of the HTTP client, and up to
	// two of Discord's, which is in this process as well.
	if n := goroutines.Load() - int64(before); n > 5*maxUnderWay+100 {
		t.Errorf("%d goroutines", n)
	}
	replied := map[string]int{}
	for _, m := range s.Messages() {
		replied[m.ReplyTo]++
	}
	if len(replied) != burst || len(s.Messages()) != burst {
		t.Errorf("%d messages were answered with %d", len(replied), len(s.Messages()))
	}
}

// raise sets a to n if that is more.
func raise(a *atomic.Int64, n int64) {
	for old := a.Load(); old < n && !a.CompareAndSwap(old, n); old = a.Load() {
	}
}

// TestTooManyMessages: what there is no room for is left out, and can be
// answered when it is delivered again.
func TestTooManyMessages(t *testing.T) {
	began, finish := make(chan struct{}), make(chan struct{})
	s := newScene(t, Gateway, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		if strings.Contains(m.Text, "first") {
			close(began)
			<-finish
		}
		return parrot(ctx, m)
	}, func(s *scene) { s.bot.questions = bot.NewPool(1, s.bot.log) })
	s.Dispatch(discordtest.Mention("first"))
	<-began
	second := discordtest.Mention("second")
	s.Dispatch(second)
	s.Await("the second to be left out", func() bool {
		in := s.Command("framework", discordtest.Option("name", "laravel")) // is not held up
		s.do(in)
		return s.log.count("a question is left out") == 1
	})
	close(finish)
	s.Await("the first answer", func() bool { return strings.Contains(texts(s), "you said first") })
	s.Await("the second answer", func() bool {
		s.Dispatch(second)
		s.do(s.Command("framework", discordtest.Option("name", "laravel")))
		return strings.Contains(texts(s), "you said second")
	})
}

func texts(s *scene) string {
	var b strings.Builder
	for _, m := range s.Messages() {
		b.WriteString(m.Text() + "\n")
	}
	return b.String()
}

func TestTimeOf(t *testing.T) {
	if got := timeOf("175928847299117063").UTC().Format(time.RFC3339); got != "2016-04-30T11:18:25Z" { // the documentation's example
		t.Errorf("got %s", got)
	}
	for _, id := range []string{"", "x", "-5", "7", "99999999999999999999999999"} {
		if d := time.Since(timeOf(id)); d < 0 || d > time.Minute {
			t.Errorf("%q is %v ago", id, d)
		}
	}
}
