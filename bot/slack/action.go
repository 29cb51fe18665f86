package slack

import (
	"cmp"
	"strings"

	"frameworkbot/bot"
)

// pressed takes a press on: a button, or a choice of a menu.
func (t *taken) pressed(i *interaction) {
	acted := &i.Actions[0]
	p := pressOf(acted)
	key := "press|" + string(i.User.ID) + "|" + string(acted.ActionTS) + "|" + string(acted.ActionID)
	t.once(i, key, func() { t.press(i, p) })
}

// pressOf reads what an element carries. A menu's choice carries the answer;
// what it belongs to stands in the menu's block.
func pressOf(a *acted) press {
	if a.Selected.Value == "" {
		if kind, _, _ := strings.Cut(string(a.ActionID), ":"); action(kind) == doSearch {
			return press{do: doSearch, asked: string(a.Value)}
		}
		return decode(string(a.Value))
	}
	chosen, menu := decode(string(a.Selected.Value)), decode(string(a.BlockID))
	chosen.do, chosen.user = cmp.Or(menu.do, chosen.do), cmp.Or(chosen.user, menu.user)
	if chosen.do == doCompare {
		chosen.ref = cmp.Or(bot.Versus(menu.ref, chosen.ref), chosen.ref)
	}
	return chosen
}

// press is the table of what is pressed and what it does.
func (t *taken) press(i *interaction, p press) {
	switch p.do {
	case doAsk, doMore, doCompare, doBrowse:
		t.replace(i, p, t.message(i, "", p.ref))
	case doSearch:
		t.replace(i, p, t.message(i, p.asked, ""))
	case doShare:
		t.share(i, p)
	case doPost:
		t.postReply(i, p)
	case doHelpful, doWrong:
		t.feedback(i, p)
	case doDismiss:
		t.dismiss(i, p)
	case doOpen:
	default:
		t.log.Warn("slack: a button of an unknown kind was pressed", "action", bot.Echo(string(p.do)))
	}
}

// replace shows another answer in place of the card.
func (t *taken) replace(i *interaction, p press, m *bot.Message) {
	a := bot.Reply(t.work, t.handler, m)
	switch {
	case i.Container.Type == "view":
		t.publishHome(string(i.User.ID), a)
	case isNoAnswer(a): // not worth the card that is there
		t.tell(i, a)
	default:
		t.putInPlace(i, t.drawn(a, t.options(i, p, a)))
	}
}

// options are how a card is shown in place of the one that was pressed.
func (t *taken) options(i *interaction, p press, a *bot.Answer) options {
	return options{
		commands: t.cfg.Commands, private: i.Container.IsEphemeral, share: i.Container.IsEphemeral,
		asker: p.user, asked: bot.Echo(a.Title),
	}
}

// putInPlace replaces the message that was pressed.
func (t *taken) putInPlace(i *interaction, m message) {
	b := body{ReplaceOriginal: true, Text: m.Text, Blocks: m.Blocks}
	if i.Container.IsEphemeral {
		b.ResponseType = ephemeral
	}
	t.send(i, b)
}

// recall is the answer that a button is about.
func (t *taken) recall(i *interaction, p press) *bot.Answer {
	return bot.Reply(t.work, t.handler, t.message(i, "", p.ref))
}

// share posts a private card for everybody, once, also where the bot is no
// member, and leaves a line in its place.
func (t *taken) share(i *interaction, p press) {
	a := t.recallOnce(i, p)
	if a == nil {
		return
	}
	o := options{commands: t.cfg.Commands, sharedBy: string(i.User.ID), asker: string(i.User.ID), asked: cmp.Or(p.asked, bot.Echo(a.Title))}
	m := render(a, o)
	public := body{ResponseType: inChannel, Text: m.Text, Blocks: m.Blocks, ThreadTS: string(i.Container.ThreadTS)}
	if !t.send(i, public) {
		t.tellLine(i, "The answer could not be shared. Please ask again and share that answer.")
		return
	}
	t.putInPlace(i, renderLine("Shared in this channel."))
}

// postReply posts the chosen answer as a reply to the message that the
// shortcut was used on.
func (t *taken) postReply(i *interaction, p press) {
	a := t.recallOnce(i, p)
	if a == nil {
		return
	}
	m := render(a, options{commands: t.cfg.Commands, sharedBy: string(i.User.ID), asker: string(i.User.ID)})
	err := t.rest.post(t.work, i.channel(), p.ts, m)
	if says(err, "not_in_channel", "channel_not_found", "is_archived", "restricted_action") {
		b := body{ResponseType: inChannel, ThreadTS: p.ts, Text: m.Text, Blocks: m.Blocks} // needs no membership
		err = t.poster.post(t.work, string(i.ResponseURL), b)
	}
	if err != nil {
		t.log.Error("slack: a reply could not be posted", "channel", i.channel(), "err", redact(err))
		t.tellLine(i, "The answer could not be posted here. Invite the app to this channel and try again.")
		return
	}
	t.putInPlace(i, renderLine("Posted as a reply."))
}

// recallOnce is the answer of a button that counts once for its message: who
// presses twice wants it once. It is nil the second time, and where there is no
// answer, which the person is told; then the button may be pressed again.
func (t *taken) recallOnce(i *interaction, p press) *bot.Answer {
	use := string(p.do) + "|" + i.channel() + "|" + string(i.Container.MessageTS)
	if !t.seen.Claim(use) {
		return nil
	}
	a := t.recall(i, p)
	if isNoAnswer(a) {
		t.seen.Forget(use)
		t.tell(i, a)
		return nil
	}
	return a
}

// isNoAnswer reports whether it says only that there is none now.
func isNoAnswer(a *bot.Answer) bool { return a.Kind == bot.BusyKind || a.Kind == bot.FailedKind }

// feedback notes what somebody thinks of an answer, once for each person and
// message. Nobody else sees it.
func (t *taken) feedback(i *interaction, p press) {
	vote := "feedback|" + string(i.User.ID) + "|" + i.channel() + "|" + string(i.Container.MessageTS) + "|" + string(p.ref)
	if t.seen.Claim(vote) {
		t.log.Info("feedback", "platform", t.Name(), "helpful", p.do == doHelpful, "ref", string(p.ref))
	}
	thanks := "Thanks, noted: this helped."
	if p.do == doWrong {
		thanks = "Thanks, noted: this was not right."
	}
	a := t.recall(i, p)
	if isNoAnswer(a) || !i.Container.IsEphemeral && !i.isDirect() {
		t.tellLine(i, thanks)
		return
	}
	o := t.options(i, p, a)
	o.thanks = thanks
	t.putInPlace(i, render(a, o))
}

// dismiss takes a card away, for who asked for it alone.
func (t *taken) dismiss(i *interaction, p press) {
	if !i.Container.IsEphemeral && p.user != "" && p.user != string(i.User.ID) {
		t.tellLine(i, "Only the person who asked can dismiss this answer.")
		return
	}
	t.send(i, body{DeleteOriginal: true})
}
