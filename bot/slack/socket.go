package slack

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"frameworkbot/bot"
)

// How connections follow one another.
const (
	// linger is how long a connection is read on once its successor is there.
	// Slack ends it by itself, some ten seconds after it said so.
	linger = 30 * time.Second

	// maxLinks is how many connections are open at once, those that linger
	// among them. Slack takes ten from all processes of an app together
	// (https://docs.slack.dev/apis/events-api/using-socket-mode#connections).
	maxLinks = 4
)

// A socket receives deliveries over Socket Mode
// (https://docs.slack.dev/apis/events-api/using-socket-mode). Slack ends
// connections every few hours, and says so shortly before: the next one is
// dialled then, while the old one is read and acknowledged until Slack closes
// it, so that nothing falls between the two.
type socket struct {
	open   func(context.Context) (address string, err error) // apps.connections.open
	take   func(request, func(reply))
	guard  func(task func()) // runs a task and survives its panic
	log    *slog.Logger
	vitals *bot.Vitals
	dialer websocket.Dialer
	plain  bool // Slack is on this machine: a test

	opens openings
	count int     // connections so far
	links []*link // those that may still be open
	ends  sync.WaitGroup
}

// newSocket is the socket of a bot in mode [Socket].
func (s *Slack) newSocket() *socket {
	return &socket{
		open: func(ctx context.Context) (string, error) {
			_, address, err := s.rest.api.StartSocketModeContext(ctx)
			return address, err
		},
		take: s.take, guard: s.events.Guard, log: s.log, vitals: s.vitals, plain: s.poster.loopback, dialer: newDialer(),
	}
}

// run receives until ctx is done. Then it takes no more envelopes on, waits
// until those under way are acknowledged, closes and returns nil. Any other
// return is an error that dialling again would not cure.
func (s *socket) run(ctx context.Context) error {
	defer s.drain()
	var before []*link // those that wait for their successor
	for {
		l, err := s.connect(ctx)
		if l == nil {
			return err
		}
		select {
		case <-l.greeted:
		case <-l.left:
		case <-ctx.Done():
			return nil
		}
		if l.isGreeted() {
			for _, old := range before {
				old.retire()
			}
			before = nil
		}
		select {
		case <-l.left:
		case <-ctx.Done():
			return nil
		}
		if l.reason == linkDisabled {
			return permanent(linkDisabled)
		}
		s.opens.lived(l.lifetime(), l.useful.Load())
		if before = append(before, l); !l.isGreeted() {
			l.finish() // it never served
		}
	}
}

// connect opens a connection, trying again for as long as that makes sense. It
// returns none if ctx is done, or for good with the error.
func (s *socket) connect(ctx context.Context) (*link, error) {
	for s.opens.wait(ctx) {
		conn, err := s.dial(ctx)
		if err == nil {
			return s.start(conn), nil
		}
		if ctx.Err() != nil {
			return nil, nil //nolint:nilerr // the bot stops
		}
		if fatal := judgeOpen(err); fatal != nil {
			return nil, fatal
		}
		again := s.opens.failed(err)
		s.log.Warn("slack: no connection", "err", redact(err), "again_in", again)
		s.vitals.Trouble("no connection: " + redact(err))
	}
	return nil, nil
}

// start reads and writes a connection, until it ends.
func (s *socket) start(conn *websocket.Conn) *link {
	if s.count++; s.count > 1 {
		s.vitals.Count(bot.Reconnects)
	}
	l := newLink(s, conn, s.count)
	s.links = slices.DeleteFunc(s.links, (*link).isOver)
	if s.links = append(s.links, l); len(s.links) > maxLinks {
		s.links[0].finish()
	}
	s.ends.Go(l.read)
	s.ends.Go(l.write)
	return l
}

// drain ends all connections once what they took on is acknowledged.
func (s *socket) drain() {
	for _, l := range s.links {
		l.finish()
	}
	late := time.AfterFunc(drainTime, func() {
		s.log.Warn("slack: envelopes were under way that were not acknowledged", "waited", drainTime)
		for _, l := range s.links {
			l.conn.Close()
		}
	})
	defer late.Stop()
	s.ends.Wait()
}
