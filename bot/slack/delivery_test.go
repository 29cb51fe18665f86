package slack

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/bot/slack/slacktest"
)

// TestRetries: an event is answered once, however often it comes, and also if
// only the retry arrives.
func TestRetries(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		e := w.Mention("U1", "C1", "laravel")
		w.send(e)
		for n := 1; n <= 3; n++ {
			w.send(w.Again(e, n, "http_timeout"))
		}
		w.shows(w.next(), "Laravel")
		lost := w.Mention("U1", "C2", "django")
		w.send(w.Again(lost, 1, "http_timeout"))
		w.shows(w.next(), "Django")
		w.nothingMore()
	})
}

// TestOneMessageInManyEvents: Slack has sent one message under several event
// ids, and an app may get a mention as two kinds of event, in either order.
func TestOneMessageInManyEvents(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		for i, first := range []string{"app_mention", "message"} {
			channel := []string{"C1", "C2"}[i]
			mention := w.Mention("U1", channel, "laravel")
			message := w.ChannelMessage("U1", channel, "<@"+slacktest.BotUser+"> laravel")
			message.Inner()["ts"] = mention.TSOf()
			events := []slacktest.Envelope{mention, message}
			if first == "message" {
				events[0], events[1] = message, mention
			}
			for range 3 {
				for _, e := range events {
					w.send(e)
				}
			}
			if p := w.next(); p.Channel != channel {
				t.Errorf("answered in %s", p.Channel)
			}
		}
		w.nothingMore()
	})
}

// TestWhatIsNoQuestion: the bot's own words, other bots, edits, deletions and
// talk that is not for it get no answer.
func TestWhatIsNoQuestion(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		for name, change := range map[string]func(inner map[string]any){
			"own message":        func(in map[string]any) { in["bot_id"], in["user"] = slacktest.BotID, slacktest.BotUser },
			"own, without bot":   func(in map[string]any) { in["user"] = slacktest.BotUser },
			"another bot":        func(in map[string]any) { in["bot_id"] = "B9" },
			"edited":             func(in map[string]any) { in["edited"] = map[string]any{"user": "U1", "ts": "1"} },
			"an edit":            func(in map[string]any) { in["subtype"] = "message_changed"; delete(in, "user") },
			"a deletion":         func(in map[string]any) { in["subtype"] = "message_deleted" },
			"somebody joined":    func(in map[string]any) { in["subtype"] = "channel_join" },
			"a bot's subtype":    func(in map[string]any) { in["subtype"] = "bot_message" },
			"no user":            func(in map[string]any) { delete(in, "user") },
			"user of other type": func(in map[string]any) { in["user"] = map[string]any{"id": "U1"} },
		} {
			for _, e := range []slacktest.Envelope{w.Mention("U1", "C1", "laravel"), w.DirectMessage("U1", "laravel")} {
				change(e.Inner())
				if a := w.send(e); a.status != http.StatusOK || len(a.body) > 0 {
					t.Errorf("%s: status %d, %s", name, a.status, a.body)
				}
			}
		}
		w.send(w.ChannelMessage("U1", "C1", "laravel is nice"))
		w.send(w.Event(map[string]any{"type": "reaction_added", "user": "U1"}))
		w.send(w.Event(map[string]any{"type": "of_the_future", "user": []any{1}, "channel": 7}))
		w.nothingMore()
	})
}

func TestFilesAndBroadcastsAreQuestions(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		for i, subtype := range []string{"file_share", "thread_broadcast"} {
			e := w.Mention("U1", []string{"C1", "C2"}[i], "laravel")
			e.Inner()["subtype"] = subtype
			w.send(e)
			w.shows(w.next(), "Laravel")
		}
	})
}

// TestPanics: whatever kind of delivery it happens in, the bot lives, and who
// asked is told.
func TestPanics(t *testing.T) {
	handler := bot.HandlerFunc(func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		if m.Text == "boom" || m.Ref == "page:boom" {
			panic("boom canary")
		}
		return answerer().Answer(ctx, m)
	})
	inBothModes(t, handler, func(t *testing.T, w *world) {
		w.shows(w.ask("boom"), bot.Apology)
		w.send(w.Mention("U1", "C1", "<@U0BOT>boom"))
		e := w.DirectMessage("U1", "boom")
		w.send(e)
		w.next()
		w.send(w.BlockAction("U1", private, slacktest.Element{ActionID: "ask:0", Value: "ask|page:boom"}))
		w.next()
		w.send(w.MessageShortcut("U1", "C3", Shortcut, "boom"))
		w.next()
		w.shows(w.ask("laravel"), "Laravel")
	})
}

// TestSlowAnswersFollow: what takes longer than Slack waits is acknowledged
// first and follows by the response_url.
func TestSlowAnswersFollow(t *testing.T) {
	inBothModes(t, slow(t), func(t *testing.T, w *world) {
		a := w.send(w.SlashCommand("U1", "C1", "/framework", "slow"))
		if len(a.body) > 0 {
			t.Errorf("acknowledged with %s", a.body)
		}
		p := w.next()
		if p.Method != "response_url" || p.Body["response_type"] != "ephemeral" || !strings.Contains(p.Text, "at last") {
			t.Errorf("got %s %q", p.Method, p.Text)
		}
		w.nothingMore()
	})
}

