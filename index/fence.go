package index

import "strings"

// A fencing tells blocks of code from text, line by line, also those in list
// items and block quotes.
type fencing struct {
	mark   string // the fence that is open, "" for none
	column int    // of that fence
	quotes int    // block quotes that it is in
	inItem bool   // it is in a list item
	lists  bool   // a list is under way
}

// isOpen reports whether the next line is of code.
func (f *fencing) isOpen() bool { return f.mark != "" }

// line goes over one line, and reports whether it is of a block of code, or the
// fence that ends it.
func (f *fencing) line(line string) (inside bool) {
	line = strings.TrimRight(line, " \t\r\n")
	text, quotes, column := lineText(line)
	if f.mark != "" && (quotes < f.quotes || f.inItem && text != "" && column == 0) {
		f.mark = "" // what it was in has ended
	}
	if f.mark != "" {
		if column < f.column+4 && strings.HasPrefix(text, f.mark) && strings.Trim(text, f.mark[:1]) == "" {
			f.mark = ""
		}
		return true
	}
	marks := text
	for n := listMark(text); n > 0 && text[0] != '>'; n = listMark(text) {
		text = strings.TrimLeft(text[n:], " \t")
	}
	isItem := len(text) < len(marks)
	if column == 0 && text != "" {
		f.lists = false
	}
	f.lists = f.lists || isItem
	if mark := fenceOf(text); mark != "" && (column < 4 || f.lists) {
		f.mark, f.quotes, f.column, f.inItem = mark, quotes, column+len(marks)-len(text), isItem || f.lists && column > 1
	}
	return false
}

// lineText is a line without the marks of block quotes, how many those are, and
// how far the text is indented behind them.
func lineText(line string) (text string, quotes, column int) {
	for {
		text = strings.TrimLeft(line, " \t")
		if column = len(line) - len(text); column > 3 || !strings.HasPrefix(text, ">") {
			return text, quotes, column
		}
		quotes++
		line = strings.TrimPrefix(text[1:], " ")
	}
}
