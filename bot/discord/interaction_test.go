package discord

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

const ephemeral = 1 << 6

func flags(c discordtest.Callback) int {
	n, _ := c.Data["flags"].(float64)
	return int(n)
}

// pings are the people that a message pings.
func pings(m *discordtest.Message) any {
	return m.Body["allowed_mentions"].(discordtest.Object)["users"]
}

func TestCommandIsPrivate(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		in := s.Command("framework", discordtest.Option("name", "laravel queues"))
		c := s.do(in)
		m := s.Answer(in)
		if c.Type != discordtest.ShowMessage || !m.Ephemeral || flags(c)&ephemeral == 0 {
			t.Errorf("callback %d, ephemeral %v", c.Type, m.Ephemeral)
		}
		if !strings.Contains(m.Text(), "you said laravel queues") {
			t.Errorf("got %q", m.Text())
		}
		if !has(m, doShare) || has(m, doDelete) {
			t.Errorf("buttons: %q", m.CustomIDs())
		}
	})
}

// has reports whether a message has a button or a menu that does that.
func has(m *discordtest.Message, do action) bool { return id(m, do) != "" }

// id is the custom_id of the first button or menu that does that.
func id(m *discordtest.Message, do action) string {
	for _, id := range m.CustomIDs() {
		if decode(id).do == do {
			return id
		}
	}
	return ""
}

func TestCommandInPublic(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		for name, test := range map[string]struct {
			options []discordtest.Edit
			private bool
			pings   any
		}{
			"public":                 {[]discordtest.Edit{discordtest.Option("public", true)}, false, nil},
			"not public":             {[]discordtest.Edit{discordtest.Option("public", false)}, true, nil},
			"for somebody":           {[]discordtest.Edit{discordtest.Option("for", discordtest.Person(discordtest.OtherID))}, false, []any{discordtest.OtherID}},
			"for somebody, public":   {[]discordtest.Edit{discordtest.Option("for", discordtest.Person(discordtest.OtherID)), discordtest.Option("public", true)}, false, []any{discordtest.OtherID}},
			"for somebody, private":  {[]discordtest.Edit{discordtest.Option("for", discordtest.Person(discordtest.OtherID)), discordtest.Option("public", false)}, true, nil},
			"for what is nobody":     {[]discordtest.Edit{discordtest.Option("for", "everyone"), discordtest.Option("public", true)}, false, nil},
			"what is not to be seen": {[]discordtest.Edit{discordtest.Option("public", true), discordtest.Option("name", "")}, true, nil},
		} {
			edits := test.options
			if name != "what is not to be seen" {
				edits = append(edits, discordtest.Option("name", "laravel"))
			}
			in := s.Command("framework", edits...)
			s.do(in)
			m := s.Answer(in)
			if m.Ephemeral != test.private {
				t.Errorf("%s: ephemeral %v", name, m.Ephemeral)
			}
			if diff := cmp.Diff(test.pings, pings(m)); diff != "" {
				t.Errorf("%s: pings (-want +got):\n%s", name, diff)
			}
			if has(m, doDelete) == test.private {
				t.Errorf("%s: buttons %q", name, m.CustomIDs())
			}
		}
	})
}

