package discordtest

import "slices"

// A Stage is a moment in the life of a connection.
type Stage string

// The stages.
const (
	BeforeHello   Stage = "before HELLO"
	BeforeReady   Stage = "before READY"   // after an IDENTIFY
	AfterReady    Stage = "after READY"    // and GUILD_CREATE
	BeforeResumed Stage = "before RESUMED" // first after a RESUME, before anything is replayed
	AfterResumed  Stage = "after RESUMED"
)

// A Fault is something that happens to a connection. It reports whether the
// connection goes on after it as if nothing had been.
type Fault func(*connection) bool

// Reconnect is op 7, in place of what would have come.
func Reconnect() Fault {
	return func(c *connection) bool {
		c.send(frame{Op: opReconnect, Data: raw(nil)}.encode())
		return false
	}
}

// Invalid is op 9, in place of what would have come. A session that cannot be
// resumed is dead.
func Invalid(resumable bool) Fault {
	return func(c *connection) bool {
		c.send(invalid(resumable))
		if c.session != nil && !resumable {
			c.session.dead = true
			c.detach()
			c.session = nil
		}
		return false
	}
}

// Close ends the connection with a code.
func Close(code int) Fault {
	return func(c *connection) bool {
		c.close(code)
		return false
	}
}

// Cut ends the connection without a word, after what was sent before.
func Cut() Fault {
	return func(c *connection) bool {
		c.out.put(cutKind, nil)
		c.closing = true
		c.detach()
		return false
	}
}

// Silence leaves the connection open and says nothing any more, not even to
// heartbeats. What is dispatched meanwhile waits for a RESUME.
func Silence() Fault {
	return func(c *connection) bool {
		c.silent = true
		c.detach()
		return false
	}
}

// Withhold leaves out what would have come; heartbeats are acknowledged.
func Withhold() Fault {
	return func(*connection) bool { return false }
}

// AskHeartbeat is op 1: the bot has to send a heartbeat at once.
func AskHeartbeat() Fault {
	return func(c *connection) bool {
		c.send(frame{Op: opHeartbeat, Data: raw(nil)}.encode())
		return true
	}
}

// Say sends a frame as it is, whatever that is: op 11 at an odd moment, an
// unknown opcode, no JSON at all.
func Say(text string) Fault {
	return func(c *connection) bool {
		c.send([]byte(text))
		return true
	}
}

// planned is a fault that is to come.
type planned struct {
	stage  Stage
	fault  Fault
	always bool
}

// On plans faults for a stage: the first is for the connection that reaches it
// next, the second for the one after that, and so on.
func (s *Server) On(stage Stage, faults ...Fault) {
	s.change(func() {
		for _, f := range faults {
			s.gateway.faults = append(s.gateway.faults, &planned{stage, f, false})
		}
	})
}

// Always plans a fault for each connection that reaches the stage.
func (s *Server) Always(stage Stage, f Fault) {
	s.change(func() { s.gateway.faults = append(s.gateway.faults, &planned{stage, f, true}) })
}

// Heal forgets all faults that are to come.
func (s *Server) Heal() {
	s.change(func() { s.gateway.faults = nil })
}

// Now lets the fault happen to all connections that have a session.
func (s *Server) Now(f Fault) {
	s.change(func() {
		for _, x := range s.gateway.sessions {
			if x.conn != nil {
				f(x.conn)
			}
		}
	})
}

// fault lets happen what is planned for the stage, and reports whether the
// connection goes on. The Server must be locked.
func (c *connection) fault(stage Stage) bool {
	g := &c.s.gateway
	i := slices.IndexFunc(g.faults, func(p *planned) bool { return p.stage == stage })
	if i < 0 {
		return true
	}
	next := g.faults[i]
	if !next.always {
		g.faults = slices.Delete(g.faults, i, i+1)
	}
	return next.fault(c)
}
