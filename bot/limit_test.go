package bot_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
)

// A crowd asks through Limit and counts what comes through.
type crowd struct {
	t      *testing.T
	h      bot.Handler
	passed int
}

func newCrowd(t *testing.T, l bot.Limits) *crowd {
	c := &crowd{t: t}
	c.h = bot.Limit(l)(bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) {
		c.passed++
		return &bot.Answer{Kind: bot.PageKind}, nil
	}))
	return c
}

// asks returns the refusal, nil if the question came through.
func (c *crowd) asks(who string) *bot.Answer {
	c.t.Helper()
	return c.from(&bot.Message{Platform: "slack", Workspace: "T1", User: who})
}

func (c *crowd) from(m *bot.Message) *bot.Answer {
	c.t.Helper()
	before := c.passed
	a, err := c.h.Answer(c.t.Context(), m)
	switch {
	case err != nil:
		c.t.Fatal(err)
	case a.Kind == bot.BusyKind && c.passed == before:
		return a
	case a.Kind == bot.BusyKind || c.passed != before+1:
		c.t.Fatalf("answer %+v, though the handler was called %d times", a, c.passed-before)
	}
	return nil
}

func TestLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, bot.Limits{PerMinute: 20, Burst: 3})
		for i := range 3 {
			if c.asks("u1") != nil {
				t.Fatalf("question %d of a burst of 3 is refused", i+1)
			}
		}
		busy := c.asks("u1")
		if busy == nil || !busy.Private || busy.Again || busy.Ref != "" || busy.Title == "" {
			t.Fatalf("the fourth question at once got %+v, want a refusal for the asker alone", busy)
		}
		if !strings.Contains(busy.Text, "in 3 seconds") || !strings.Contains(busy.Text, "20 questions a minute") {
			t.Errorf("the refusal does not say how long to wait: %q", busy.Text)
		}
		if c.asks("u2") != nil {
			t.Error("somebody else has to wait as well")
		}
		<-time.After(3 * time.Second)
		if c.asks("u1") != nil {
			t.Error("refused although the time that was named has passed")
		}
		if c.asks("u1") == nil {
			t.Error("one question a three seconds lets two through")
		}
	})
}

// TestLimitSaysSoOnce: an impatient person is told to wait once a minute.
func TestLimitSaysSoOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, bot.Limits{PerMinute: 1, Burst: 1})
		c.asks("u1")
		var again []bool
		for range 13 { // every ten seconds: 10, 20, … 130
			<-time.After(10 * time.Second)
			if busy := c.asks("u1"); busy != nil {
				again = append(again, busy.Again)
			}
		}
		// Told at 10 s; a question is free at 60 s; told again at 70 s; free at 120 s; told at 130 s.
		want := []bool{false, true, true, true, true, false, true, true, true, true, false}
		if got, want := describe(again), describe(want); got != want {
			t.Errorf("repeated: %s, want %s", got, want)
		}
	})
}

func describe(again []bool) string {
	var b strings.Builder
	for _, a := range again {
		b.WriteString(map[bool]string{true: "again ", false: "new "}[a])
	}
	return b.String()
}

// TestLimitTellsPeopleApart: the same user ID elsewhere is somebody else.
func TestLimitTellsPeopleApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, bot.Limits{PerMinute: 1, Burst: 1})
		for _, m := range []*bot.Message{
			{Platform: "slack", Workspace: "T1", User: "u1", Channel: "c1"},
			{Platform: "slack", Workspace: "T2", User: "u1"},
			{Platform: "discord", Workspace: "T1", User: "u1"},
			{Platform: "slack", Workspace: "T1", User: "u2"},
		} {
			if c.from(m) != nil {
				t.Errorf("the first question of %+v is refused", m)
			}
		}
		if c.from(&bot.Message{Platform: "slack", Workspace: "T1", User: "u1", Channel: "c2", Ref: bot.Help}) == nil {
			t.Error("a button in another channel is no question of the same person")
		}
	})
}

func TestLimitNone(t *testing.T) {
	for _, l := range []bot.Limits{{}, {PerMinute: -1, Burst: 1}} {
		c := newCrowd(t, l)
		for range 1000 {
			if c.asks("u1") != nil {
				t.Fatalf("%+v limits", l)
			}
		}
	}
}

func TestLimitWithoutBurst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, burst := range []int{-5, 0} {
			c := newCrowd(t, bot.Limits{PerMinute: 600, Burst: burst})
			if c.asks("u1") != nil {
				t.Errorf("with a burst of %d nobody can ask", burst)
			}
			if busy := c.asks("u1"); busy == nil || !strings.Contains(busy.Text, "in 1 second;") {
				t.Errorf("with a burst of %d two questions at once got %+v", burst, busy)
			}
		}
	})
}

// TestLimitForgets: the memory is bounded, and who has to wait is not let in by
// a crowd of others that come and go.
func TestLimitForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd(t, bot.Limits{PerMinute: 1, Burst: 1})
		for i := range 9_999 {
			c.asks("old " + strconv.Itoa(i))
		}
		<-time.After(time.Minute) // the others may ask again
		c.asks("u1")
		c.asks("one more") // there is no room: who may ask again is forgotten
		if c.asks("u1") == nil {
			t.Error("who has to wait was forgotten although others could be")
		}
		for i := range 9_999 {
			c.asks("new " + strconv.Itoa(i))
		}
		if c.asks("u1") != nil {
			t.Error("nobody could be forgotten, and yet not everybody was")
		}
	})
}
