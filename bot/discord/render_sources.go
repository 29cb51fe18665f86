package discord

import (
	"strconv"
	"strings"

	"frameworkbot/bot"
)

// maxSource is how many characters of a source's title are shown; the link
// leads to the rest.
const maxSource = 40

// maxCardSources is how many sources a card with a menu names. The first ones
// are those of the summary and of the facts; the points have theirs behind them.
const maxCardSources = 7

// sources are what an answer rests on, with dates, in one line: at most most of
// them, with links if there is room for those, else as many as there is room for.
func sources(list []bot.Source, most int, room space) string {
	var all []sourceText
	for _, one := range list {
		if text := pageSources.get(one, sourceTextOf); text.plain != "" {
			all = append(all, text)
		}
	}
	word := "Sources: "
	if len(all) == 1 {
		word = "Source: "
	}
	most = min(most, len(all))
	if most > 0 {
		if text := word + joinSources(all, most, true); room.holds(text) {
			return text
		}
	}
	for n := most; n > 0; n-- { // rather all of them without links
		if text := word + joinSources(all, n, false); room.holds(text) {
			return text
		}
	}
	return ""
}

// A sourceText is a source with its date, in Markdown.
type sourceText struct{ linked, plain string }

func sourceTextOf(s bot.Source) sourceText {
	title, date := oneLine(s.Title, maxSource), oneLine(s.Date, maxSource)
	if title == "" {
		return sourceText{}
	}
	if date != "" {
		date = ", " + escapeRun(date)
	}
	return sourceText{link(title, s.Link) + date, escapeRun(title) + date}
}

// joinSources are the first n sources, and how many there are besides.
func joinSources(all []sourceText, n int, links bool) string {
	out := make([]string, n, n+1)
	for i, t := range all[:n] {
		if out[i] = t.plain; links {
			out[i] = t.linked
		}
	}
	if more := len(all) - n; more > 0 {
		out = append(out, "and "+strconv.Itoa(more)+" more")
	}
	return strings.Join(out, " · ")
}