// TestQuestionOfOptions: what the options of the command ask.
func TestQuestionOfOptions(t *testing.T) {
	laravel := choices(shelf{}.Suggest(t.Context(), "laravel", 1), "").Choices[0].Value
	rails := compareChoices(shelf{}.Suggest(t.Context(), "ruby", 1), "").Choices[0].Value
	features := sectionChoices(card("", "").More, "").Choices[0].Value
	for name, test := range map[string]struct {
		name, section, compare string
		ref                    bot.Ref
		text                   string
	}{
		"nothing":                      {ref: bot.Help},
		"picked":                       {name: laravel, ref: "page:laravel"},
		"free text":                    {name: "does laravel have queues?", text: "does laravel have queues?"},
		"blanks":                       {name: "  ", section: " ", ref: bot.Help},
		"picked section":               {name: laravel, section: features, ref: "part:laravel:features"},
		"picked section alone":         {section: features, ref: "part:laravel:features"},
		"free section":                 {name: laravel, section: "security", text: "Laravel security"},
		"free section of free text":    {name: "rails", section: "security", text: "rails security"},
		"section alone":                {section: "security", text: "security"},
		"both picked":                  {name: laravel, compare: rails, ref: "vs:laravel,rails"},
		"same picked twice":            {name: laravel, compare: laravel, text: "Laravel vs Laravel"},
		"one picked":                   {name: laravel, compare: "django", text: "Laravel vs django"},
		"compare alone":                {compare: rails, ref: "page:rails"},
		"compare in a section":         {name: laravel, compare: rails, section: "orm", text: "Laravel vs Ruby on Rails orm"},
		"compare in a section, picked": {name: laravel, compare: rails, section: features, text: "Laravel vs Ruby on Rails Features"},
	} {
		t.Run(name, func(t *testing.T) {
			var l asked
			s := newScene(t, Gateway, l.parrot)
			var edits []discordtest.Edit
			for option, value := range map[string]string{"name": test.name, "section": test.section, "compare": test.compare} {
				if value != "" {
					edits = append(edits, discordtest.Option(option, value))
				}
			}
			s.do(s.Command("framework", edits...))
			got, _ := l.last()
			if got.Ref != test.ref || got.Text != test.text {
				t.Errorf("asked %q, %q, want %q, %q", got.Ref, got.Text, test.ref, test.text)
			}
			if got.User != discordtest.UserID || got.Workspace != discordtest.GuildID || got.Channel != discordtest.ChannelID || got.Locale != "en-GB" || got.ID == "" {
				t.Errorf("asked by %+v", got)
			}
		})
	}
}

// TestSlowAnswers: what takes longer than the callback can wait comes after a
// deferral that is as visible as the answer.
func TestSlowAnswers(t *testing.T) {
	for name, test := range map[string]struct {
		edits   []discordtest.Edit
		private bool
	}{
		"private": {nil, true},
		"public":  {[]discordtest.Edit{discordtest.Option("public", true)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			modes(t, func(t *testing.T, mode string) {
				synctest.Test(t, func(t *testing.T) {
					s := newSceneInMemory(t, mode, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
						time.Sleep(2 * time.Second) // of the bubble
						return parrot(ctx, m)
					})
					in := s.Command("framework", append(test.edits, discordtest.Option("name", "laravel"))...)
					c := s.do(in)
					if c.Type != discordtest.DeferMessage || (flags(c)&ephemeral != 0) != test.private {
						t.Errorf("callback %d, flags %d", c.Type, flags(c))
					}
					m := s.Answer(in)
					if m.Ephemeral != test.private || !strings.Contains(m.Text(), "you said laravel") {
						t.Errorf("ephemeral %v: %q", m.Ephemeral, m.Text())
					}
				})
			})
		})
	}
}

// TestLateAnswerOvertakesNothing: over HTTP, Discord may see the edit before it
// has read the deferral.
func TestLateAnswerOvertakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSceneInMemory(t, HTTP, func(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
			time.Sleep(2 * time.Second) // of the bubble
			return parrot(ctx, m)
		})
		s.Fail("PATCH /webhooks/*/*/messages/@original", discordtest.Refused(404, 10015))
		in := s.Command("framework", discordtest.Option("name", "laravel"))
		s.do(in)
		if m := s.Answer(in); !strings.Contains(m.Text(), "you said laravel") {
			t.Errorf("got %q", m.Text())
		}
	})
}

func TestFailures(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		for name, h := range map[string]bot.HandlerFunc{
			"error":     func(context.Context, *bot.Message) (*bot.Answer, error) { return nil, errors.New("secret detail") },
			"no answer": func(context.Context, *bot.Message) (*bot.Answer, error) { return nil, nil },
			"panic":     func(context.Context, *bot.Message) (*bot.Answer, error) { panic("secret detail") },
		} {
			t.Run(name, func(t *testing.T) {
				s := newScene(t, mode, h)
				in := s.Command("framework", discordtest.Option("name", "laravel"), discordtest.Option("public", true))
				s.do(in)
				m := s.Answer(in)
				if !m.Ephemeral || !strings.Contains(m.Text(), bot.Apology) || strings.Contains(m.Text()+s.log.String(), "secret detail") {
					t.Errorf("ephemeral %v: %q\n%s", m.Ephemeral, m.Text(), s.log)
				}
			})
		}
	})
}

