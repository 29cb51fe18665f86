package discordtest

import (
	"bytes"
	"compress/zlib"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// An outbox sends what is put in it, in order, without ever making who puts it wait.
type outbox struct {
	ws   *websocket.Conn
	zlib *zlib.Writer // nil if the connection is not compressed
	text bytes.Buffer // what zlib wrote
	done chan struct{}

	mu    sync.Mutex
	cond  *sync.Cond
	queue []outgoing
	ended bool
}

// cutKind is the kind of what is no message, but the end.
const cutKind = -1

type outgoing struct {
	kind int
	data []byte
}

func newOutbox(ws *websocket.Conn, compressed bool) *outbox {
	o := &outbox{ws: ws, done: make(chan struct{})}
	o.cond = sync.NewCond(&o.mu)
	if compressed {
		o.zlib = zlib.NewWriter(&o.text)
	}
	go o.run()
	return o
}

func (o *outbox) put(kind int, data []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.queue = append(o.queue, outgoing{kind, data})
	o.cond.Signal()
}

// cut ends the connection at once, as a broken network does.
func (o *outbox) cut() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ended {
		return
	}
	o.ended = true
	if tcp, ok := o.ws.NetConn().(*net.TCPConn); ok && len(o.queue) > 0 {
		_ = tcp.SetLinger(0)
	}
	_ = o.ws.Close()
	o.cond.Signal()
}

func (o *outbox) wait() { <-o.done }

func (o *outbox) run() {
	defer close(o.done)
	for {
		next, ok := o.next()
		if ok && next.kind == cutKind {
			o.cut()
		}
		if !ok || next.kind == cutKind || o.write(next) != nil {
			return
		}
	}
}

func (o *outbox) next() (outgoing, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.queue) == 0 && !o.ended {
		o.cond.Wait()
	}
	if o.ended {
		return outgoing{}, false
	}
	next := o.queue[0]
	o.queue = o.queue[1:]
	return next, true
}

func (o *outbox) write(m outgoing) error {
	_ = o.ws.SetWriteDeadline(time.Now().Add(patience))
	if o.zlib == nil || m.kind != websocket.TextMessage {
		return o.ws.WriteMessage(m.kind, m.data)
	}
	o.text.Reset()
	if _, err := o.zlib.Write(m.data); err != nil {
		return err
	}
	if err := o.zlib.Flush(); err != nil { // ends in 00 00 ff ff
		return err
	}
	return o.ws.WriteMessage(websocket.BinaryMessage, o.text.Bytes())
}
