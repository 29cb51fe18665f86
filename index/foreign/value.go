package foreign

import (
	"html"
	"regexp"
	"strings"
)

// A value is one value of front matter, whatever language it was written in.
type value struct {
	text string           // of a single value
	list []value          // of a list
	keys map[string]value // of a mapping, by [key]
	line int              // of the file
}

// key makes "linkTitle", "link_title" and "Link Title" the same.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_' || r == '-' || r == ' ':
			return -1
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// at is the value at that path of keys: "metadata.title".
func (v value) at(path string) value {
	for step := range strings.SplitSeq(path, ".") {
		v = v.keys[step]
	}
	return v
}

// first is the first of these paths that has something, as one text.
func (v value) first(paths ...string) string {
	for _, path := range paths {
		found := v.at(path)
		if found.text == "" && len(found.list) > 0 {
			found = found.list[0]
		}
		if text := plain(found.text); text != "" {
			return text
		}
	}
	return ""
}

// texts are the single values in v: itself, those of a list, the names of a list of people.
func (v value) texts() []string {
	switch {
	case v.text != "":
		return []string{v.text}
	case len(v.keys) > 0:
		for _, k := range []string{"name", "title", "label", "value", "login", "email"} {
			if text := v.keys[k].text; text != "" {
				return []string{text}
			}
		}
		return nil
	}
	var all []string
	for _, one := range v.list {
		if len(one.list) == 0 {
			all = append(all, one.texts()...)
		}
	}
	return all
}

// is reports whether v is that truth value in one of its spellings.
func (v value) is(truth bool) bool {
	switch strings.ToLower(strings.TrimSpace(v.text)) {
	case "true", "yes", "on", "1":
		return truth
	case "false", "no", "off", "0", "never":
		return !truth
	}
	return false
}

var (
	inlineLink = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)`)
	wikiName   = regexp.MustCompile(`\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]`)
)

// unmarked takes Markdown's marks off.
var unmarked = strings.NewReplacer("**", "", "`", "")

// plain is a value as one line of text: values may hold Markdown, HTML and
// template marks as well.
func plain(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	if len(s) > 4*maxSummaryRunes {
		s = strings.ToValidUTF8(s[:4*maxSummaryRunes], "")
	}
	if strings.ContainsAny(s, "<{[&`*\\%") {
		s, _ = clean(s, nil)
		s = wikiName.ReplaceAllString(s, "$1")
		s = inlineLink.ReplaceAllString(s, "$1")
		s = unescape(unmarked.Replace(s))
		s = html.UnescapeString(s)
	}
	return strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "")
}

// unescape takes the backslashes off that stand before punctuation.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// isPunct reports whether c is what CommonMark lets a backslash escape
// (https://spec.commonmark.org/0.31.2/#ascii-punctuation-character).
func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}
