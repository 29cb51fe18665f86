package web

import (
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// An answered turn is a question and its answer as the conversation shows it.
type answered struct {
	turn
	Selected bool
	Brief    bool // only the title: the whole is one press away
	Notes    [][]span
	Body     []node
	Link     string // what the title leads to
	Parts    []part
	Groups   []group
	NotThis  string // label of the button for another meaning, "" for none
	Thread   string // which view its buttons keep
}

// A part is a headed part of a card.
type part struct {
	Heading string
	Ask     *bot.Ask // shows it alone, nil if nothing does
	Body    []node
}

// A group is results under one heading.
type group struct {
	Heading string
	Results []result
}

// A result is an entry of a list.
type result struct {
	bot.Result
	Said []span
}

// wholeTurns is how many of the last answers are shown as a whole.
const wholeTurns = 4

// answers are the turns as they are shown, oldest first; view is what is shown beside them.
func answers(turns []turn, selected int, view string) []answered {
	all := make([]answered, 0, len(turns))
	for i, t := range turns {
		a := answered{turn: t, Selected: t.N == selected, Thread: view}
		a.Brief = !a.Selected && i < len(turns)-wholeTurns
		if !a.Brief {
			a.fill()
		}
		all = append(all, a)
	}
	return all
}

// fill takes the answer's texts apart.
func (a *answered) fill() {
	answer := a.Answer
	for _, n := range answer.Notes {
		a.Notes = append(a.Notes, inlineMark(n))
	}
	a.Body = commonMark(answer.Text)
	a.Link = markdown.Address(answer.URL)
	for _, s := range answer.Sections {
		p := part{Heading: s.Heading, Body: commonMark(s.Text)}
		for i := range answer.More {
			if answer.More[i].Label == s.Heading {
				p.Ask = &answer.More[i]
			}
		}
		a.Parts = append(a.Parts, p)
	}
	for _, r := range answer.Results {
		if last := len(a.Groups) - 1; last < 0 || a.Groups[last].Heading != r.Group {
			a.Groups = append(a.Groups, group{Heading: r.Group})
		}
		g := &a.Groups[len(a.Groups)-1]
		g.Results = append(g.Results, result{r, inlineMark(r.Text)})
	}
	if answer.NotThis != "" {
		a.NotThis = notThisLabel
	}
}

// Failed reports whether the bot failed or had no time.
func (a *answered) Failed() bool {
	return a.Answer.Kind == bot.FailedKind || a.Answer.Kind == bot.BusyKind
}

// sourceDate is the date of a source, "" if its title says it.
func sourceDate(s bot.Source) string {
	if s.Date == "" || strings.Contains(s.Title, s.Date) {
		return ""
	}
	return s.Date
}
