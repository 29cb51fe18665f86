package slack

import (
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot/markdown"
)

// inlineText renders text that has no look.
func (r *richText) inlineText(s string) []slack.RichTextSectionElement {
	defer r.only(maxRichText)()
	return defused(r.take(s), nil)
}

// take is as much of s as there is room for.
func (r *richText) take(s string) string {
	s = legible(s)
	n := cost(s)
	if n > r.room {
		r.cut = true
		for most := max(r.room, 0); cost(s) > max(r.room, 0); most -= max(1, most/8) {
			s = shorten(s, most)
		}
	}
	r.room -= n
	return s
}

// cost is how much room s takes: its units, or more where it is long as JSON.
func cost(s string) int { return max(units(s), bytesOf(s)/3) }

// inline renders spans.
func (r *richText) inline(spans []markdown.Span) []slack.RichTextSectionElement {
	if isBlank(spans) {
		return nil
	}
	defer r.only(maxRichText)()
	out := make([]slack.RichTextSectionElement, 0, len(spans))
	for i := range spans {
		if r.full() {
			break
		}
		out = append(out, r.span(&spans[i])...)
	}
	return out
}

// only gives less room to what is said until the returned function is called.
func (r *richText) only(most int) (restore func()) {
	held := max(r.room-most, 0)
	r.room -= held
	return func() { r.room = max(r.room, 0) + held }
}

// isBlank reports whether spans show nothing: Slack refuses what is empty.
func isBlank(spans []markdown.Span) bool {
	for i := range spans {
		if strings.TrimSpace(spans[i].Text) != "" {
			return false
		}
	}
	return true
}

func (r *richText) span(s *markdown.Span) []slack.RichTextSectionElement {
	if s.Break {
		return []slack.RichTextSectionElement{textElement("\n", nil)}
	}
	text := r.take(s.Text)
	address := webAddress(s.Link)
	if address == "" || text == "" || beginsMention(text) < len(text) {
		out := defused(text, styleOf(s))
		r.room -= inlineBytes * max(len(out)-1, 0)
		return out
	}
	return []slack.RichTextSectionElement{slack.NewRichTextSectionLinkElement(address, text, styleOf(s))}
}

func styleOf(s *markdown.Span) *slack.RichTextSectionTextStyle {
	if !s.Bold && !s.Italic && !s.Code && !s.Struck {
		return nil
	}
	return &slack.RichTextSectionTextStyle{Bold: s.Bold, Italic: s.Italic, Code: s.Code, Strike: s.Struck}
}

func textElement(s string, style *slack.RichTextSectionTextStyle) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(s, style)
}

// defused is a text as elements none of which holds the beginning of a mention.
// In rich text none is read as one; but what is made from it by others, such as
// the copy that an export or a bridge makes, may not be as careful.
func defused(s string, style *slack.RichTextSectionTextStyle) []slack.RichTextSectionElement {
	var out []slack.RichTextSectionElement
	for s != "" {
		end := beginsMention(s)
		out = append(out, textElement(s[:end], style))
		s = s[end:]
	}
	return out
}

// beginsMention is where s is to be cut: behind the first sign of a mention, else at its end.
func beginsMention(s string) int {
	for i := 0; ; i++ {
		k := strings.IndexByte(s[i:], '<')
		if k < 0 || i+k+1 == len(s) {
			return len(s)
		}
		if i += k; strings.IndexByte("!@#", s[i+1]) >= 0 {
			return i + 1
		}
	}
}
