package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/index"
)

func (p *program) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [DIR...]",
		Short: "Look for problems in pages",
		Long: `Reads the pages of each folder and reports every problem with its file and
line: what cannot be read, names that two pages claim, claims without a source,
overdue reviews, and questions that another page wins.

Ends with 0 if there are none, with 1 if there are, with 2 if there is no such folder.`,
		Example: `  frameworkbot check
  frameworkbot check ./pages`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(cmd *cobra.Command, dirs []string) error { return p.check(cmd.Context(), dirs) },
	}
}

// check looks at each folder as a library of its own.
func (p *program) check(ctx context.Context, dirs []string) error {
	if len(dirs) == 0 {
		dirs = []string{p.config.Pages}
	}
	pages, problems := 0, 0
	for _, dir := range dirs {
		l, err := readLibrary(dir)
		if err != nil {
			return err
		}
		l.add(index.Lint(l.pages, p.now()))
		lost, err := lostQuestions(ctx, l.pages)
		if err != nil {
			return wrong("%w", err)
		}
		l.add(lost)
		l.problems.Sort()
		for _, problem := range l.problems {
			fmt.Fprintln(p.out, problem)
		}
		pages, problems = pages+len(l.pages), problems+len(l.problems)
	}
	if problems > 0 {
		return exit{exitNo, fmt.Errorf("%s", count(problems, "problem"))}
	}
	fmt.Fprintf(p.out, "%s, no problems\n", count(pages, "page"))
	return nil
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// lostQuestions reports the questions that a page lists but does not win.
func lostQuestions(ctx context.Context, pages []*index.Page) (index.Problems, error) {
	x, err := index.New(pages)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	answerer := bot.NewAnswerer(x)
	var lost index.Problems
	for _, page := range pages {
		for _, q := range page.Body().Questions {
			a, err := answerer.Answer(ctx, message(q.Line, q.Text))
			if err != nil {
				return nil, err
			}
			if len(a.Pages) == 0 || a.Pages[0] != page.ID {
				lost = append(lost, index.Problem{File: page.File, Line: q.Line, Text: fmt.Sprintf("the page loses its question %q: %s", q.Text, winner(a))})
			}
		}
	}
	return lost, nil
}

func winner(a *bot.Answer) string {
	if len(a.Pages) == 0 {
		return "no page is found"
	}
	return strings.Join(a.Pages, ", ") + " is found first"
}
