package foreign

import "strings"

// A prefix is what stands before the text of a line.
type prefix struct {
	quotes int // block quotes
	end    int // offset in the line at which the indentation begins
	column int // of the text, after the quotes
	text   int // offset in the line at which the text begins
}

// readPrefix reads the block quotes and the indentation that a line begins with.
func readPrefix(line string, base int) prefix {
	p := prefix{}
	at := 0
	for {
		p.column, p.text = indent(line, at)
		if p.column >= base+4 || p.text >= len(line) || line[p.text] != '>' || p.quotes >= 100 {
			return p
		}
		p.quotes++
		at = p.text + 1
		if at < len(line) && line[at] == ' ' {
			at++
		}
		p.end = at
		base = 0
	}
}

// indent measures the white space at offset at. A tab goes to the next fourth column.
func indent(line string, at int) (column, text int) {
	for text = at; text < len(line); text++ {
		switch line[text] {
		case ' ':
			column++
		case '\t':
			column += 4 - column%4
		default:
			return column, text
		}
	}
	return column, text
}

// listMark is the length of the mark of a list item that s begins with, 0 if there is none.
func listMark(s string) int {
	digits := 0
	for digits < len(s) && digits < 9 && '0' <= s[digits] && s[digits] <= '9' {
		digits++
	}
	var n int
	switch {
	case digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')'):
		n = digits + 1
	case digits == 0 && s != "" && strings.IndexByte("-*+", s[0]) >= 0:
		n = 1
	default:
		return 0
	}
	if n < len(s) && s[n] != ' ' && s[n] != '\t' && s[n] != '\n' {
		return 0
	}
	return n
}

// isRule reports whether a line is a thematic break such as "* * *".
func isRule(line string) bool {
	if line == "" || strings.IndexByte("-*_", line[0]) < 0 {
		return false
	}
	n := strings.Count(line, line[:1])
	return n >= 3 && strings.Trim(line, line[:1]+" \t") == ""
}

// isBlockStart reports whether a line cannot go on with the paragraph before it.
func isBlockStart(s string) bool {
	if s == "" {
		return true
	}
	switch s[0] {
	case '#', '>', '|':
		return true
	case '`', '~':
		return strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~")
	case ':':
		return strings.HasPrefix(s, ":::")
	case '!':
		return strings.HasPrefix(s, "!!! ")
	case '=':
		return strings.HasPrefix(s, "=== ")
	}
	return listMark(s) > 0
}

// fenceMark is what fence a line begins with.
func fenceMark(s string) (mark byte, length int) {
	if s == "" || s[0] != '`' && s[0] != '~' {
		return 0, 0
	}
	for length < len(s) && s[length] == s[0] {
		length++
	}
	if length < 3 {
		return 0, 0
	}
	info := s[length:]
	if n := strings.IndexByte(info, '\n'); n >= 0 {
		info = info[:n]
	}
	if s[0] == '`' && strings.IndexByte(info, '`') >= 0 {
		return 0, 0
	}
	return s[0], length
}

// quoted reads no more block quotes than that.
func quoted(line string, quotes int) (p prefix) {
	at := 0
	for n := 0; ; n++ {
		p.column, p.text = indent(line, at)
		if n == quotes || p.text >= len(line) || line[p.text] != '>' {
			p.quotes, p.end = n, at
			return p
		}
		at = p.text + 1
		if at < len(line) && line[at] == ' ' {
			at++
		}
	}
}
