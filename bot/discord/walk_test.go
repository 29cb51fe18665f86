package discord

import (
	"strings"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// TestWalk is somebody who finds their way through the built-in pages, over each
// transport and in each style: what is typed, picked and pressed leads on.
func TestWalk(t *testing.T) {
	for _, style := range []string{Components, Embed, Text} {
		t.Run(style, func(t *testing.T) {
			modes(t, func(t *testing.T, mode string) {
				h := library(t)
				s := newScene(t, mode, h.Answer, func(s *scene) { s.bot.cfg.Suggest, s.bot.cfg.Style = h, style })
				walk(s)
			})
		})
	}
}

func walk(s *scene) {
	// Typing offers the page, and its parts.
	picked := s.choice("Ruby on Rails", discordtest.Focused("name", "ror"))
	part := s.choice("Features", discordtest.Option("name", picked), discordtest.Focused("section", ""))
	other := s.choice("Laravel", discordtest.Option("name", picked), discordtest.Focused("compare", "larav"))

	in := s.Command("framework", discordtest.Option("name", picked), discordtest.Option("compare", other))
	s.do(in)
	s.sees(s.Answer(in), "Ruby on Rails", "Laravel", "Licence")

	in = s.Command("framework", discordtest.Option("name", picked), discordtest.Option("section", part))
	s.do(in)
	s.sees(s.Answer(in), "Ruby on Rails")

	in = s.Command("framework", discordtest.Option("name", picked))
	s.do(in)
	card := s.Answer(in)
	s.sees(card, "Ruby on Rails", "Ruby")

	// The menus of the card lead on, and back.
	in, _ = s.press(card, doMore, []string{s.value(card, doMore)})
	s.sees(s.Answer(in), "Ruby on Rails")
	card = s.now(card)
	in, _ = s.press(card, doAsk, nil)
	s.Answer(in)

	// What was typed finds its answer too, and can be shown to all.
	in = s.Command("framework", discordtest.Option("name", "does flask have an orm"))
	s.do(in)
	card = s.Answer(in)
	s.sees(card, "Flask", "ORM")
	in, _ = s.press(card, doShare, nil)
	s.awaitText(card, "Shared")
	s.sees(s.FollowUps(in)[0], "Flask", "ORM", "does flask have an orm", discordtest.UserID)

	// Help shows what there is.
	in = s.Command("framework")
	s.do(in)
	s.sees(s.Answer(in), "Laravel", "Django")
}

// choice is the value of the first choice that is called so.
func (s *scene) choice(name string, edits ...discordtest.Edit) string {
	s.t.Helper()
	list, _ := s.do(s.Autocomplete("framework", edits...)).Data["choices"].([]any)
	for _, one := range list {
		if c := one.(discordtest.Object); strings.Contains(c["name"].(string), name) {
			return c["value"].(string)
		}
	}
	s.t.Fatalf("%q is not offered: %v", name, list)
	return ""
}

// value is the first option of a menu.
func (s *scene) value(m *discordtest.Message, do action) string {
	s.t.Helper()
	for _, c := range m.Components() {
		if custom, _ := c["custom_id"].(string); decode(custom).do != do {
			continue
		}
		if options, _ := c["options"].([]any); len(options) > 0 {
			return options[0].(discordtest.Object)["value"].(string)
		}
	}
	s.t.Fatalf("there is no menu to %s: %q", do, m.CustomIDs())
	return ""
}

// sees checks that a message says the words.
func (s *scene) sees(m *discordtest.Message, words ...string) {
	s.t.Helper()
	for _, w := range words {
		if !strings.Contains(m.Text(), w) {
			s.t.Errorf("%q is not seen in %q", w, bot.Shorten(m.Text(), 400))
		}
	}
}
