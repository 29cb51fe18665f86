package bot

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"frameworkbot/index"
)

// MaxText is how many characters of a message are read; a question has its say in far fewer.
const MaxText = 4000

// maxEcho is how much of what a person typed is repeated to them.
const maxEcho = 80

// Shorten cuts s to at most most characters (runes), at the end of a word if
// one is near, and marks the cut with "…". Bytes that are not UTF-8 become U+FFFD.
func Shorten(s string, most int) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	if most < 1 {
		return ""
	}
	cut := string([]rune(s)[:most-1])
	if i := strings.LastIndexFunc(cut, unicode.IsSpace); i > len(cut)*2/3 {
		cut = cut[:i]
	}
	return strings.TrimRightFunc(cut, unicode.IsSpace) + "…"
}

// Echo is what may be repeated of a person's words: short, on one line, and
// inert on every platform. No character is left that could begin a mention, a
// link, markup, an emoji or an escape sequence.
func Echo(text string) string {
	var b strings.Builder
	last := ' '
	for _, r := range index.Clean(Shorten(text, 4*maxEcho)) {
		if !echoes(r, last) {
			r = ' '
		}
		if r == ' ' && last == ' ' {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return Shorten(strings.TrimLeft(strings.TrimRight(b.String(), " .,-'/!%?"), " .,-'/!+%?"), maxEcho)
}

// echoes reports whether r, after last, may be repeated.
func echoes(r, last rune) bool {
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r):
		return true
	case r == '#', r == '+':
		return unicode.IsLetter(last) || last == '+'
	}
	return strings.ContainsRune(" .,-'?!%", r)
}

// firstSentence is the first sentence of a CommonMark paragraph, as plain text.
func firstSentence(s string) string {
	s, _, _ = strings.Cut(s, "\n\n")
	s = strings.Join(strings.Fields(s), " ")
	for i := range len(s) - 1 {
		if s[i] == '.' && s[i+1] == ' ' && i+2 < len(s) && (unicode.IsUpper(rune(s[i+2])) || s[i+2] == '(') {
			return withSource(s[:i+1], s[i+1:])
		}
	}
	return s
}

// opening is the first sentence of a page, plain.
func opening(p *index.Page) string {
	return strings.TrimLeft(plainMarks.Replace(linkMark.ReplaceAllString(firstSentence(p.Body().Summary), "$1")), "> ")
}

var (
	linkMark = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)`)
	// What plain text must not be read as. A name such as C# or Spring_Boot stays
	// as it is: an underline within a word is none.
	literal    = strings.NewReplacer(`*`, `\*`, "`", "\\`", "[", `\[`, "<", `\<`, "~~", `\~\~`, "__", `\_\_`)
	plainMarks = strings.NewReplacer("**", "", "`", "")
)

// oneLine is a CommonMark section on one line: a claim, then its note.
func oneLine(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimLeft(line, "> ")
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// withSource keeps a source in brackets that follows the sentence.
func withSource(sentence, rest string) string {
	if !strings.HasPrefix(rest, " (") {
		return sentence
	}
	if end := strings.IndexByte(rest, ')'); end > 0 {
		return sentence + rest[:end+1]
	}
	return sentence
}

// capital is s with its first letter in upper case.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// count is "1 page", "7 pages".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// and joins words as people do: "a, b and c".
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
