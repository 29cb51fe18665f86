package slack

import (
	"strings"
	"testing"

	"frameworkbot/bot/slack/slacktest"
)

func TestCommand(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		card := w.ask("laravel")
		if card.Body["response_type"] != "ephemeral" {
			t.Errorf("the card is not private: %v", card.Body["response_type"])
		}
		w.shows(card, "Laravel", "PHP", "2023")
		if !strings.Contains(card.Text, "Laravel is an open-source framework") || !strings.Contains(card.Text, "Source") {
			t.Errorf("who hears the message hears %q", card.Text)
		}
		w.nothingMore()
	})
}

func TestCommandWithoutWordsBrowses(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		for _, text := range []string{"", " ", "help", "?"} {
			w.shows(w.ask(text), "Laravel", "Python", "/framework", "/fw")
		}
		w.nothingMore()
	})
}

func TestNothingIsSaidHonestly(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		card := w.ask("photoshop <!channel>")
		w.shows(card, "I have nothing on")
		if len(card.Buttons("share")) > 0 {
			t.Error("nothing can be shared")
		}
	})
}

// TestShare: a private card is posted for everybody, once, also by a bot that
// was started anew meanwhile and is no member.
func TestShare(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		card := w.ask("does flask have an orm?")
		share := w.button(card, "share", "")
		if len(share.Value) > 200 || strings.Contains(share.Value, "extensions") {
			t.Errorf("the button carries more than ids: %q", share.Value)
		}
		w.stop()
		w.start(nil)
		for range 2 { // who is impatient presses twice
			w.send(w.BlockAction("U1", private, share))
		}
		shared := w.next()
		if shared.Method != "response_url" || shared.Body["response_type"] != "in_channel" || shared.Replaces {
			t.Errorf("not shared: %s %v", shared.Method, shared.Body["response_type"])
		}
		w.shows(shared, "<@U1>", "does flask have an orm", "none built in")
		if line := w.next(); !line.Replaces || len(line.Buttons("")) > 0 || !strings.Contains(line.Text, "Shared") {
			t.Errorf("the private card did not shrink: %v %q", line.Replaces, line.Text)
		}
		w.nothingMore()
	})
}

func TestMention(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		question := w.Mention("U1", "C1", "does flask have an orm?")
		w.send(question)
		p := w.next()
		if p.Method != "chat.postMessage" || p.Channel != "C1" || p.Thread != question.TSOf() {
			t.Errorf("got %s in %s, thread %q, want a reply to %s", p.Method, p.Channel, p.Thread, question.TSOf())
		}
		w.shows(p, "none built in")
		if len(p.Buttons("share")) > 0 {
			t.Error("what everybody sees can be shared")
		}
		w.send(w.ThreadMention("U1", "C2", "1600000000.000100", "django"))
		if p := w.next(); p.Thread != "1600000000.000100" {
			t.Errorf("the answer is in thread %q", p.Thread)
		}
		w.nothingMore()
	})
}

func TestDirectMessage(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		w.send(w.DirectMessage("U1", "lavarel"))
		p := w.next()
		if p.Method != "chat.postMessage" || p.Channel != "D1" || p.Thread != "" || len(p.Buttons("share")) > 0 {
			t.Errorf("got %s in %s, thread %q, %d buttons to share", p.Method, p.Channel, p.Thread, len(p.Buttons("share")))
		}
		w.shows(p, "Showing", "Laravel", "lavarel")
		w.nothingMore()
	})
}

// TestPresses: each press replaces the card and adds none.
func TestPresses(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		card := w.ask("lavarel")
		replaced := func(user string, with slacktest.Element, texts ...string) slacktest.Post {
			t.Helper()
			w.send(w.BlockAction(user, private, with))
			p := w.next()
			if p.Method != "response_url" || !p.Replaces {
				t.Errorf("%v added a message", with)
			}
			w.shows(p, texts...)
			return p
		}
		replaced("U1", w.button(card, "ask", "ask|not:"), "I took it for Laravel")
		replaced("U1", w.button(w.ask("does flask have an orm"), "ask", "ask|page:"), "Flask", "Python")
		more := w.button(card, "more", "")
		more.Selected = "more|part:laravel:features"
		replaced("U1", more, "Template Engine")
		compare := w.button(card, "compare", "")
		compare.Selected = "compare|page:django"
		comparison := replaced("U1", compare, "Laravel", "Django", "Blade")
		if len(comparison.Buttons("share")) == 0 {
			t.Error("the comparison cannot be shared")
		}
		replaced("U1", w.button(card, "helpful", ""), "Thanks")
		again := replaced("U1", w.button(card, "wrong", ""), "Thanks")
		if len(again.Buttons("helpful"))+len(again.Buttons("wrong")) > 0 {
			t.Error("who has said what they think is asked again")
		}
		w.send(w.BlockAction("U1", private, w.button(card, "dismiss", "")))
		if p := w.next(); !p.Deletes {
			t.Error("the card was not dismissed")
		}
		w.nothingMore()
		if n := strings.Count(w.log.String(), "msg=feedback"); n != 1 {
			t.Errorf("%d votes of one person on one answer were noted", n)
		}
	})
}

