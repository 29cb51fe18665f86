package discord

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// press answers the press of a button, or a choice of a menu: the table of what
// is pressed and what it does.
func (t *taken) press() {
	p := decode(t.in.Data.CustomID)
	chosen := p.ref
	if len(t.in.Data.Values) > 0 {
		chosen = bot.Ref(t.in.Data.Values[0])
	}
	switch p.do {
	case doAsk, doMore, doChoose:
		t.turn(p, chosen)
	case doCompare:
		if both := bot.Versus(p.ref, chosen); both != "" {
			chosen = both
		}
		t.turn(p, chosen)
	case doShare:
		t.run(func() { t.share(p) })
	case doPost:
		t.run(func() { t.postReply(p, chosen) })
	case doHelpful, doWrong:
		t.run(func() { t.feedback(p) })
	case doDelete:
		t.run(func() { t.remove(p) })
	default:
		t.run(func() { t.tell("This button is from an earlier version. Please ask again.") })
	}
}

// isPrivate reports whether the person alone sees the card.
func (t *taken) isPrivate() bool {
	return t.in.Message.Flags&int(discordgo.MessageFlagsEphemeral) != 0
}

// isTheirs reports whether the person may change the card: it is private, or
// they asked for it.
func (t *taken) isTheirs(p press) bool {
	return t.isPrivate() || t.in.isDirect() || p.user == "" || p.user == t.in.user()
}

// turn shows another answer in place of the card. On somebody else's card, it
// shows it beside, privately: who asked for that one may still be reading it.
func (t *taken) turn(p press, ref bot.Ref) {
	t.show(t.inPlace(p), func() *bot.Answer { return t.ask(t.message("", ref)) })
}

// inPlace is how the card is shown that takes the place of the pressed one.
func (t *taken) inPlace(p press) showing {
	s := t.privately()
	s.replace = t.isTheirs(p)
	if s.replace && !t.isPrivate() {
		s.options = options{asker: t.in.user(), deletable: true}
	}
	return s
}

// recall is the answer that a button is about.
func (t *taken) recall(ref bot.Ref) *bot.Answer { return t.ask(t.message("", ref)) }

// once acknowledges the press of a button that works once, and reports false if
// it was used, or if Discord does not want to hear of it any more.
func (t *taken) once(do action) bool {
	first := t.used.Claim(t.use(do))
	if !t.acknowledge() {
		if first {
			t.again(do)
		}
		return false
	}
	return first
}

// again gives back the button of a press that led to nothing.
func (t *taken) again(do action) { t.used.Forget(t.use(do)) }

func (t *taken) use(do action) string { return string(do) + "|" + t.in.Message.ID }

// share posts a private card for everybody, once, and leaves a line in its place.
func (t *taken) share(p press) {
	if !t.once(doShare) {
		return
	}
	a := t.recall(p.ref)
	if isRefusal(a) {
		t.again(doShare)
		t.note(t.in, "follow-up", t.followUp(t.privately(), a))
		return
	}
	s := t.shared()
	s.asked = cmp.Or(t.in.Message.asked(), bot.Echo(a.Title))
	if err := t.followUp(s, a); err != nil {
		t.note(t.in, "shared answer", err)
		t.again(doShare)
		t.tellLater("The answer could not be shared here. Perhaps the bot may not write in this channel.")
		return
	}
	t.leave("Shared in this channel.")
}

// shared is how a card is shown that somebody shows to all.
func (t *taken) shared() showing {
	return showing{options: options{asker: t.in.user(), sharedBy: t.in.user(), deletable: true}}
}

// leave puts a line in place of a private card.
func (t *taken) leave(text string) {
	s := showing{options: options{private: true}, replace: true}
	t.note(t.in, "edit", t.edit(s, line(text)))
}

// postReply posts the chosen answer as a reply to the message that the command
// was used on. Where the bot cannot be, because only a person installed it, or
// may not speak, it is a message of that person's command, if that is allowed.
func (t *taken) postReply(p press, ref bot.Ref) {
	if !t.once(doPost) {
		return
	}
	a := t.recall(ref)
	if isRefusal(a) {
		t.again(doPost)
		t.note(t.in, "follow-up", t.followUp(t.privately(), a))
		return
	}
	s := t.shared()
	replied := false
	if t.in.isHere() && p.user != "" && !t.quiet.has(t.in.ChannelID) {
		replied = t.post(t.work, t.in.ChannelID, p.user, t.in.Message.ID, func(style string) message {
			s.style = style
			return s.body(a)
		}) == nil
	}
	if replied {
		t.leave("Posted as a reply.")
		return
	}
	if err := t.followUp(s, a); err != nil {
		t.note(t.in, "posted answer", err)
		t.again(doPost)
		t.tellLater("The answer could not be posted here. The bot may not write in this channel.")
		return
	}
	t.leave("Posted in this channel.")
}

// feedback notes what somebody thinks of an answer, once for each person and
// message. Nobody else sees it.
func (t *taken) feedback(p press) {
	if t.used.Claim("feedback|" + t.in.user() + "|" + t.in.Message.ID + "|" + string(p.ref)) {
		t.log.Info("feedback", "platform", t.Name(), "verdict", string(p.do), "ref", string(p.ref))
	}
	thanks := "Thanks, noted: this helped."
	if p.do == doWrong {
		thanks = "Thanks, noted: this was not right."
	}
	if !t.isPrivate() && !t.in.isDirect() {
		t.tell(thanks)
		return
	}
	a := t.recall(p.ref)
	if isRefusal(a) {
		t.tell(thanks)
		return
	}
	s := t.inPlace(p)
	s.asked, s.thanks = t.in.Message.asked(), thanks
	t.note(t.in, "callback", t.respond(s, a, false))
}

// remove deletes a public card, for who asked for it and for who may delete
// what others write.
func (t *taken) remove(p press) {
	if p.user != t.in.user() && !t.isPrivate() && !t.in.isDirect() && !t.in.Member.mayDelete() {
		t.tell("Only the person who asked, or somebody who may manage messages, can delete this answer.")
		return
	}
	if !t.acknowledge() {
		return
	}
	err := t.webhook(call{method: http.MethodDelete, route: original, harmless: true})
	if err != nil && !says(err, discordgo.ErrCodeUnknownMessage) && t.in.isHere() {
		err = t.rest.do(t.work, call{
			method: http.MethodDelete, route: "/channels/{channel}/messages/{message}",
			args: []string{t.in.ChannelID, t.in.Message.ID}, harmless: true,
		}, nil)
	}
	if err != nil && !says(err, discordgo.ErrCodeUnknownMessage) {
		t.note(t.in, "deletion", err)
		t.tellLater("The answer could not be deleted.")
	}
}

// mayDelete reports whether a member may delete what others write in the
// channel, as Discord says with each press.
func (m *member) mayDelete() bool {
	permissions, err := strconv.ParseInt(m.Permissions, 10, 64)
	return err == nil && permissions&(discordgo.PermissionManageMessages|discordgo.PermissionAdministrator) != 0
}
