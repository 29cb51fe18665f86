package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"frameworkbot/bot/markdown"
)

// A claim is a paragraph or an item of a page: what it says and from where,
// and the note that corrects it.
type claim struct {
	name      []markdown.Span // in bold before the rest: "Security."; nil if there is none
	sentences []sentence
	note      []markdown.Span // nil if it stands uncorrected
	noted     []sentence      // of the note
}

// A sentence is a part of a claim that can stand alone, without its source.
type sentence struct {
	spans  []markdown.Span
	text   string // of the spans
	size   int    // of the text
	source string // as the page has it in brackets: "Rails guides, 2026-07"; "" if it gives none
}

// claimsOf takes blocks apart into claims. A quote belongs to the claim before it.
func claimsOf(blocks []markdown.Block) []claim {
	out := withoutNotes(blocks)
	for i := range out {
		out[i].noted = sentencesOf(out[i].note)
	}
	return out
}

// withoutNotes are claims whose notes are still to be taken apart.
func withoutNotes(blocks []markdown.Block) []claim {
	var out []claim
	for i := range blocks {
		switch b := &blocks[i]; b.Kind {
		case markdown.List:
			for _, item := range b.Items {
				out = append(out, claimOf(item))
			}
		case markdown.Quote:
			if len(out) > 0 {
				last := &out[len(out)-1]
				last.note = append(last.note, quoted(b.Blocks)...)
				continue
			}
			fallthrough
		default:
			if text := flat(blocks[i : i+1]); len(text) > 0 {
				out = append(out, newClaim(text))
			}
		}
	}
	return out
}

// claimOf is one item of a list.
func claimOf(item []markdown.Block) claim {
	var text, note []markdown.Span
	for i := range item {
		if item[i].Kind == markdown.Quote {
			note = append(note, quoted(item[i].Blocks)...)
			continue
		}
		if len(text) > 0 {
			text = append(text, markdown.Span{Text: " "})
		}
		text = append(text, flat(item[i:i+1])...)
	}
	c := newClaim(text)
	c.note = note
	return c
}

func newClaim(text []markdown.Span) claim {
	var c claim
	if len(text) > 1 && text[0].Bold && text[0].Link == "" {
		c.name, text = text[:1], text[1:]
	}
	c.sentences = sentencesOf(text)
	return c
}

// sentencesOf takes a text apart. A sentence without a source has that of the next one.
func sentencesOf(spans []markdown.Span) []sentence {
	text := textOfSpans(spans)
	var out []sentence
	start := 0
	emit := func(end int, source string) {
		if said := strings.Trim(text[start:end], " "); said != "" {
			out = append(out, sentence{slice(spans, start, end), said, units(said), source})
		}
	}
	for i := 0; i < len(text); i++ {
		if !endsSentence(text, i) {
			continue
		}
		source, next := sourcesAt(text, i+1)
		emit(i+1, source)
		start, i = next, max(i, next-1)
	}
	if end, source := withoutSources(text, start); end > start {
		emit(end, source)
	}
	for i := len(out) - 2; i >= 0; i-- {
		if out[i].source == "" {
			out[i].source = out[i+1].source
		}
	}
	return out
}

// endsSentence reports whether the byte at i ends a sentence that another one or a source follows.
func endsSentence(text string, i int) bool {
	if text[i] != '.' && text[i] != '!' && text[i] != '?' || i+1 < len(text) && text[i+1] != ' ' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i+1:], " "))
	if i+1 < len(text) && !unicode.IsUpper(next) && !unicode.IsDigit(next) && !strings.ContainsRune(`("“'`, next) {
		return false
	}
	before := text[:i]
	word := before[strings.LastIndexAny(before, " (")+1:]
	return text[i] != '.' || !strings.Contains(word, ".") && utf8.RuneCountInString(word) > 1 // no "e.g." and no initial
}

// sourcesAt reads the sources in brackets that stand at i, and returns where they end.
func sourcesAt(text string, i int) (sources string, end int) {
	end = i
	for {
		from := len(text) - len(strings.TrimLeft(text[end:], " "))
		label, n := sourceAt(text[from:])
		if n == 0 {
			return sources, end
		}
		if sources != "" {
			sources += "; "
		}
		sources, end = sources+label, from+n
	}
}

// sourceAt is the source in brackets that text begins with, and how long it is with them.
func sourceAt(text string) (label string, length int) {
	if !strings.HasPrefix(text, "(") {
		return "", 0
	}
	end := strings.IndexAny(text[1:], "()")
	if end < 0 || text[1+end] != ')' || !hasYear(text[1:1+end]) {
		return "", 0
	}
	return text[1 : 1+end], end + 2
}

// hasYear reports whether s holds a year: a source does.
func hasYear(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if s[i:i+2] != "19" && s[i:i+2] != "20" || !isDigit(s, i+2) || !isDigit(s, i+3) {
			continue
		}
		if !isDigit(s, i-1) && !isDigit(s, i+4) {
			return true
		}
	}
	return false
}

func isDigit(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// withoutSources is where text ends before the sources at its very end, and those.
func withoutSources(text string, start int) (end int, sources string) {
	for i := start; i < len(text); i++ {
		if text[i] != '(' {
			continue
		}
		if sources, end := sourcesAt(text, i); sources != "" && strings.TrimSpace(text[end:]) == "" {
			return i, sources
		}
	}
	return len(text), ""
}

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
