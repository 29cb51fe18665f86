package discord

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"frameworkbot/bot/markdown"
)

// maxIndent is how deep lists within lists are indented.
const maxIndent = 3

// A place is where blocks stand.
type place struct {
	indent int  // how many lists they are in
	quoted bool // in a quote: there is none within another
}

// lines are blocks as Discord's Markdown, line by line.
func lines(blocks []markdown.Block, in place) []string {
	var out []string
	for _, b := range blocks {
		out = append(out, blockLines(b, in)...)
	}
	return out
}

func blockLines(b markdown.Block, in place) []string {
	switch b.Kind {
	case markdown.Heading:
		if text := markdown.Plain(b.Spans); text != "" {
			return []string{"**" + escapeRun(text) + "**"}
		}
		return nil
	case markdown.Quote:
		return quoteLines(b, in)
	case markdown.List:
		return listLines(b, in)
	case markdown.Code:
		return codeLines(b, in)
	case markdown.HTML:
		return htmlLines(b.Text)
	case markdown.Table:
		return tableLines(b.Rows, in)
	case markdown.Rule:
		return nil
	}
	return inline(b.Spans)
}

// quoteLines are a quote. Discord knows none within a list: there it is a point
// of its own, below what it is about.
func quoteLines(b markdown.Block, in place) []string {
	switch {
	case in.quoted:
		return lines(b.Blocks, in)
	case in.indent > 0:
		return item("- ", lines(b.Blocks, place{in.indent + 1, true}))
	}
	out := lines(b.Blocks, place{quoted: true})
	for i, l := range out {
		out[i] = "> " + l
	}
	return out
}

func listLines(b markdown.Block, in place) []string {
	var out []string
	for i, blocks := range b.Items {
		marker := "- "
		if b.Ordered {
			marker = strconv.Itoa(b.Start+i) + ". "
		}
		out = append(out, item(marker, lines(blocks, place{in.indent + 1, in.quoted}))...)
	}
	if in.indent >= maxIndent {
		for i := range out {
			out[i] = strings.TrimLeft(out[i], " ")
		}
	}
	return out
}

// item is one point of a list.
func item(marker string, text []string) []string {
	out := slices.Clone(text)
	for i := range out {
		if i == 0 {
			out[i] = marker + out[i]
		} else {
			out[i] = "  " + out[i]
		}
	}
	return out
}

// codeLines are code as it stands. Within lists and quotes, where no block of
// code can be, each line is code by itself.
func codeLines(b markdown.Block, in place) []string {
	if strings.TrimSpace(b.Text) == "" {
		return nil
	}
	if in == (place{}) {
		return strings.Split(fence(b.Text, b.Info), "\n")
	}
	var out []string
	for l := range strings.SplitSeq(b.Text, "\n") {
		if l = markdown.OneLine(l); l != "" {
			out = append(out, guardStart(code(l)))
		}
	}
	return out
}

// fence is a block of code that nothing in it can end.
func fence(text, info string) string {
	if !languageName.MatchString(info) {
		info = ""
	}
	return "```" + info + "\n" + defuse(unticked(text)) + "\n```"
}

var languageName = regexp.MustCompile(`^[A-Za-z0-9+#.-]{1,20}$`)

// unticked has no two backticks in a row.
func unticked(s string) string {
	for range 2 { // the second time for those that the first one made neighbours
		s = strings.ReplaceAll(s, "``", "`"+breaker+"`")
	}
	return s
}

// code is code within a line; text, where it holds a backtick itself.
func code(s string) string {
	if strings.Contains(s, "`") {
		return escapeRun(s)
	}
	return "`" + defuse(s) + "`"
}

// htmlLines are HTML as the text that it is.
func htmlLines(text string) []string {
	var out []string
	for l := range strings.SplitSeq(text, "\n") {
		if l = escape(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// tableLines are a small table as one, and a wide one as a list.
func tableLines(rows [][]markdown.Cell, in place) []string {
	cells := make([][]string, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			cells[i] = append(cells[i], markdown.Plain(cell))
		}
	}
	if grid, ok := grid(cells); ok && in == (place{}) {
		return strings.Split(fence(strings.Join(grid, "\n"), ""), "\n")
	}
	var out []string
	for _, row := range rows {
		var texts []string
		for _, cell := range row {
			if text := strings.Join(inline(cell), " "); text != "" {
				texts = append(texts, text)
			}
		}
		if len(texts) > 0 {
			out = append(out, "- "+strings.Join(texts, " · "))
		}
	}
	return out
}
