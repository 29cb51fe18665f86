package slack

import (
	"slices"
	"time"

	"frameworkbot/bot"
)

// homeOpened shows the browse card to somebody who opens the App Home.
func (t *taken) homeOpened(e *outerEvent) {
	user := string(e.Event.User)
	if e.Event.Tab != "home" || user == "" {
		t.ignore("not the home tab")
		return
	}
	if e.EventID != "" && !t.seen.Claim("event|"+string(e.EventID)) {
		t.again()
		return
	}
	t.answer(reply{})
	t.events.Go(func() { t.publishHome(user, nil) }) // if too much is under way, it is shown the next time
}

// publishHome shows an answer in somebody's App Home, the browse card if it is nil.
func (t *taken) publishHome(user string, shown *bot.Answer) {
	help := bot.Reply(t.work, t.handler, &bot.Message{
		ID: "home", Platform: t.Name(), Workspace: t.me().team, User: user, Ref: bot.Help, Time: time.Now(),
	})
	if help.Kind == bot.BusyKind {
		return
	}
	if err := t.rest.publish(t.work, user, renderHome(help, shown, options{commands: t.cfg.Commands, private: true})); err != nil {
		t.log.Error("slack: the App Home could not be shown", "err", redact(err))
	}
}

// suggestion fills a menu that is searched, from memory.
func (t *taken) suggestion(i *interaction) {
	if !t.suggests.Go(func() { t.answer(reply{body: t.optionsFor(i)}) }) {
		t.answer(reply{body: renderOptions(nil, "", nil, 0, 0)})
	}
}

// Bounds of a menu that is searched. Slack takes 100 options
// (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select),
// but no acknowledgement of 20 KB.
const (
	maxOptions      = 100
	maxOptionsBytes = 18 << 10
)

func (t *taken) optionsFor(i *interaction) optionsResponse {
	menu := decode(string(i.BlockID))
	found := t.cfg.Suggest.Suggest(t.work, string(i.Value), maxOptions)
	pick := func(s bot.Suggestion) bot.Ref { return s.Ref }
	if menu.do == doCompare {
		found = slices.DeleteFunc(found, func(s bot.Suggestion) bool { return bot.Versus(menu.ref, s.Page) == "" })
		pick = func(s bot.Suggestion) bot.Ref { return s.Page }
	}
	return renderOptions(found, string(i.Value), pick, maxOptions, maxOptionsBytes)
}
