package slacktest

import (
	"encoding/binary"
	"net"
	"sync/atomic"
)

// A wire is a connection that is looked at while it is read: whether the bot
// writes messages in several frames, which Slack does not put together.
type wire struct {
	net.Conn
	frames atomic.Pointer[frames] // nil before the websocket begins
}

// wires makes a listener's connections wires.
type wires struct{ net.Listener }

// Accept implements [net.Listener].
func (l wires) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &wire{Conn: conn}, nil
}

// Read implements [net.Conn].
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if f := w.frames.Load(); f != nil {
		f.see(p[:n])
	}
	return n, err
}

// cut ends a connection without a word.
func cut(conn net.Conn) {
	if w, ok := conn.(*wire); ok {
		conn = w.Conn
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // closes all the same
	}
	conn.Close()
}

// frames follows the frames of a websocket (RFC 6455, section 5.2).
type frames struct {
	head   []byte
	skip   uint64 // bytes of the payload to come
	inPart func() // called for each frame that is a part of a message
}

func (f *frames) see(p []byte) {
	for len(p) > 0 {
		if f.skip > 0 {
			n := min(f.skip, uint64(len(p)))
			p, f.skip = p[n:], f.skip-n
			continue
		}
		f.head, p = append(f.head, p[0]), p[1:]
		size, complete := payloadSize(f.head)
		if !complete {
			continue
		}
		const final, opcode = 0x80, 0x0f
		if f.head[0]&final == 0 || f.head[0]&opcode == 0 {
			f.inPart()
		}
		f.head, f.skip = f.head[:0], size
	}
}

// payloadSize reads the header of a frame, if all of it is there.
func payloadSize(head []byte) (size uint64, complete bool) {
	if len(head) < 2 {
		return 0, false
	}
	const masked = 0x80
	end := map[byte]int{126: 4, 127: 10}[head[1]&^masked]
	if end == 0 {
		end = 2
	}
	length := head[2:min(end, len(head))]
	if head[1]&masked != 0 {
		end += 4
	}
	if len(head) < end {
		return 0, false
	}
	switch len(length) {
	case 2:
		return uint64(binary.BigEndian.Uint16(length)), true
	case 8:
		return binary.BigEndian.Uint64(length), true
	}
	return uint64(head[1] &^ masked), true
}
