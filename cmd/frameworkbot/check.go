package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
	"frameworkbot/index"
	"frameworkbot/index/library"
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
	sets := []library.Config{p.config.content()}
	if len(dirs) > 0 {
		sets = nil
	}
	for _, dir := range dirs {
		sets = append(sets, library.Config{Dirs: []string{dir}})
	}
	pages, problems := 0, 0
	for _, set := range sets {
		all, found, err := p.checkSet(ctx, set)
		if err != nil {
			return err
		}
		for _, problem := range found {
			fmt.Fprintln(p.out, markdown.OneLine(problem.String()))
		}
		pages, problems = pages+all, problems+len(found)
	}
	if problems > 0 {
		return exit{exitNo, fmt.Errorf("%s", count(problems, "problem"))}
	}
	fmt.Fprintf(p.out, "%s, no problems\n", count(pages, "page"))
	return nil
}

// checkSet is all that is wrong with a set of pages, and how many there are.
func (p *program) checkSet(ctx context.Context, set library.Config) (pages int, problems index.Problems, err error) {
	g, err := p.readFrom(ctx, set)
	if err != nil {
		return 0, nil, err
	}
	defer g.Index.Close()
	if problems, err = allProblems(ctx, g, p.now()); err != nil {
		return 0, nil, wrong("%w", err)
	}
	return len(g.Index.Pages()), problems, nil
}

// allProblems are what cannot be read, and what is wrong with what can.
func allProblems(ctx context.Context, g *library.Generation, today time.Time) (index.Problems, error) {
	lost, err := lostQuestions(ctx, g.Index)
	if err != nil {
		return nil, err
	}
	problems := slices.Concat(g.Problems, index.Lint(g.Index.Pages(), today), lost)
	problems.Sort()
	return problems, nil
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// lostQuestions reports the questions that a page lists but does not win.
func lostQuestions(ctx context.Context, x *index.Index) (index.Problems, error) {
	answerer := bot.NewAnswerer(x)
	var lost index.Problems
	for _, page := range x.Pages() {
		if page.Kind == index.Document {
			continue // it lists none, and its text may be on disk
		}
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
