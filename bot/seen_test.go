package bot_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
)

// claims checks what Claim says of each key in turn.
func claims(t *testing.T, s *bot.Seen, want bool, keys ...string) {
	t.Helper()
	for _, key := range keys {
		if got := s.Claim(key); got != want {
			t.Errorf("Claim(%q) is %t, want %t", key, got, want)
		}
	}
}

func TestSeenOnce(t *testing.T) {
	s := bot.NewSeen(10, time.Minute)
	claims(t, s, true, "a", "b")
	claims(t, s, false, "a", "b", "a")
	if !s.Claim() {
		t.Error("no key is a key that is known")
	}
}

// TestSeenAllOrNothing: a delivery has an ID of its own and one of its message.
func TestSeenAllOrNothing(t *testing.T) {
	s := bot.NewSeen(10, time.Minute)
	if !s.Claim("event 1", "message 1") {
		t.Error("new keys are known")
	}
	if s.Claim("event 2", "message 1") {
		t.Error("the message was claimed twice")
	}
	claims(t, s, true, "event 2")
	if !s.Claim("same", "same") {
		t.Error("a key that is named twice in one claim is not new")
	}
	claims(t, s, false, "same")
}

func TestSeenForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := bot.NewSeen(10, time.Minute)
		claims(t, s, true, "a")
		<-time.After(30 * time.Second)
		claims(t, s, true, "b")
		claims(t, s, false, "a") // being asked about does not make it younger
		<-time.After(30 * time.Second)
		claims(t, s, true, "a")
		claims(t, s, false, "a", "b")
		<-time.After(30 * time.Second)
		claims(t, s, true, "b")
	})
}

func TestSeenGivenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := bot.NewSeen(10, time.Minute)
		claims(t, s, true, "a", "b")
		s.Forget("a", "never claimed")
		<-time.After(30 * time.Second)
		claims(t, s, true, "a")
		<-time.After(30 * time.Second) // when the first claim of a would have ended
		claims(t, s, false, "a")
		claims(t, s, true, "b")
	})
}

// TestSeenFull: the oldest make room, but not for a key that is known already.
func TestSeenFull(t *testing.T) {
	s := bot.NewSeen(3, time.Minute)
	claims(t, s, true, "a", "b", "c")
	claims(t, s, false, "a", "b", "c", "a")
	claims(t, s, true, "d")
	claims(t, s, false, "b", "c", "d")
	claims(t, s, true, "a")

	s = bot.NewSeen(3, time.Minute)
	claims(t, s, true, "a", "b", "c")
	for range 10 { // what is given back at once pushes nothing out but the one it took the place of
		claims(t, s, true, "x")
		s.Forget("x")
	}
	claims(t, s, false, "b", "c")

	s = bot.NewSeen(2, time.Minute)
	if !s.Claim("a", "b", "c") {
		t.Error("a claim of more keys than there is room for was refused")
	}
	claims(t, s, false, "b", "c")
	claims(t, s, true, "a")
}

func TestSeenSmallest(t *testing.T) {
	for _, most := range []int{-1, 0, 1} {
		s := bot.NewSeen(most, time.Minute)
		claims(t, s, true, "a")
		claims(t, s, false, "a")
		claims(t, s, true, "b")
		claims(t, s, true, "a")
	}
}

// TestSeenTogether: of many who claim a key, one gets it.
func TestSeenTogether(t *testing.T) {
	s := bot.NewSeen(1000, time.Minute)
	var won atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 100 {
				if s.Claim("e"+strconv.Itoa(i), "m"+strconv.Itoa(i)) {
					won.Add(1)
				}
				s.Forget("other")
			}
		})
	}
	wg.Wait()
	if won.Load() != 100 {
		t.Errorf("%d claims of 100 keys were granted", won.Load())
	}
}

func BenchmarkSeen(b *testing.B) {
	s := bot.NewSeen(10_000, time.Hour)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		s.Claim(strconv.Itoa(i))
		i++
	}
}
