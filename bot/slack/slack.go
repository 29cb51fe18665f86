package slack

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"frameworkbot/bot"
)

// What is under way at once, and how long things may take.
const (
	// maxUnderWay is how many questions and how many presses are under way at
	// once. Slack sends again what is not taken on; people are told to try again.
	maxUnderWay = 2048

	// maxSuggesting is how many menus are filled at once.
	maxSuggesting = 64

	// drainTime is what the answers under way have to finish in when the bot
	// stops: less than the ten seconds that it is given before it is killed.
	drainTime = 8 * time.Second

	// remembered is how long a delivery is remembered. Slack's last retry comes
	// after five minutes, or after a day where an app has Delayed Events
	// (https://docs.slack.dev/apis/events-api/#retries).
	remembered = 25 * time.Hour

	// maxRemembered is how many keys of deliveries are remembered: about 10 MB.
	maxRemembered = 50_000
)

// Slack is the [bot.Platform] Slack. In mode [HTTP] it is also the
// [net/http.Handler] of all that Slack sends.
type Slack struct {
	cfg    Config
	log    *slog.Logger
	rest   *rest
	poster *poster
	vitals *bot.Vitals

	events    *bot.Pool // questions and presses
	commands  *bot.Pool // slash commands: answered at once, so never behind posts that wait
	suggests  *bot.Pool
	seen      *bot.Seen
	cards     cards
	handler   atomic.Pointer[bot.Handler] // nil unless running
	begun     chan struct{}               // closed when Run has begun
	self      atomic.Pointer[identity]
	draining  chan struct{} // closed when the bot stops
	work      context.Context
	permanent chan error // what makes going on pointless
}

// New returns the platform for a configuration that [Config.Check] passed. It
// touches no network before Run, and runs once.
func New(cfg Config, log *slog.Logger) *Slack {
	s := &Slack{
		cfg: cfg, log: log,
		events: bot.NewPool(maxUnderWay, log), commands: bot.NewPool(maxUnderWay, log), suggests: bot.NewPool(maxSuggesting, log),
		seen: bot.NewSeen(maxRemembered, remembered), draining: make(chan struct{}), begun: make(chan struct{}),
		work: context.Background(), permanent: make(chan error, 1), vitals: bot.NewVitals("slack", cfg.Mode),
	}
	s.rest = newRest(cfg, s.draining, s.fail)
	s.poster = newPoster(cfg.APIURL)
	s.rest.vitals, s.poster.vitals = s.vitals, s.vitals
	return s
}

// Name is "slack".
func (s *Slack) Name() string { return "slack" }

// Run implements [bot.Platform].
func (s *Slack) Run(ctx context.Context, h bot.Handler) (err error) {
	s.vitals.Begin()
	defer func() { s.vitals.End(err) }()
	work, giveUp := context.WithCancel(context.WithoutCancel(ctx)) // who asked gets an answer
	defer giveUp()
	s.work = work
	s.handler.Store(&h)
	close(s.begun)
	running, stop := context.WithCancel(ctx)
	defer stop()

	var wg sync.WaitGroup
	var failed error
	wg.Go(func() { s.introduce(running) })
	wg.Go(func() {
		select {
		case failed = <-s.permanent:
			stop()
		case <-running.Done():
		}
	})
	context.AfterFunc(running, func() { close(s.draining) })
	err = s.receive(running)
	stop()
	s.vitals.Stop()
	s.handler.Store(nil)
	s.drain()
	giveUp()
	wg.Wait()
	if ctx.Err() != nil && err == nil {
		return nil
	}
	return errors.Join(failed, err)
}

// receive takes deliveries until ctx is done.
func (s *Slack) receive(ctx context.Context) error {
	if s.cfg.Mode == HTTP {
		s.log.Info("slack: waiting for signed requests")
		s.vitals.Up(listening, 0)
		<-ctx.Done()
		return nil
	}
	return s.newSocket().run(ctx)
}

// drain waits for the answers under way.
func (s *Slack) drain() {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	done := s.commands.Close(ctx)
	done = s.suggests.Close(ctx) && done
	if done = s.events.Close(ctx) && done; !done {
		s.log.Warn("slack: answers were under way that did not finish", "waited", drainTime)
	}
}

// fail ends Run with an error that going on would not cure.
func (s *Slack) fail(err error) {
	select {
	case s.permanent <- err:
	default: // another one came first
	}
}
