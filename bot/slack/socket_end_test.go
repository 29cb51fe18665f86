package slack

import (
	"context"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot/slack/slacktest"
)

// held takes envelopes on and answers them when it is told to.
type held struct {
	taken   chan struct{}
	release chan struct{}
	reply   reply
}

func newHeld(r reply) *held {
	return &held{taken: make(chan struct{}, 10000), release: make(chan struct{}), reply: r}
}

func (h *held) take(_ request, answer func(reply)) {
	h.taken <- struct{}{}
	go func() {
		<-h.release
		answer(h.reply)
	}()
}

// drains ends a run with envelopes under way on two connections.
func (h *held) drains(t *testing.T, r *runner) {
	old := r.slack.Connected(t.Context())
	old.Disconnect("warning")
	both := []*slacktest.Conn{old, r.slack.Connected(t.Context())}
	var all []*slacktest.Delivery
	for i := range 20 {
		all = append(all, both[i%2].Deliver(r.command()))
		<-h.taken
	}
	r.stop()
	var more sync.WaitGroup
	defer more.Wait()
	for _, c := range both { // what is sent on is not taken on, and does no harm
		more.Go(func() {
			for c.Deliver(r.slack.Mention("U1", "C1", "laravel")).Err() == nil {
			}
		})
	}
	close(h.release)
	for _, d := range all {
		if d.Ack(t.Context()); len(d.Acks()) != 1 {
			t.Errorf("acknowledged %d times", len(d.Acks()))
		}
	}
	for _, c := range both {
		if code := c.Closed(t.Context()); code != 1000 {
			t.Errorf("connection %d was closed with %d", c.Number, code)
		}
	}
	if err := r.wait(); err != nil {
		t.Error(err)
	}
}

func TestSocketDrains(t *testing.T) {
	h := newHeld(reply{})
	onLoopback(t, h.take, h.drains)
}

// TestSocketStopsTaking: what comes while the bot stops is left to others, but
// what was taken on is waited for.
func TestSocketStopsTaking(t *testing.T) {
	inBubble(t, nil, func(t *testing.T, r *runner) {
		h := newHeld(reply{})
		r.socket.take = h.take
		r.start()
		c := r.slack.Connected(t.Context())
		before := c.Deliver(r.command())
		<-h.taken
		r.stop()
		synctest.Wait()
		after := c.Deliver(r.command())
		synctest.Wait()
		if len(r.ended) > 0 || len(h.taken) > 0 {
			t.Errorf("ended: %v, taken: %d", len(r.ended) > 0, len(h.taken))
		}
		close(h.release)
		r.once(before)
		if err := r.wait(); err != nil || len(after.Acks()) > 0 {
			t.Errorf("%v, %d acknowledgements after the end", err, len(after.Acks()))
		}
	})
}

// TestSocketRefused: what was not taken on is not acknowledged, nor waited for.
func TestSocketRefused(t *testing.T) {
	refuse := func(r request, answer func(reply)) { answer(reply{refused: r.kind == eventsAPI}) }
	inBubble(t, refuse, func(t *testing.T, r *runner) {
		r.start()
		c := r.slack.Connected(t.Context())
		d := c.Deliver(r.slack.Mention("U1", "C1", "laravel"))
		r.once(c.Deliver(r.command()))
		r.stop()
		begun := time.Now()
		if err := r.wait(); err != nil || time.Since(begun) > time.Second || len(d.Acks()) > 0 {
			t.Errorf("ended with %v after %v with %d acknowledgements", err, time.Since(begun), len(d.Acks()))
		}
	})
}

// TestSocketNeverAnswered: an envelope that nobody answers is acknowledged
// before Slack gives up on it, and does not hold up the end.
func TestSocketNeverAnswered(t *testing.T) {
	var told atomic.Int32
	var late func(reply)
	take := func(_ request, answer func(reply)) { late = answer }
	inBubble(t, take, func(t *testing.T, r *runner) {
		r.start()
		d := r.slack.Connected(t.Context()).Deliver(r.command())
		synctest.Wait()
		r.stop()
		if ack := d.Ack(t.Context()); ack.Took != ackWithin || ack.Payload != nil {
			t.Errorf("acknowledged after %v with %s", ack.Took, ack.Payload)
		}
		if err := r.wait(); err != nil {
			t.Error(err)
		}
		late(reply{body: "too late", unsent: func() { told.Add(1) }})
		if len(d.Acks()) != 1 || told.Load() != 1 {
			t.Errorf("%d acknowledgements, told %d times", len(d.Acks()), told.Load())
		}
	})
}

