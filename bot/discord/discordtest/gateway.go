package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// gateway is what the Server knows of the bot's connections.
type gateway struct {
	wait  sync.WaitGroup
	ended bool

	sessions    []*session
	connections []*connection
	faults      []*planned
	identifies  []Identify
	resumes     []Resume
	heartbeats  []Heartbeat
	closes      []Closed
}

// A connection is one WebSocket of the bot.
type connection struct {
	s       *Server
	number  int
	path    string
	ws      *websocket.Conn
	out     *outbox
	session *session
	opened  time.Time

	times   []time.Time // of the frames of the last minute
	silent  bool        // says nothing any more, as one that is half open
	closing bool        // the Server closed it
}

var upgrader = websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}

// serveGateway plays one connection from its beginning to its end.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	if path := strings.TrimSuffix(r.URL.Path, "/"); path != gatewayPath && !strings.HasPrefix(path, "/resume-") {
		http.NotFound(w, r)
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader answered
	}
	c := &connection{s: s, path: strings.TrimSuffix(r.URL.Path, "/"), ws: ws, opened: time.Now()}
	c.out = newOutbox(ws, r.URL.Query().Get("compress") == "zlib-stream")
	taken := false
	s.change(func() {
		if taken = !s.gateway.ended; taken {
			s.gateway.wait.Add(1)
			s.gateway.connections = append(s.gateway.connections, c)
			c.number = len(s.gateway.connections)
			c.open(r)
		}
	})
	if !taken {
		c.out.cut()
		return
	}
	defer s.gateway.wait.Done()
	c.read()
	c.out.wait()
}

// open says HELLO, unless a fault is in the way. The Server must be locked.
func (c *connection) open(r *http.Request) {
	if q := r.URL.Query(); q.Get("v") != "10" || q.Get("encoding") != "json" {
		c.s.violate("a gateway connection needs ?v=10&encoding=json, not %q", r.URL.RawQuery)
	}
	if c.fault(BeforeHello) {
		c.send(frame{Op: opHello, Data: raw(Object{"heartbeat_interval": c.s.settings.HeartbeatInterval.Milliseconds()})}.encode())
	}
}

// send sends a frame, later. The Server must be locked.
func (c *connection) send(data []byte) {
	if !c.silent && !c.closing {
		c.out.put(websocket.TextMessage, data)
	}
}

// close ends the connection with a code. The Server must be locked.
func (c *connection) close(code int) {
	if c.closing || c.silent {
		return
	}
	c.closing = true
	c.out.put(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""))
	if x := c.session; x != nil && (code == 4007 || code == 4009) {
		x.dead = true
	}
	c.detach()
}

// detach takes the connection from its session. The Server must be locked.
func (c *connection) detach() {
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
}

// read takes in what the bot sends until the connection ends. How the bot
// closes is noted before it gets an answer.
func (c *connection) read() {
	reply := c.ws.CloseHandler()
	c.ws.SetCloseHandler(func(code int, text string) error {
		c.s.change(func() { c.ended(code) })
		return reply(code, text)
	})
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			c.s.change(func() { c.ended(websocket.CloseAbnormalClosure) })
			c.out.cut()
			return
		}
		c.s.change(func() { c.take(data) })
	}
}

// ended notes how the bot closed the connection.
func (c *connection) ended(code int) {
	c.detach()
	if c.closing {
		return
	}
	c.closing = true
	if c.session != nil && (code == websocket.CloseNormalClosure || code == websocket.CloseGoingAway) {
		c.session.dead = true // https://docs.discord.com/developers/events/gateway#initiating-a-disconnect
	}
	c.s.gateway.closes = append(c.s.gateway.closes, Closed{At: time.Now(), Connection: c.number, Code: code})
}

// Limits on what a bot may send
// (https://docs.discord.com/developers/events/gateway#rate-limiting and #sending-events).
const (
	maxFrame        = 4096
	framesPerMinute = 120
)

// take plays Discord's part in what the bot sent. The Server must be locked.
func (c *connection) take(data []byte) {
	if c.closing || c.silent {
		return
	}
	var f frame
	switch err := json.Unmarshal(data, &f); {
	case len(data) > maxFrame || err != nil:
		c.s.violate("a frame of %d bytes that Discord cannot decode (4002)", len(data))
		c.close(4002)
		return
	case c.tooMany():
		c.s.violate("more than %d frames in a minute (4008)", framesPerMinute)
		c.close(4008)
		return
	}
	switch f.Op {
	case opHeartbeat:
		c.heartbeat(f.Data)
	case opIdentify:
		c.identify(f.Data)
	case opResume:
		c.resume(f.Data)
	case opPresence, opVoice, opMembers:
		if c.session == nil {
			c.close(4003)
		}
	default:
		c.s.violate("opcode %d is not for bots (4001)", f.Op)
		c.close(4001)
	}
}

func (c *connection) tooMany() bool {
	now := time.Now()
	for len(c.times) > 0 && now.Sub(c.times[0]) >= time.Minute {
		c.times = c.times[1:]
	}
	c.times = append(c.times, now)
	return len(c.times) > framesPerMinute
}

func (c *connection) heartbeat(data json.RawMessage) {
	var seq *int64
	if err := json.Unmarshal(data, &seq); err != nil {
		c.s.violate("a heartbeat with %s in place of a sequence", data)
	}
	if seq != nil && c.session != nil && *seq > int64(len(c.session.log)) {
		c.s.violate("a heartbeat with a sequence that was never sent: %d", *seq)
	}
	c.s.gateway.heartbeats = append(c.s.gateway.heartbeats, Heartbeat{At: time.Now(), Connection: c.number, Seq: seq})
	if !c.s.settings.IgnoreHeartbeats {
		c.send(frame{Op: opAck, Data: raw(nil)}.encode())
	}
}

// end cuts all connections.
func (g *gateway) end(s *Server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g.ended = true
	for _, c := range g.connections {
		c.closing = true
		c.out.cut()
	}
}

// gatewayPath is where bots connect first. Sessions are resumed elsewhere.
const gatewayPath = "/gateway"

func (s *Server) gatewayURL() string { return "ws" + strings.TrimPrefix(s.url, "http") + gatewayPath }

func resumePath(n int) string { return fmt.Sprintf("/resume-%d", n) }
