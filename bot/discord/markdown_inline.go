package discord

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// inline is text as Discord's Markdown: its lines, each without a meaning of
// its own where it begins. Empty ones are left out.
func inline(spans []markdown.Span) []string {
	var out []string
	for _, line := range split(spans) {
		if text := strings.TrimSpace(linkRuns(line)); text != "" {
			out = append(out, guardStart(text))
		}
	}
	return out
}

// split takes spans apart at their line breaks, and joins neighbours that look
// the same.
func split(spans []markdown.Span) [][]markdown.Span {
	var out [][]markdown.Span
	var line []markdown.Span
	for _, s := range spans {
		last := len(line) - 1
		switch {
		case s.Break:
			out, line = append(out, line), nil
		case last >= 0 && look(line[last]) == look(s):
			line[last].Text += s.Text
		default:
			line = append(line, s)
		}
	}
	return append(out, line)
}

// look is a span without its text.
func look(s markdown.Span) markdown.Span {
	s.Text = ""
	return s
}

// linkRuns joins spans, those with the same address to one link.
func linkRuns(spans []markdown.Span) string {
	var b strings.Builder
	for len(spans) > 0 {
		n := 1
		for n < len(spans) && spans[n].Link == spans[0].Link {
			n++
		}
		join(&b, linkRun(spans[:n]))
		spans = spans[n:]
	}
	return b.String()
}

// linkRun is spans that all have the same address, or none.
func linkRun(spans []markdown.Span) string {
	address := spans[0].Link
	var b strings.Builder
	for _, s := range spans {
		if address != "" {
			s.Text = unbracketed(s.Text)
		}
		join(&b, styled(s))
	}
	if address == "" {
		return b.String()
	}
	text := b.String()
	inner := strings.TrimSpace(text)
	if inner == "" {
		return text
	}
	before, after, _ := strings.Cut(text, inner)
	return before + linked(markdown.Plain(spans), inner, address) + after
}

// styled is one span in its look. Blanks at its ends stay outside of the marks,
// which would be none beside them.
func styled(s markdown.Span) string {
	inner := strings.TrimSpace(s.Text)
	if inner == "" {
		return s.Text
	}
	before, after, _ := strings.Cut(s.Text, inner)
	switch {
	case s.Code:
		inner = code(inner)
	case s.Struck: // the marks are shown: what is struck through in a page is rare, and must not look as if it held
		inner = escapeRun("~~" + inner + "~~")
	default:
		inner = escapeRun(inner)
	}
	if s.Italic {
		inner = "*" + inner + "*"
	}
	if s.Bold {
		inner = "**" + inner + "**"
	}
	return before + inner + after
}

// join adds more to b. Marks that touch others would be read with them.
func join(b *strings.Builder, more string) {
	const marks = "*`"
	text := b.String()
	if text != "" && more != "" && strings.ContainsRune(marks, rune(text[len(text)-1])) && strings.ContainsRune(marks, rune(more[0])) {
		b.WriteString(breaker)
	}
	b.WriteString(more)
}