func TestOnlyTheAskerDismisses(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		w.send(w.Mention("U1", "C1", "django"))
		card := w.next()
		dismiss := w.button(card, "dismiss", "")
		public := slacktest.Target{Channel: "C1", TS: card.TS, Thread: card.Thread}
		w.send(w.BlockAction("U2", public, dismiss))
		if p := w.next(); p.Deletes || p.Replaces || p.Body["response_type"] != "ephemeral" || !strings.Contains(p.Text, "Only the person who asked") {
			t.Errorf("somebody else was told %q", p.Text)
		}
		w.send(w.BlockAction("U2", public, w.button(card, "helpful", "")))
		if p := w.next(); p.Replaces || p.Body["response_type"] != "ephemeral" {
			t.Errorf("everybody was thanked: %q", p.Text)
		}
		// After another answer took its place, the asker is still the one who asked.
		w.send(w.BlockAction("U2", public, w.button(card, "ask", "ask|vs:")))
		card = w.next()
		w.send(w.BlockAction("U1", public, w.button(card, "dismiss", "")))
		if p := w.next(); !p.Deletes {
			t.Errorf("the asker could not dismiss: %q", p.Text)
		}
		w.nothingMore()
	})
}

func TestMenusThatSearch(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		browse := w.button(w.ask("help"), "browse", "")
		for typed, want := range map[string]string{"": "page:cakephp", "ror": "page:rails", "larav": "page:laravel", "lavarel": "page:laravel"} {
			a := w.send(w.BlockSuggestion("U1", private, browse, typed))
			if !strings.Contains(string(a.body), want) {
				t.Errorf("%q offers %s", typed, a.body)
			}
		}
		if a := w.send(w.BlockSuggestion("U1", private, browse, "zzzzzz")); string(a.body) != `{"options":[]}` {
			t.Errorf("what is not there offers %s", a.body)
		}
		compare := w.button(w.ask("laravel"), "compare", "")
		a := w.send(w.BlockSuggestion("U1", private, compare, ""))
		if strings.Contains(string(a.body), `page:laravel"`) || !strings.Contains(string(a.body), "page:django") {
			t.Errorf("Laravel is compared with %s", a.body)
		}
		w.nothingMore()
	})
}

func TestShortcut(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		on := w.MessageShortcut("U1", "C1", Shortcut, "hey all, does anybody know whether flask has an orm?")
		w.send(on)
		list := w.next()
		if list.Body["response_type"] != "ephemeral" {
			t.Error("everybody sees the choice")
		}
		post := w.button(list, "post", "")
		for range 2 {
			w.send(w.BlockAction("U1", private, post))
		}
		reply := w.next()
		if reply.Method != "chat.postMessage" || reply.Channel != "C1" || reply.Thread != on.TSOf() {
			t.Errorf("got %s in %s, thread %q", reply.Method, reply.Channel, reply.Thread)
		}
		w.shows(reply, "none built in", "<@U1>")
		if line := w.next(); !line.Replaces || !strings.Contains(line.Text, "Posted") {
			t.Errorf("the list did not shrink: %q", line.Text)
		}
		w.nothingMore()
	})
}

// TestShortcutWhereTheBotIsNoMember: the reply goes by the response_url.
func TestShortcutWhereTheBotIsNoMember(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		w.Fail("chat.postMessage", slacktest.Fault{Error: "not_in_channel"})
		on := w.MessageShortcut("U1", "C9", Shortcut, "laravel")
		w.send(on)
		w.send(w.BlockAction("U1", private, w.button(w.next(), "post", "")))
		reply := w.next()
		if reply.Method != "response_url" || reply.Body["response_type"] != "in_channel" || reply.Body["thread_ts"] != on.TSOf() {
			t.Errorf("got %s %v", reply.Method, reply.Body)
		}
	})
}

func TestHome(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		w.send(w.AppHomeOpened("U1", "messages"))
		w.send(w.AppHomeOpened("U1", "home"))
		home := w.next()
		if home.Method != "views.publish" || home.User != "U1" {
			t.Errorf("got %s for %q", home.Method, home.User)
		}
		w.shows(home, "Laravel", "/framework")
		view := slacktest.Target{}
		search := w.button(home, "search", "")
		search.Value, search.Type = "php framework with an orm", "plain_text_input"
		w.send(w.BlockAction("U1", view, search))
		w.shows(w.next(), "CakePHP", "Laravel")
		browse := w.button(home, "browse", "")
		browse.Selected = "browse|page:django"
		w.send(w.BlockAction("U1", view, browse))
		shown := w.next()
		w.shows(shown, "Django")
		w.send(w.BlockAction("U1", view, w.button(shown, "ask", "ask|help")))
		w.shows(w.next(), "Laravel")
		w.nothingMore()
	})
}
