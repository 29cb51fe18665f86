package console

import (
	"slices"
	"strconv"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// A Style says what the terminal can show.
type Style struct {
	Width int  // columns; zero if lines may be of any length
	ANSI  bool // bold and dim
	Asks  bool // choices are numbered, because a number can be typed
}

// widestLabel is the longest label that values are aligned beside.
const widestLabel = 24

// Text returns everything that can be seen of an answer as plain text: its
// lines are not wrapped, so that scripts can search them.
func Text(a *bot.Answer) string { return Render(a, Style{}) }

// Render returns an answer for a terminal. Whatever the answer holds, no
// control character but the line feed is in it, and no escape sequence but
// those of bold and dim if the style allows them.
func Render(a *bot.Answer, s Style) string {
	if a == nil {
		return ""
	}
	var d document
	for _, note := range a.Notes {
		d.markdown(note)
	}
	d.title(a)
	d.markdown(a.Text)
	d.facts(a.Facts)
	for _, section := range a.Sections {
		d.section(section)
	}
	numbered := d.results(a.Results, s)
	if a.Table != nil {
		d.gap()
		d.table(a.Table, s.Width)
	}
	d.sources(a)
	d.asks(followUps(a), numbered, s)
	return s.print(d)
}

func (d *document) title(a *bot.Answer) {
	if a.Title == "" && a.URL == "" {
		return
	}
	d.gap()
	title := []span{{markdown.OneLine(a.Title), bold}}
	if a.URL != "" {
		title = append(title, span{text: "  "}, span{markdown.OneLine(a.URL), dim})
	}
	d.add(title...)
}

// facts adds labels and values under each other, values in one column.
func (d *document) facts(facts []bot.Fact) {
	width := 0
	for _, f := range facts {
		if n := markdown.Columns(markdown.OneLine(f.Label)) + 1; n <= widestLabel {
			width = max(width, n)
		}
	}
	for i, f := range facts {
		if i == 0 {
			d.gap()
		}
		label := pad(markdown.OneLine(f.Label)+":", width) + between
		*d = append(*d, line{span{label, dim}, strings.Repeat(" ", width+len(between)), []span{{text: markdown.OneLine(f.Value)}}, false})
	}
}

func (d *document) section(s bot.Section) {
	d.gap()
	if s.Heading != "" {
		d.add(span{markdown.OneLine(s.Heading), bold})
	}
	var body document // of its own: no empty line under the heading
	body.markdown(s.Text)
	*d = append(*d, body...)
}

// results adds a list of pages under the headings of their groups, and returns
// how many of them got a number.
func (d *document) results(results []bot.Result, s Style) (numbered int) {
	for i, r := range results {
		if i == 0 || r.Group != results[i-1].Group {
			d.gap()
			if r.Group != "" {
				d.add(span{markdown.OneLine(r.Group), bold})
			}
		}
		number := 0
		if s.Asks && r.Ask != "" {
			numbered++
			number = numbered
		}
		d.result(r, number)
	}
	return numbered
}

func (d *document) result(r bot.Result, number int) {
	title, text := markdown.OneLine(r.Title), markdown.OneLine(r.Text)
	words := []span{{title, bold}}
	rest, begins := strings.CutPrefix(text, title)
	if begins && strings.IndexAny(rest, " ,") == 0 { // "Django is …" says the title itself
		words = append(words, span{text: rest})
	} else if text != "" {
		words = append(words, span{text: ": " + text})
	}
	d.item(number, words)
}

// item adds an entry of a list, numbered unless number is zero.
func (d *document) item(number int, words []span) {
	sign := "- "
	if number > 0 {
		sign = strconv.Itoa(number) + ". "
	}
	*d = append(*d, line{span{text: sign}, strings.Repeat(" ", len(sign)), words, false})
}

func (d *document) sources(a *bot.Answer) {
	if len(a.Sources) > 0 || a.Reviewed != "" {
		d.gap()
	}
	for _, s := range a.Sources {
		d.small("Source: ", s.Title, s.Date, s.Link)
	}
	d.small("", a.Reviewed)
}

// small adds the texts that are not empty as one dim line.
func (d *document) small(first string, texts ...string) {
	var said []string
	for _, text := range texts {
		if text = markdown.OneLine(text); text != "" {
			said = append(said, text)
		}
	}
	if len(said) > 0 {
		*d = append(*d, line{span{}, "  ", []span{{first + strings.Join(said, ", "), dim}}, false})
	}
}

// asks adds the follow-up questions: by number where one can be chosen, else
// with the words to type.
func (d *document) asks(asks []bot.Ask, numbered int, s Style) {
	d.gap()
	if len(asks) > 0 && !s.Asks {
		d.add(span{"You can also ask", bold})
	}
	for i, ask := range asks {
		if s.Asks {
			d.item(numbered+i+1, []span{{text: markdown.OneLine(ask.Label)}})
		} else {
			d.item(0, askWords(ask))
		}
	}
}

// choices are the questions that the numbers in a rendered answer stand for.
func choices(a *bot.Answer) []string {
	var texts []string
	for _, r := range a.Results {
		if r.Ask != "" {
			texts = append(texts, r.Ask)
		}
	}
	for _, ask := range followUps(a) {
		texts = append(texts, ask.Text)
	}
	return texts
}

// followUps are the questions that no result asks already.
func followUps(a *bot.Answer) []bot.Ask {
	var asks []bot.Ask
	for _, ask := range a.Asks {
		if !slices.ContainsFunc(a.Results, func(r bot.Result) bool { return strings.EqualFold(r.Ask, ask.Text) }) {
			asks = append(asks, ask)
		}
	}
	return asks
}

// askWords is the label and, where they differ, the words that ask for it.
func askWords(ask bot.Ask) []span {
	label, text := markdown.OneLine(ask.Label), markdown.OneLine(ask.Text)
	if text == "" || strings.EqualFold(label, text) {
		return []span{{text: label}}
	}
	return []span{{text: label + ": "}, {text, dim}}
}
