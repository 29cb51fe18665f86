package bot

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"frameworkbot/index"
)

// Normalise takes from a message what is not the question: mentions and links
// in the wrapping of Slack and Discord, a leading slash command or @name, HTML
// entities, control characters. What remains is one line of valid UTF-8 in NFKC.
func Normalise(text string) string {
	if len(text) > MaxText {
		text = firstRunes(text, MaxText)
	}
	text = index.Clean(escapes.ReplaceAllString(text, " "))
	if strings.ContainsAny(text, "<>&@/:") {
		text = entities.Replace(text)
		text = wrapped.ReplaceAllStringFunc(text, unwrap)
		text = address.ReplaceAllString(text, " $1 ")
		text = broadcast.ReplaceAllString(text, " ")
		text = leading.ReplaceAllString(text, "")
	}
	return strings.TrimSpace(index.Clean(text)) // what was taken out may have stood between a letter and its accent
}

// firstRunes is at most the first most characters of s.
func firstRunes(s string, most int) string {
	for i := range s {
		if most == 0 {
			return s[:i]
		}
		most--
	}
	return s
}

// Slack escapes these three in what people write:
// https://docs.slack.dev/messaging/formatting-message-text#escaping
var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

var (
	// Colours and cursor movements of a terminal.
	escapes = regexp.MustCompile("\x1b\\[[0-9;?]*[ -/]*[@-~]")
	// <@U1>, <#C1|general>, <!here>, <https://…|label>, <:emoji:1>, <t:1:R>.
	wrapped = regexp.MustCompile(`<[^<>\s][^<>]*>`)
	// An address: its host is read, the rest is not.
	address = regexp.MustCompile(`(?i)\b(?:https?|ftp|file|wss?)://(?:www\.)?([^\s/?#|)\]]*)\S*`)
	// An HTML tag, without its brackets.
	tag = regexp.MustCompile(`(?i)^/?(?:[a-z][a-z0-9]*\s+[a-z-]+\s*=.*|a|b|i|u|p|s|br|hr|em|h[1-6]|li|ul|ol|td|tr|th|div|img|svg|span|code|pre|html|head|body|meta|link|style|script|table|iframe|strong|input|form)[\s/]*$`)
	// What pings everybody.
	broadcast = regexp.MustCompile(`(?i)@(?:everyone|here|channel)\b`)
	// "/framework", "@bot": how the bot was called.
	leading = regexp.MustCompile(`^\s*(?:[/@][\p{L}\p{N}_-]+(?:\s+|$))+`)
)

// called matches a message that is nothing but a call of the bot.
var called = regexp.MustCompile(`^(?:\s|<@[^<>]+>|[/@][\p{L}\p{N}_-]+(?:\s|$))*$`)

// isCall reports whether text is empty but for the bot's name or command.
func isCall(text string) bool {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
	return len(text) <= 256 && called.MatchString(text) && !broadcast.MatchString(text)
}

// maxWrapped is how many bytes a mention or a link may have: more than any has.
// It is not in the pattern, which would be compiled once for each of them.
const maxWrapped = 1000

// unwrap leaves the label of a link, or its address, and nothing of a mention.
func unwrap(s string) string {
	inner := s[1 : len(s)-1]
	if len(inner) > maxWrapped {
		return s // nothing that a platform wraps
	}
	if strings.ContainsAny(inner[:1], "@#!") || inner[0] == '/' && strings.Contains(inner, ":") || strings.HasPrefix(inner, ":") || strings.HasPrefix(inner, "a:") || strings.HasPrefix(inner, "t:") {
		return " "
	}
	if tag.MatchString(inner) {
		return " "
	}
	target, label, ok := strings.Cut(inner, "|")
	switch {
	case ok && utf8.ValidString(label):
		return label
	case strings.Contains(target, "://"):
		return target
	}
	return " " + inner + " "
}
