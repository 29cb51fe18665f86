package markdown

import "strings"

// strike is what a text is struck through with. CommonMark does not know it,
// but people write it.
const strike = "~~"

// struck takes the marks off what is struck through. Marks that are no pair stay.
func struck(all []Span) []Span {
	last := len(all) - 1 // the last span that can end what is struck through
	for last >= 0 && mark(all[last], true) < 0 {
		last--
	}
	if last < 0 {
		return all
	}
	var out []Span
	from := -1 // the span in out behind the mark that began it
	for i, s := range all {
		for at := mark(s, from >= 0); at >= 0; at = mark(s, from >= 0) {
			if from < 0 && i >= last && mark(Span{Text: s.Text[at+len(strike):]}, true) < 0 {
				break // nothing ends it
			}
			if before := s; at > 0 {
				before.Text = s.Text[:at]
				out = append(out, before)
			}
			if s.Text = s.Text[at+len(strike):]; from < 0 {
				from = len(out)
				continue
			}
			for j := from; j < len(out); j++ {
				out[j].Struck = !out[j].Break
			}
			from = -1
		}
		if s.Text != "" || s.Break {
			out = append(out, s)
		}
	}
	return out
}

// mark is where in a span a mark is that can begin or end what is struck
// through, -1 if nowhere: no blank is between it and the text.
func mark(s Span, ends bool) int {
	if s.Code {
		return -1
	}
	for at := 0; ; {
		n := strings.Index(s.Text[at:], strike)
		if n < 0 {
			return -1
		}
		at += n
		rest := strings.TrimLeft(s.Text[at:], "~")
		if length := len(s.Text) - at - len(rest); length != len(strike) {
			at += length
			continue
		}
		if ends && (at == 0 || s.Text[at-1] != ' ') || !ends && !strings.HasPrefix(rest, " ") {
			return at
		}
		at += len(strike)
	}
}
