package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"frameworkbot/bot"
	"frameworkbot/index/library"
)

// A live bot is what can change of one that serves. It is the [bot.Handler] of
// its platforms. But for Answer, it is used by one goroutine at a time.
type live struct {
	program *program
	hangups chan os.Signal // that ask to reload
	logging *logging
	log     *slog.Logger
	swap    *bot.Swap
	ops     *operations
	handler atomic.Pointer[bot.Handler]
	began   map[string]bot.Secret // secrets, as they were when the bot started

	config   config // that holds now
	library  *library.Library
	look     func() // at the pages, at once
	unfollow func() // ends the watch of the library
}

// newLive returns a bot with the settings that the program has.
func (p *program) newLive() *live {
	l := &live{program: p, config: p.config, logging: &logging{}, swap: &bot.Swap{}, hangups: make(chan os.Signal, 1), began: p.config.secrets()}
	signal.Notify(l.hangups, reload...) // from now on: by itself, the signal would end the program
	l.logging.set(&l.config)
	l.log = l.logging.logger(p.errs)
	return l
}

// served is where the pages are, for a program that answers from what it has
// while it reads the rest.
func (l *live) served() library.Config {
	c := l.config.content()
	c.Soon, c.Progress = true, l.program.progress(l.log)
	return c
}

// open reads the pages.
func (l *live) open(ctx context.Context, o *operations) (err error) {
	if l.library, err = open(ctx, l.served(), l.log); err != nil {
		return err
	}
	l.ops = o
	use(l.swap, l.library.Current(), nil)
	l.ops.show(l.library, l.swap)
	l.guard()
	return nil
}

// guard makes the handler with what settings say of each question.
func (l *live) guard() {
	h := bot.Chain(l.swap, bot.Observe(l.log, l.ops.Observe), bot.Recover(l.log), bot.Deadline(l.config.Answer.Deadline),
		bot.Limit(l.config.limits()), bot.Traced("search"))
	l.handler.Store(&h)
}

// Answer implements [bot.Handler].
func (l *live) Answer(ctx context.Context, m *bot.Message) (*bot.Answer, error) {
	return (*l.handler.Load()).Answer(ctx, m)
}

// changeable are the settings that can change without a restart: the keys, or
// what they begin with.
var changeable = []string{"pages", "content.", "answer.", "limits.", "log."}

func isChangeable(key string) bool {
	return slices.ContainsFunc(changeable, func(prefix string) bool {
		return key == prefix || strings.HasSuffix(prefix, ".") && strings.HasPrefix(key, prefix)
	})
}

// reload reads the settings again. If anything is wrong with them, all stays as
// it is.
func (l *live) reload(ctx context.Context) {
	const stays = "settings not reloaded, the old ones stay"
	next, problems, err := l.program.effective()
	l.ops.refused.Store(err != nil)
	if err != nil {
		l.log.Error(stays, "err", withoutSecrets(err))
		return
	}
	problems = append(problems, next.services()...)
	for _, p := range inOrder(problems) {
		l.log.Error(stays, "file", p.File, "line", p.Line, "problem", p.Text)
	}
	l.ops.refused.Store(len(problems) > 0 || !l.adopt(ctx, &next))
}

// adopt takes over what can change, and names what cannot. It reports false if
// pages that are wanted cannot be read.
func (l *live) adopt(ctx context.Context, next *config) (all bool) {
	changed, restart := l.differences(next)
	content := l.config.content()
	before := l.config
	l.config.Pages, l.config.Content, l.config.Answer, l.config.Limits, l.config.Log = next.Pages, next.Content, next.Answer, next.Limits, next.Log
	l.logging.set(&l.config)
	if before.Limits != next.Limits || before.Answer != next.Answer {
		l.guard() // which forgets who asked how much
	}
	all = reflect.DeepEqual(content, l.config.content()) || l.reopen(ctx)
	if !all {
		l.config.Pages, l.config.Content = before.Pages, before.Content
		changed = slices.DeleteFunc(changed, func(key string) bool { return key == "pages" || strings.HasPrefix(key, "content.") })
	}
	l.log.Info("settings reloaded", "changed", strings.Join(changed, ","))
	if len(restart) > 0 {
		l.log.Warn("settings changed that need a restart", "settings", strings.Join(restart, ","))
	}
	return all
}

// differences are the keys of what is to change, and of what cannot.
func (l *live) differences(next *config) (changed, restart []string) {
	secrets := next.secrets()
	for _, s := range settings {
		switch was, isSecret := l.began[s.key]; {
		case isSecret && was.Reveal() != secrets[s.key].Reveal():
			restart = append(restart, s.key)
		case isSecret, s.isSecretFile(), s.same(&l.config, next): // where a secret is does not matter
		case isChangeable(s.key):
			changed = append(changed, s.key)
		default:
			restart = append(restart, s.key)
		}
	}
	return changed, restart
}

// reopen answers from other folders, and reports false if there is nothing in
// them to answer from.
func (l *live) reopen(ctx context.Context) bool {
	opened, err := open(ctx, l.served(), l.log)
	if err != nil {
		l.log.Error("pages not reloaded, the old ones stay", "err", withoutSecrets(err))
		return false
	}
	l.unfollow()
	use(l.swap, opened.Current(), l.library.Current())
	l.library = opened
	l.ops.show(l.library, l.swap)
	l.follow(ctx)
	return true
}

// secrets are all there are, by key; those that cannot be read are empty.
func (c *config) secrets() map[string]bot.Secret {
	all := map[string]bot.Secret{}
	for key, from := range map[string]source{
		"slack.bot_token": c.Slack.BotToken, "slack.app_token": c.Slack.AppToken, "slack.signing_secret": c.Slack.SigningSecret, "discord.token": c.Discord.Token,
	} {
		all[key], _ = from.read()
	}
	return all
}
