package slack

import "frameworkbot/bot/markdown"

// A claim is a paragraph or an item of a page: what it says and from where,
// and the note that corrects it.
type claim struct {
	name      []markdown.Span // in bold before the rest: "Security."; nil if there is none
	sentences []sentence
	note      []markdown.Span // nil if it stands uncorrected
	noted     []sentence      // of the note
}

// A sentence is a part of a claim that can stand alone, without its source.
type sentence struct {
	spans  []markdown.Span
	text   string // of the spans
	size   int    // of the text
	source string // as the page has it in brackets: "Rails guides, 2026-07"; "" if it gives none
}

// claimsOf takes blocks apart into claims. A quote belongs to the claim before it.
func claimsOf(blocks []markdown.Block) []claim {
	out := withoutNotes(blocks)
	for i := range out {
		out[i].noted = sentencesOf(out[i].note)
	}
	return out
}

// withoutNotes are claims whose notes are still to be taken apart.
func withoutNotes(blocks []markdown.Block) []claim {
	var out []claim
	for i := range blocks {
		switch b := &blocks[i]; b.Kind {
		case markdown.List:
			for _, item := range b.Items {
				out = append(out, claimOf(item))
			}
		case markdown.Quote:
			if len(out) > 0 {
				last := &out[len(out)-1]
				last.note = append(last.note, quoted(b.Blocks)...)
				continue
			}
			fallthrough
		default:
			if text := flat(blocks[i : i+1]); len(text) > 0 {
				out = append(out, newClaim(text))
			}
		}
	}
	return out
}

// claimOf is one item of a list.
func claimOf(item []markdown.Block) claim {
	var text, note []markdown.Span
	for i := range item {
		if item[i].Kind == markdown.Quote {
			note = append(note, quoted(item[i].Blocks)...)
			continue
		}
		if len(text) > 0 {
			text = append(text, markdown.Span{Text: " "})
		}
		text = append(text, flat(item[i:i+1])...)
	}
	c := newClaim(text)
	c.note = note
	return c
}

func newClaim(text []markdown.Span) claim {
	var c claim
	if len(text) > 1 && text[0].Bold && text[0].Link == "" {
		c.name, text = text[:1], text[1:]
	}
	c.sentences = sentencesOf(text)
	return c
}
