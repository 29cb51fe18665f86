package slack

import (
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestMemo: long texts are taken apart once, as many as there is room for.
func TestMemo(t *testing.T) {
	var mu sync.Mutex
	times := map[string]int{}
	m := memo[int]{make: func(s string) int {
		mu.Lock()
		defer mu.Unlock()
		times[s]++
		return len(s)
	}}
	long := strings.Repeat("x", shortestKept)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if m.of(long) != shortestKept || m.of("short") != len("short") {
				t.Error("not what was made of it")
			}
		})
	}
	all.Wait()
	before := times[long]
	m.of(long)
	if times[long] != before || times["short"] != 8 {
		t.Errorf("made %d times after %d, and short ones %d times", times[long], before, times["short"])
	}
	for i := range 10 {
		m.of(strconv.Itoa(i) + strings.Repeat("y", maxKept/4))
		if m.size > maxKept {
			t.Fatalf("%d bytes are kept", m.size)
		}
	}
}