// TestBusy: who asks while too much is under way is told at once, and nobody
// who reads has to wait for that.
func TestBusy(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot, func(s *scene) { s.bot.interactions = bot.NewPool(0, s.bot.log) })
		for _, in := range []discordtest.Interaction{
			s.Command("framework", discordtest.Option("name", "laravel")),
			s.MessageCommand(messageCommandName, discordtest.Said("how do I do this in laravel?")),
		} {
			s.do(in)
			if m := s.Answer(in); !m.Ephemeral || !strings.Contains(m.Text(), bot.Busy().Text) {
				t.Errorf("ephemeral %v: %q", m.Ephemeral, m.Text())
			}
		}
	})
}

// TestTwiceIsOnce: what is delivered again, by a RESUME or by somebody who
// recorded it, is not answered again.
func TestTwiceIsOnce(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		var l asked
		s := newScene(t, mode, l.parrot)
		in := s.Command("framework", discordtest.Option("name", "laravel"))
		s.do(in)
		if got := s.deliver(in); mode == HTTP && got != 401 {
			t.Errorf("the second one got status %d", got)
		}
		other := s.Command("framework", discordtest.Option("name", "rails"))
		s.do(other)
		if _, n := l.last(); n != 2 {
			t.Errorf("asked %d times", n)
		}
		if n := len(s.Requests("POST /interactions/*/*/callback")); mode == Gateway && n != 2 {
			t.Errorf("%d callbacks", n)
		}
	})
}

func TestUnknownInteractions(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		odd := s.Command("framework", discordtest.With("type", 42))
		if got := s.deliver(odd); mode == HTTP && got != 400 {
			t.Errorf("an unknown type got status %d", got)
		}
		user := s.Command("Look up", discordtest.With("data", discordtest.Object{"id": "1", "name": "Look up", "type": 2, "target_id": "5"}))
		s.do(user)
		if m := s.Answer(user); !m.Ephemeral || !strings.Contains(m.Text(), "/framework") {
			t.Errorf("a command on a person: %q", m.Text())
		}
		strange := s.Command("framework", discordtest.With("data", discordtest.Object{
			"name": 7, "type": 1, "options": []any{discordtest.Object{"name": "name", "value": []any{1}}, "x", discordtest.Object{"name": "name", "type": 3, "value": "laravel"}},
		}))
		s.do(strange)
		if m := s.Answer(strange); !strings.Contains(m.Text(), "you said laravel") {
			t.Errorf("odd options: %q", m.Text())
		}
	})
}

// TestUnfitAnswersBecomeText: there is a limit that Discord does not tell of.
func TestUnfitAnswersBecomeText(t *testing.T) {
	for name, failure := range map[string]discordtest.Failure{
		"invalid":      discordtest.Refused(400, 50035),
		"server error": discordtest.Refused(500, 0),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSceneInMemory(t, Gateway, parrot)
				s.Fail("POST /interactions/*/*/callback", failure, failure, failure)
				if name == "invalid" {
					s.Mend()
					s.Fail("POST /interactions/*/*/callback", failure)
				}
				in := s.Command("framework", discordtest.Option("name", "laravel"))
				s.do(in)
				m := s.Answer(in)
				if content, _ := m.Body["content"].(string); !strings.Contains(content, "you said laravel") || !m.Ephemeral {
					t.Errorf("got %v", m.Body)
				}
			})
		})
	}
}

