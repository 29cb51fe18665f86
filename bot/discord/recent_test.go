package discord

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// counted is a library that counts how often it is asked.
type counted struct{ n atomic.Int64 }

// Suggest implements [bot.Suggester].
func (c *counted) Suggest(ctx context.Context, typed string, most int) []bot.Suggestion {
	c.n.Add(1)
	return shelf{}.Suggest(ctx, typed, most)
}

// TestListsAreKeptForAMoment: what many people type is looked up once, until a
// page may have changed.
func TestListsAreKeptForAMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var library counted
		s := prepareScene(t, discordtest.NewInMemory(t), Gateway, func(s *scene) { s.bot.cfg.Suggest = &library })
		s.run(parrot)
		s.ready()
		long := strings.Repeat("laravel ", longestKept)
		for _, step := range []struct {
			typed string
			after time.Duration
			want  int64 // look-ups so far
		}{
			{"lar", 0, 1}, {"lar", 0, 1}, {"ra", 0, 2}, {"lar", recentKept / 2, 2}, {"lar", recentKept, 3}, {long, 0, 4}, {long, 0, 5},
		} {
			time.Sleep(step.after) // of the bubble
			list, _ := s.do(s.Autocomplete("framework", discordtest.Focused("name", step.typed))).Data["choices"].([]any)
			if got := library.n.Load(); len(list) == 0 || got != step.want {
				t.Errorf("%.10q: %d choices after %d look-ups, want %d", step.typed, len(list), got, step.want)
			}
		}
		s.finish()
	})
}

func TestRecentIsNotKeptForEver(t *testing.T) {
	var r recent[int, int]
	for i := range 3 * maxRecent {
		r.get(i, func(i int) (int, bool) { return i, i%2 == 0 })
	}
	if n := len(r.known); n > maxRecent {
		t.Errorf("%d are kept", n)
	}
	if got := r.get(-1, func(int) (int, bool) { return 7, false }); got != 7 || len(r.known) > 0 && r.known[-1].what == 7 {
		t.Error("what is not worth it was kept")
	}
}
