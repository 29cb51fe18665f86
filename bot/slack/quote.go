package slack

import (
	"strconv"
	"strings"

	"frameworkbot/bot/markdown"
)

// quoted are the lines of a quote, in which Slack has room for text alone: the
// items of lists have their signs as text, and each line of code is code by itself.
func quoted(blocks []markdown.Block) []markdown.Span {
	var out []markdown.Span
	for i := range blocks {
		if i > 0 {
			out = append(out, markdown.Span{Break: true})
		}
		out = append(out, quotedBlock(&blocks[i])...)
	}
	return out
}

func quotedBlock(b *markdown.Block) []markdown.Span {
	switch b.Kind {
	case markdown.Heading:
		return inBold(b.Spans)
	case markdown.Quote:
		return quoted(b.Blocks)
	case markdown.List:
		return quotedList(b)
	case markdown.Code:
		return codeSpans(b.Text)
	case markdown.Table:
		if fitsAligned(b.Rows) {
			return codeSpans(aligned(b.Rows))
		}
		return quotedList(&markdown.Block{Kind: markdown.List, Items: rowItems(b.Rows)})
	}
	return flat([]markdown.Block{*b})
}

// quotedList is a line for each item, and those of what is nested in it.
func quotedList(b *markdown.Block) []markdown.Span {
	var out []markdown.Span
	for i, item := range b.Items {
		if i > 0 {
			out = append(out, markdown.Span{Break: true})
		}
		sign := "• "
		if b.Ordered {
			sign = strconv.Itoa(b.Start+i) + ". "
		}
		out = append(append(out, markdown.Span{Text: sign}), quoted(item)...)
	}
	return out
}

// codeSpans are the lines of code, each in the look of code.
func codeSpans(text string) []markdown.Span {
	var out []markdown.Span
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if len(out) > 0 {
			out = append(out, markdown.Span{Break: true})
		}
		if line = strings.TrimRight(line, " "); line != "" {
			out = append(out, markdown.Span{Text: line, Code: true})
		}
	}
	return out
}
