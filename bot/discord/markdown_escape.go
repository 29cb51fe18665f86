package discord

import (
	"cmp"
	"regexp"
	"strings"

	"frameworkbot/bot/markdown"
)

// breaker is a space without width. It stands within what must not be read as
// a mention, a tag or the end of a code block.
const breaker = "\u200b"

// escape is plain text on one line as Discord's Markdown, with nothing live in it
// (https://docs.discord.com/developers/reference#message-formatting).
func escape(s string) string { return guardStart(escapeRun(markdown.OneLine(s))) }

// signs are all that escape does anything to.
const signs = "\\*_~`|[]<@:/&"

// escapeRun is escape for what has text of ours before it on its line.
func escapeRun(s string) string {
	var b strings.Builder
	if !strings.ContainsAny(s, signs) {
		return readable(s)
	}
	s = readable(s)
	for i, r := range s {
		rest := s[i+len(string(r)):]
		switch {
		case strings.ContainsRune("\\*_~`|[]<@", r), r == ':' && beginsTag(rest):
			b.WriteByte('\\')
		case r == '/' && isInvite(s[:i]):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		if r == '@' && beginsCall(rest) || r == '<' && tagStart.MatchString(rest) || r == '&' && reference.MatchString(rest) {
			b.WriteString(breaker)
		}
	}
	return b.String()
}

var (
	tagStart  = regexp.MustCompile(`^(?:[@#:/]|a:|t:|id:)`)  // of mentions, custom emoji, commands, times
	reference = regexp.MustCompile(`^(?:amp|lt|gt);`)        // the rest of &amp;, which is meant as it stands
	shortcode = regexp.MustCompile(`^[A-Za-z0-9_+-]{1,64}:`) // the rest of :tada:
	invite    = regexp.MustCompile(`(?i)discord(?:app)?\.(?:gg|com|gift|new)$`)
)

// beginsTag reports whether a colon before rest begins an emoji's name, or is
// that of an address, which Discord would make a link.
func beginsTag(rest string) bool { return strings.HasPrefix(rest, "//") || shortcode.MatchString(rest) }

// beginsCall reports whether an @ before rest would call everybody.
func beginsCall(rest string) bool { return calls.MatchString(rest) }

var calls = regexp.MustCompile(`^(?i)(?:everyone|here)`)

// isInvite reports whether a slash after s makes it the address of an invitation,
// which Discord shows as a card even without "https://".
func isInvite(s string) bool { return invite.MatchString(s[max(0, len(s)-longestHost):]) }

const longestHost = len("discordapp.gift")

// guardStart keeps a line from being a heading, a list, a quote or small print.
func guardStart(line string) string {
	if m := number.FindStringSubmatchIndex(line); m != nil {
		return line[:m[3]] + `\` + line[m[3]:]
	}
	if strings.IndexAny(line, "#>+-") == 0 {
		return `\` + line
	}
	return line
}

var number = regexp.MustCompile(`^(\d+)[.)]`)

// defuse breaks what looks like a mention or a tag and leaves the rest as it
// is. It is for what Discord does not read as Markdown: code, labels, footers.
func defuse(s string) string {
	s = everybody.ReplaceAllString(readable(s), "@"+breaker+"$1")
	return tags.ReplaceAllString(s, "<"+breaker+"$1")
}

// readable has a question mark for each byte that is no text.
func readable(s string) string { return strings.ReplaceAll(s, "\uFFFD", "?") }

var (
	everybody = regexp.MustCompile(`(?i)@(everyone|here)`)
	tags      = regexp.MustCompile(`<(@[!&]?\d|#\d|a?:\w+:\d|/[^<>\n]*:\d|t:-?\d|id:)`)
)

// label is plain text for a button or a line of a menu, never empty.
func label(s string, most int) string { return cmp.Or(optional(s, most), "…") }

// optional is label where there may be none.
func optional(s string, most int) string { return cut(defuse(oneLine(s, 2*most)), most) }
