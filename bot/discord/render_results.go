package discord

import (
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// maxResult is how many characters of the line about a result are shown.
const maxResult = 240

// results adds the list to choose from: a part for each group.
func (s *sheet) results(a *bot.Answer, o options) {
	if o.replyTo != "" && len(a.Results) > 0 && o.style != Embed && o.style != Text && len(a.Results) <= maxButtons {
		s.postable(a, o)
		return
	}
	if a.Kind == bot.HelpKind && tooLong(a.Results, o.style) {
		s.add("", named(a.Results))
		return
	}
	var list []chunk
	group := ""
	for i, r := range a.Results {
		if i > 0 && r.Group != group {
			s.add(group, list)
			list = nil
		}
		group = r.Group
		if text := resultText(r); text != "" {
			list = append(list, chunk{text: "- " + text, tight: true})
		}
	}
	s.add(group, list)
}

// How long the lines of all pages may be together before they are only named,
// so that no page is left out. Those of a group have to fit into the field of an
// embed.
const (
	maxBrowse     = 3000
	maxBrowseText = 1500 // of [maxContent]
)

// tooLong reports whether a card has no room for the lines of all results.
func tooLong(results []bot.Result, style string) bool {
	room, field := maxBrowse, maxFieldValue
	if style == Text {
		room, field = maxBrowseText, maxBrowseText
	}
	inGroup := 0
	for i, r := range results {
		if i > 0 && r.Group != results[i-1].Group {
			inGroup = 0
		}
		line := units("- " + resultText(r) + "\n")
		room -= line
		inGroup += line
		if room < 0 || inGroup > field {
			return true
		}
	}
	return false
}

// named are the names of results, a line for each group.
func named(results []bot.Result) []chunk {
	var list []chunk
	for i, r := range results {
		name := escapeRun(oneLine(r.Title, maxHeading))
		if i > 0 && r.Group == results[i-1].Group {
			list[len(list)-1].text += " · " + name
			continue
		}
		if group := oneLine(r.Group, maxHeading); group != "" {
			name = "**" + escapeRun(group) + "**: " + name
		}
		list = append(list, chunk{text: "- " + name, tight: true})
	}
	return list
}

// A post is a result that can be posted as a reply.
type post struct {
	text   string // Markdown
	button component
}

// postable makes of each result a row of its own with a button, in place of the
// buttons below.
func (s *sheet) postable(a *bot.Answer, o options) {
	b := newBoard(a, o)
	for _, r := range a.Results {
		if text := resultText(r); r.Ref != "" && text != "" {
			s.posts = append(s.posts, post{text, b.button(secondaryButton, postLabel, b.post(r.Ref))})
		}
	}
	s.rows = nil
}

// resultText is one result: its name in bold, which its text may begin with.
func resultText(r bot.Result) string {
	title := oneLine(r.Title, maxHeading)
	text := cut(plainText(r.Text), maxResult)
	bold := "**" + escapeRun(title) + "**"
	rest, begins := strings.CutPrefix(text, title)
	switch {
	case title == "":
		return escape(text)
	case begins && (rest == "" || strings.ContainsAny(rest[:1], " ,.;:")):
		return bold + escapeRun(rest)
	case text == "":
		return bold
	}
	return bold + ": " + escapeRun(text)
}

// plainText is CommonMark on one line without its markup: pages are quoted in
// lists as they are written.
func plainText(src string) string {
	var words []string
	for _, b := range markdown.Parse(src) {
		words = append(words, blockText(b))
	}
	return markdown.OneLine(strings.Join(words, " "))
}

func blockText(b markdown.Block) string {
	words := []string{b.Text, markdown.Plain(b.Spans)}
	for _, inner := range append([][]markdown.Block{b.Blocks}, b.Items...) {
		for _, one := range inner {
			words = append(words, blockText(one))
		}
	}
	for _, row := range b.Rows {
		for _, cell := range row {
			words = append(words, markdown.Plain(cell))
		}
	}
	return strings.Join(words, " ")
}
