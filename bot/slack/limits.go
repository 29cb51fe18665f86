package slack

import (
	"strings"

	"frameworkbot/bot"
)

// Limits of Slack's blocks
// (https://docs.slack.dev/reference/block-kit/blocks,
// https://docs.slack.dev/reference/block-kit/block-elements,
// https://docs.slack.dev/reference/block-kit/composition-objects). Slack does
// not say what a character is: they are counted as UTF-16 units, of which no
// text has fewer than characters.
const (
	maxBlocks      = 50  // of a message
	maxHomeBlocks  = 100 // of an App Home
	maxHeader      = 150
	maxSection     = 3000 // a section's text, and each text of a context
	maxFields      = 10
	maxField       = 2000
	maxContext     = 10 // elements
	maxActions     = 25 // elements
	maxLabel       = 75 // of a button or an option; an option's value as well, which bot.MaxRef sees to
	maxPlaceholder = 150
	maxChoices     = 100 // options of a menu
	maxID          = 255 // of a block or an element
	maxLink        = 3000
	maxTableRows   = 100
	maxTableCells  = 20     // of a row
	maxTableText   = 10_000 // over all cells
)

// Limits of a message as a whole.
const (
	// maxVisible is how much text a message may hold over all blocks. Beyond
	// some 13,000 characters Slack answers msg_blocks_too_long, which no page
	// documents; in rich text it also did so at 11,300
	// (https://github.com/slackapi/bolt-js/issues/2509,
	// https://github.com/slackapi/bolt-js/issues/2867).
	maxVisible = 10_000

	// maxBytes is how large text and blocks may be as JSON. Slack drops an
	// acknowledgement of 20 KB without a word
	// (https://github.com/slack-go/slack/issues/1196); the rest is for what
	// stands around them.
	maxBytes = 18 << 10

	// maxFallback is how much is said to screen readers and notifications.
	// Slack advises 4,000 and cuts at 40,000
	// (https://docs.slack.dev/reference/methods/chat.postMessage#truncating).
	maxFallback = 3000
)

// units is how long s is for Slack, counted conservatively.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// bytesOf is how long s is as JSON, without its quotes.
func bytesOf(s string) int {
	n := len(s)
	for _, r := range s {
		switch {
		case r == '<', r == '>', r == '&', r < 0x20, r == '\u2028', r == '\u2029':
			n += 5
		case r == '"', r == '\\':
			n++
		}
	}
	return n
}

// shorten cuts s to at most most units.
func shorten(s string, most int) string {
	for n := most; ; n -= max(1, (units(s)-most)/2) {
		if s = bot.Shorten(s, max(n, 0)); units(s) <= most {
			return s
		}
	}
}

// shortenEscaped is s, escaped, in at most most units. No entity is cut apart.
func shortenEscaped(s string, most int) string {
	out := escape(s)
	for n := min(most, units(s)); units(out) > most; {
		n -= max(1, (units(out)-most)/8)
		out = escape(shorten(s, max(n, 0)))
	}
	return out
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape takes their meaning from the characters that begin Slack's mentions
// and links (https://docs.slack.dev/messaging/formatting-message-text#escaping).
func escape(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return entities.Replace(s)
}

var originals = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// unescape undoes escape.
func unescape(s string) string { return originals.Replace(s) }
