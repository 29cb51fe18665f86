package slack

import (
	"strings"

	"frameworkbot/bot/markdown"
)

// textOfSpans is all text of the spans; slice counts in its bytes.
func textOfSpans(spans []markdown.Span) string {
	var b strings.Builder
	for i := range spans {
		b.WriteString(spanText(&spans[i]))
	}
	return b.String()
}

func spanText(s *markdown.Span) string {
	if s.Break {
		return " "
	}
	return s.Text
}

// slice is the part of the spans from byte from to byte to, without blanks at its ends.
func slice(spans []markdown.Span, from, to int) []markdown.Span {
	var out []markdown.Span
	at := 0
	for i := range spans {
		s := spans[i]
		text := spanText(&s)
		lo, hi := max(from-at, 0), min(to-at, len(text))
		at += len(text)
		if lo >= hi {
			continue
		}
		s.Text, s.Break = text[lo:hi], false
		out = append(out, s)
	}
	if n := len(out); n > 0 {
		out[0].Text = strings.TrimLeft(out[0].Text, " ")
		out[n-1].Text = strings.TrimRight(out[n-1].Text, " ")
	}
	return out
}

// shortenSpans cuts spans to at most most units: at the end of a clause if
// there is one in the second half, else at the end of a word.
func shortenSpans(spans []markdown.Span, most int) []markdown.Span {
	text := textOfSpans(spans)
	if end := wordsWithin(text, most); end < len(text) {
		return cutAt(spans, text[:end])
	}
	return spans
}

// wordsWithin is where to cut text so that it has at most most units with the
// "…": at the end of a clause if there is one in the second half, else at the
// end of a word. It is the whole length if nothing has to be cut.
func wordsWithin(text string, most int) int {
	if end := clausesWithin(text, most); end > 0 || text == "" {
		return end
	}
	room := bytesWithin(text, most-1)
	end := room
	if i := strings.LastIndexByte(text[:room], ' '); i > room/2 && !strings.HasPrefix(text[room:], " ") {
		end = i
	}
	for i := strings.LastIndexByte(text[:end], ' '); i > room/2 && leading[text[i+1:end]]; i = strings.LastIndexByte(text[:end], ' ') {
		end = i
	}
	return end
}

// leading are the words that lead to the next, and say nothing at an end.
var leading = map[string]bool{
	"a": true, "an": true, "the": true, "and": true, "or": true, "of": true, "to": true, "in": true, "for": true, "from": true,
	"with": true, "by": true, "on": true, "at": true, "that": true, "which": true, "is": true, "are": true, "its": true, "as": true,
}

// clausesWithin is the same for whole clauses alone; 0 if those would be less than half of it.
func clausesWithin(text string, most int) int {
	if len(text) <= most || units(text) <= most {
		return len(text)
	}
	room := bytesWithin(text, most-1)
	if i := endOfClause(text[:room]); i > room/2 {
		return i
	}
	return 0
}

// bytesWithin is how many bytes of text have at most most units.
func bytesWithin(text string, most int) int {
	n := 0
	for i, r := range text {
		if n++; r > 0xffff {
			n++
		}
		if n > most {
			return i
		}
	}
	return len(text)
}

// cutAt is the beginning of spans, with a sign that there is more.
func cutAt(spans []markdown.Span, beginning string) []markdown.Span {
	out := slice(spans, 0, len(strings.TrimRight(beginning, " ,;:")))
	if len(out) == 0 {
		return []markdown.Span{{Text: "…"}}
	}
	out[len(out)-1].Text += "…"
	return out
}

// endOfClause is where the last whole clause of s ends, outside of brackets; 0 if there is none.
func endOfClause(s string) int {
	end, open := 0, 0
	for i := range len(s) - 1 {
		switch s[i] {
		case '(':
			open++
		case ')':
			open--
		case ',', ';', ':':
			if open <= 0 && s[i+1] == ' ' {
				end = i
			}
		}
	}
	return end
}
