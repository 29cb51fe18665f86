package main

import (
	"context"
	"log/slog"

	"frameworkbot/bot"
	"frameworkbot/index/library"
	"frameworkbot/seeds"
)

// content is where the pages are, as the settings say.
func (c *config) content() library.Config {
	lc := library.Config{Dirs: c.Content.Dirs, Cache: c.Content.Cache}
	if c.Content.Builtin {
		lc.Builtin = seeds.Pages
	}
	if c.Pages != "" { // these and no others
		lc.Builtin, lc.Dirs = nil, []string{c.Pages}
	}
	return lc
}

// open reads the pages. The error says why there is none.
func open(ctx context.Context, c library.Config, log *slog.Logger) (*library.Library, error) {
	l, err := library.Open(ctx, c, log)
	if err != nil {
		return nil, wrong("%w", err)
	}
	return l, nil
}

// read reads the pages once, for a command that ends by itself. What is wrong
// with pages that are left out is told as a warning.
func (p *program) read(ctx context.Context) (*library.Generation, error) {
	g, err := p.readFrom(ctx, p.config.content())
	if err != nil {
		return nil, err
	}
	if len(g.Problems) > 0 {
		p.warn("some pages have problems, %d are there:\n%v", len(g.Index.Pages()), g.Problems)
	}
	return g, nil
}

func (p *program) readFrom(ctx context.Context, c library.Config) (*library.Generation, error) {
	quiet := slog.New(slog.DiscardHandler)
	c.Progress = p.progress(quiet)
	l, err := open(ctx, c, quiet)
	if err != nil {
		return nil, err
	}
	return l.Current(), nil
}

// handler answers from the pages, within what keeps one question from harming the rest.
func (p *program) handler(ctx context.Context, log *slog.Logger) (bot.Handler, func(), error) {
	g, err := p.read(ctx)
	if err != nil {
		return nil, nil, err
	}
	h := bot.Chain(bot.NewAnswerer(g.Index), bot.Recover(log), bot.Deadline(p.config.Answer.Deadline))
	return h, func() { _ = g.Index.Close() }, nil
}

// logger writes to the standard error output as the settings say.
func (p *program) logger() *slog.Logger {
	var l logging
	l.set(&p.config)
	return l.logger(p.errs)
}
