package discord

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"time"
)

// How long Discord may take.
const (
	helloWithin = 20 * time.Second
	readyWithin = 60 * time.Second // a RESUME is followed by all that was missed
)

// The interval of heartbeats is what HELLO says, within reason.
const (
	usualInterval    = 41250 * time.Millisecond
	shortestInterval = 100 * time.Millisecond
	longestInterval  = 5 * time.Minute
	answersAMinute   = 60 // to op 1; Discord takes 120 of everything (https://docs.discord.com/developers/events/gateway#rate-limiting)
)

// A connection is one WebSocket of a shard. All of its methods run in one
// goroutine; another one reads frames.
type connection struct {
	*shard
	*socket
	opened   time.Time
	interval time.Duration // of heartbeats; 0 before HELLO
	beat     *time.Timer   // for the next heartbeat
	due      *time.Timer   // until HELLO, then until READY or RESUMED
	acked    bool          // since the last heartbeat
	ready    bool
	answers  int // to op 1, since
	since    time.Time
}

func newConnection(s *shard, to *socket) *connection {
	c := &connection{shard: s, socket: to, opened: time.Now(), acked: true}
	c.beat, c.due = time.NewTimer(longestInterval), time.NewTimer(helloWithin)
	c.beat.Stop()
	return c
}

// serve keeps the connection until it ends, and ends it when ctx is done.
func (c *connection) serve(ctx context.Context) ending {
	defer c.beat.Stop()
	defer c.due.Stop()
	end := c.wait(ctx)
	end.sent, end.ready, end.lived = c.interval != 0, c.ready, time.Since(c.opened)
	code := closeAndResumeSoon
	if ctx.Err() != nil {
		code = closeNormal
	}
	c.close(code)
	return end
}

// wait does what is to be done until the connection has to end.
func (c *connection) wait(ctx context.Context) ending {
	for {
		var end *ending
		select {
		case <-ctx.Done():
			return ending{}
		case p, open := <-c.packets:
			if !open {
				code := c.code()
				return ending{why: "closed", code: code, err: c.err, lost: losesSession(code)}
			}
			end = c.take(ctx, p)
		case <-c.beat.C:
			end = c.nextBeat()
		case <-c.due.C:
			end = &ending{why: "no answer to the handshake"}
		}
		if end != nil {
			return *end
		}
	}
}

// take does what a packet asks for. It returns how the connection has to end,
// nil if it goes on. Opcodes that are not known are none of ours.
func (c *connection) take(ctx context.Context, p packet) *ending {
	switch p.Op {
	case opDispatch:
		c.event(ctx, p)
	case opHeartbeat:
		return c.answer()
	case opReconnect: // at any moment, also before HELLO
		return &ending{why: "asked to reconnect", asked: true}
	case opInvalid:
		resumable := string(p.Data) == "true"
		return &ending{why: "session invalid", lost: !resumable, refuse: true}
	case opHello:
		return c.hello(p.Data)
	case opAck:
		c.acked = true
		c.vitals.Heard(c.id)
	}
	return nil
}

// event passes an event on. A panic there ends nothing.
func (c *connection) event(ctx context.Context, p packet) {
	if ctx.Err() != nil {
		return
	}
	switch p.Event {
	case "READY":
		c.session.ready(p.Data)
		c.established()
		c.log.Info("discord: gateway ready", "shard", c.id, "shards", c.of)
	case "RESUMED":
		c.established()
		c.log.Info("discord: gateway resumed", "shard", c.id, "shards", c.of)
	}
	if p.Seq != nil {
		c.session.seq = max(c.session.seq, *p.Seq)
	}
	c.guard.Guard(func() { c.dispatch(ctx, p.Event, p.Data) })
}

func (c *connection) established() {
	c.ready = true
	c.due.Stop()
	c.vitals.Up(c.id, 2*c.interval)
}

// hello begins the heartbeats, and starts or resumes the session.
func (c *connection) hello(data json.RawMessage) *ending {
	if c.interval != 0 {
		return nil // said before
	}
	var hello struct {
		Interval int64 `json:"heartbeat_interval"`
	}
	read(data, &hello)
	c.interval = usualInterval
	if hello.Interval > 0 {
		c.interval = min(max(time.Duration(hello.Interval)*time.Millisecond, shortestInterval), longestInterval)
	}
	c.patience.Store(int64(2*c.interval + helloWithin))
	c.beat.Reset(rand.N(c.interval))
	c.due.Reset(readyWithin)
	if c.session.id != "" {
		return c.send(c.resume())
	}
	c.turn.take()
	c.session = session{began: time.Now()}
	defer c.turn.pass()
	return c.send(c.identify())
}

// nextBeat sends a heartbeat. If the last one was not acknowledged, nobody is
// there, and the session is taken elsewhere
// (https://docs.discord.com/developers/events/gateway#heartbeat-interval-example-heartbeat-ack).
func (c *connection) nextBeat() *ending {
	if !c.acked {
		return &ending{why: "heartbeat not acknowledged"}
	}
	c.acked = false
	c.beat.Reset(c.interval)
	return c.send(c.heartbeat())
}

// answer sends the heartbeat that Discord asked for, at once, but not so often
// that the connection would be closed for it.
func (c *connection) answer() *ending {
	if time.Since(c.since) >= time.Minute {
		c.answers, c.since = 0, time.Now()
	}
	c.answers++
	if c.answers > answersAMinute {
		return nil
	}
	return c.send(c.heartbeat())
}

func (c *connection) send(p outgoing) *ending {
	if err := c.write(p); err != nil {
		return &ending{why: "not sent", err: err}
	}
	return nil
}