// TestSocketHalfOpen: a connection that has nothing more to say is replaced,
// and given up.
func TestSocketHalfOpen(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.start()
		c := r.slack.Connected(t.Context())
		<-time.After(10 * time.Minute) // pings alone keep it
		if n := len(r.slack.Opens()); n != 1 {
			t.Fatalf("%d connections although there were pings", n)
		}
		c.Silence()
		begun := time.Now()
		next := r.slack.Connected(t.Context())
		if took := time.Since(begun); took < quietFor-5*time.Second || took > quietFor+time.Second {
			t.Errorf("replaced after %v", took)
		}
		r.once(next.Deliver(r.command()))
		c.Closed(t.Context())
		if took := time.Since(begun); took > quietFor+linger+2*time.Second {
			t.Errorf("given up after %v", took)
		}
	})
}

// TestSocketCut: when a connection is lost, the next one comes at once, and
// whoever was to be answered by the old one is told.
func TestSocketCut(t *testing.T) {
	told := make(chan struct{}, 1)
	h := newHeld(reply{body: map[string]any{"text": "an answer"}, unsent: func() { told <- struct{}{} }})
	onLoopback(t, h.take, func(t *testing.T, r *runner) {
		c := r.slack.Connected(t.Context())
		d := c.Deliver(r.command())
		<-h.taken
		c.Cut()
		next := r.slack.Connected(t.Context())
		close(h.release)
		<-told
		if len(d.Acks()) > 0 {
			t.Error("acknowledged by a connection that was lost")
		}
		h.reply = reply{}
		r.once(next.Deliver(r.command()))
	})
}

// TestSocketGoodbye: Slack closes while an envelope is under way, which is
// acknowledged before the bot agrees.
func TestSocketGoodbye(t *testing.T) {
	for _, code := range []int{1000, 1001, 1011, 4000} {
		inBubble(t, nil, func(t *testing.T, r *runner) {
			h := newHeld(reply{})
			r.socket.take = h.take
			r.start()
			c := r.slack.Connected(t.Context())
			d := c.Deliver(r.command())
			<-h.taken
			c.Close(code)
			r.slack.Connected(t.Context())
			close(h.release)
			if d.Ack(t.Context()); len(d.Acks()) != 1 {
				t.Errorf("acknowledged %d times", len(d.Acks()))
			}
			if got := c.Closed(t.Context()); got != 1000 {
				t.Errorf("closed with %d", got)
			}
		})
	}
}

// TestSocketDeafSlack: a Slack that reads nothing more holds up neither the
// reader nor the end.
func TestSocketDeafSlack(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.start()
		c := r.slack.Connected(t.Context())
		c.Stall()
		for range 100 {
			c.Deliver(r.command())
		}
		r.slack.Connected(t.Context()) // what cannot be written to is given up
		begun := time.Now()
		r.stop()
		if err := r.wait(); err != nil || time.Since(begun) > 2*time.Second {
			t.Errorf("ended with %v after %v", err, time.Since(begun))
		}
	})
}

