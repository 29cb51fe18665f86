package discord

import (
	"strconv"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// How many points a section of a card with a menu has: fewer after a summary
// that is long, so that a card stays one.
const (
	maxPoints   = 3
	fewPoints   = 2
	longSummary = 600
)

// sections adds the parts of a page. Where a menu has the rest, of points that
// have a name it is only that: what the sources say of each, and what has to be
// said to that, does not fit on a card, and one without the other would not be
// honest. Of other points it is the first few.
func (s *sheet) sections(a *bot.Answer) {
	explained := false
	for _, part := range a.Sections {
		text := pageTextOf(a, part.Text)
		if !s.more || len(text.names) == 0 {
			s.add(part.Heading, s.points(text.chunks, a))
			continue
		}
		list := []chunk{{text: guardStart(strings.Join(text.names, " · "))}}
		if !explained {
			list = append(list, chunk{text: asSmall("What the sources say of each, with corrections: in the menu"), tight: true})
		}
		explained = true
		s.add(part.Heading, list)
	}
}

// points are a section as it is, or its first few points.
func (s *sheet) points(list []chunk, a *bot.Answer) []chunk {
	most := maxPoints
	if units(a.Text) > longSummary {
		most = fewPoints
	}
	if left := len(list) - most; s.more && left > 0 {
		return append(list[:most:most], chunk{text: asSmall(strconv.Itoa(left) + " more in the menu"), tight: true})
	}
	return list
}

// pointNames are the names of the points of a list, nil unless all have one.
func pointNames(blocks []markdown.Block) []string {
	var out []string
	for _, b := range blocks {
		if b.Kind != markdown.List {
			return nil
		}
		for _, item := range b.Items {
			if len(item) == 0 || len(item[0].Spans) == 0 || !item[0].Spans[0].Bold {
				return nil
			}
			if name := strings.TrimRight(item[0].Spans[0].Text, ".: "); name != "" {
				out = append(out, escapeRun(name))
			}
		}
	}
	return out
}
