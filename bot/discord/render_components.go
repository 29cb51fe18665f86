package discord

import (
	"slices"
	"strings"
)

// maxTexts is how many text displays a card is divided into: with all buttons
// and menus there are fewer components then than [maxComponents].
const maxTexts = 10

// components is the card in a container that has the colour of its language.
func (s *sheet) components() message {
	bytes := maxBytes - size(s.rows) - maxComponents*bytesPerComponent
	l := s.layout(s.heading(), frame{space{maxText, bytes}, maxText, maxText, 1200})
	texts := l.texts()
	if len(texts) > maxTexts {
		texts = append(texts[:maxTexts-1], strings.Join(texts[maxTexts-1:], gap))
	}
	var inside []component
	for _, t := range texts {
		inside = append(inside, textDisplay(t))
	}
	for _, p := range s.posts {
		inside = append(inside, component{Type: sectionKind, Components: []component{textDisplay(p.text)}, Accessory: &p.button})
	}
	if end := l.end(); end != "" {
		inside = append(inside, component{Type: separatorKind}, textDisplay(end))
	}
	inside = slices.Concat(inside, s.rows)
	var all []component
	if s.lead != "" {
		all = append(all, textDisplay(s.lead))
	}
	all = append(all, component{Type: containerKind, AccentColor: s.colour, Components: inside})
	return message{Components: all, Flags: flagComponentsV2}
}

func textDisplay(s string) component { return component{Type: textKind, Content: s} }

// heading is the name of the answer as a heading that leads to its page.
func (s *sheet) heading() string {
	if s.title == "" {
		return ""
	}
	return "## " + link(s.title, s.url)
}