// slow answers "slow" when the acknowledgement must be gone.
func slow(t *testing.T) bot.Handler {
	return bot.HandlerFunc(func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		if m.Text == "slow" {
			timer, cancel := context.WithTimeout(ctx, bot.PromptWithin*6/5)
			defer cancel()
			<-timer.Done()
			if ctx.Err() != nil {
				t.Error("the question was given up")
			}
		}
		return &bot.Answer{Kind: bot.FactKind, Title: "Answer", Text: "at last"}, nil
	})
}

// TestFull: when too much is under way, events are to be sent again, and are
// answered then; who types a command is told at once.
func TestFull(t *testing.T) {
	free := make(chan struct{})
	var waiting sync.WaitGroup
	handler := bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) {
		waiting.Done()
		<-free
		return &bot.Answer{Kind: bot.FactKind, Title: "Answer", Text: "free"}, nil
	})
	w := newWorld(t, HTTP, handler)
	w.bot.events, w.bot.commands = bot.NewPool(2, w.bot.log), bot.NewPool(1, w.bot.log)
	waiting.Add(3)
	done := make(chan ack, 1)
	go func() { done <- w.send(w.SlashCommand("U1", "C1", "/framework", "laravel")) }()
	for _, channel := range []string{"C1", "C2"} {
		w.send(w.Mention("U1", channel, "laravel"))
	}
	waiting.Wait()
	more := w.Mention("U1", "C3", "laravel")
	if a := w.send(more); a.status != http.StatusServiceUnavailable {
		t.Errorf("status %d for an event that cannot be taken on", a.status)
	}
	if busy := w.ask("django"); !strings.Contains(busy.Text, "try again") {
		t.Errorf("told %q", busy.Text)
	}
	waiting.Add(1)
	close(free)
	if a := <-done; !strings.Contains(string(a.body), "free") {
		t.Errorf("the command got %s", a.body)
	}
	w.next()
	w.next()
	w.until("there is room", func() bool { return w.send(w.Again(more, 1, "http_error")).status == http.StatusOK })
	if p := w.next(); p.Channel != "C3" {
		t.Errorf("answered in %s", p.Channel)
	}
}

// TestRateLimits: Slack says when to come back, and the bot does.
func TestRateLimits(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		w.Fail("chat.postMessage", slacktest.Fault{Status: http.StatusTooManyRequests, RetryAfter: "1"})
		w.send(w.Mention("U1", "C1", "laravel"))
		w.shows(w.next(), "Laravel")
		w.nothingMore()
		w.until("two calls are in the journal", func() bool { return len(w.Calls("chat.postMessage")) == 2 })
	})
}

// TestUnknownOutcomesAreNotRepeated: a message that may have arrived is not
// sent again.
func TestUnknownOutcomesAreNotRepeated(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		for i, fault := range []slacktest.Fault{{Reset: true, Did: true}, {Status: http.StatusBadGateway, Body: "<html>", Did: true}, {Status: http.StatusServiceUnavailable}} {
			w.Fail("chat.postMessage", fault)
			w.send(w.Mention("U1", []string{"C1", "C2", "C3"}[i], "laravel"))
			w.until("the call was made", func() bool { return len(w.Calls("chat.postMessage")) == i+1 })
		}
		w.stop()
		if n := len(w.Calls("chat.postMessage")); n != 3 {
			t.Errorf("%d calls for three messages", n)
		}
	})
}

// TestPermanentErrorsEndSlack: with a sentence that names the fix.
func TestPermanentErrorsEndSlack(t *testing.T) {
	for _, code := range []string{"invalid_auth", "token_revoked", "account_inactive", "missing_scope", "not_allowed_token_type"} {
		t.Run(code, func(t *testing.T) {
			w := newWorld(t, HTTP, nil)
			w.Fail("chat.postMessage", slacktest.Fault{Error: code, Times: -1})
			w.send(w.Mention("U1", "C1", "laravel"))
			err := <-w.ended
			if err == nil || !strings.Contains(err.Error(), code) || !strings.Contains(err.Error(), "slack.bot_token") {
				t.Errorf("ended with %v", err)
			}
			w.ended <- nil
		})
	}
}

// TestAnswersUnderWay: when the bot stops, everybody who asked gets an answer.
func TestAnswersUnderWay(t *testing.T) {
	const questions = 20
	began, finish := make(chan struct{}, questions), make(chan struct{})
	var finished atomic.Int32
	handler := bot.HandlerFunc(func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
		began <- struct{}{}
		<-finish
		finished.Add(1)
		if ctx.Err() != nil {
			return nil, errors.New("the question was given up")
		}
		return answerer().Answer(ctx, m)
	})
	inBothModes(t, handler, func(t *testing.T, w *world) {
		finish = make(chan struct{})
		finished.Store(0)
		for range questions {
			w.send(w.Mention("U1", "C1", "laravel"))
		}
		for range questions {
			<-began
		}
		w.cancel()
		close(finish)
		w.stop()
		if w.err != nil || finished.Load() != questions {
			t.Errorf("ended with %v after %d answers", w.err, finished.Load())
		}
		w.until("all answers are in the journal", func() bool { return len(w.Calls("chat.postMessage")) == questions })
	})
}
