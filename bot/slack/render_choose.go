package slack

import (
	"strconv"

	"github.com/slack-go/slack"

	"frameworkbot/bot/markdown"
)

// A room is how much of a page its card says.
type room struct {
	summary int // units of the summary
	named   int // of an item that has a name: a feature
	bullet  int // of any other item
	items   int // of each part
}

// fewWords is what can be said of something that has a name: less says nothing.
const fewWords = 45

// smallest is what a card says of any page, if its text is not too long for that.
var smallest = []room{{0, 80, 70, 3}, {0, 70, 70, 3}, {0, 50, 70, 3}, {0, 60, 60, 2}, {0, 50, 50, 1}}

// larger are the ways to say more, the most useful first. Each is taken if the
// card stays short enough.
var larger = []func(*room){
	func(r *room) { r.bullet = 90 },
	func(r *room) { r.named = 95 },
	func(r *room) { r.named = 110 },
	func(r *room) { r.named = 125 },
	func(r *room) { r.named = 150 },
	func(r *room) { r.summary = 400 },
	func(r *room) { r.bullet = 140 },
	func(r *room) { r.items = 4 },
	func(r *room) { r.named = 220 },
	func(r *room) { r.items = 6 },
	func(r *room) { r.summary = 700 },
	func(r *room) { r.named = 400 },
}

// A line is what a card shows of one claim, or a heading.
type line struct {
	heading string                  // with how many items of how many are shown; the rest is empty then
	text    []slack.RichTextElement // of a part that is shown as it is written, with its heading
	part    string                  // heading under which the claim stands, "" in the summary
	claim   *claim
	whole   int // sentences that are shown in full
	cut     int // bytes that are shown of the next one, 0 for none
}

// choose is what fits into at most most units, if the page can be cut to that.
func (p *page) choose(most int) []line {
	best, lines := smallest[len(smallest)-1], []line(nil)
	fits := func(r room) bool {
		lines = p.lines(r, lines[:0])
		return p.size(lines) <= most
	}
	for _, r := range smallest {
		if fits(r) {
			best = r
			break
		}
	}
	for _, enlarge := range larger {
		next := best
		if enlarge(&next); fits(next) {
			best = next
		}
	}
	return p.lines(best, lines[:0])
}

// lines are what the card shows with that much room.
func (p *page) lines(r room, out []line) []line {
	out = p.summarise(r.summary, out)
	for i := range p.parts {
		part := &p.parts[i]
		if len(part.text) > 0 {
			out = append(out, line{text: part.text})
			continue
		}
		if len(part.claims) == 0 {
			continue
		}
		shown := min(len(part.claims), r.items)
		heading := part.heading
		if shown < len(part.claims) && heading != "" {
			heading += " (" + strconv.Itoa(shown) + " of " + strconv.Itoa(len(part.claims)) + ")"
		}
		out = append(out, line{heading: heading})
		for k := range part.claims[:shown] {
			out = append(out, itemLine(part.heading, &part.claims[k], r))
		}
	}
	return out
}

// summarise is the first paragraph, and those after it that there is room for.
// A paragraph that is corrected is shown with its note or not at all: no menu has it.
func (p *page) summarise(most int, out []line) []line {
	for i := range p.summary {
		cl := &p.summary[i]
		l := line{claim: cl}
		for k := range cl.sentences {
			n := cl.sentences[k].size
			if k > 0 && n > most {
				break
			}
			l.whole, most = k+1, most-n
		}
		most -= spansSize(cl.note)
		if i > 0 && (most < 0 || l.whole < len(cl.sentences)) {
			break
		}
		out = append(out, l)
	}
	return out
}

// itemLine is what an item says first. Of one that has a name and says in a few
// words nothing whole, the name is enough.
func itemLine(heading string, cl *claim, r room) line {
	l := line{part: heading, claim: cl}
	if len(cl.sentences) == 0 {
		return l
	}
	first := &cl.sentences[0]
	switch most := r.named - spansSize(cl.name); {
	case len(cl.name) == 0:
		l.cut = wordsWithin(first.text, r.bullet)
	case most < fewWords:
		l.cut = clausesWithin(first.text, most)
	default:
		l.cut = wordsWithin(first.text, most)
	}
	if l.cut == len(first.text) {
		l.whole, l.cut = 1, 0
	}
	return l
}

// size is how long the card's lines are, with what explains their sources.
func (p *page) size(lines []line) int {
	t := tally{page: p, total: len("and 99 more")}
	for i := range lines {
		t.line(&lines[i])
	}
	if !t.main && len(p.sources) > 0 { // then it is named beside those of the claims
		title, date := sourceText(p.sources[0])
		t.total += len("Source: ") + units(title) + units(date)
	}
	return t.total
}

// A tally adds up how long a card is.
type tally struct {
	page      *page
	total     int
	used      []bool // labels
	main      bool   // the page's main source is among them
	corrected string // the last heading below which a claim is corrected
}

func (t *tally) line(l *line) {
	t.total += units(l.heading)
	if l.claim == nil {
		return
	}
	t.total += spansSize(l.claim.name) + 1
	for k := range l.claim.sentences[:min(len(l.claim.sentences), max(l.whole, 1))] {
		s := &l.claim.sentences[k]
		if k < l.whole {
			t.total += s.size + 1
		} else {
			t.total += units(s.text[:l.cut]) + 1
		}
		t.source(s.source)
	}
	switch {
	case len(l.claim.note) == 0:
	case l.part == "":
		t.total += spansSize(l.claim.note)
		for _, s := range l.claim.noted {
			t.source(s.source)
		}
	default:
		t.total += len(" " + correctedMark)
		if t.corrected != l.part {
			t.corrected = l.part
			t.total += units(correctedClaims) + units(l.part) + len(" > .")
		}
	}
}

// source counts the number of a source, and its label when that is used first.
func (t *tally) source(text string) {
	i := t.page.label(text)
	if i < 0 {
		return
	}
	for i >= len(t.used) {
		t.used = append(t.used, false)
	}
	t.total += len(" [9]")
	if !t.used[i] {
		t.used[i] = true
		t.total += t.page.labels[i].size
		t.main = t.main || t.page.labels[i].of == 0
	}
}

// spansSize is how long spans are.
func spansSize(spans []markdown.Span) int {
	n := 0
	for i := range spans {
		n += units(spanText(&spans[i]))
	}
	return n
}
