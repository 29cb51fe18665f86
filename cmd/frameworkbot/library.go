package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"frameworkbot/bot"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

// A library is a set of pages that was read, with all that was wrong with them.
type library struct {
	dir      string // "" for the built-in pages
	pages    []*index.Page
	problems index.Problems
}

// readLibrary reads the pages in dir, the built-in ones if that is "". An error
// means that there is nothing to read.
func readLibrary(dir string) (*library, error) {
	var pages fs.FS = seeds.Pages
	if dir != "" {
		root, err := os.OpenRoot(dir) // links that lead out of it are not followed
		if err != nil {
			return nil, wrong("pages: %w", err)
		}
		defer root.Close()
		pages = root.FS()
	}
	l := &library{dir: dir}
	var err error
	l.pages, err = index.ReadPages(pages)
	var problems index.Problems
	switch {
	case errors.As(err, &problems):
		l.add(problems)
	case err != nil:
		return nil, wrong("pages: %w", err)
	}
	return l, nil
}

// add files problems under the paths by which the person knows the files.
func (l *library) add(problems index.Problems) {
	for _, problem := range problems {
		if l.dir != "" {
			problem.File = filepath.Join(l.dir, problem.File)
		}
		l.problems = append(l.problems, problem)
	}
}

// answerer reads the pages and returns what answers from them. Pages that
// cannot be read are left out, with a warning that names every reason.
func (p *program) answerer() (*bot.Answerer, func(), error) {
	l, err := readLibrary(p.config.Pages)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case len(l.pages) == 0:
		return nil, nil, wrong("no page could be read:\n%w", l.problems)
	case len(l.problems) > 0:
		p.warn("some pages are left out, %d are there:\n%v", len(l.pages), l.problems)
	}
	x, err := index.New(l.pages)
	if err != nil {
		return nil, nil, wrong("%w", err)
	}
	return bot.NewAnswerer(x), func() { _ = x.Close() }, nil
}

// handler is the answerer within what keeps one question from harming the rest.
func (p *program) handler(log *slog.Logger) (bot.Handler, func(), error) {
	a, done, err := p.answerer()
	if err != nil {
		return nil, nil, err
	}
	return bot.Chain(a, bot.Recover(log), bot.Deadline(p.config.Answer.Deadline)), done, nil
}

// logger writes to the standard error output as the settings say.
func (p *program) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: p.config.Log.Level}
	if p.config.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(p.errs, options))
	}
	return slog.New(slog.NewTextHandler(p.errs, options))
}
