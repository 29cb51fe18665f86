package discord

import (
	"slices"
	"strings"

	"frameworkbot/bot"
)

// A sheet is an answer in Discord's Markdown, before it is known how much room
// there is and in which style it is shown.
type sheet struct {
	lead    string // to whom it is, who shared it; "" if nobody
	title   string // plain text
	url     string // what the title leads to, "" if nowhere
	parts   []part // from top to bottom; if there is no room, the last ones go
	posts   []post // results that have a button of their own
	sources []bot.Source
	small   []string // small print, plain text
	rows    []component
	colour  int
	more    bool // a menu has the rest of the page
}

// A part is a piece of a sheet.
type part struct {
	heading string // plain text, "" for none

	// fill renders as much as there is room for, and reports whether that was all.
	fill func(room space) (text string, whole bool)
}

// Limits of our own.
const (
	maxHeading = 100 // characters of a title or a heading
	maxHeaded  = 20  // parts with a heading: in an embed they are fields
	maxThanks  = 200
)

// newSheet puts together what an answer has.
func newSheet(a *bot.Answer, o options) *sheet {
	s := &sheet{
		lead: lead(o), title: oneLine(a.Title, maxHeading), url: a.URL, rows: rows(a, o),
		sources: a.Sources, small: small(a, o), colour: accent(languageOf(a)), more: hasMore(a),
	}
	s.add("", head(a))
	s.add("", words(a))
	s.add("", facts(a))
	s.table(a.Table)
	s.sections(a)
	s.results(a, o)
	s.add("", unpressed(a))
	return s
}

// add adds a part of chunks, unless there are none.
func (s *sheet) add(heading string, list []chunk) {
	if len(list) == 0 {
		return
	}
	heading = oneLine(heading, maxHeading)
	if heading != "" && len(s.parts) >= maxHeaded {
		list = append([]chunk{{text: "**" + escapeRun(heading) + "**"}}, list...)
		heading = ""
	}
	s.parts = append(s.parts, part{heading, func(room space) (string, bool) { return flow(list, room) }})
}

// lead says whom the card is for and who shared it. A mention in it pings only
// whom [options] name as mentioned.
func lead(o options) string {
	var words []string
	if isSnowflake(o.mention) {
		words = append(words, "For <@"+o.mention+">")
	}
	if isSnowflake(o.sharedBy) {
		text := "Shared by <@" + o.sharedBy + ">"
		if asked := bot.Echo(o.asked); asked != "" {
			text += ", who asked: “" + escapeRun(asked) + "”"
		}
		words = append(words, text)
	}
	return strings.Join(words, " · ")
}

// head is the line below the name, and what has to be said before the answer.
func head(a *bot.Answer) []chunk {
	var out []chunk
	if line := factLine(a.Facts); line != "" {
		out = append(out, chunk{text: line})
	}
	for _, note := range a.Notes {
		for i, c := range chunks(note) {
			c.tight = i == 0
			out = append(out, c)
		}
	}
	return out
}

// words are the answer itself. Facts are one line each, without a gap.
func words(a *bot.Answer) []chunk {
	list := slices.Clone(pageTextOf(a, a.Text).chunks)
	for i := range list {
		list[i].tight = list[i].tight || a.Kind == bot.FactKind
	}
	return list
}

// unpressed are the questions that no button can carry.
func unpressed(a *bot.Answer) []chunk {
	var texts []string
	for _, ask := range a.Asks {
		if text := bot.Echo(ask.Text); ask.Ref == "" && text != "" {
			texts = append(texts, "“"+escapeRun(text)+"”")
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return []chunk{{text: asSmall("You can also ask: " + strings.Join(texts, " · "))}}
}

// small are the lines of small print below the sources.
func small(a *bot.Answer, o options) []string {
	var last []string
	if reviewed := oneLine(a.Reviewed, maxHeading); reviewed != "" {
		last = append(last, reviewed)
	}
	if asked := bot.Echo(o.asked); asked != "" && o.sharedBy == "" {
		last = append(last, askedWords(o)+"“"+asked+"”")
	}
	var out []string
	for _, s := range []string{oneLine(o.thanks, maxThanks), strings.Join(last, " · ")} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// askedWords introduce what was asked, to who asked or to everybody.
func askedWords(o options) string {
	if o.private {
		return "You asked: "
	}
	return "Asked: "
}

// hasMore reports whether this is the card of a page with a menu that leads to
// its parts, so that the card itself can be short. A part is shown whole.
func hasMore(a *bot.Answer) bool {
	isPart := slices.ContainsFunc(a.More, func(ask bot.Ask) bool { return ask.Ref == a.Ref })
	hasParts := slices.ContainsFunc(a.More, func(ask bot.Ask) bool { return ask.Ref != "" })
	return a.Text != "" && len(a.Sections) > 0 && hasParts && !isPart
}
