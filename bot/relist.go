package bot

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"frameworkbot/index"
)

// What a condition of a list begins with in its Ref.
const (
	inLanguage    = 'l'
	notInLanguage = 'n'
	ofKind        = 'k'
	ofLicence     = 'c'
	releasedUntil = 'b'
	releasedSince = 's'
	having        = 'a'
	lacked        = 'w'
	excepted      = 'x' // pages, by token
	newestFirst   = 'y'
	inOrder       = 'o' // pages, by token
)

// listRef is the Ref of a list: each condition is a letter and its values.
func listRef(q *Question) Ref { return newRef(refList, listParts(q)...) }

func listParts(q *Question) []string {
	var parts []string
	add := func(letter rune, values ...string) {
		for i, v := range values {
			values[i] = escape(v)
		}
		if joined := strings.Join(values, "+"); joined != "" {
			parts = append(parts, string(letter)+joined)
		}
	}
	add(inLanguage, slices.Clone(q.Languages)...)
	add(notInLanguage, slices.Clone(q.NotLanguages)...)
	add(ofKind, string(q.Kind))
	add(ofLicence, q.Licence)
	add(releasedUntil, q.Before)
	add(releasedSince, q.After)
	for _, at := range q.Attributes {
		letter := having
		if slices.Contains(q.Without, at) {
			letter = lacked
		}
		parts = append(parts, string(letter)+at.refKey())
	}
	if len(q.Except) > 0 {
		parts = append(parts, string(excepted)+tokens(q.Except))
	}
	if q.Newest && q.byRelease() {
		parts = append(parts, string(newestFirst))
	}
	return parts
}

// orderedRef is the Ref of a list whose order is not the one that its
// conditions give; the order is left out where it has no room.
func (a *Answerer) orderedRef(q *Question, pages []*index.Page) Ref {
	usual := slices.Clone(pages)
	slices.SortStableFunc(usual, func(x, y *index.Page) int { return a.related.place[x] - a.related.place[y] })
	if q.byRelease() {
		q.byAge(usual)
	}
	if !slices.Equal(usual, pages) {
		if r := newRef(refList, append(listParts(q), string(inOrder)+tokens(pages))...); r != "" {
			return r
		}
	}
	return listRef(q)
}

// Values may hold what means something in a Ref; a blank, as in "Visual Basic", is the most common.
var (
	marks   = strings.NewReplacer("_", "%5F", "+", "%2B", ":", "%3A", "%20", "_")
	blanks  = strings.NewReplacer("_", " ")
	escape  = func(s string) string { return marks.Replace(url.PathEscape(s)) }
	restore = func(s string) (string, error) { return url.PathUnescape(blanks.Replace(s)) }
)

// relist gives a list again.
func (a *Answerer) relist(ctx context.Context, conditions string) (*Answer, error) {
	q := &Question{Field: true}
	for part := range strings.SplitSeq(conditions, ":") {
		if part != "" && !a.restrict(q, rune(part[0]), part[1:]) {
			return a.gone(), nil
		}
	}
	if !q.hasConditions() {
		return a.everything(q), nil
	}
	return a.list(ctx, q)
}

// restrict reads one condition and reports whether it is known.
func (a *Answerer) restrict(q *Question, letter rune, value string) bool {
	switch letter {
	case excepted:
		q.Except, _ = a.tokenPages(value)
		return true
	case inOrder:
		q.Order, _ = a.tokenPages(value)
		return true
	case newestFirst:
		q.Newest = true
		return value == ""
	case having, lacked:
		return q.condition(value, letter == lacked)
	}
	var values []string
	for v := range strings.SplitSeq(value, "+") {
		v, err := restore(v)
		if err != nil || v == "" {
			return false
		}
		values = append(values, v)
	}
	return a.restrictTo(q, letter, values)
}

// restrictTo is restrict for the conditions that have values of their own.
// What a list would repeat to people must be harmless, whoever made the Ref.
func (a *Answerer) restrictTo(q *Question, letter rune, values []string) bool {
	first := values[0]
	switch letter {
	case inLanguage:
		q.Languages = values
		return !slices.ContainsFunc(values, a.strange)
	case notInLanguage:
		q.NotLanguages, q.Computing = values, true
		return !slices.ContainsFunc(values, a.strange)
	case ofKind:
		q.Kind = index.Kind(first)
		return q.Kind == index.Micro || q.Kind == index.FullStack
	case ofLicence:
		q.Licence = first
		return licences[strings.ToLower(first)] == first
	case releasedUntil:
		q.Before = first
		return areDigits(first)
	case releasedSince:
		q.After = first
		return areDigits(first)
	}
	return false
}

// strange holds for languages that no page is written in and that cannot be
// repeated as they are.
func (a *Answerer) strange(language string) bool {
	written := slices.ContainsFunc(a.index.Pages(), func(p *index.Page) bool { return p.IsIn(language) })
	return !written && Echo(language) != language
}

func areDigits(s string) bool { return len(s) == 4 && strings.Trim(s, "0123456789") == "" }

// condition adds that the list's pages have an attribute, or lack it.
func (q *Question) condition(key string, without bool) bool {
	at := attributeOf(key)
	if at == nil {
		return false
	}
	q.Attributes = append(q.Attributes, at)
	if without {
		q.Without = append(q.Without, at)
	}
	return true
}
