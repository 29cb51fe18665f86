package slack

import "frameworkbot/bot"

// Render is what a slash command would be answered with: the exact body of the
// acknowledgement, for who wants to look at it. It needs no account.
func Render(a *bot.Answer, commands []string) any {
	return privately(render(a, options{commands: commands, private: true, share: true, asked: bot.Echo(a.Title)}))
}

// What a message may hold, as the preview shows it beside what it does hold.
const (
	MaxBlocks  = maxBlocks
	MaxVisible = maxVisible
	MaxBytes   = maxBytes
	MaxSpoken  = maxFallback
	MaxLabel   = maxLabel
	MaxChoices = maxChoices
)
