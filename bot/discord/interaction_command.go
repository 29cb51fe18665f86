package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// command answers a command. Whatever it is called, it is one of the bot's: a
// name that was registered before still works.
func (t *taken) command() {
	switch discordgo.ApplicationCommandType(t.in.Data.Type) {
	case discordgo.MessageApplicationCommand:
		t.messageCommand()
	case discordgo.UserApplicationCommand:
		t.run(func() { t.tell("This command is not known any more. Try /" + CommandName + ".") })
	default:
		t.slashCommand()
	}
}

// slashCommand answers /framework, for who typed it alone, unless that person
// wants it public, or for somebody else.
func (t *taken) slashCommand() {
	l := t.in.Data.lookup()
	m, asked := t.question(l)
	s := t.privately()
	s.asked = asked
	if l.public {
		s.options = options{asker: t.in.user(), asked: asked, mention: l.person, deletable: true}
	}
	t.show(s, func() *bot.Answer { return t.ask(m) })
}

// A lookup is what was asked for in the slash command.
type lookup struct {
	name, section, compare string
	person                 string // to ping
	public                 bool
}

// lookup reads the options of the command. To point somebody to an answer makes
// it public, unless it was said not to be: they could not see it otherwise.
func (d *details) lookup() lookup {
	var l lookup
	said := false
	for _, o := range d.Options {
		text, _ := o.Value.(string)
		text = strings.TrimSpace(text)
		switch o.Name {
		case optionName:
			l.name = text
		case optionSection:
			l.section = text
		case optionCompare:
			l.compare = text
		case optionFor:
			if isSnowflake(text) {
				l.person = text
			}
		case optionPublic:
			l.public, said = o.Value.(bool)
		}
	}
	l.public = l.public || !said && l.person != ""
	return l
}

// question is what the options ask: an answer that was picked from a list, or
// words. It also returns what to show of the words.
func (t *taken) question(l lookup) (m *bot.Message, asked string) {
	var names []string
	for _, name := range []string{l.name, l.compare} {
		if ref, ok := pickedRef(name); name != "" && (!ok || ref != "") {
			names = append(names, name)
		}
	}
	section, isPart := pickedRef(l.section)
	if isPart && section == "" {
		l.section = ""
	}
	ref, all := allPicked(names)
	switch {
	case len(names) == 0 && l.section == "":
		return t.message("", bot.Help), ""
	case len(names) < 2 && isPart && section != "":
		return t.message("", section), ""
	case all && l.section == "":
		return t.message("", ref), ""
	}
	if isPart {
		l.section = t.label(l.name, section)
	}
	for i, name := range names {
		names[i] = t.title(name)
	}
	text := strings.TrimSpace(strings.Join(names, " vs ") + " " + l.section)
	return t.message(text, ""), bot.Echo(bot.Normalise(text))
}

// allPicked is the answer if all names were picked from a list.
func allPicked(names []string) (bot.Ref, bool) {
	refs := make([]bot.Ref, 0, 2)
	for _, name := range names {
		ref, ok := pickedRef(name)
		if !ok {
			return "", false
		}
		refs = append(refs, ref)
	}
	if len(refs) == 1 {
		return refs[0], true
	}
	both := bot.Versus(refs...)
	return both, both != ""
}

// title is the name of the page that was picked, or what was typed.
func (t *taken) title(name string) string {
	ref, ok := pickedRef(name)
	if !ok {
		return name
	}
	for _, s := range t.suggest("", allPages) {
		if s.Page == ref || ref.OnePage() && bot.Versus(s.Page, ref) == "" {
			return s.Title
		}
	}
	return ""
}

// How long suggestions may take, and more of them than there are pages.
const (
	suggestTime = 300 * time.Millisecond
	allPages    = 10_000
)

