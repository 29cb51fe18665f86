package slack

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// Sources at the end of a card: as many as can be taken in.
const (
	fewSources    = 3
	maxSourceName = 120
)

// sources is the line on what the answer rests on, and of when.
func (c *card) sources() []slack.MixedElement {
	if len(c.Sources) > 1 {
		return sourceLine("Sources:", c.Sources, fewSources)
	}
	return sourceLine("Source:", c.Sources, fewSources)
}

// sourceLine names the first sources, with links, and counts the rest.
func sourceLine(first string, all []bot.Source, most int) []slack.MixedElement {
	var out []slack.MixedElement
	for _, s := range all[:min(len(all), most)] {
		spans := append(words(first), sourceSpans(s)...)
		if first != "" {
			spans[0].Text += " "
		}
		out, first = append(out, lineOf(spans, maxSection)), ""
	}
	if n := len(all) - most; n > 0 {
		out = append(out, plainText("and "+count(n, "more source"), maxSection))
	}
	return out
}

// sourceSpans are a source's title, linked, and its date.
func sourceSpans(s bot.Source) []markdown.Span {
	title, date := sourceText(s)
	spans := []markdown.Span{{Text: title, Link: shortAddress(s.Link)}}
	if date != "" {
		spans = append(spans, markdown.Span{Text: date})
	}
	return spans
}

// sourceText is a source's title, and its date to stand behind that unless the title ends with it.
func sourceText(s bot.Source) (title, date string) {
	title, date = shorten(oneLine(s.Title), maxSourceName), shorten(oneLine(s.Date), maxMeta)
	if date == "" || strings.HasSuffix(title, " "+date) {
		return title, ""
	}
	return title, ", " + date
}

// sourceOf is the one source that a label can mean, by its date; -1 if that is unclear.
func sourceOf(label string, all []bot.Source) int {
	found := -1
	for i, s := range all {
		if s.Date == "" || label != s.Date && !strings.HasSuffix(label, ", "+s.Date) && !strings.Contains(" "+label+" ", " "+s.Date+" ") {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// footer adds the small print.
func (c *card) footer(lines ...[]slack.MixedElement) {
	for _, l := range lines {
		if len(l) > 0 {
			c.foot = append(c.foot, slack.NewContextBlock("", l[:min(len(l), maxContext)]...))
		}
	}
}

// count is "1 page", "7 pages"; "more" has no plural.
func count(n int, noun string) string {
	if n != 1 && noun != "more" {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
