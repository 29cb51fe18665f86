package slack

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestOneMessageASecond: messages to one channel keep a second apart, those to
// others do not wait for them.
func TestOneMessageASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPace(make(chan struct{}))
		start := time.Now()
		var mu sync.Mutex
		took := map[string][]time.Duration{}
		var wg sync.WaitGroup
		for i := range 9 {
			channel := "C" + strconv.Itoa(i%3)
			wg.Go(func() {
				if err := p.wait(t.Context(), channel); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				took[channel] = append(took[channel], time.Since(start))
			})
		}
		wg.Wait()
		for channel, times := range took {
			for i, at := range times {
				if want := time.Duration(i) * time.Second; at != want {
					t.Errorf("%s: message %d after %v, want %v", channel, i, at, want)
				}
			}
		}
	})
}

// TestPaceEnds: nothing waits when the bot stops, or nobody waits any more.
func TestPaceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		draining := make(chan struct{})
		p := newPace(draining)
		_ = p.wait(t.Context(), "C1")
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if err := p.wait(ctx, "C1"); err == nil {
			t.Error("waited although nobody waits for it")
		}
		start := time.Now()
		close(draining)
		for range 5 {
			if err := p.wait(t.Context(), "C1"); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("waited %v although the bot stops", took)
		}
	})
}

func TestPaceIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		draining := make(chan struct{})
		close(draining)
		p := newPace(draining)
		for i := range 3 * maxChannels {
			_ = p.wait(t.Context(), strconv.Itoa(i))
			<-time.After(2 * time.Millisecond)
		}
		if n := len(p.channels); n > maxChannels {
			t.Errorf("%d channels are remembered", n)
		}
		for range longestQueue + 2 {
			_ = p.wait(t.Context(), "C1")
		}
		if !p.isFull("C1") || p.isFull("C2") {
			t.Error("the full channel is not told from the other")
		}
	})
}
