package discord

import (
	"slices"
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
	list = slices.DeleteFunc(slices.Clone(list), func(s bot.Source) bool { return strings.TrimSpace(s.Title) == "" })
	word := "Sources: "
	if len(list) == 1 {
		word = "Source: "
	}
	most = min(most, len(list))
	texts := make([]sourceText, most)
	for i := range texts {
		texts[i] = pageSources.get(list[i], sourceTextOf)
	}
	for _, links := range []bool{true, false} {
		for n := most; n > 0; n-- {
			if text := word + joinSources(texts[:n], links, len(list)-n); room.holds(text) {
				return text
			}
			if links {
				break // rather all of them without links
			}
		}
	}
	return ""
}

// A sourceText is a source with its date, in Markdown.
type sourceText struct{ linked, plain string }

func sourceTextOf(s bot.Source) sourceText {
	title, date := oneLine(s.Title, maxSource), oneLine(s.Date, maxSource)
	if date != "" {
		date = ", " + escapeRun(date)
	}
	return sourceText{link(title, s.Link) + date, escapeRun(title) + date}
}

func joinSources(texts []sourceText, links bool, more int) string {
	out := make([]string, len(texts), len(texts)+1)
	for i, t := range texts {
		if out[i] = t.plain; links {
			out[i] = t.linked
		}
	}
	if more > 0 {
		out = append(out, "and "+strconv.Itoa(more)+" more")
	}
	return strings.Join(out, " · ")
}
