package discord

import "frameworkbot/bot"

// options are what a card has to know beside its answer.
type options struct {
	style     string // [Components], [Embed] or [Text]
	private   bool   // only the asker sees the card
	share     bool   // offer to share it
	asker     string // user ID of who asked
	asked     string // [bot.Echo] of what was asked; "" after a press
	sharedBy  string // user ID: the card says who shared it and what was asked
	mention   string // user ID of the one person who is pinged
	replyTo   string // message ID: each result is posted as a reply to it where it is chosen
	thanks    string // one line in place of the feedback buttons
	deletable bool   // offer to delete the card
}

// render shows an answer as a card. It is pure: the same answer and options
// give the same message.
func render(a *bot.Answer, o options) message { return newSheet(a, o).message(o) }

// renderLine shows one line of plain text, such as what is left of a card that
// was shared.
func renderLine(text string, o options) message {
	s := &sheet{lead: lead(o), colour: neutral}
	s.add("", []chunk{{text: escape(cut(text, maxLine))}})
	return s.message(o)
}

// maxLine is how long such a line may be.
const maxLine = 500

// message is the card in the style that is wanted.
func (s *sheet) message(o options) message {
	var m message
	switch o.style {
	case Embed:
		m = s.embedded()
	case Text:
		m = s.plain()
	default:
		m = s.components()
	}
	if o.private {
		m.Flags |= flagEphemeral
	}
	m.AllowedMentions.Parse = []string{}
	if isSnowflake(o.mention) {
		m.AllowedMentions.Users = []string{o.mention}
	}
	return m
}
