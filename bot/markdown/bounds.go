package markdown

import "strings"

// Markdown beyond these sizes is shown as it was written, but a longer text is
// cut first if it can be. The parser's memory and time grow much faster than
// its input.
const (
	maxBytes   = 32 << 10
	maxNesting = 32 // block quotes and lists that one line opens
	maxColumns = 64 // of a table
)

func isTooMuch(src string) bool {
	if len(src) > maxBytes {
		return true
	}
	for l := range strings.Lines(src) {
		if nesting(strings.TrimRight(l, " \t\n")) > maxNesting || strings.Count(l, "|") > maxColumns {
			return true
		}
	}
	return false
}

// nesting counts what a line opens or goes on with: a sign for each block quote
// and list, and one for every four blanks of an indentation.
func nesting(l string) int {
	open, blanks := 0, 0
	for i := range len(l) {
		c := l[i]
		if c == ' ' {
			if blanks++; blanks%4 == 0 {
				open++
			}
			continue
		}
		blanks = 0
		switch {
		case c == '>', c == '\t':
			open++
		case strings.IndexByte("-+*.)", c) >= 0:
			if i+1 == len(l) || l[i+1] == ' ' || l[i+1] == '\t' { // "---" is a rule and opens nothing
				open++
			}
		case c < '0' || c > '9':
			return open
		}
	}
	return open
}

// asWritten is one paragraph with the lines of the source. Escapes in it are
// those of whoever made it fit for a parser, and mean nothing to a reader.
func asWritten(src string) []Block {
	var spans []Span
	for l := range strings.SplitSeq(strings.TrimSpace(src), "\n") {
		if len(spans) > 0 {
			spans = append(spans, Span{Break: true})
		}
		if text := OneLine(literal([]byte(l))); text != "" {
			spans = append(spans, Span{Text: text})
		}
	}
	if len(spans) == 0 {
		return nil
	}
	return []Block{{Kind: Paragraph, Spans: spans}}
}
