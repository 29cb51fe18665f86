package library

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
)

// idOf is the ID of a document: its path in lower case, with dashes for what is
// no letter, digit or underscore. An index file stands for its folder.
func idOf(name string) string {
	name = strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	if base := path.Base(name); path.Dir(name) != "." && (base == "index" || base == "_index" || base == "readme") {
		name = path.Dir(name)
	}
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = segment(part)
	}
	return strings.Join(parts, "/")
}

// segment is one part of an ID; signs alone are spelt by their numbers.
func segment(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	if len(words) > 0 {
		return strings.Join(words, "-")
	}
	signs := make([]string, 0, len(s))
	for _, r := range s {
		signs = append(signs, fmt.Sprintf("u%x", r))
	}
	return strings.Join(signs, "-")
}

// languages are the codes of languages other than English that folders and files
// of translations are called by (https://www.loc.gov/standards/iso639-2/php/code_list.php).
var languages = strings.Fields(`ar az be bg bn bs ca cs cy da de el eo es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km
	kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nn no or pa pl ps pt ro ru si sk sl sq sr sv sw ta te tg th tr tw uk ur uz vi zh`)

// isTranslated reports whether a file stands under a language other than
// English, as in content/ko/a.md, pages.pt_BR/a.md and a.zh-cn.md. Where two
// pages have one name, the other one is meant.
func isTranslated(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	return slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
		tail := part[strings.LastIndexByte(part, '.')+1:]
		code, region, _ := strings.Cut(strings.ReplaceAll(tail, "_", "-"), "-")
		return slices.Contains(languages, code) && (region == "" || len(region) == 2 || region == "hans" || region == "hant")
	})
}
