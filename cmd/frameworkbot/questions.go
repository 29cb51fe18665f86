package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/index"
)

// An expectation is a question and what the bot should answer to it.
type expectation struct {
	Line     int
	Category string
	Text     string
	Pages    []string // best first
	Kind     bot.Kind // "" if any will do
	Visible  []string // must be seen in the answer
}

var kinds = []bot.Kind{bot.PageKind, bot.FactKind, bot.ListKind, bot.ComparisonKind, bot.NoneKind, bot.HelpKind}

// parseQuestions reads "question => expectation" lines; the head of
// seeds/questions.txt describes them. All problems are reported at once.
func parseQuestions(file, text string) ([]expectation, index.Problems) {
	var all []expectation
	var problems index.Problems
	category, number := "", 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "== "); ok {
			category = strings.TrimSpace(name)
			continue
		}
		if line == "" || line == "#" || strings.HasPrefix(line, "# ") {
			continue
		}
		e, err := parseExpectation(line)
		if err != nil {
			problems = append(problems, index.Problem{File: file, Line: number, Text: err.Error()})
			continue
		}
		e.Line, e.Category = number, category
		all = append(all, e)
	}
	return all, problems
}

func parseExpectation(line string) (e expectation, err error) {
	var rest string
	if e.Text, rest, err = cutQuestion(line); err != nil {
		return e, err
	}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		word := rest
		if rest[0] == '"' {
			if word, err = strconv.QuotedPrefix(rest); err != nil {
				return e, fmt.Errorf("a visible text is not closed: %s", rest)
			}
		} else if i := strings.IndexAny(rest, " \t"); i >= 0 {
			word = rest[:i]
		}
		rest = rest[len(word):]
		if err := e.expect(word); err != nil {
			return e, err
		}
	}
	return e, e.check()
}

// cutQuestion takes the question off the line, which may be written as a Go string.
func cutQuestion(line string) (text, rest string, err error) {
	if line[0] != '"' {
		text, rest, ok := strings.Cut(line, "=>")
		if !ok {
			return "", "", errors.New(`no "=>" between the question and what is expected`)
		}
		return strings.TrimSpace(text), rest, nil
	}
	quoted, err := strconv.QuotedPrefix(line)
	if err != nil {
		return "", "", errors.New("a question that begins with a quote must be a Go string")
	}
	rest, ok := strings.CutPrefix(strings.TrimSpace(line[len(quoted):]), "=>")
	if !ok {
		return "", "", fmt.Errorf(`no "=>" after the question %s`, quoted)
	}
	text, err = strconv.Unquote(quoted)
	return text, rest, err
}

// expect adds one word of the expectation.
func (e *expectation) expect(word string) error {
	switch word[0] {
	case '"':
		text, err := strconv.Unquote(word)
		e.Visible = append(e.Visible, text)
		return err
	case '@':
		kind := bot.Kind(word[1:])
		if e.Kind != "" {
			return fmt.Errorf("two kinds: @%s and @%s", e.Kind, kind)
		}
		if !slices.Contains(kinds, kind) {
			return fmt.Errorf("@%s is not one of %v", kind, kinds)
		}
		e.Kind = kind
	default:
		e.Pages = append(e.Pages, word)
	}
	return nil
}

func (e *expectation) check() error {
	empty := e.Kind == bot.NoneKind || e.Kind == bot.HelpKind
	switch {
	case len(e.Pages) == 0 && e.Kind == "" && len(e.Visible) == 0:
		return errors.New("nothing is expected")
	case empty && len(e.Pages) > 0:
		return fmt.Errorf("@%s has no pages, but %s is expected", e.Kind, strings.Join(e.Pages, " "))
	}
	return nil
}

// checkPages reports expectations of pages that do not exist.
func checkPages(file string, all []expectation, pages []*index.Page) (problems index.Problems) {
	known := map[string]bool{}
	for _, p := range pages {
		known[p.ID] = true
	}
	for _, e := range all {
		for _, id := range e.Pages {
			if !known[id] {
				problems = append(problems, index.Problem{File: file, Line: e.Line, Text: fmt.Sprintf("there is no page %q", id)})
			}
		}
	}
	return problems
}
