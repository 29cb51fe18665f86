package index

import (
	"bytes"
	"strings"
)

// What a question may hold. A search's work grows with its words whatever its
// deadline says, so the words are what is limited.
const (
	MaxWords     = 400 // words of a question that are read, to find names; the rest is ignored
	MaxTerms     = 64  // informative words of a question that are searched for
	MaxWordRunes = 64  // characters of a word; a longer word is cut
)

// What a page's file may hold. YAML aliases, deep nesting and wide tables let a
// small file cost gigabytes to parse (https://github.com/yuin/goldmark builds a
// node for each cell of a table, also for those that a row leaves out), so they
// are refused before any parser sees them.
const (
	MaxPageBytes    = 1 << 20 // of a file
	MaxFrontBytes   = 64 << 10
	MaxYAMLDepth    = 8   // levels of brackets or indentation in the front matter
	MaxTableColumns = 64  // of a Markdown table
	MaxNesting      = 16  // of block quotes and lists
	MaxBrackets     = 200 // of '[' on one line or paragraph
	MaxBackticks    = 32  // in a row: the parser looks for the end of each run in all that follows
)

// checkFront reports what of the front matter is too large to be parsed.
func checkFront(file string, first int, front []byte) (ps Problems) {
	if len(front) > MaxFrontBytes {
		ps.add(file, first, "front matter has %d bytes: the limit is %d", len(front), MaxFrontBytes)
		return ps
	}
	depth := 0
	for i, line := range bytes.Split(front, []byte("\n")) {
		deepest := 0
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
			deepest = max(deepest, depth)
		}
		indent := len(line) - len(bytes.TrimLeft(line, " -?:"))
		if deepest > MaxYAMLDepth || indent > 4*MaxYAMLDepth {
			ps.add(file, first+i, "front matter is nested too deeply: the limit is %d levels", MaxYAMLDepth)
			return ps
		}
	}
	return ps
}

// checkBody reports Markdown that would cost too much to parse.
func checkBody(file string, first int, body string) Problems {
	return checkText(file, first, body, MaxBrackets)
}

// checkText is checkBody with a limit of brackets and, ten times as many, of emphasis.
func checkText(file string, first int, body string, most int) (ps Problems) {
	brackets, emphasis := 0, 0
	ticks := strings.Repeat("`", MaxBackticks+1)
	for i, line := range strings.Split(body, "\n") {
		if strings.TrimSpace(line) == "" {
			brackets, emphasis = 0, 0
		}
		brackets += strings.Count(line, "[")
		emphasis += strings.Count(line, "*") + strings.Count(line, "_")
		switch {
		case columns(line) > MaxTableColumns:
			ps.add(file, first+i, "a table of %d columns: the limit is %d", columns(line), MaxTableColumns)
		case nesting(line) > MaxNesting:
			ps.add(file, first+i, "block quotes or lists nested %d deep: the limit is %d", nesting(line), MaxNesting)
		case brackets > most:
			ps.add(file, first+i, "more than %d '[' in one paragraph: split it", most)
		case emphasis > 10*most:
			ps.add(file, first+i, "more than %d '*' or '_' in one paragraph: split it", 10*most)
		case strings.Contains(line, ticks):
			ps.add(file, first+i, "more than %d backticks in a row: take some away", MaxBackticks)
		default:
			continue
		}
		return ps
	}
	return ps
}

// columns counts the cells of a line that may be a row of a table.
func columns(line string) int {
	n := strings.Count(line, "|")
	if n == 0 {
		return 0
	}
	line = strings.TrimSpace(line)
	return n + 1 - btoi(line[0] == '|') - btoi(line[len(line)-1] == '|')
}

// nesting counts the block quotes and lists that a line opens, and the indentation before them.
func nesting(line string) (depth int) {
	rest := strings.TrimLeft(line, " \t")
	depth = (len(line) - len(rest)) / 2
	for {
		mark := listMark(rest)
		if mark == 0 {
			return depth
		}
		depth++
		rest = strings.TrimLeft(rest[mark:], " \t")
	}
}

// listMark is the length of the mark of a block quote or list item that s begins with, 0 if there is none.
func listMark(s string) int {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	switch {
	case s == "":
		return 0
	case s[0] == '>':
		return 1
	case digits == 0 && strings.IndexByte("-*+", s[0]) >= 0 && (len(s) == 1 || s[1] == ' ' || s[1] == '\t'):
		return 1
	case digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')'):
		return digits + 1
	}
	return 0
}
