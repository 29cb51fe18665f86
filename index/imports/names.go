package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	maxNameBytes = 60 // of one part of a page's path
	maxParts     = 12 // folders in folders
)

// notionHash is the identifier that Notion puts behind a name.
var notionHash = regexp.MustCompile(`(?:^|[ _-])([0-9a-f]{32})$`)

// stem is a file's name without folder and ending.
func stem(at string) string {
	name := path.Base(at)
	return strings.TrimSuffix(name, path.Ext(name))
}

// notionID is the identifier of Notion in a name, "" if there is none.
func notionID(name string) string {
	if m := notionHash.FindStringSubmatch(name); m != nil {
		return m[1]
	}
	return ""
}

// withoutID is a name without the identifier of Notion.
func withoutID(name string) string { return notionHash.ReplaceAllString(name, "") }

// slug is a name as part of a page's path: lower-case letters, digits and
// dashes, "" if it has none of them.
func slug(name string) string {
	var b strings.Builder
	dash := false
	for _, r := range norm.NFKD.String(strings.ToLower(withoutID(name))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			dash = false
		case spelt[r] != "":
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteString(spelt[r])
			dash = false
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		default:
			dash = true
		}
	}
	s := b.String()
	if len(s) <= maxNameBytes {
		return s
	}
	s = s[:maxNameBytes]
	if n := strings.LastIndexByte(s, '-'); n > maxNameBytes/2 {
		s = s[:n]
	}
	return strings.TrimRight(s, "-")
}

// spelt are letters that Unicode does not take apart.
var spelt = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", '+': "plus", '#': "sharp", '&': "and"}

// target is the path of the page that a file becomes, without its ending.
func target(at string) string {
	parts := strings.Split(at, "/")
	parts[len(parts)-1] = stem(at)
	var slugs []string
	for i, part := range parts {
		s := slug(part)
		if s == "" { // a name in other letters: nobody could type it into a path
			s = "page-" + digest(strings.Join(parts[:i+1], "/"), 8)
		}
		slugs = append(slugs, s)
	}
	if n := len(slugs) - maxParts; n > 0 {
		slugs = append([]string{"deep-" + digest(path.Dir(at), 8)}, slugs[n+1:]...)
	}
	return strings.Join(slugs, "/")
}

// digest is a short name for anything.
func digest(s string, n int) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:n]
}
