package slacktest

import (
	"context"
	"encoding/json"
	"time"

	"github.com/gorilla/websocket"
)

// An Envelope is what Slack delivers, over either transport. Server's
// constructors make them; a test may change their payload.
type Envelope struct {
	Type        string // "events_api", "slash_commands" or "interactive"
	ID          string // envelope_id, fresh
	Payload     map[string]any
	Accepts     bool // accepts_response_payload
	Retry       int  // how often it was tried before
	RetryReason string
	ResponseURL string // where its answer may go, "" for events
}

// Again is the same delivery once more, after an attempt that failed.
func (s *Server) Again(e Envelope, retry int, reason string) Envelope {
	e.ID, e.Retry, e.RetryReason = s.uuid(), retry, reason
	return e
}

// JSON is the envelope as a frame of Socket Mode.
func (e Envelope) JSON() []byte {
	frame := map[string]any{
		"envelope_id": e.ID, "type": e.Type, "payload": e.Payload, "accepts_response_payload": e.Accepts,
	}
	if e.Type == "events_api" {
		frame["retry_attempt"], frame["retry_reason"] = e.Retry, e.RetryReason
	}
	return encode(frame)
}

// An Ack is what came back for an envelope.
type Ack struct {
	Conn    int // number of the connection that it came by
	Time    time.Time
	Took    time.Duration
	Payload json.RawMessage // nil if there is none
	Size    int             // of the frame
}

// A Delivery is an envelope under way.
type Delivery struct {
	Envelope

	conn   *Conn
	begun  time.Time
	first  chan Ack // the first acknowledgement
	failed error
	acks   []Ack // under the server's mutex
}

// Deliver sends an envelope over the newest connection, waiting for one if
// there is none.
func (s *Server) Deliver(e Envelope) *Delivery {
	s.t.Helper()
	open := s.Conns()
	if len(open) == 0 {
		return s.Connected(s.t.Context()).Deliver(e)
	}
	return open[len(open)-1].Deliver(e)
}

// Deliver sends an envelope over this connection.
func (c *Conn) Deliver(e Envelope) *Delivery {
	return c.DeliverRaw(e.ID, e, string(e.JSON()))
}

// DeliverRaw sends a frame as it is, and expects it to be acknowledged by the
// id. The envelope says what it stands for, if anything.
func (c *Conn) DeliverRaw(id string, e Envelope, frame string) *Delivery {
	d := &Delivery{Envelope: e, conn: c, begun: time.Now(), first: make(chan Ack, 1)}
	c.server.mu.Lock()
	c.server.deliveries[id] = d
	c.server.mu.Unlock()
	d.failed = c.write(websocket.TextMessage, []byte(frame))
	return d
}

// Err is why the envelope could not be sent, nil if it was.
func (d *Delivery) Err() error { return d.failed }

// Ack waits for the acknowledgement.
func (d *Delivery) Ack(ctx context.Context) Ack {
	t := d.conn.server.t
	t.Helper()
	if d.failed != nil {
		t.Fatalf("slacktest: an envelope could not be sent: %v", d.failed)
	}
	a := await(ctx, t, d.first, "an acknowledgement")
	d.first <- a // for who asks again
	return a
}

// Acks are the acknowledgements so far.
func (d *Delivery) Acks() []Ack {
	d.conn.server.mu.Lock()
	defer d.conn.server.mu.Unlock()
	return append([]Ack(nil), d.acks...)
}

// maxAck is the size from which on Slack drops an acknowledgement without a word.
const maxAck = 20 << 10

// acknowledged notes what the bot sent, and checks it.
func (c *Conn) acknowledged(kind int, frame []byte) {
	s := c.server
	var got struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(frame, &got); err != nil || kind != websocket.TextMessage || got.ID == "" {
		s.violate("the bot sent a frame that acknowledges nothing")
		return
	}
	s.mu.Lock()
	d := s.deliveries[got.ID]
	s.mu.Unlock()
	if d == nil {
		s.violate("an envelope was acknowledged that was never sent")
		return
	}
	ack := Ack{Conn: c.Number, Time: time.Now(), Payload: got.Payload, Size: len(frame)}
	ack.Took = ack.Time.Sub(d.begun)
	s.checkAck(d, &ack)
	s.mu.Lock()
	d.acks = append(d.acks, ack)
	first := len(d.acks) == 1
	s.mu.Unlock()
	if !first {
		s.violate("%s was acknowledged twice", d.Type)
		return
	}
	d.first <- ack
}

// checkAck checks an acknowledgement, and what it says.
func (s *Server) checkAck(d *Delivery, a *Ack) {
	switch {
	case a.Conn != d.conn.Number:
		s.violate("%s came by connection %d and was acknowledged by %d", d.Type, d.conn.Number, a.Conn)
	case a.Size >= maxAck:
		s.violate("an acknowledgement of %d bytes: Slack drops those of %d and more", a.Size, maxAck)
	case len(a.Payload) > 0 && !d.Accepts:
		s.violate("%s was acknowledged with a payload, but accepts none", d.Type)
	}
	if len(a.Payload) > 0 {
		s.said(d.Envelope, "ack", a.Payload)
	}
}
