package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
)

// drainWithin is what the program has to end in once it was asked to: hosts
// kill it after ten seconds (https://docs.docker.com/reference/cli/docker/container/stop/).
const drainWithin = 10 * time.Second

// together is within what two signals are one: timeout(1) and others send theirs
// to the program and again to its process group.
const together = 100 * time.Millisecond

// maxRemembered is how many answers are given again without thinking.
const maxRemembered = 256

func (p *program) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Answer in Slack and Discord",
		Long: `Connects to the services that are set up and answers there until it is asked to
end: SIGINT or SIGTERM lets it finish what is under way, a second one ends it at
once. A service whose tokens are good goes on if the other one fails for good.

Slack needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN, Discord DISCORD_TOKEN; the
same and more can be set in a file. Logs go to the standard error output.

SIGHUP reads the settings and the pages again. What cannot change while it runs
is named in the log; settings that are wrong change nothing.

Ends with 0 once it was asked to end, with 1 if an address is in use, which may
pass, with 2 if it cannot start for another reason or if every service failed
for good.`,
		Example: `  SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… frameworkbot serve
  DISCORD_TOKEN_FILE=/run/secrets/discord frameworkbot serve
  frameworkbot serve --config config.yaml --pages ./pages`,
		Args:        cobra.NoArgs,
		Annotations: needsServices,
		RunE:        func(cmd *cobra.Command, _ []string) error { return p.serve(cmd.Context()) },
	}
}

// serve answers on all services until a signal comes.
func (p *program) serve(ctx context.Context) error {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)

	l := p.newLive()
	log := l.log
	defer signal.Stop(l.hangups)
	operations, err := p.operate(ctx, log)
	if err != nil {
		return err
	}
	defer operations.close()
	ctx, endTraces, err := p.trace(ctx, log)
	if err != nil {
		return err
	}
	defer endTraces()
	if err := l.open(ctx, operations); err != nil {
		return err
	}
	swap := l.swap
	chats, err := p.services(swap, log)
	if err != nil {
		return err
	}
	page, shown := p.preview(swap, len(chats) == 0, log)
	if len(chats) == 0 && !shown {
		return wrong(nothingToServe)
	}
	all := slices.Clone(chats)
	if shown {
		all = append(all, page)
	}
	listeners, err := p.listen(ctx, all, log)
	if err != nil {
		return err
	}
	p.welcome(all[len(chats):], len(chats) == 0, log)
	operations.watch(all[:len(chats)], all[len(chats):])
	go func() {
		if shown {
			swap.Problems() // before somebody looks at the page
		}
		debug.FreeOSMemory() // reading the pages took more than answering from them will
	}()
	return untilSignal(ctx, signals, log, func(ctx context.Context) error {
		defer l.watch(ctx)()
		defer listeners.close() // no sooner: requests that come meanwhile are told to come again
		return runAll(ctx, l, all[:len(chats)], all[len(chats):], log)
	})
}

// limits are those of each person; there are none if one of the two is 0.
func (c *config) limits() bot.Limits {
	if c.Limits.Burst == 0 {
		return bot.Limits{}
	}
	return c.Limits
}

// untilSignal runs until a signal comes, and lets run finish then. If run ends
// by itself, everything has failed for good.
func untilSignal(ctx context.Context, signals <-chan os.Signal, log *slog.Logger, run func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()
	select {
	case err := <-ended:
		if err != nil {
			return wrong("%w", err)
		}
		return nil
	case s := <-signals:
		log.Info("stopping", "signal", s.String())
	case <-ctx.Done():
	}
	stop()
	return drained(signals, ended, log)
}

// drained waits until run has ended, for a second signal, or until the time is up.
func drained(signals <-chan os.Signal, ended <-chan error, log *slog.Logger) error {
	asked, timeUp := time.Now(), time.After(drainWithin)
	for {
		select {
		case err := <-ended:
			if err != nil {
				log.Debug("ended with what was reported before", "err", err.Error())
			}
			return nil
		case s := <-signals:
			if time.Since(asked) > together {
				return exit{signalled(s), errors.New("stopped at once: a second signal came")}
			}
		case <-timeUp:
			return wrong("stopped: what was under way did not finish within %v", drainWithin)
		}
	}
}

// signalled is what shells make of a program that a signal ended: 130 or 143.
func signalled(s os.Signal) int {
	if n, ok := s.(syscall.Signal); ok {
		return 128 + int(n)
	}
	return exitWrong
}

// platforms are the services as [bot.Run] takes them.
func platforms(services []service, log *slog.Logger) []bot.Platform {
	all := make([]bot.Platform, len(services))
	for i, s := range services {
		all[i] = watched{s.platform, s.on, log}
	}
	return all
}

// A watched platform tells at once why it ended, for the others go on. It also
// ends when the listener that it needs does, and alone when it panics.
type watched struct {
	bot.Platform
	on  *listener // nil if it needs none
	log *slog.Logger
}

// Run implements [bot.Platform].
func (w watched) Run(ctx context.Context, h bot.Handler) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("stopped by a panic of the kind %T", v)
			w.log.Error("panic", "platform", w.Name(), "kind", fmt.Sprintf("%T", v), "stack", stack())
		}
		if err != nil {
			err = errors.New(withoutSecrets(err))
			w.log.Error("platform stopped for good", "platform", w.Name(), "err", err.Error())
		}
	}()
	if w.on == nil {
		return w.Platform.Run(ctx, h)
	}
	return w.on.during(ctx, func(ctx context.Context) error { return w.Platform.Run(ctx, h) })
}

// withoutSecrets is the text of an error: [bot.Redact] alone would drop what
// stands around the error of a request.
func withoutSecrets(err error) string { return strings.TrimSpace(bot.Redact(errors.New(err.Error()))) }
