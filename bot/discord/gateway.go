package discord

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"sync"

	"frameworkbot/bot"
)

// A gateway receives what people do, over a WebSocket for each shard.
//
// The loop is our own: discordgo's deadlocks when Discord asks it to reconnect
// at the wrong moment, floods IDENTIFY until Discord resets the token, and
// closes with codes that throw sessions away.
//
//	shards.go              each shard connects again and again until the context is done
//	gateway_connection.go  one connection, from HELLO to its end
//	gateway_session.go     what is resumed
//	gateway_socket.go      frames over a WebSocket
//	gateway_packet.go      what a frame says
//	gateway_close.go       what a close code means
//	identify.go            how often a session may be started
type gateway struct {
	token      bot.Secret // without "Bot " before it
	intents    int
	fetch      func(context.Context) (gatewayBot, error) // GET /gateway/bot
	allowPlain bool                                      // ws to loopback, for tests
	log        *slog.Logger
	vitals     *bot.Vitals

	// dispatch is told of each event, in the order of its shard. It returns at
	// once, as heartbeats wait for it, and may keep data. It is not called any
	// more once ctx is done.
	dispatch func(ctx context.Context, event string, data json.RawMessage)

	// dial connects; nil means over the network.
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// gatewayBot is what GET /gateway/bot says
// (https://docs.discord.com/developers/events/gateway#get-gateway-bot).
type gatewayBot struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Total          int   `json:"total"`
		Remaining      int   `json:"remaining"`
		ResetAfter     int64 `json:"reset_after"` // milliseconds
		MaxConcurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// run keeps all shards connected until ctx is done; then it closes them and
// returns nil. Any other return is a sentence that says what has to be changed:
// connecting again would not help.
func (g *gateway) run(ctx context.Context) error {
	at, ok := g.discover(ctx)
	if !ok {
		return nil
	}
	if !g.mayDial(at.URL) {
		return errors.New("discord.api_url names a gateway that is not one of wss: the token must not go there")
	}
	starts := newStarts(g.fetch, at, g.log)
	starts.vitals = g.vitals
	starts.tell()
	g.vitals.Want(max(1, at.Shards))
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var (
		wg    sync.WaitGroup
		once  sync.Once
		fatal error
	)
	for id := range max(1, at.Shards) {
		s := newShard(g, id, max(1, at.Shards), starts)
		wg.Go(func() {
			if err := s.run(ctx); err != nil {
				once.Do(func() { fatal = err })
				stop()
			}
		})
	}
	wg.Wait()
	return fatal
}

// discover asks where the gateway is until it is told, and reports false if
// ctx is done first.
func (g *gateway) discover(ctx context.Context) (gatewayBot, bool) {
	for tries := 1; ; tries++ {
		at, err := g.fetch(ctx)
		if err == nil {
			return at, ctx.Err() == nil
		}
		if ctx.Err() != nil {
			return at, false
		}
		wait := backOff(tries, longestBackOff)
		g.log.Warn("discord: gateway not found", "error", bot.Redact(err), "wait", wait)
		g.vitals.Trouble("the gateway was not found: " + bot.Redact(err))
		if !sleep(ctx, wait) {
			return at, false
		}
	}
}
