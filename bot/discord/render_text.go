package discord

import "strings"

// plain is the card as a message like those that people write. Links in it make
// no previews.
func (s *sheet) plain() message {
	l := s.layout(s.heading(), frame{space{maxContent, maxBytes}, maxContent, maxContent, 450})
	texts := l.texts()
	if s.lead != "" {
		texts = append([]string{s.lead}, texts...)
	}
	if end := l.end(); end != "" {
		texts = append(texts, end)
	}
	content := strings.Join(texts, gap)
	return message{Content: &content, Embeds: []embed{}, Components: orEmpty(s.rows), Flags: flagSuppressEmbeds}
}

// orEmpty is never nil: that there are no components is said.
func orEmpty(list []component) []component {
	if list == nil {
		return []component{}
	}
	return list
}
