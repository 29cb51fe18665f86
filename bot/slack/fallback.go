package slack

import (
	"cmp"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// maxSaid is how much of the text of a page is said where it is not shown in full.
const maxSaid = 500

// textOf is what screen readers and notifications say in place of the card:
// title, notes, the answer itself, and what it rests on.
func textOf(a *bot.Answer) string {
	rest := unescape(oneLine(sourcesSaid(a)))
	t := told{room: maxFallback - units(rest)}
	text := summaryOf(a)
	if title := oneLine(a.Title); !strings.HasPrefix(text, title) {
		t.add(title)
	}
	for _, n := range a.Notes {
		t.add(markdown.Plain(inlineOf(n)))
	}
	t.add(text)
	for _, f := range a.Facts {
		t.add(f.Label + ": " + f.Value)
	}
	if a.Text == "" {
		for _, s := range a.Sections {
			t.add(s.Heading + ": " + spoken.of(s.Text))
		}
	}
	t.table(a.Table)
	t.results(a)
	if rest != "" {
		t.lines = append(t.lines, rest)
	}
	return strings.Join(t.lines, "\n")
}

// told are the lines that are said, as far as there is room.
type told struct {
	lines []string
	room  int
}

// add adds a line, and reports whether there is room for more. What was escaped
// before is not escaped twice.
func (t *told) add(s string) bool {
	if s = unescape(oneLine(s)); s == "" || t.room <= 0 {
		return t.room > 0
	}
	s = shorten(s, t.room)
	t.room -= units(s) + len("\n")
	t.lines = append(t.lines, s)
	return t.room > 0
}

// table tells the rows in which the pages differ.
func (t *told) table(table *bot.Table) {
	if table == nil {
		return
	}
	for _, r := range table.Rows {
		var values []string
		for i, v := range r.Values[:min(len(r.Values), len(table.Columns))] {
			values = append(values, table.Columns[i]+" "+v)
		}
		if !r.Same && !t.add(r.Label+": "+strings.Join(values, "; ")+".") {
			return
		}
	}
}

// results tells the list; the browse card, which has everything, by names alone.
func (t *told) results(a *bot.Answer) {
	if a.Kind == bot.HelpKind {
		for _, line := range byGroup(a.Results) {
			t.add(markdown.Plain(line.Spans))
		}
		return
	}
	for _, r := range a.Results {
		if !t.add(markdown.Plain(resultSpans(r, maxOneLiner))) {
			return
		}
	}
}

// summaryOf is the answer's text: of a page that has more than that, the first
// paragraphs, each with the note that corrects it.
func summaryOf(a *bot.Answer) string {
	if len(a.Sections) == 0 {
		return spoken.of(a.Text)
	}
	blocks := parsed.of(a.Text)
	text, to := "", 0
	for to < len(blocks) {
		from := to
		for to++; to < len(blocks) && blocks[to].Kind == markdown.Quote; {
			to++
		}
		next := markdown.Plain(flat(blocks[from:to]))
		if text != "" && units(text)+units(next) > maxSaid {
			break
		}
		text += " " + next
	}
	return shorten(oneLine(text), 2*maxSaid)
}

// sourcesSaid is the main source with its date, and how many more there are.
func sourcesSaid(a *bot.Answer) string {
	if len(a.Sources) == 0 {
		return a.Reviewed
	}
	title, date := sourceText(a.Sources[0])
	s := "Source: " + title + date
	if n := len(a.Sources) - 1; n > 0 {
		s += ", and " + count(n, "more source")
	}
	if a.Reviewed != "" {
		s += "; " + a.Reviewed
	}
	return s
}

// readAloud is a text as Slack takes it beside blocks: escaped, and never empty.
func readAloud(s string, most int) string {
	s = strings.TrimSpace(unfenced(shortenEscaped(s, most)))
	return cmp.Or(s, nothing)
}

// unfenced leaves out a code fence that is not closed.
func unfenced(s string) string {
	const fence = "```"
	if strings.Count(s, fence)%2 == 0 {
		return s
	}
	i := strings.LastIndex(s, fence)
	return s[:i] + s[i+len(fence):]
}
