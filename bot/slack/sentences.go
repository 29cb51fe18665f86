package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"frameworkbot/bot/markdown"
)

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
