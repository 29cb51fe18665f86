package slack

import (
	"encoding/json"
	"regexp"
	"slices"
	"time"

	"github.com/gorilla/websocket"

	"frameworkbot/bot"
)

// Types of frames beside the kinds of delivery.
const (
	hello      = "hello"
	disconnect = "disconnect"
)

// maxAck is the size from which on Slack drops an acknowledgement without a
// word (https://github.com/slack-go/slack/issues/1196).
const maxAck = 20 << 10

// ackWithin is when an envelope is acknowledged without an answer, whatever
// became of it: Slack waits for three seconds.
const ackWithin = 2500 * time.Millisecond

// An envelope is a frame from Slack. Of what Slack may change, nothing makes
// it unreadable: it has to be acknowledged all the same.
type envelope struct {
	id      string
	accepts bool   // the acknowledgement may hold an answer
	kind    string // a kind, hello, disconnect or what is not known
	reason  string // of disconnect
	retry   int
	payload json.RawMessage
}

// readEnvelope reads a frame. If it is broken, the id is all that there is.
func readEnvelope(frame []byte) (e envelope, ok bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(frame, &fields) != nil {
		if m := envelopeID.FindSubmatch(frame); m != nil {
			e.id = string(m[1])
		}
		return e, false
	}
	set := func(name string, into any) { _ = json.Unmarshal(fields[name], into) } // what is of another type is left out
	set("envelope_id", &e.id)
	set("accepts_response_payload", &e.accepts)
	set("type", &e.kind)
	set("reason", &e.reason)
	set("retry_attempt", &e.retry)
	e.payload = fields["payload"]
	return e, true
}

// envelopeID finds the id in a frame that is cut off or malformed. In a text
// within the frame, the quotes would be escaped.
var envelopeID = regexp.MustCompile(`"envelope_id"\s*:\s*"([\w.:-]{1,100})"`)

// received handles a frame.
func (l *link) received(frame []byte) {
	e, ok := readEnvelope(frame)
	if !ok {
		l.log.Warn("slack: a frame cannot be read", "connection", l.number, "bytes", len(frame), "has_id", e.id != "")
	}
	switch e.kind {
	case hello:
		l.hello()
	case disconnect:
		l.leave(e.reason)
	case string(eventsAPI), string(slashCommand), string(interactive):
		l.deliver(&e)
	default:
		if ok {
			l.log.Warn("slack: an envelope of an unknown type", "connection", l.number, "type", bot.Echo(e.kind))
		}
		if p := l.begin(&e); p != nil {
			p.answer(reply{})
		}
	}
}

// hello notes that the connection serves.
func (l *link) hello() {
	if l.isGreeted() {
		return
	}
	close(l.greeted) // by the reader alone
	l.vitals.Up(l.number, readyFor)
	l.alive()
	l.log.Info("slack: connected", "connection", l.number)
}

// deliver hands an envelope over. If that panics, it is acknowledged:
// delivered again, it would panic again.
func (l *link) deliver(e *envelope) {
	l.useful.Store(true)
	p := l.begin(e)
	if p == nil {
		return
	}
	taken := false
	l.guard(func() {
		l.take(request{kind: kind(e.kind), payload: e.payload, retry: e.retry}, p.answer)
		taken = true
	})
	if !taken {
		p.answer(reply{})
	}
}

// A pending envelope has been taken on and not been answered.
type pending struct {
	link    *link
	id      string
	accepts bool
	late    *time.Timer
	settled bool // under the link's mutex
}

// begin takes an envelope on, unless it has no id or the connection finishes:
// Slack delivers it again then, by another one.
func (l *link) begin(e *envelope) *pending {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.id == "" || l.finishing {
		return nil
	}
	l.underWay++
	p := &pending{link: l, id: e.id, accepts: e.accepts}
	p.late = time.AfterFunc(ackWithin, p.overdue)
	return p
}

// overdue acknowledges what nobody answered.
func (p *pending) overdue() {
	if p.settle(&outgoing{kind: websocket.TextMessage, data: ackFrame(p.id, nil)}) {
		p.link.log.Error("slack: an envelope was not answered in time", "connection", p.link.number)
	}
}

// answer acknowledges the envelope, by its own connection. Where the body
// cannot travel along, the caller is told.
func (p *pending) answer(r reply) {
	if r.refused {
		p.settle(nil)
		return
	}
	frame, fits := p.ack(r.body)
	out := outgoing{kind: websocket.TextMessage, data: frame}
	if fits {
		out.unsent = r.unsent
	}
	if settled := p.settle(&out); (!settled || !fits) && r.unsent != nil {
		r.unsent()
	}
}

// ack is the acknowledgement with the body, or without it if Slack would not
// take that.
func (p *pending) ack(body any) (frame []byte, fits bool) {
	if body == nil {
		return ackFrame(p.id, nil), true
	}
	frame = ackFrame(p.id, body)
	if p.accepts && frame != nil && len(frame) < maxAck {
		return frame, true
	}
	p.link.log.Warn("slack: an answer cannot travel in its acknowledgement", "bytes", len(frame), "accepted", p.accepts)
	return ackFrame(p.id, nil), false
}

// ackFrame is the frame of an acknowledgement, nil if the body has no JSON.
func ackFrame(id string, body any) []byte {
	if body == nil {
		return encode(map[string]string{"envelope_id": id})
	}
	payload := encode(body)
	if payload == nil {
		return nil
	}
	return slices.Concat([]byte(`{"envelope_id":`), encode(id), []byte(`,"payload":`), payload, []byte("}"))
}

// settle ends the envelope with a frame, nil for none. It reports false if
// that was done before.
func (p *pending) settle(out *outgoing) bool {
	l := p.link
	l.mu.Lock()
	if p.settled {
		l.mu.Unlock()
		return false
	}
	p.settled = true
	p.late.Stop()
	l.underWay--
	dead := l.dead
	if out != nil && !dead {
		l.queue = append(l.queue, *out)
	}
	l.mu.Unlock()
	l.look()
	if out != nil && dead {
		out.drop()
	}
	return true
}