// TestSocketOddFrames: whatever has an id is acknowledged, and nothing ends
// the connection or the bot.
func TestSocketOddFrames(t *testing.T) {
	huge := strings.Repeat("x", 3<<20)
	onLoopback(t, agree, func(t *testing.T, r *runner) {
		c := r.slack.Connected(t.Context())
		for _, frame := range []string{
			"", "{", "null", "[]", "hello", `{"type":"hello"}`, `{"type":"hello","envelope_id":"h"}`, `{"type":"unheard_of"}`,
			`{"type":"events_api","payload":{}}`, `{"type":"events_api","envelope_id":7}`, "\xff\xfe", huge, `{"type":"` + huge + `"}`,
		} {
			c.Send(frame)
			c.SendBinary([]byte(frame))
		}
		for id, frame := range map[string]string{
			"unknown":   `{"type":"unheard_of","envelope_id":"unknown","payload":{}}`,
			"untyped":   `{"envelope_id":"untyped"}`,
			"empty":     `{"type":"events_api","envelope_id":"empty"}`,
			"odd":       `{"type":"slash_commands","envelope_id":"odd","payload":"text","retry_attempt":"x","accepts_response_payload":7}`,
			"malformed": `{"type":"events_api","envelope_id":"malformed","payload":{"a":}}`,
			"cut off":   `{"type":"events_api","envelope_id":"cut.off","payload":{"a":"b`,
			"huge":      `{"envelope_id":"huge","type":"events_api","payload":{"text":"` + huge + `"}}`,
		} {
			d := c.DeliverRaw(strings.ReplaceAll(id, " ", "."), slacktest.Envelope{Type: id}, frame)
			if d.Ack(t.Context()); len(d.Acks()) != 1 {
				t.Errorf("%s was acknowledged %d times", id, len(d.Acks()))
			}
		}
		r.once(c.Deliver(r.command()))
		if n := len(r.slack.Opens()); n != 1 {
			t.Errorf("%d connections", n)
		}
	})
}

// TestSocketTooLarge: what Slack would drop is not sent, and the caller is told.
func TestSocketTooLarge(t *testing.T) {
	message := func(text string) any {
		return map[string]any{"text": text, "unfurl_links": false, "unfurl_media": false}
	}
	frame := len(ackFrame("00000000-0000-4000-8000-000000000000", message("")))
	for name, test := range map[string]struct {
		text   string
		change func(*slacktest.Envelope)
		fits   bool
	}{
		"the largest":                   {strings.Repeat("a", maxAck-frame-1), func(*slacktest.Envelope) {}, true},
		"one byte more":                 {strings.Repeat("a", maxAck-frame), func(*slacktest.Envelope) {}, false},
		"what needs no escape has none": {strings.Repeat("&lt;", (maxAck-frame-1)/4), func(*slacktest.Envelope) {}, true},
		"nothing is accepted":           {"a", func(e *slacktest.Envelope) { e.Accepts = false }, false},
	} {
		t.Run(name, func(t *testing.T) {
			told := 0
			take := func(_ request, answer func(reply)) {
				answer(reply{body: message(test.text), unsent: func() { told++ }})
			}
			inBubble(t, take, func(t *testing.T, r *runner) {
				r.start()
				e := r.command()
				test.change(&e)
				ack := r.once(r.slack.Connected(t.Context()).Deliver(e))
				synctest.Wait()
				if fits := ack.Payload != nil; fits != test.fits || told != map[bool]int{true: 0, false: 1}[fits] {
					t.Errorf("%d bytes with the payload: %v, told %d times", ack.Size, fits, told)
				}
			})
		})
	}
}

// timeless is a connection on which no deadline holds.
type timeless struct{ net.Conn }

func (timeless) SetDeadline(time.Time) error      { return nil }
func (timeless) SetReadDeadline(time.Time) error  { return nil }
func (timeless) SetWriteDeadline(time.Time) error { return nil }

// TestSocketDrainEnds: a connection that cannot be written to holds up the end
// for a while, not for ever.
func TestSocketDrainEnds(t *testing.T) {
	inBubble(t, agree, func(t *testing.T, r *runner) {
		r.socket.dialer.NetDialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := r.slack.Dial(ctx, network, address)
			return timeless{conn}, err
		}
		r.start()
		c := r.slack.Connected(t.Context())
		c.Stall()
		for range 3 {
			c.Deliver(r.command())
		}
		synctest.Wait()
		begun := time.Now()
		r.stop()
		if err := r.wait(); err != nil || time.Since(begun) != drainTime {
			t.Errorf("ended with %v after %v", err, time.Since(begun))
		}
	})
}
