package discord

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// Limits of a message
// (https://docs.discord.com/developers/resources/message#create-message).
const maxContent = 2000

// Limits of Components V2. That on characters is over all texts of a message
// (https://github.com/discord/discord-api-docs/pull/8562). That on bytes is
// documented nowhere: above 10,170 of them Discord answers with status 500
// (https://github.com/discord/discord-api-docs/issues/8554); it was measured
// for texts, with 12 bytes more for each. What stays below counts everything
// that the components say.
const (
	maxText           = 4000
	maxBytes          = 9500
	bytesPerComponent = 12
	maxComponents     = 40 // https://docs.discord.com/developers/components/reference#component-object
)

// Limits of an embed
// (https://docs.discord.com/developers/resources/message#embed-object-embed-limits).
const (
	maxEmbed       = 6000 // all of its texts
	maxTitle       = 256
	maxDescription = 4096
	maxFields      = 25
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
)

// Limits of rows, buttons and menus
// (https://docs.discord.com/developers/components/reference).
const (
	maxRows        = 5  // without Components V2
	maxButtons     = 5  // in a row
	maxLabel       = 34 // of a button, of the 80 that are allowed: as much as a phone shows
	maxCustomID    = 100
	maxOptions     = 25
	maxOption      = 100 // of a label, a value, a description
	maxPlaceholder = 150
	maxURL         = 512
)

// Limits of the answer to an autocomplete
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
const (
	maxChoices = 25
	maxChoice  = 100 // of a name, of a value
)

// units is the length of s in UTF-16. Discord does not say in what it counts;
// no other count of characters is larger.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cut is s with at most most units, marked with "…" where something is missing,
// and never within an emoji that is joined of several.
func cut(s string, most int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	used, n := 0, 0
	for _, r := range s {
		if used += utf16.RuneLen(r); used > most {
			return whole(bot.Shorten(s, n))
		}
		n++
	}
	return s
}

// whole is a shortened text without what is left of a cluster that was cut in
// two: a joiner, at which more would have to follow.
func whole(s string) string {
	kept := strings.TrimRight(strings.TrimSuffix(s, "…"), "\u200d")
	if strings.HasSuffix(s, "…") {
		return strings.TrimRightFunc(kept, unicode.IsSpace) + "…"
	}
	return kept
}

// oneLine is plain text on one line, cut to at most most units. What is far too
// long is not looked at as a whole.
func oneLine(s string, most int) string {
	if len(s) <= most && isOneLine(s) {
		return s
	}
	return cut(markdown.OneLine(s[:min(len(s), 32*most)]), most)
}

// isOneLine reports whether s is plain ASCII on one line, as most is.
func isOneLine(s string) bool {
	for i := range len(s) {
		if s[i] > '~' || s[i] < ' ' || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}
