package slack

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// What tells that a claim has a note that the card has no room for, and where that is.
const (
	correctedMark   = "corrected"
	correctedClaims = "Corrected claims: see " + moreLabel
)

// A liner makes blocks of the lines that were chosen.
type liner struct {
	page      *page
	labels    []int    // in the order of their numbers
	corrected []string // headings under which a claim is shown without its note
}

// blocks are the summary, the parts, and the small print.
func (p *page) blocks(lines []line) (summary, parts []slack.Block, small [][]slack.MixedElement) {
	ln := liner{page: p}
	first := slices.IndexFunc(lines, func(l line) bool { return l.claim == nil })
	if first < 0 {
		first = len(lines)
	}
	var c card
	c.rich(&richText{elements: slices.Concat(p.text, ln.summary(lines[:first]))})
	summary, c.main = c.main, nil
	for _, part := range splitAtHeadings(lines[first:]) {
		if part[0].text != nil {
			c.rich(&richText{elements: part[0].text})
			continue
		}
		c.rich(&richText{elements: ln.part(part)})
	}
	return summary, c.main, [][]slack.MixedElement{ln.sources(), ln.corrections()}
}

// splitAtHeadings are the lines of each part.
func splitAtHeadings(lines []line) [][]line {
	var out [][]line
	for i := range lines {
		if lines[i].claim == nil {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], lines[i])
	}
	return out
}

// summary is a paragraph for each claim, with its note below it.
func (ln *liner) summary(lines []line) []slack.RichTextElement {
	r := richText{room: maxRichTexts, between: "\n"}
	for i := range lines {
		l := &lines[i]
		r.paragraph(ln.claim(l))
		if inline := r.inline(ln.sentences(l.claim.noted, len(l.claim.noted), 0)); len(inline) > 0 {
			r.add(&slack.RichTextQuote{Type: slack.RTEQuote, Elements: inline})
		}
	}
	return r.elements
}

// part is a heading and its items.
func (ln *liner) part(lines []line) []slack.RichTextElement {
	r := richText{room: maxRichTexts}
	r.paragraph(boldWords(lines[0].heading))
	list := &richList{Type: slack.RTEList, Style: slack.RTEListBullet}
	for i := range lines[1:] {
		if inline := r.inline(ln.claim(&lines[1+i])); len(inline) > 0 {
			list.Elements = append(list.Elements, slack.NewRichTextSection(inline...))
		}
	}
	if len(list.Elements) > 0 {
		r.add(list)
	}
	return r.elements
}

// claim is what a line says.
func (ln *liner) claim(l *line) []markdown.Span {
	out := slices.Clone(l.claim.name)
	if said := ln.sentences(l.claim.sentences, l.whole, l.cut); len(said) > 0 {
		if len(out) > 0 && !strings.HasPrefix(said[0].Text, " ") {
			out = append(out, markdown.Span{Text: " "})
		}
		out = append(out, said...)
	}
	if l.part != "" && len(l.claim.note) > 0 {
		out = append(out, markdown.Span{Text: " "}, markdown.Span{Text: correctedMark, Italic: true})
		if !slices.Contains(ln.corrected, l.part) {
			ln.corrected = append(ln.corrected, l.part)
		}
	}
	return out
}

// sentences are the first whole ones and a part of the next, each followed by
// the number of its source unless the next has the same.
func (ln *liner) sentences(all []sentence, whole, cut int) []markdown.Span {
	var out []markdown.Span
	for i := range all {
		s := &all[i]
		if i > 0 && i < whole {
			out = append(out, markdown.Span{Text: " "})
		}
		switch {
		case i < whole:
			out = append(out, s.spans...)
		case i > 0:
			return out
		case cut > 0:
			out = append(out, cutAt(s.spans, s.text[:cut])...)
		}
		if i+1 >= whole || all[i+1].source != s.source {
			out = append(out, ln.number(s.source)...)
		}
	}
	return out
}

// number is the number of a source, to stand behind what is from it.
func (ln *liner) number(source string) []markdown.Span {
	label := ln.page.label(source)
	if label < 0 {
		return nil
	}
	i := slices.Index(ln.labels, label)
	if i < 0 {
		i = len(ln.labels)
		ln.labels = append(ln.labels, label)
	}
	return []markdown.Span{{Text: " [" + strconv.Itoa(i+1) + "]"}}
}

// sources explains the numbers, after the sources that texts name, and the
// page's main source if nothing has that one; it counts the others.
func (ln *liner) sources() []slack.MixedElement {
	all := ln.page.sources
	lead := slices.Clone(ln.page.cited)
	if len(ln.labels)+len(lead) == 0 {
		return sourceLine("Source:", all, 1)
	}
	var out []slack.MixedElement
	rest, main := len(all), false
	for i, k := range ln.labels {
		l := &ln.page.labels[k]
		main, rest = main || l.of == 0, rest-1
		lead = slices.DeleteFunc(lead, func(i int) bool { return i == l.of })
		out = append(out, lineOf(words("["+strconv.Itoa(i+1)+"] "+l.full), maxSection))
	}
	if !main && len(all) > 0 && !slices.Contains(lead, 0) {
		lead = slices.Insert(lead, 0, 0)
	}
	rest -= len(lead)
	out = append(leadLine(all, lead), out...)
	out = out[:min(len(out), maxContext-1)]
	if rest > 0 {
		out = append(out, plainText("and "+count(rest, "more"), maxSection))
	}
	return out
}

// leadLine names the sources that have no number.
func leadLine(all []bot.Source, lead []int) []slack.MixedElement {
	some := make([]bot.Source, len(lead))
	for i, k := range lead {
		some[i] = all[k]
	}
	if len(some) > 1 {
		return sourceLine("Sources:", some, len(some))
	}
	return sourceLine("Source:", some, 1)
}

// corrections says where the notes are that the card has no room for.
func (ln *liner) corrections() []slack.MixedElement {
	if len(ln.corrected) == 0 {
		return nil
	}
	return []slack.MixedElement{plainText(correctedClaims+" → "+strings.Join(ln.corrected, ", ")+".", maxSection)}
}
