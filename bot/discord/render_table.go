package discord

import (
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// How wide the names of pages are beside their values, and how far the further
// lines of a value are indented: below the first one only where that leaves
// enough of a phone's width.
const (
	maxName     = 13
	shortName   = 8
	shortIndent = 4
	maxValue    = 400 // units of a value in a row that there is hardly room for
)

// table adds a comparison.
func (s *sheet) table(t *bot.Table) {
	if t != nil {
		s.parts = append(s.parts, part{"", func(room space) (string, bool) { return comparison(t, room) }})
	}
}

// comparison is a table as a block of code that is no wider than a phone: a row
// for each fact, and in it a line for each page. Rows that there is no room for
// are named below it: a value that is cut could say what it does not mean. It
// reports whether all of the table is there, or named.
func comparison(t *bot.Table, room space) (text string, whole bool) {
	rows := stacked(t, maxText)
	for n := len(rows); n > 0; n-- {
		code := rows[:n].code()
		if !room.holds(code) {
			continue
		}
		text := fence(code, "")
		if names := rows[n:].names(); names != "" {
			text += "\n" + asSmall("No room here for: "+names+". Each page has them under All facts.")
		}
		if room.holds(text) {
			return text, true
		}
	}
	for most := maxValue; most >= least && len(rows) > 0; most /= 2 {
		if text := fence(stacked(t, most)[:1].code(), ""); room.holds(text) {
			return text, false
		}
	}
	return "", len(rows) == 0
}

// A tableRow is a fact of all pages, of several lines.
type tableRow struct{ label, code string }

type tableRows []tableRow

func (rows tableRows) code() string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.code
	}
	return strings.Join(out, "\n")
}

func (rows tableRows) names() string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = escapeRun(r.label)
	}
	return strings.Join(out, ", ")
}

// stacked are the rows of a table. What is the same for all pages stands in one
// line, after the rest.
func stacked(t *bot.Table, most int) tableRows {
	names, wide := columnNames(t)
	indent := wide + 3 // below where the values begin
	if wide > shortName {
		indent = shortIndent
	}
	var differ, same tableRows
	for _, r := range t.Rows {
		r.Label = oneLine(r.Label, maxHeading)
		if r.Same && len(r.Values) > 0 {
			same = append(same, tableRow{r.Label, hanging(r.Label+":", oneLine(r.Values[0], most), shortIndent)})
			continue
		}
		row := wrap(r.Label, phoneColumns)
		for i, v := range r.Values[:min(len(r.Values), len(names))] {
			row = append(row, hanging("  "+pad(names[i], wide), oneLine(v, most), indent))
		}
		differ = append(differ, tableRow{r.Label, strings.Join(row, "\n")})
	}
	if len(same) > 0 && len(differ) > 0 {
		same[0].code = "\nThe same:\n" + same[0].code
	}
	return append(differ, same...)
}

// columnNames are the titles of the pages, cut, and how wide the widest is.
func columnNames(t *bot.Table) (names []string, wide int) {
	for _, title := range t.Columns {
		title = oneLine(title, maxHeading)
		if markdown.Columns(title) > maxName {
			title = strings.TrimSpace(title[:fitting(title, maxName-1)]) + "…"
		}
		names = append(names, title)
		wide = max(wide, markdown.Columns(title))
	}
	return names, wide
}

// hanging is a text after a label, its further lines indented.
func hanging(label, text string, indent int) string {
	beside := phoneColumns - markdown.Columns(label) - 1
	if beside < least/10 { // a label as long as a line
		return strings.Join(append(wrap(label, phoneColumns), indented(text, indent)...), "\n")
	}
	first := wrap(text, beside)[0]
	out := []string{strings.TrimRight(label+" "+first, " ")}
	if rest := strings.TrimSpace(strings.TrimPrefix(text, first)); rest != "" {
		out = append(out, indented(rest, indent)...)
	}
	return strings.Join(out, "\n")
}

func indented(text string, indent int) []string {
	out := wrap(text, phoneColumns-indent)
	for i := range out {
		out[i] = strings.Repeat(" ", indent) + out[i]
	}
	return out
}
