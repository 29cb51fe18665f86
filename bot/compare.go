package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"frameworkbot/index"
)

// maxCompared is how many pages fit beside each other; who names more sees the first ones.
const maxCompared = 6

// compare sets the named pages side by side. What else the question speaks of
// is looked for on each page and comes first.
func (a *Answerer) compare(ctx context.Context, q *Question) (*Answer, error) {
	pages := make([]*index.Page, 0, len(q.Names))
	for _, n := range q.Names {
		pages = append(pages, n.Page)
	}
	answer := a.comparison(pages[:min(len(pages), maxCompared)], q.Attributes)
	if other := q.others(); len(other) > 0 {
		answer.Notes = append(answer.Notes, "I have no page on "+and(other)+" to compare with.")
	}
	for _, at := range q.Attributes {
		if at.key == "" {
			answer.Notes = append(answer.Notes, "The pages do not state this: "+strings.ToLower(at.label)+".")
		}
	}
	row, err := a.topic(ctx, q, answer)
	if err != nil {
		return nil, err
	}
	if row != nil {
		answer.Table.Rows = slices.Insert(answer.Table.Rows, 0, *row)
	}
	return a.correct(q, answer), nil
}

// others are what the pages are compared with and no page is about, to be shown.
func (q *Question) others() (all []string) {
	for i := range q.Words {
		w := &q.Words[i]
		beside := i > 0 && joining[q.Words[i-1].Key] || i+1 < len(q.Words) && joining[q.Words[i+1].Key] && i == 0
		if w.Name == nil && w.Informative() && (w.Class == index.Product || beside && w.Class != index.Computing) {
			all = append(all, "*"+Echo(w.Text)+"*")
		}
	}
	return all
}

var joining = setOf("vs versus v or against") // stand between what is compared

// topic is a row with what each page says about the rest of the question, nil
// if none says anything.
func (a *Answerer) topic(ctx context.Context, q *Question, answer *Answer) (*Row, error) {
	if len(q.Rest) == 0 {
		return nil, nil
	}
	found, err := a.index.Search(ctx, index.Query{Words: q.Rest, Pages: answer.Pages, Limit: len(answer.Pages)})
	if err != nil {
		return nil, err
	}
	row := &Row{}
	for _, id := range answer.Pages {
		value := NotStated
		for _, h := range found.Hits {
			if h.Page.ID == id && h.Section != nil && h.Section.Heading != "" {
				value, row.Label = oneLine(h.Section.Body), h.Section.Heading
				answer.rest(h.Section.Rests...)
			}
		}
		row.Values = append(row.Values, value)
	}
	if row.Label == "" {
		return nil, nil
	}
	return row, nil
}

// comparison is a table of the same facts for each page: what is asked for
// first, then what differs, then what is the same.
func (a *Answerer) comparison(pages []*index.Page, first []*attribute) *Answer {
	answer := &Answer{Kind: ComparisonKind, Table: &Table{}, Ref: versusRef(pages, first)}
	titles := make([]string, len(pages))
	for i, p := range pages {
		titles[i] = p.Title
		answer.Pages = append(answer.Pages, p.ID)
		answer.Asks = append(answer.Asks, pageAsk("All about "+p.Title, p))
		for i := range p.Facts {
			answer.rest(p.Facts[i].Source)
		}
	}
	answer.Title = strings.Join(titles, " and ")
	if len(titles) > 2 {
		answer.Title = and(titles)
	}
	answer.Table.Columns = titles
	answer.Table.Rows = rows(pages, first)
	answer.Text = differences(answer.Table)
	return answer
}

// versusRef names the comparison; what was asked for first is left out where it has no room.
func versusRef(pages []*index.Page, first []*attribute) Ref {
	if r := newRef(refVs, tokens(pages), keysOf(first)); r != "" {
		return r
	}
	return newRef(refVs, tokens(pages))
}

// rows has a row for each fact that at least one page states.
func rows(pages []*index.Page, first []*attribute) []Row {
	var asked, differ, same []Row
	for _, k := range index.FactKeys {
		row := Row{Label: k.Label, Same: true}
		stated := false
		for _, p := range pages {
			value := NotStated
			if f := p.Fact(k.Key); f != nil {
				value, stated = factText(f), true
			}
			row.Values = append(row.Values, value)
			row.Same = row.Same && value == row.Values[0]
		}
		switch {
		case !stated:
		case slices.ContainsFunc(first, func(at *attribute) bool { return at.key == k.Key }):
			asked = append(asked, row)
		case row.Same:
			same = append(same, row)
		default:
			differ = append(differ, row)
		}
	}
	return slices.Concat(asked, differ, same)
}

// manyFacts is how many facts nobody wants to hear listed.
const manyFacts = 5

// differences says in one line what the table shows, for those who hear it read.
func differences(t *Table) string {
	var differ, same []string
	for _, r := range t.Rows {
		if r.Same {
			same = append(same, strings.ToLower(r.Label))
		} else {
			differ = append(differ, r.Label)
		}
	}
	text := "They differ in " + strings.ToLower(and(differ)) + "."
	switch {
	case len(differ) == 0:
		text = "The pages state no difference."
	case len(differ) > manyFacts && len(same) == 0:
		text = "They differ in all " + count(len(differ), "fact") + "."
	case len(differ) > manyFacts:
		text = "They differ in " + strconv.Itoa(len(differ)) + " of " + count(len(t.Rows), "fact") + "."
	}
	if len(same) > 0 {
		text += " The same: " + and(same) + "."
	}
	return strings.NewReplacer("orm", "ORM").Replace(text)
}
