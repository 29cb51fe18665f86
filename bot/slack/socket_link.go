package slack

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"frameworkbot/bot"
)

// What is waited for on one connection.
const (
	helloWithin = 10 * time.Second // Slack greets first of all
	quietFor    = 30 * time.Second // Slack pings every few seconds: silence means that the connection is dead
	writeWithin = 5 * time.Second
	closeWithin = time.Second // Slack does not always answer the goodbye
)

// maxFrame is how much of a frame is read. Slack's are far smaller.
const maxFrame = 1 << 20

// A link is one connection of Socket Mode. It has a goroutine that reads and
// one that writes; whoever answers an envelope waits for neither.
type link struct {
	*socket
	number  int
	conn    *websocket.Conn
	greeted chan struct{} // closed once Slack said hello
	left    chan struct{} // closed once it has to be replaced: Slack said so, or it is dead
	over    chan struct{} // closed when it is closed
	readEnd chan struct{} // closed when nothing more is read
	quiet   *time.Timer   // fires when nothing was heard for too long
	useful  atomic.Bool   // an envelope came by it
	leaving sync.Once

	born   time.Time
	died   time.Time // set before left is closed, as is reason
	reason string

	mu        sync.Mutex
	wake      chan struct{} // holds a token if the writer has to look again
	queue     []outgoing
	underWay  int  // envelopes taken on and not answered
	finishing bool // takes no more on
	dead      bool // nothing can be written
}

// An outgoing is a frame to be written.
type outgoing struct {
	kind   int // of gorilla/websocket
	data   []byte
	unsent func() // called if it cannot be written; may be nil
}

func newLink(s *socket, conn *websocket.Conn, number int) *link {
	l := &link{
		socket: s, number: number, conn: conn, born: time.Now(), wake: make(chan struct{}, 1),
		greeted: make(chan struct{}), left: make(chan struct{}), over: make(chan struct{}), readEnd: make(chan struct{}),
	}
	l.quiet = time.AfterFunc(helloWithin, func() { l.leave("silent") })
	conn.SetPingHandler(func(data string) error {
		l.alive()
		l.enqueue(outgoing{kind: websocket.PongMessage, data: []byte(data)})
		return nil
	})
	conn.SetCloseHandler(func(int, string) error { return nil }) // answered when all is acknowledged
	return l
}

// isGreeted reports whether Slack said hello.
func (l *link) isGreeted() bool { return isClosed(l.greeted) }

// isOver reports whether the connection is closed.
func (l *link) isOver() bool { return isClosed(l.over) }

func isClosed(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}

// alive notes that Slack is there.
func (l *link) alive() {
	l.vitals.Heard(l.number)
	if l.isGreeted() {
		l.quiet.Reset(quietFor)
	}
}

// leave asks for a successor. The connection is read on.
func (l *link) leave(reason string) {
	l.leaving.Do(func() {
		l.reason, l.died = reason, time.Now()
		if !l.isFinishing() {
			l.log.Info("slack: a connection is to be replaced", "connection", l.number, "reason", bot.Echo(reason))
		}
		close(l.left)
	})
}

// lifetime is how long the connection served, once it left.
func (l *link) lifetime() time.Duration {
	if !l.isGreeted() {
		return 0
	}
	return l.died.Sub(l.born)
}

// retire ends the connection after a while, if Slack does not.
func (l *link) retire() { time.AfterFunc(linger, l.finish) }

// finish takes no more envelopes on, and closes once those under way are answered.
func (l *link) finish() {
	l.mu.Lock()
	l.finishing = true
	l.mu.Unlock()
	l.look()
}

func (l *link) isFinishing() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.finishing
}

// fail ends the connection: nothing can be written any more.
func (l *link) fail() {
	l.mu.Lock()
	l.dead = true
	l.mu.Unlock()
	l.look()
}

// look makes the writer look again.
func (l *link) look() {
	select {
	case l.wake <- struct{}{}:
	default: // it will
	}
}

// read reads until the connection ends.
func (l *link) read() {
	defer close(l.readEnd)
	for {
		_, r, err := l.conn.NextReader()
		var frame []byte
		if err == nil {
			frame, err = io.ReadAll(io.LimitReader(r, maxFrame)) // NextReader skips the rest
		}
		if err != nil {
			l.readFailed(err)
			return
		}
		l.alive()
		l.received(frame)
	}
}

// readFailed says how the connection ends: after a goodbye, what is under way
// can still be acknowledged.
func (l *link) readFailed(err error) {
	l.leave(redact(err))
	if goodbye, ok := errors.AsType[*websocket.CloseError](err); ok && goodbye.Code != websocket.CloseAbnormalClosure {
		l.finish()
	} else {
		l.fail()
	}
}

// write writes what is queued, until the connection ends.
func (l *link) write() {
	defer l.end()
	for {
		out, more := l.next()
		if !more {
			break
		}
		if err := l.send(out); err != nil {
			l.log.Warn("slack: an acknowledgement could not be written", "connection", l.number, "err", redact(err))
			out.drop()
			return
		}
	}
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	if l.send(outgoing{kind: websocket.CloseMessage, data: goodbye}) == nil && l.conn.SetReadDeadline(time.Now().Add(closeWithin)) == nil {
		<-l.readEnd // closing before the last bytes are read would reset the connection, and lose what was written
	}
}

// send writes one frame.
func (l *link) send(out outgoing) error {
	deadline := time.Now().Add(writeWithin)
	if out.kind != websocket.TextMessage {
		return l.conn.WriteControl(out.kind, out.data, deadline)
	}
	if err := l.conn.SetWriteDeadline(deadline); err != nil {
		return err
	}
	return l.conn.WriteMessage(out.kind, out.data)
}

// next waits for a frame to write. There is none any more when all that was
// taken on is answered, or when the connection is dead.
func (l *link) next() (out outgoing, more bool) {
	for ; ; <-l.wake {
		l.mu.Lock()
		end := l.dead || l.finishing && l.underWay == 0 && len(l.queue) == 0
		if !end && len(l.queue) > 0 {
			out, l.queue = l.queue[0], l.queue[1:]
			l.mu.Unlock()
			return out, true
		}
		l.mu.Unlock()
		if end {
			return outgoing{}, false
		}
	}
}

// end closes the connection and drops what was not written.
func (l *link) end() {
	l.conn.Close()
	l.leave("closed")
	l.vitals.Down(l.number, "a connection ended: "+bot.Echo(l.reason))
	l.mu.Lock()
	l.dead = true
	rest := l.queue
	l.queue = nil
	l.mu.Unlock()
	for _, out := range rest {
		out.drop()
	}
	<-l.readEnd
	close(l.over)
}

// enqueue queues a frame, or drops it if the connection is dead.
func (l *link) enqueue(out outgoing) {
	l.mu.Lock()
	dead := l.dead
	if !dead {
		l.queue = append(l.queue, out)
	}
	l.mu.Unlock()
	if dead {
		out.drop()
		return
	}
	l.look()
}

// drop says that the frame cannot be written.
func (out outgoing) drop() {
	if out.unsent != nil {
		out.unsent()
	}
}