func TestAutocomplete(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		for name, test := range map[string]struct {
			edits []discordtest.Edit
			want  string
		}{
			"nothing typed":            {[]discordtest.Edit{discordtest.Focused("name", "")}, "Laravel"},
			"typed":                    {[]discordtest.Edit{discordtest.Focused("name", "ruby")}, "Ruby on Rails"},
			"unknown":                  {[]discordtest.Edit{discordtest.Focused("name", "cobol")}, "cobol"},
			"compare":                  {[]discordtest.Edit{discordtest.Option("name", "laravel"), discordtest.Focused("compare", "ruby")}, "Ruby on Rails"},
			"section":                  {[]discordtest.Edit{discordtest.Option("name", "laravel"), discordtest.Focused("section", "")}, "Features"},
			"section, typed":           {[]discordtest.Edit{discordtest.Option("name", "laravel"), discordtest.Focused("section", "feat")}, "Features"},
			"section without a name":   {[]discordtest.Edit{discordtest.Focused("section", "")}, ""},
			"section of what is not":   {[]discordtest.Edit{discordtest.Option("name", "cobol"), discordtest.Focused("section", "x")}, ""},
			"nothing focused":          {nil, "Laravel"},
			"very long":                {[]discordtest.Edit{discordtest.Focused("name", strings.Repeat("👩‍👩‍👧‍👦", 2000))}, ""},
			"an option that is not":    {[]discordtest.Edit{discordtest.Focused("colour", "ruby")}, "Ruby on Rails"},
			"outside of servers":       {[]discordtest.Edit{discordtest.Focused("name", "ruby"), discordtest.InGroup()}, "Ruby on Rails"},
			"of another person's bots": {[]discordtest.Edit{discordtest.Focused("name", "ruby"), discordtest.UserInstalled()}, "Ruby on Rails"},
		} {
			c := s.do(s.Autocomplete("framework", test.edits...))
			list, _ := c.Data["choices"].([]any)
			if c.Type != discordtest.ShowChoices || len(list) == 0 {
				t.Errorf("%s: callback %d with %d choices", name, c.Type, len(list))
				continue
			}
			var names []string
			for _, one := range list {
				names = append(names, one.(discordtest.Object)["name"].(string))
			}
			if !strings.Contains(strings.Join(names, "\n"), test.want) {
				t.Errorf("%s: got %q, want %q", name, names, test.want)
			}
		}
	})
}

// broken cannot suggest anything.
type broken struct{}

// Suggest implements [bot.Suggester].
func (broken) Suggest(context.Context, string, int) []bot.Suggestion { panic("broken") }

func TestAutocompleteIsNeverEmpty(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot, func(s *scene) { s.bot.cfg.Suggest = broken{} })
		for _, typed := range []string{"", "ruby"} {
			c := s.do(s.Autocomplete("framework", discordtest.Focused("name", typed)))
			if list, _ := c.Data["choices"].([]any); len(list) == 0 {
				t.Errorf("nothing is offered for %q", typed)
			}
		}
		if s.log.count("msg=panic") != 2 {
			t.Errorf("log: %s", s.log)
		}
	})
}

// TestAutocompleteCountsAsNoQuestion: nobody uses up what they may ask by typing.
func TestAutocompleteCountsAsNoQuestion(t *testing.T) {
	var l asked
	s := newScene(t, Gateway, l.parrot)
	for range 5 {
		s.do(s.Autocomplete("framework", discordtest.Option("name", "laravel"), discordtest.Focused("section", "")))
	}
	if m, n := l.last(); n != 1 || m.User != "" {
		t.Errorf("asked %d times, by %q", n, m.User)
	}
}

func TestElsewhere(t *testing.T) {
	modes(t, func(t *testing.T, mode string) {
		s := newScene(t, mode, parrot)
		for name, where := range map[string]discordtest.Edit{
			"another server": discordtest.UserInstalled(), "a group": discordtest.InGroup(), "direct": discordtest.InDirect(),
		} {
			in := s.Command("framework", discordtest.Option("name", "laravel"), where)
			s.do(in)
			m := s.Answer(in)
			if !m.Ephemeral || !strings.Contains(m.Text(), "you said laravel") {
				t.Errorf("%s: ephemeral %v: %q", name, m.Ephemeral, m.Text())
			}
			if has(m, doShare) != (name != "direct") {
				t.Errorf("%s: buttons %q", name, m.CustomIDs())
			}
		}
	})
}
