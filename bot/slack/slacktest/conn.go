package slacktest

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// How Slack treats a connection.
const (
	pingEvery = 5 * time.Second
	writeWait = 5 * time.Second

	// mostConns is how many connections an app may have at once
	// (https://docs.slack.dev/apis/events-api/using-socket-mode#connections).
	mostConns = 10
)

// A Conn is one websocket of the bot's.
type Conn struct {
	Number int // 1 for the first

	server *Server
	ws     *websocket.Conn
	ended  chan struct{} // closed when the bot's side is gone

	mu      sync.Mutex  // of writes
	silent  atomic.Bool // says nothing, hears nothing
	stalled atomic.Bool // reads no more
	closed  atomic.Bool // said goodbye
	code    int         // what the bot said goodbye with, once ended
}

var upgrader = websocket.Upgrader{ReadBufferSize: 4 << 10, WriteBufferSize: 4 << 10}

// connect takes a websocket on, if its ticket is good.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	if s.fails(w, r, &Call{Method: "link"}) {
		return
	}
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	used, known := s.tickets[ticket]
	s.tickets[ticket] = true
	s.mu.Unlock()
	if !known || used {
		s.violate("a websocket was dialled with a ticket that is used or unknown")
		http.Error(w, "bad ticket", http.StatusUnauthorized)
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &Conn{server: s, ws: ws, ended: make(chan struct{})}
	if w, ok := ws.NetConn().(*wire); ok {
		w.frames.Store(&frames{inPart: func() { s.violate("a frame that is part of a message: Slack does not put them together") }})
	}
	s.mu.Lock()
	s.conns = append(s.conns, c)
	c.Number = len(s.conns)
	greet := s.onConnect
	s.mu.Unlock()
	if open := len(s.Conns()); open > mostConns {
		s.violate("%d connections at once: Slack takes %d", open, mostConns)
	}
	s.workers.Go(c.read)
	s.workers.Go(c.pings)
	greet(c)
}

// OnConnect sets what a new connection is greeted with in place of [Conn.Hello].
func (s *Server) OnConnect(greet func(*Conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onConnect = greet
}

// Connected waits for the next connection that was said hello to. Each of
// them is returned once, in the order in which they came.
func (s *Server) Connected(ctx context.Context) *Conn {
	s.t.Helper()
	return await(ctx, s.t, s.fresh, "a connection")
}

// Conns are the connections that are open, oldest first.
func (s *Server) Conns() []*Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*Conn
	for _, c := range s.conns {
		if !c.isEnded() {
			open = append(open, c)
		}
	}
	return open
}

func (c *Conn) isEnded() bool {
	select {
	case <-c.ended:
		return true
	default:
		return false
	}
}

// Hello greets the bot, as Slack does first of all.
func (c *Conn) Hello() {
	open := len(c.server.Conns())
	c.sendJSON(map[string]any{
		"type": "hello", "num_connections": open, "connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{"host": "applink-1", "build_number": 1, "approximate_connection_time": 3600},
	})
	c.server.fresh <- c
}

// Disconnect says that the connection ends: "warning", "refresh_requested",
// "link_disabled" or "too_many_websockets". It does not end it.
func (c *Conn) Disconnect(reason string) {
	c.sendJSON(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-1"}})
}

// Send sends a text frame as it is.
func (c *Conn) Send(frame string) { _ = c.write(websocket.TextMessage, []byte(frame)) }

// SendBinary sends a binary frame.
func (c *Conn) SendBinary(frame []byte) { _ = c.write(websocket.BinaryMessage, frame) }

// Ping sends a ping frame. Slack does so every few seconds by itself.
func (c *Conn) Ping() {
	_ = c.ws.WriteControl(websocket.PingMessage, []byte(strconv.Itoa(c.Number)), time.Now().Add(writeWait))
}

// Silence makes the connection half open: it says nothing from then on, and
// what the bot says is lost.
func (c *Conn) Silence() { c.silent.Store(true) }

// Close says goodbye with a code, and waits for no answer.
func (c *Conn) Close(code int) {
	c.closed.Store(true)
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(writeWait))
}

// Cut ends the connection without a word.
func (c *Conn) Cut() {
	cut(c.ws.NetConn())
}

// Stall makes Slack read nothing more of what the bot writes. The end of the
// connection is not noticed then.
func (c *Conn) Stall() { c.stalled.Store(true) }

// Closed waits for the end of the connection and returns the code with which
// the bot closed it: 1006 if it said none.
func (c *Conn) Closed(ctx context.Context) int {
	c.server.t.Helper()
	await(ctx, c.server.t, c.ended, "the end of connection "+strconv.Itoa(c.Number))
	return c.code
}

func (c *Conn) sendJSON(v any) {
	_ = c.write(websocket.TextMessage, encode(v))
}

func (c *Conn) write(kind int, frame []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(writeWait))
	return c.ws.WriteMessage(kind, frame)
}

// read takes acknowledgements until the bot is gone.
func (c *Conn) read() {
	defer close(c.ended)
	defer c.ws.Close()
	c.ws.SetPingHandler(func(data string) error { return c.control(websocket.PongMessage, []byte(data)) })
	c.ws.SetCloseHandler(func(code int, _ string) error {
		if c.closed.Load() {
			return nil
		}
		return c.control(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""))
	})
	for {
		kind, frame, err := c.ws.ReadMessage()
		if err != nil {
			c.code = codeOf(err)
			return
		}
		if c.stalled.Load() {
			<-c.server.done
			return
		}
		if !c.silent.Load() {
			c.acknowledged(kind, frame)
		}
	}
}

// codeOf is the code of a close frame, or the one that stands for none.
func codeOf(err error) int {
	if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
		return closed.Code
	}
	return websocket.CloseAbnormalClosure
}

// control answers a control frame.
func (c *Conn) control(kind int, data []byte) error {
	if !c.silent.Load() {
		_ = c.ws.WriteControl(kind, data, time.Now().Add(writeWait)) // the bot may be gone
	}
	return nil
}

// pings keeps the connection alive.
func (c *Conn) pings() {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			_ = c.control(websocket.PingMessage, []byte(strconv.Itoa(c.Number)))
		case <-c.ended:
			return
		case <-c.server.done:
			return
		}
	}
}
