package slack

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"frameworkbot/bot/markdown"
)

// Slack has three kinds of text, and what pages say goes into the one in which
// it can do no harm:
//
//   - Texts that may be long are rich text (richtext.go): a tree, in which no
//     character of a text means anything, and the only kind with real lists.
//   - Labels, titles and all that has no look of its own is plain text.
//   - Short lines with a bold word or a link are mrkdwn, which has no way to
//     escape * _ ~ ` and :emoji:. A line that holds them is plain text instead.
//
// plain and mrkdwn escape & < > all the same, as Slack asks for in all text
// objects, so that no <!channel> or <@U…> can stand anywhere.

// plainText is a text without any look.
func plainText(s string, most int) *slack.TextBlockObject {
	s = shortenEscaped(oneLine(s), most)
	if s == "" {
		s = nothing // a text must not be empty
	}
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// nothing stands where there must be a text and there is none.
const nothing = "–"

// mrkdwnText is a text object of mrkdwn that is well formed. It is verbatim:
// Slack would turn plain "@here" and "#general" into mentions and links.
func mrkdwnText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, true)
}

// lineOf is one line of CommonMark spans: mrkdwn where that says the same, else plain.
func lineOf(spans []markdown.Span, most int) *slack.TextBlockObject {
	if s, ok := mrkdwn(spans); ok && units(s) <= most && strings.TrimSpace(s) != "" {
		return mrkdwnText(s)
	}
	return plainText(markdown.Plain(spans), most)
}

// mrkdwn writes spans as mrkdwn, and reports whether it will look as they do.
func mrkdwn(spans []markdown.Span) (string, bool) {
	var b strings.Builder
	for i, s := range spans {
		text := legible(s.Text)
		if s.Break {
			text = "\n"
		}
		if !isInert(text) {
			return "", false
		}
		body := strings.TrimSpace(text)
		sign := signOf(s)
		if sign != "" && body != "" && !standsAlone(spans, i) {
			return "", false
		}
		if body == "" {
			b.WriteString(text)
			continue
		}
		before, after, _ := strings.Cut(text, body)
		b.WriteString(before + sign + linked(escape(body), s.Link) + reversed(sign) + after)
	}
	s := b.String()
	return s, isInertLine(s)
}

// signOf is what stands around a span in mrkdwn.
func signOf(s markdown.Span) string {
	switch {
	case s.Code:
		return "`"
	case s.Bold && s.Italic:
		return "*_"
	case s.Bold:
		return "*"
	case s.Italic:
		return "_"
	case s.Struck:
		return "~"
	}
	return ""
}

func reversed(sign string) string {
	if sign == "*_" {
		return "_*"
	}
	return sign
}

// standsAlone reports whether no letter touches the span: signs in the middle
// of a word are shown as they are.
func standsAlone(spans []markdown.Span, i int) bool {
	if i > 0 && !strings.HasPrefix(spans[i].Text, " ") {
		if r, _ := utf8.DecodeLastRuneInString(spans[i-1].Text); isWordy(r) {
			return false
		}
	}
	if i+1 < len(spans) && !strings.HasSuffix(spans[i].Text, " ") {
		if r, _ := utf8.DecodeRuneInString(spans[i+1].Text); isWordy(r) {
			return false
		}
	}
	return true
}

func isWordy(r rune) bool {
	return r != utf8.RuneError && !unicode.IsSpace(r) && !unicode.IsPunct(r)
}

// emojis are what Slack turns into a picture.
var emojis = regexp.MustCompile(`:[a-z0-9_+'-]+:`)

// isInert reports whether no character of s means anything in mrkdwn once & < > are escaped.
func isInert(s string) bool {
	switch {
	case strings.ContainsAny(s, "*~`"), strings.Count(s, ":") > 1 && emojis.MatchString(s):
		return false
	case strings.Contains(s, "&") && unescape(s) != s: // would look as if it were escaped twice
		return false
	}
	for i, r := range s {
		if r != '_' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		if !isWordy(before) || !isWordy(after) {
			return false
		}
	}
	return true
}

// isInertLine reports whether no line of s begins a quote.
func isInertLine(s string) bool {
	return !strings.HasPrefix(s, "&gt;") && !strings.Contains(s, "\n&gt;")
}

// linked is an escaped label that leads to an address.
func linked(label, address string) string {
	if address = webAddress(address); address == "" {
		return label
	}
	return "<" + escape(address) + "|" + label + ">"
}

// webAddress is an address that a link may lead to: http and https alone, and
// without the characters that end a link in mrkdwn. "" is none.
func webAddress(s string) string {
	s = markdown.Address(s)
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") || units(s) > maxLink {
		return ""
	}
	return barred.Replace(s)
}

// shortAddress is an address for the small print, where a very long one would
// take the room of what is said.
func shortAddress(s string) string {
	if len(s) > maxShortAddress {
		return ""
	}
	return webAddress(s)
}

const maxShortAddress = 400

var barred = strings.NewReplacer("|", "%7C", "<", "%3C", ">", "%3E")

// words are spans in one look.
func words(s string) []markdown.Span { return []markdown.Span{{Text: oneLine(s)}} }

func boldWords(s string) []markdown.Span {
	return []markdown.Span{{Text: oneLine(s), Bold: true}}
}

// inlineOf is the text of a CommonMark line.
func inlineOf(s string) []markdown.Span { return flat(markdown.Parse(s)) }

// flat is all text of blocks on one line.
func flat(blocks []markdown.Block) []markdown.Span {
	var out []markdown.Span
	add := func(spans []markdown.Span) {
		if len(out) > 0 && len(spans) > 0 {
			out = append(out, markdown.Span{Text: " "})
		}
		out = append(out, spans...)
	}
	for _, b := range blocks {
		add(b.Spans)
		if b.Text != "" {
			add(words(b.Text))
		}
		add(flat(b.Blocks))
		for _, item := range b.Items {
			add(flat(item))
		}
		for _, row := range b.Rows {
			for _, cell := range row {
				add(cell)
			}
		}
	}
	return out
}

// oneLine is [markdown.OneLine] of what can be read, at no cost for what is plain already.
func oneLine(s string) string {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return markdown.OneLine(legible(strings.ToValidUTF8(s, "")))
		}
		last = c
	}
	if last == ' ' {
		return markdown.OneLine(s)
	}
	return s
}

// legible leaves out what stands for broken bytes: it says nothing, and looks
// as if the bot had cut a letter in two.
func legible(s string) string { return strings.ReplaceAll(s, string(utf8.RuneError), "") }
