package bot

import (
	"slices"
	"strings"

	"frameworkbot/index"
)

// A condition is one thing that pages of a list must meet.
type condition struct {
	says   string // "written in PHP"
	before bool   // it stands before "frameworks": "full-stack"
	fact   string // key of the fact that shows it
	meets  func(*index.Page) bool
	drop   func(*Question) // takes it off a question
}

// conditionsOf turns what was understood into conditions; of the languages
// that were asked for, those that there is a page for.
func conditionsOf(q *Question, languages []string) []condition {
	var cs []condition
	if len(languages) > 0 {
		cs = append(cs, condition{"written in " + strings.Join(languages, " or "), false, "language", func(p *index.Page) bool {
			return p.IsIn(q.Languages...)
		}, func(q *Question) { q.Languages = nil }})
	}
	if len(q.NotLanguages) > 0 {
		cs = append(cs, condition{"not written in " + strings.Join(q.NotLanguages, " or "), false, "language", func(p *index.Page) bool {
			return !p.IsIn(q.NotLanguages...)
		}, func(q *Question) { q.NotLanguages = nil }})
	}
	if q.Before != "" || q.After != "" {
		cs = append(cs, released(q))
	}
	if q.Kind != "" {
		cs = append(cs, condition{string(q.Kind), true, "kind", func(p *index.Page) bool { return p.Kind == q.Kind }, func(q *Question) { q.Kind = "" }})
	}
	if q.Licence != "" {
		cs = append(cs, condition{q.Licence + "-licensed", true, "licence", func(p *index.Page) bool {
			f := p.Fact("licence")
			return f != nil && strings.HasPrefix(f.Value, q.Licence)
		}, func(q *Question) { q.Licence = "" }})
	}
	for _, at := range q.Attributes {
		cs = append(cs, attributeCondition(q, at)...)
	}
	return cs
}

// released is "first released before 2008".
func released(q *Question) condition {
	var says []string
	if q.After != "" {
		says = append(says, "since "+q.After)
	}
	if q.Before != "" {
		says = append(says, "before "+q.Before)
	}
	return condition{"first released " + and(says), false, "first_release", func(p *index.Page) bool {
		f := p.Fact("first_release")
		return f != nil && len(f.Date) >= 4 && (q.Before == "" || f.Date[:4] < q.Before) && (q.After == "" || f.Date[:4] >= q.After)
	}, func(q *Question) { q.Before, q.After = "", "" }}
}

// attributeCondition is "with an ORM", "without an ORM", or that the page states the fact at all.
func attributeCondition(q *Question, at *attribute) []condition {
	without := slices.Contains(q.Without, at)
	switch {
	case at.key == "language", at.key == "licence" && q.Licence != "", at.key == "", at.key == "all",
		at.key == "kind", at.key == "docs", at.key == "source", at.key == "home", // every page states these
		at.key == "first_release" && q.Before+q.After != "":
		return nil
	case at.list && without:
		return []condition{{"without " + withArticle(at.label), false, at.key, func(p *index.Page) bool {
			f := p.Fact(at.key)
			return f != nil && f.Has != nil && !*f.Has
		}, at.drop}}
	case at.list:
		return []condition{{"with " + withArticle(at.label), false, at.key, func(p *index.Page) bool {
			f := p.Fact(at.key)
			return f != nil && f.Has != nil && *f.Has
		}, at.drop}}
	}
	return []condition{{"whose page states the " + strings.ToLower(at.label[:1]) + at.label[1:], false, at.key, func(p *index.Page) bool {
		return p.Fact(at.key) != nil || p.Link(at.key) != ""
	}, at.drop}}
}

// drop takes the attribute off a question.
func (at *attribute) drop(q *Question) {
	q.Attributes = slices.DeleteFunc(slices.Clone(q.Attributes), func(other *attribute) bool { return other == at })
}

// without is the question with one condition less.
func (q *Question) without(c condition) *Question {
	less := *q
	c.drop(&less)
	return &less
}

func withArticle(label string) string {
	switch label {
	case "ORM", "Admin interface":
		return "an " + strings.Replace(label, "Admin", "admin", 1)
	case "Command line":
		return "a command line"
	}
	return strings.ToLower(label)
}

// frameworks says what the conditions describe: "full-stack frameworks written in PHP".
func frameworks(cs []condition) string {
	var before, behind []string
	for _, c := range cs {
		if c.before {
			before = append(before, c.says)
		} else {
			behind = append(behind, c.says)
		}
	}
	return strings.TrimSpace(strings.Join(append(before, "frameworks"), " ") + " " + and(behind))
}
