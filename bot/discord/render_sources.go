package discord

import (
	"strconv"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
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
	word := "Sources: "
	if len(list) == 1 {
		word = "Source: "
	}
	most = min(most, len(list))
	for _, links := range []bool{true, false} {
		if text := word + sourceTexts(list, most, links); most > 0 && room.holds(text) {
			return text
		}
	}
	for n := most - 1; n > 0; n-- {
		if text := word + sourceTexts(list, n, false); room.holds(text) {
			return text
		}
	}
	return ""
}

// sourceTexts are the first n sources.
func sourceTexts(list []bot.Source, n int, links bool) string {
	out := make([]string, 0, n+1)
	for _, s := range list[:n] {
		title := bot.Shorten(markdown.OneLine(s.Title), maxSource)
		text := escapeRun(title)
		if links {
			text = link(title, s.Link)
		}
		if date := bot.Shorten(markdown.OneLine(s.Date), maxSource); date != "" {
			text += ", " + escapeRun(date)
		}
		out = append(out, text)
	}
	if n < len(list) {
		out = append(out, "and "+strconv.Itoa(len(list)-n)+" more")
	}
	return strings.Join(out, " · ")
}
