package discord

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"frameworkbot/bot"
)

// How long is waited before a connection is made again. The one after a
// connection that held is made at once.
const (
	heldFor        = 10 * time.Second
	longestBackOff = 45 * time.Second // so that the bot is back within a minute of the network
	longestResume  = 5 * time.Second  // while sessions can be resumed: people wait for answers
	quickResumes   = 60               // in a row; then it is longestBackOff for them as well
)

// How often it may be in vain to resume a session.
const (
	triesThere    = 3 // to connect to its own address; then it is resumed where sessions are started
	triesToResume = 8 // to get an answer to RESUME; then the session is given up
)

// A shard is one of the parts in which Discord sends events, with a session of
// its own (https://docs.discord.com/developers/events/gateway#sharding).
type shard struct {
	*gateway
	id, of  int
	starts  *starts
	guard   *bot.Pool // against panics
	turn    *turn     // its place among those that want to start a session, nil if it has none
	session session
	fails   int // connections in a row that did not hold
	astray  int // connections in a row that did not get as far as READY or RESUMED
	silence int // … although RESUME was sent
	young   int // sessions in a row that did not live long
	dials   int // connections so far
}

func newShard(g *gateway, id, of int, starts *starts) *shard {
	// The place is taken now, so that the shards start in order.
	return &shard{gateway: g, id: id, of: of, starts: starts, turn: starts.line(id), guard: bot.NewPool(1, g.log)}
}

// run connects until ctx is done, and returns nil, or until Discord refuses the
// bot for good.
func (s *shard) run(ctx context.Context) error {
	for {
		end := s.connect(ctx)
		err := refusal(end.code, s.intents, s.id, s.of)
		if err != nil || !s.lull(ctx, end) {
			return err
		}
	}
}

// lull waits between two connections, and reports false if ctx is done.
func (s *shard) lull(ctx context.Context, end ending) bool {
	if ctx.Err() != nil {
		return false
	}
	wait := s.next(end)
	s.vitals.Down(s.id, "a connection ended: "+end.why)
	s.vitals.Trouble("no connection: " + end.why)
	s.log.LogAttrs(ctx, end.level(), "discord: gateway connection ended", append(end.attrs(),
		slog.Int("shard", s.id), slog.Bool("resume", s.session.id != ""), slog.Duration("wait", wait))...)
	return sleep(ctx, wait)
}

// An ending is how a connection ended.
type ending struct {
	why    string // in a word or two
	code   int    // that Discord closed it with, 0 if it did not
	err    error
	lost   bool // the session cannot be resumed
	asked  bool // Discord asked for a new connection
	refuse bool // Discord refused the session, and wants a pause
	sent   bool // IDENTIFY or RESUME
	ready  bool // the session was started or resumed
	lived  time.Duration
}

// level is how loud the log says it. That Discord asks for a new connection is
// nothing out of the ordinary.
func (e ending) level() slog.Level {
	if e.asked {
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

func (e ending) attrs() []slog.Attr {
	attrs := []slog.Attr{slog.String("why", e.why)}
	if e.code != 0 {
		return append(attrs, slog.Int("code", e.code))
	}
	if e.err != nil {
		return append(attrs, slog.String("error", bot.Redact(e.err)))
	}
	return attrs
}

// connect makes one connection and keeps it until it ends.
func (s *shard) connect(ctx context.Context) ending {
	address := s.session.resumeURL
	if s.session.id == "" {
		if s.turn == nil {
			s.turn = s.starts.line(s.id)
		}
		defer s.leaveLine()
		if !s.turn.come(ctx) {
			return ending{}
		}
	}
	if s.session.id == "" || s.astray >= triesThere || !s.mayDial(address) {
		address = s.starts.address()
	}
	socket, err := s.open(ctx, address)
	if err != nil {
		return ending{why: "not connected", err: err}
	}
	if s.dials++; s.dials > 1 {
		s.vitals.Count(bot.Reconnects)
	}
	return newConnection(s, socket).serve(ctx)
}

func (s *shard) leaveLine() {
	s.turn.pass()
	s.turn = nil
}

// next decides whether the session goes on, and returns how long to wait
// before the next connection.
func (s *shard) next(end ending) time.Duration {
	s.count(end)
	longest := longestBackOff
	if end.ready && s.fails < quickResumes {
		longest = longestResume
	}
	wait := backOff(s.fails, longest)
	s.fails++
	if end.refuse {
		wait = max(wait, afterInvalid())
	}
	started := !s.session.began.IsZero()
	if started && (end.lost || s.session.id == "" || s.silence >= triesToResume) {
		wait = max(wait, s.bury())
	}
	return wait
}

func (s *shard) count(end ending) {
	if end.ready && end.lived >= heldFor {
		s.fails = 0
	}
	if end.ready {
		s.astray, s.silence = 0, 0
		return
	}
	s.astray++
	if end.sent {
		s.silence++
	}
}

// How long is waited before a session is started in place of one that died.
const (
	firstBurial   = 5 * time.Second
	longestBurial = 10 * time.Minute
	oldAge        = 10 * time.Minute // a session that dies younger makes the next one wait longer
)

// bury forgets the session, and returns how long to wait before the next one
// is started: the longer the more of them died young.
func (s *shard) bury() time.Duration {
	if time.Since(s.session.began) < oldAge {
		s.young++
	} else {
		s.young = 0
	}
	s.session, s.astray, s.silence = session{}, 0, 0
	if s.young <= 1 {
		return afterInvalid()
	}
	wait := min(firstBurial<<min(s.young-1, 10), longestBurial)
	return wait + rand.N(wait/4)
}

// afterInvalid is a pause of one to five seconds, as Discord wants it after op 9
// (https://docs.discord.com/developers/events/gateway#resuming).
func afterInvalid() time.Duration { return time.Second + rand.N(4*time.Second) }

// backOff is how long to wait after a number of failures: nothing, a second, twice
// as long each time, up to longest. Chance spreads it, so that not all that
// lost their connection together come back together.
func backOff(fails int, longest time.Duration) time.Duration {
	if fails == 0 {
		return 0
	}
	wait := min(time.Second<<min(fails-1, 16), longest)
	return wait/2 + rand.N(wait/2)
}
