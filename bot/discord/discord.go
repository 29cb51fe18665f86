package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"frameworkbot/bot"
)

// What is under way at once, and how long things may take.
const (
	// maxUnderWay is how many messages, and how many interactions, are under way
	// at once. Most of them wait for Discord.
	maxUnderWay = 2048

	// maxThinking is how many answers are made at once.
	maxThinking = 32

	// maxSuggesting is how many lists for autocomplete are under way at once, and
	// maxRefusing how many people are told at once that too much is under way.
	maxSuggesting, maxRefusing = 256, 64

	// drainTime is what the answers under way have to finish in when the bot
	// stops: less than the ten seconds that it is given before it is killed.
	drainTime = 8 * time.Second

	// remembered is how long a delivery is remembered: as long as the token of an
	// interaction is good
	// (https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction).
	remembered = 15 * time.Minute

	// maxRemembered is how many keys of deliveries are remembered: about 10 MB.
	maxRemembered = 1 << 16

	// Of what may be pressed once, such as Share.
	usedFor = 24 * time.Hour
	maxUsed = 10_000
)

// Discord is the [bot.Platform] Discord. In mode [HTTP] it is also the
// [net/http.Handler] of all that Discord sends.
type Discord struct {
	cfg    Config
	log    *slog.Logger
	rest   *rest
	vitals *bot.Vitals
	key    ed25519.PublicKey // in mode [HTTP]

	questions    *bot.Pool // messages, which may wait long to be answered
	interactions *bot.Pool // never behind those
	suggests     *bot.Pool
	refusals     *bot.Pool
	thinking     chan struct{}

	seen  *bot.Seen // what was delivered
	used  *bot.Seen // what was pressed
	quiet quiet
	menus recent[bot.Ref, []bot.Ask]
	lists recent[typing, json.RawMessage]
	cards *cards

	handler   atomic.Pointer[bot.Handler] // nil unless running
	begun     chan struct{}               // closed when Run has begun
	self      atomic.Pointer[identity]
	work      context.Context // of the answers: goes on for a while when the bot stops
	permanent chan error      // what makes going on pointless

	dial func(ctx context.Context, network, address string) (net.Conn, error) // of the gateway; nil means over the network
}

// New returns the platform for a configuration that [Config.Check] passed. It
// touches no network before Run, and runs once.
func New(cfg Config, log *slog.Logger) *Discord {
	cfg = cfg.withDefaults()
	d := &Discord{
		cfg: cfg, log: log,
		questions: bot.NewPool(maxUnderWay, log), interactions: bot.NewPool(maxUnderWay, log),
		suggests: bot.NewPool(maxSuggesting, log), refusals: bot.NewPool(maxRefusing, log),
		thinking: make(chan struct{}, maxThinking),
		seen:     bot.NewSeen(maxRemembered, remembered), used: bot.NewSeen(maxUsed, usedFor), cards: newCards(),
		begun: make(chan struct{}), work: context.Background(), permanent: make(chan error, 1),
		vitals: bot.NewVitals("discord", cfg.Mode),
	}
	d.key, _ = publicKey(cfg.PublicKey) // nil refuses everything
	d.rest = newRest(cfg, d.fail)
	d.rest.vitals = d.vitals
	return d
}

// Name is "discord".
func (d *Discord) Name() string { return "discord" }

// Run implements [bot.Platform].
func (d *Discord) Run(ctx context.Context, h bot.Handler) (err error) {
	d.vitals.Begin()
	defer func() { d.vitals.End(err) }()
	work, giveUp := context.WithCancel(context.WithoutCancel(ctx)) // who asked gets an answer
	defer giveUp()
	d.work = work
	d.handler.Store(&h)
	close(d.begun)
	running, stop := context.WithCancel(ctx)
	defer stop()

	var wg sync.WaitGroup
	var failed error
	wg.Go(func() {
		select {
		case failed = <-d.permanent:
			stop()
		case <-running.Done():
		}
	})
	err = d.receive(running, &wg)
	stop()
	d.vitals.Stop()
	d.handler.Store(nil)
	d.drain()
	giveUp()
	wg.Wait()
	d.rest.close()
	switch {
	case failed != nil:
		return failed
	case ctx.Err() != nil:
		return nil
	}
	return err
}

// receive takes deliveries until ctx is done. It does not wait for Discord's API
// to say who the bot is, but for whether the token is good: each session that is
// started with another one counts.
func (d *Discord) receive(ctx context.Context, wg *sync.WaitGroup) error {
	if d.cfg.Mode == HTTP {
		d.log.Info("discord: waiting for signed interactions")
		d.vitals.Up(listening, 0)
		wg.Go(func() { d.introduce(ctx) })
		<-ctx.Done()
		return nil
	}
	switch err := d.introduceOnce(ctx); {
	case errors.Is(err, errToken):
		return err
	case err != nil:
		wg.Go(func() { d.introduce(ctx) })
	default:
		wg.Go(func() { d.registerInBackground(ctx) })
	}
	return d.newGateway().run(ctx)
}

// newGateway is how events come in in mode [Gateway].
func (d *Discord) newGateway() *gateway {
	return &gateway{
		token: d.cfg.Token, intents: neededIntents, allowPlain: strings.HasPrefix(d.cfg.APIURL, "http://"), log: d.log, vitals: d.vitals,
		dispatch: d.dispatch, dial: d.dial,
		fetch: func(ctx context.Context) (at gatewayBot, err error) {
			return at, d.rest.do(ctx, call{method: http.MethodGet, route: "/gateway/bot", harmless: true}, &at)
		},
	}
}

// drain waits for the answers under way.
func (d *Discord) drain() {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	done := true
	for _, pool := range []*bot.Pool{d.interactions, d.suggests, d.refusals, d.questions} {
		done = pool.Close(ctx) && done
	}
	if !done {
		d.log.Warn("discord: answers were under way that did not finish", "waited", drainTime)
	}
}

// fail ends Run with an error that going on would not cure.
func (d *Discord) fail(err error) {
	select {
	case d.permanent <- err:
	default: // another one came first
	}
}

// think makes an answer. Only so many are made at once; the others wait for
// their turn, in order. One that panics is an apology.
func (d *Discord) think(answer func() *bot.Answer) *bot.Answer {
	d.thinking <- struct{}{}
	defer func() { <-d.thinking }()
	a := &bot.Answer{Kind: bot.FailedKind, Title: "Sorry", Text: bot.Apology, Private: true}
	d.questions.Guard(func() { a = answer() })
	return a
}

// silent suggests nothing.
type silent struct{}

// Suggest implements [bot.Suggester].
func (silent) Suggest(context.Context, string, int) []bot.Suggestion { return nil }
