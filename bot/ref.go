package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"frameworkbot/index"
)

// A Ref names an answer, so that it can be given again: it is what a button
// carries. It is made of the IDs of pages, facts and conditions and holds no
// words of a person or a page, so that it means the same after a restart and
// shows a page as it is by then. It has at most [MaxRef] bytes of printable
// ASCII without spaces, '|' or '"'. The zero Ref names no answer.
type Ref string

// MaxRef is the longest [Ref]. Discord leaves 100 characters for all that a
// button carries (https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id).
const MaxRef = 64

// What a Ref begins with.
const (
	refPage = "page" // page:laravel, page:cakephp:laravel with others beside it
	refPart = "part" // part:rails:features/security:django,laravel, part:rails:=orm
	refFact = "fact" // fact:flask:orm
	refVs   = "vs"   // vs:django,flask:orm
	refLike = "like" // like:django
	refList = "list" // list:lPHP+Python:aorm, see relist.go
	refNot  = "not"  // not:laravel
	refHelp = "help"
)

// Help is the Ref of the browse card.
const Help Ref = refHelp

// newRef joins the parts, and is empty if that is too long to be carried.
func newRef(kind string, parts ...string) Ref {
	for len(parts) > 0 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	r := strings.Join(append([]string{kind}, parts...), ":")
	if len(r) > MaxRef {
		return ""
	}
	return Ref(r)
}

// PageRef is the Ref of a page's card.
func PageRef(id string) Ref { return newRef(refPage, token(id)) }

// Versus is the Ref of the comparison of what the given refs are about, empty
// unless those are at least two pages.
func Versus(refs ...Ref) Ref {
	var tokens []string
	for _, r := range refs {
		if t := r.page(); t != "" && !slices.Contains(tokens, t) {
			tokens = append(tokens, t)
		}
	}
	if len(tokens) < 2 {
		return ""
	}
	return newRef(refVs, strings.Join(tokens[:min(len(tokens), maxCompared)], ","))
}

// page is the token of the one page that the Ref is about, "" if it is about none or several.
func (r Ref) page() string {
	kind, rest, _ := strings.Cut(string(r), ":")
	if kind != refPage && kind != refPart && kind != refFact {
		return ""
	}
	t, _, _ := strings.Cut(rest, ":")
	return t
}

// OnePage reports whether the Ref is about one page, so that [Versus] can compare it.
func (r Ref) OnePage() bool { return r.page() != "" }

// longestToken is the longest ID that stands in a Ref as it is.
const longestToken = 9

// token is the ID, or eight characters of its hash where it is long or has
// other characters than an ID of one word.
func token(id string) string {
	plain := strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
	if plain && id != "" && len(id) <= longestToken {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "~" + base64.RawURLEncoding.EncodeToString(sum[:6])
}

// tokens joins those of the pages.
func tokens(pages []*index.Page) string {
	out := make([]string, len(pages))
	for i, p := range pages {
		out[i] = token(p.ID)
	}
	return strings.Join(out, ",")
}

// slug names a section within its page.
func slug(s *index.Section) string {
	if s.Heading == "" {
		return partSlug(s.Part)
	}
	return token(index.Key(s.Part)) + "/" + token(index.Key(s.Heading))
}

// pieceSlug is the slug of a section, with its number where several of the page
// have the same: those that a long one of a document is cut into.
func pieceSlug(p *index.Page, s *index.Section) string {
	name := slug(s)
	if p.Kind != index.Document {
		return name
	}
	at, same := 0, 0
	for _, piece := range p.Pieces() {
		if slug(piece) == name {
			same++
			at += btoi(piece.Line <= s.Line)
		}
	}
	if same < 2 {
		return name
	}
	return name + pieceMark + strconv.Itoa(at)
}

// pieceMark precedes the number of a piece, counted from 1.
const pieceMark = "."

// pieceOf is the piece of a page that has that slug, nil if there is none.
func pieceOf(p *index.Page, wanted string) *index.Section {
	name, number, numbered := strings.Cut(wanted, pieceMark)
	left, _ := strconv.Atoi(number)
	if p.Kind != index.Document || numbered && left < 1 {
		return nil
	}
	for _, piece := range p.Pieces() {
		if slug(piece) != name || !numbered && piece.Heading == "" {
			continue
		}
		if left--; left <= 0 {
			return piece
		}
	}
	return nil
}

// factSlug precedes the key of a fact that is shown as a section is.
const factSlug = "="

func partSlug(part string) string { return token(index.Key(part)) }