// autocomplete offers answers while somebody types. It waits for nothing but
// memory, and is never without an answer.
func (t *taken) autocomplete() {
	answer := func() { t.note(t.in, "autocomplete", t.answer(t.offer())) }
	if t.cfg.Mode == HTTP {
		answer() // in the goroutine of the request
		return
	}
	if !t.suggests.Go(answer) {
		t.log.Debug("discord: too many people type at once: a list is left out")
	}
}

// typing is what a list is made from: the option that somebody types in, what
// is there so far, and of a section the page.
type typing struct{ option, typed, page string }

// offer is the list for the option that somebody types in.
func (t *taken) offer() callback {
	in := typing{}
	if in.option, in.typed = t.in.Data.focused(); in.option == optionSection {
		in.page = t.in.Data.lookup().name
	}
	c := callback{Type: discordgo.InteractionApplicationCommandAutocompleteResult}
	t.suggests.Guard(func() { c.Data = t.lists.get(in, t.list) })
	if c.Data == nil { // it panicked
		c.Data = choices(nil, in.typed)
	}
	return c
}

// list makes the list. It is not kept if nobody is likely to type that again, or
// if it may lack what took too long.
func (t *taken) list(in typing) (list json.RawMessage, worth bool) {
	var c choiceList
	began := time.Now()
	switch in.option {
	case optionSection:
		c = sectionChoices(t.sections(in.page), in.typed)
	case optionCompare:
		c = compareChoices(t.suggest(in.typed, maxChoices), in.typed)
	default:
		c = choices(t.suggest(in.typed, maxChoices), in.typed)
	}
	list, err := encode(c)
	return list, err == nil && len(in.typed)+len(in.page) <= longestKept && time.Since(began) < suggestTime
}

// longestKept is the longest that is typed for which the list is kept, in bytes.
const longestKept = 100

func (t *taken) suggest(typed string, most int) []bot.Suggestion {
	ctx, cancel := context.WithTimeout(t.work, suggestTime)
	defer cancel()
	return t.cfg.Suggest.Suggest(ctx, typed, most)
}

// sections are the parts of the page that a name stands for, as the menu of its
// card has them.
func (t *taken) sections(name string) []bot.Ask {
	ref, ok := pickedRef(name)
	if found := t.suggest(name, 1); !ok && name != "" && len(found) > 0 {
		ref = found[0].Page
	}
	if !ref.OnePage() {
		return nil
	}
	return t.menus.get(ref, func(ref bot.Ref) (menu []bot.Ask, worth bool) {
		ctx, cancel := context.WithTimeout(t.work, suggestTime)
		defer cancel()
		m := t.message("", ref)
		m.User = "" // whoever types has not asked yet
		menu = bot.Reply(ctx, t.handler, m).More
		return menu, len(menu) > 0
	})
}

// label is what a section is called that was picked.
func (t *taken) label(name string, section bot.Ref) string {
	for _, a := range t.sections(name) {
		if a.Ref == section {
			return a.Label
		}
	}
	return ""
}

// focused is the option that somebody types in, and what is there so far.
func (d *details) focused() (name, typed string) {
	for _, o := range d.Options {
		if o.Focused {
			typed, _ = o.Value.(string)
			return o.Name, typed
		}
	}
	return "", ""
}

// messageCommand offers answers to somebody's message, one of which can be
// posted as a reply to it.
func (t *taken) messageCommand() {
	s := t.privately()
	s.replyTo = t.in.Data.TargetID
	on := t.in.Data.Resolved.Messages[t.in.Data.TargetID]
	t.show(s, func() *bot.Answer {
		return t.think(func() *bot.Answer {
			return bot.Choices(t.work, t.handler, t.cfg.Suggest, t.message(on.words(), ""))
		})
	})
}

// words are what a message says: what was written, or else what it shows.
func (m *target) words() string {
	words := m.Content
	for _, e := range m.Embeds {
		words = cmp.Or(words, strings.TrimSpace(e.Title+" "+e.Description))
	}
	return words
}
