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
	list = slices.DeleteFunc(slices.Clone(list), func(s bot.Source) bool { return oneLine(s.Title, maxSource) == "" })
	word := "Sources: "
	if len(list) == 1 {
		word = "Source: "
	}
	most = min(most, len(list))
	for _, links := range []bool{true, false} {
		texts := sourceTexts(list[:most], links)
		for n := most; n > 0; n-- {
			text := strings.Join(texts[:n], " · ")
			if n < len(list) {
				text += " · and " + strconv.Itoa(len(list)-n) + " more"
			}
			if room.holds(word + text) {
				return word + text
			}
			if links {
				break // rather all of them without links
			}
		}
	}
	return ""
}

func sourceTexts(list []bot.Source, links bool) []string {
	out := make([]string, len(list))
	for i, s := range list {
		title := oneLine(s.Title, maxSource)
		text := escapeRun(title)
		if links {
			text = link(title, s.Link)
		}
		if date := oneLine(s.Date, maxSource); date != "" {
			text += ", " + escapeRun(date)
		}
		out[i] = text
	}
	return out
}
