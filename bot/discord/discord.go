package discord

import (
	"context"
	"crypto/ed25519"
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
	cfg  Config
	log  *slog.Logger
	rest *rest
	key  ed25519.PublicKey // in mode [HTTP]

	questions    *bot.Pool // messages, which may wait long to be answered
	interactions *bot.Pool // never behind those
	suggests     *bot.Pool
	refusals     *bot.Pool
	thinking     chan struct{}

	seen  *bot.Seen // what was delivered
	used  *bot.Seen // what was pressed
	quiet quiet
	menus menus

	handler   atomic.Pointer[bot.Handler] // nil unless running
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
		seen:     bot.NewSeen(maxRemembered, remembered), used: bot.NewSeen(maxUsed, usedFor),
		work: context.Background(), permanent: make(chan error, 1),
	}
	d.key, _ = publicKey(cfg.PublicKey) // nil refuses everything
	d.rest = newRest(cfg, d.fail)
	return d
}

// Name is "discord".
func (d *Discord) Name() string { return "discord" }

// Run implements [bot.Platform].
func (d *Discord) Run(ctx context.Context, h bot.Handler) error {
	work, giveUp := context.WithCancel(context.WithoutCancel(ctx)) // who asked gets an answer
	defer giveUp()
	d.work = work
	d.handler.Store(&h)
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
	err := d.receive(running, &wg)
	stop()
	d.handler.Store(nil)
	d.drain()
	giveUp()
	wg.Wait()
	d.rest.client.CloseIdleConnections()
	switch {
	case failed != nil:
		return failed
	case ctx.Err() != nil:
		return nil
	}
	return err
}

// receive takes deliveries until ctx is done. Over HTTP they come in while the
// bot still asks who it is.
func (d *Discord) receive(ctx context.Context, wg *sync.WaitGroup) error {
	me, err := d.introduce(ctx)
	if err != nil {
		return err
	}
	wg.Go(func() { d.registerInBackground(ctx, me.application) })
	if d.cfg.Mode == HTTP {
		d.log.Info("discord: waiting for signed interactions")
		<-ctx.Done()
		return nil
	}
	return d.newGateway().run(ctx)
}

// newGateway is how events come in in mode [Gateway].
func (d *Discord) newGateway() *gateway {
	return &gateway{
		token: d.cfg.Token, intents: neededIntents, allowPlain: strings.HasPrefix(d.cfg.APIURL, "http://"), log: d.log,
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

// An identity is who the bot is.
type identity struct {
	user        string // what a mention of the bot holds
	application string // what its commands and webhooks belong to
}

// me is who the bot is, with empty fields while that is not known.
func (d *Discord) me() identity {
	if me := d.self.Load(); me != nil {
		return *me
	}
	return identity{application: d.cfg.ApplicationID}
}

// How long to wait before asking again who the bot is.
const (
	firstWait  = time.Second
	lastingFor = time.Minute
)

// introduce asks Discord who the bot is, until it is known or the token turns
// out to be no good.
func (d *Discord) introduce(ctx context.Context) (identity, error) {
	for wait := firstWait; ; wait = min(2*wait, lastingFor) {
		me, err := d.whoAmI(ctx)
		if err == nil {
			d.self.Store(&me)
			d.log.Info("discord: signed in", "user", me.user, "application", me.application)
			return me, nil
		}
		if errors.Is(err, errToken) || ctx.Err() != nil {
			return me, err
		}
		d.log.Warn("discord: who am I?", "err", bot.Redact(err), "again_in", wait)
		if !sleep(ctx, wait) {
			return me, ctx.Err()
		}
	}
}

// whoAmI asks Discord who the bot is, and warns of what does not fit together.
func (d *Discord) whoAmI(ctx context.Context) (identity, error) {
	var me person
	if err := d.rest.do(ctx, call{method: http.MethodGet, route: "/users/@me", harmless: true}, &me); err != nil {
		var said *apiError
		if errors.As(err, &said) && said.status == http.StatusUnauthorized {
			return identity{}, errToken
		}
		return identity{}, err
	}
	var app struct {
		ID       string `json:"id"`
		Key      string `json:"verify_key"`
		Endpoint string `json:"interactions_endpoint_url"`
	}
	err := d.rest.do(ctx, call{method: http.MethodGet, route: "/applications/@me", harmless: true}, &app)
	switch {
	case err != nil && d.cfg.ApplicationID == "":
		return identity{}, err
	case err != nil:
		return identity{me.ID, d.cfg.ApplicationID}, nil
	case d.cfg.ApplicationID != "" && app.ID != d.cfg.ApplicationID:
		d.log.Warn("discord: application_id is another application's: the token's is used", "application", app.ID)
	}
	switch {
	case d.cfg.Mode == Gateway && app.Endpoint != "":
		d.log.Warn("discord: the application has an Interactions Endpoint URL: commands go there, and not to this bot; remove it in the Developer Portal, or set discord.mode to http")
	case d.cfg.Mode == HTTP && app.Endpoint == "":
		d.log.Warn("discord: the application has no Interactions Endpoint URL yet: set it in the Developer Portal under General Information")
	case d.cfg.Mode == HTTP && app.Key != "" && app.Key != d.cfg.PublicKey:
		d.log.Error("discord: public_key is not the application's: copy it again from the Developer Portal, General Information")
	}
	return identity{me.ID, app.ID}, nil
}

// silent suggests nothing.
type silent struct{}

// Suggest implements [bot.Suggester].
func (silent) Suggest(context.Context, string, int) []bot.Suggestion { return nil }
