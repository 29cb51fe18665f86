package discord

import (
	"strings"
	"testing"

	"frameworkbot/bot/discord/discordtest"
)

func TestMessageCommand(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		for name, test := range map[string]struct {
			where   discordtest.Edit
			fail    *discordtest.Failure // of the reply
			failAll bool                 // also of the follow-up
			reply   bool
			left    string
		}{
			"server":                      {nil, nil, false, true, "Posted as a reply"},
			"another server":              {discordtest.UserInstalled(), nil, false, false, "Posted in this channel"},
			"group":                       {discordtest.InGroup(), nil, false, false, "Posted in this channel"},
			"where the bot may not speak": {nil, new(discordtest.Refused(403, 50013)), false, false, "Posted in this channel"},
			"where nobody may speak":      {nil, new(discordtest.Refused(403, 50001)), true, false, ""},
		} {
			t.Run(name, func(t *testing.T) {
				s := newScene(t, mode, parrot)
				var where []discordtest.Edit
				if test.where != nil {
					where = append(where, test.where)
				}
				on := discordtest.Said("how do I queue jobs?")
				in := s.MessageCommand(messageCommandName, on, where...)
				s.do(in)
				list := s.Answer(in)
				if !list.Ephemeral || !has(list, doPost) {
					t.Fatalf("ephemeral %v: %q, buttons %q", list.Ephemeral, list.Text(), list.CustomIDs())
				}
				if test.fail != nil {
					s.Fail("POST /channels/*/messages", *test.fail)
				}
				if test.failAll {
					s.Fail("POST /webhooks/*/*", *test.fail)
				}
				pressed, _ := s.press(list, doPost, nil, where...)
				again, _ := s.press(list, doPost, nil, where...)
				if test.left == "" {
					s.Await("a sentence", func() bool { return len(s.FollowUps(pressed)) > 0 })
					if m := s.FollowUps(pressed)[0]; !m.Ephemeral || !strings.Contains(m.Text(), "could not be posted") {
						t.Errorf("ephemeral %v: %q", m.Ephemeral, m.Text())
					}
					return
				}
				s.awaitText(list, test.left)
				var posted []*discordtest.Message
				for _, m := range s.Messages() {
					if !m.Ephemeral {
						posted = append(posted, m)
					}
				}
				if len(posted) != 1 || len(s.FollowUps(again)) > 0 {
					t.Fatalf("%d messages were posted", len(posted))
				}
				if want := on.Data["id"]; test.reply != (posted[0].ReplyTo == want) {
					t.Errorf("it is a reply to %q, of %q", posted[0].ReplyTo, want)
				}
				if !strings.Contains(posted[0].Text(), "card of page laravel") || !strings.Contains(posted[0].Text(), discordtest.UserID) || pings(posted[0]) != nil {
					t.Errorf("posted %q", posted[0].Text())
				}
			})
		}
	})
}

// TestMessageCommandReadsWhatIsShown: a message may be nothing but an embed, or
// hold components that are not known.
func TestMessageCommandReadsWhatIsShown(t *testing.T) {
	var l asked
	s := newScene(t, Gateway, l.parrot)
	for want, on := range map[string]discordtest.Event{
		"plain words":  discordtest.Said("plain words", discordtest.WithUnknownComponents()),
		"Title Words.": discordtest.Said("", discordtest.With("embeds", []any{discordtest.Object{"title": "Title", "description": "Words."}})),
		"":             discordtest.Said("", discordtest.With("embeds", "none")),
	} {
		s.do(s.MessageCommand(messageCommandName, on))
		if m, _ := l.last(); m.Text != want {
			t.Errorf("asked %q, want %q", m.Text, want)
		}
	}
}
