package slack

import (
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// Bounds of what a card shows of a page as it is written.
const (
	longestText   = 3000         // units: steps and commands are of use only if they are there
	longestFirst  = maxRichTexts // of what stands before the first heading, which no menu leads to
	leastText     = 150          // units: in less room nothing is begun that would be cut
	leastBytes    = 6000         // of text that a menu leaves room for
	claimBytes    = 5000         // of the claims beside a text
	besideBytes   = 2500         // of the sources, and of what is read aloud
	besideClaims  = 1000         // units that claims have beside a text, however long that is
	hereMark      = "**Here.** "
	betweenBlocks = "\n\n"
)

// A written text is one that is shown as it stands, with its code, its tables
// and its quotes, and not taken apart into claims.
type written struct {
	room, bytes int  // that are left for texts
	used        int  // units of what is shown
	cut         bool // a text did not fit: what follows is not begun
}

// of is a heading and the blocks below it, as far as there is room.
func (w *written) of(heading []markdown.Span, blocks []markdown.Block) []slack.RichTextElement {
	if w.cut {
		return nil
	}
	r := &richText{room: w.room}
	r.written(heading, blocks)
	r.within(w.bytes)
	w.cut = r.cut
	for _, e := range r.elements {
		s := measureRich(e)
		w.room -= s.units
		w.used += s.units
		w.bytes -= s.bytes
	}
	return r.elements
}

// written adds a heading and blocks. Of a block that there is no room for, as
// much is added as is worth it; no heading is left alone.
func (r *richText) written(heading []markdown.Span, blocks []markdown.Block) {
	if r.between = "\n"; len(heading) > 0 {
		r.paragraph(inBold(heading))
	}
	for i := range blocks {
		b := &blocks[i]
		if needs := cost(textOfSpans(flat(blocks[i : i+1]))); b.Kind == markdown.Heading && r.room < needs+leastText || r.room < min(needs, leastText) {
			r.cut = true
			if i == 0 {
				r.elements = nil
			}
			return
		}
		r.block(b, 0)
		if r.between = betweenBlocks; r.cut {
			return
		}
	}
}

// within leaves out the elements that do not fit into that many bytes. The
// first of them stays as far as it fits.
func (r *richText) within(bytes int) {
	for i, e := range r.elements {
		size := measureRich(e).bytes
		if size <= bytes {
			bytes -= size
			continue
		}
		r.cut = true
		r.elements = r.elements[:i]
		if isBegun(e, bytes-richBytes) {
			r.elements = append(r.elements, e)
		}
		return
	}
}

// isBegun cuts an element to what fits into that many bytes, and reports whether anything does.
func isBegun(e slack.RichTextElement, bytes int) bool {
	switch e := e.(type) {
	case *richList:
		e.Elements = fitting(e.Elements, bytes, func(item *slack.RichTextSection) int { return measureRich(item).bytes })
		return len(e.Elements) > 0
	case *slack.RichTextSection:
		e.Elements = inlineFitting(e.Elements, bytes)
		return len(e.Elements) > 0
	case *slack.RichTextQuote:
		e.Elements = inlineFitting(e.Elements, bytes)
		return len(e.Elements) > 0
	}
	return false
}

func inlineFitting(all []slack.RichTextSectionElement, bytes int) []slack.RichTextSectionElement {
	return fitting(all, bytes, func(e slack.RichTextSectionElement) int {
		return measureInline([]slack.RichTextSectionElement{e}).bytes
	})
}

// fitting are the first of them that fit into that many bytes.
func fitting[T any](all []T, bytes int, size func(T) int) []T {
	for i, one := range all {
		if bytes -= size(one); bytes < 0 {
			return all[:i]
		}
	}
	return all
}

// isDocument reports whether the answer is a team's own page about anything:
// nobody states facts there, or that it was reviewed, as curated pages do.
func isDocument(a *bot.Answer) bool { return a.Reviewed == "" && len(a.Facts) == 0 }

// isSummary reports whether blocks are paragraphs and the notes that correct them, or a list of claims.
func isSummary(blocks []markdown.Block) bool {
	for i := range blocks {
		switch b := &blocks[i]; b.Kind {
		case markdown.Paragraph:
		case markdown.Quote:
			if i == 0 || !isNote(b) {
				return false
			}
		default:
			if !isClaims(blocks[i : i+1]) {
				return false
			}
		}
	}
	return true
}

// isClaims reports whether blocks are lists of which each item is one
// paragraph, with the notes that correct it.
func isClaims(blocks []markdown.Block) bool {
	for i := range blocks {
		if blocks[i].Kind != markdown.List || blocks[i].Ordered {
			return false
		}
		for _, item := range blocks[i].Items {
			if len(item) == 0 || item[0].Kind != markdown.Paragraph {
				return false
			}
			for k := range item[1:] {
				if !isNote(&item[1+k]) {
					return false
				}
			}
		}
	}
	return true
}

// noted is how a note begins that corrects a claim; any other quote is one that somebody wrote.
var noted = regexp.MustCompile(`^Note \(\d{4}(?:-\d\d){0,2}\):`)

func isNote(b *markdown.Block) bool {
	return b.Kind == markdown.Quote && len(b.Blocks) > 0 && noted.MatchString(strings.TrimSpace(textOfSpans(b.Blocks[0].Spans)))
}

// headingSpans are the words of a heading, which may be CommonMark.
func headingSpans(s string) []markdown.Span {
	if s = oneLine(s); s == "" {
		return nil
	}
	if strings.ContainsAny(s, "*_`[\\&<") {
		if blocks := markdown.Parse("# " + s); len(blocks) == 1 && blocks[0].Kind == markdown.Heading {
			return blocks[0].Spans
		}
	}
	return words(s)
}

// headingText is a heading as plain text.
func headingText(s string) string { return markdown.Plain(headingSpans(s)) }

// citedIn are the indices of the sources that a text names in brackets, each once.
func citedIn(text string, all []bot.Source, known []int) []int {
	for i := range len(text) {
		label, n := sourceAt(text[i:])
		if n == 0 || strings.HasSuffix(text[:i], "Note ") { // that is when the note was made
			continue
		}
		for one := range strings.SplitSeq(label, "; ") {
			if k := sourceNamed(one, all); k >= 0 && !slices.Contains(known, k) {
				known = append(known, k)
			}
		}
	}
	return known
}

// sourceNamed is the source with that title and date, else the one that [sourceOf] finds.
func sourceNamed(label string, all []bot.Source) int {
	for i, s := range all {
		if label == s.Title+", "+s.Date {
			return i
		}
	}
	return sourceOf(label, all)
}
