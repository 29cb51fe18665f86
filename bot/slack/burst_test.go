package slack

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"frameworkbot/bot/slack/slacktest"
)

// atOnce is a conference where everybody tries the bot now.
const atOnce = 1000

// TestBurstOfCommands: everybody gets the card, in the acknowledgement, or
// after it where the machine is too slow for that.
func TestBurstOfCommands(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		acks := make([]ack, atOnce)
		if w.mode == Socket {
			sent := make([]*slacktest.Delivery, atOnce)
			for i := range sent {
				sent[i] = w.Deliver(w.SlashCommand("U"+strconv.Itoa(i), "C1", "/framework", "laravel"))
			}
			for i, d := range sent {
				acks[i].body = d.Ack(t.Context()).Payload
			}
		} else {
			var wg sync.WaitGroup
			for i := range acks {
				wg.Go(func() { acks[i] = w.send(w.SlashCommand("U"+strconv.Itoa(i), "C1", "/framework", "laravel")) })
			}
			wg.Wait()
		}
		for i, a := range acks {
			card := string(a.body)
			if card == "" {
				card = w.next().Text
			}
			if !strings.Contains(card, "Laravel") {
				t.Errorf("command %d was answered with %q", i, card)
			}
		}
		w.nothingMore()
	})
}

// TestBurstOfMentions: each is answered once.
func TestBurstOfMentions(t *testing.T) {
	inBothModes(t, nil, func(t *testing.T, w *world) {
		for i := range atOnce {
			w.send(w.Mention("U1", "C"+strconv.Itoa(i), "laravel"))
		}
		answered := map[string]int{}
		for range atOnce {
			answered[w.next().Channel]++
		}
		if len(answered) != atOnce {
			t.Errorf("%d of %d mentions were answered", len(answered), atOnce)
		}
		w.nothingMore()
	})
}
