package discord

import (
	"cmp"

	"frameworkbot/bot"
)

// Render is the message that the slash command is answered with, exactly as
// Discord gets it, for who wants to look at it. It needs no account. A style of
// "" means [Components].
func Render(a *bot.Answer, style string) any {
	return render(a, options{style: cmp.Or(style, Components), private: true, share: true, asked: bot.Echo(a.Title)})
}

// What a message may hold, as the preview shows it beside what it does hold.
const (
	MaxComponents = maxComponents
	MaxText       = maxText
	MaxContent    = maxContent
	MaxEmbed      = maxEmbed
	MaxOptions    = maxOptions
)
