package discord

import "strings"

// embedded is the card as an embed. Whom it is for stands before it: a mention
// in an embed pings nobody.
func (s *sheet) embedded() message {
	e := embed{Color: s.colour, Title: escape(s.title)}
	if units(e.Title) > maxTitle {
		e.Title = escape(cut(s.title, maxTitle/3))
	}
	target, host := safeAddress(s.url)
	if misleads(s.title, host) && target != "" {
		e.Description = "[" + escapeRun(host) + "](" + target + ")"
	} else {
		e.URL = target
	}
	l := s.layout(e.Description, frame{
		all:   space{maxEmbed - units(e.Title), maxBytes - size(s.rows)},
		plain: maxDescription - units(e.Description+gap), headed: maxFieldValue, sources: maxFieldValue,
	})
	e.add(l)
	return message{Content: &s.lead, Embeds: []embed{e}, Components: orEmpty(s.rows)}
}

// add adds what was laid out: what has a heading as fields.
func (e *embed) add(l layout) {
	for _, b := range l.blocks {
		if b.heading != "" {
			e.Fields = append(e.Fields, field{Name: b.heading, Value: b.text})
			continue
		}
		e.Description = strings.TrimPrefix(e.Description+gap+b.text, gap)
	}
	if word, list, found := strings.Cut(l.sources, ": "); found {
		e.Fields = append(e.Fields, field{Name: word, Value: list})
	}
	if len(l.small) > 0 {
		e.Footer = &footer{cut(defuse(strings.Join(l.small, "\n")), maxFooter)}
	}
}
