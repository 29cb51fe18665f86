package bot_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"frameworkbot/bot"
)

// numbered answers with its number as long as it is open.
type numbered struct {
	bot.Inside
	number int
	closed atomic.Bool
}

func (n *numbered) Answer(context.Context, *bot.Message) (*bot.Answer, error) {
	if n.closed.Load() {
		return nil, fmt.Errorf("generation %d is closed", n.number)
	}
	return &bot.Answer{Title: strconv.Itoa(n.number)}, nil
}

func (n *numbered) Suggest(context.Context, string, int) []bot.Suggestion {
	return []bot.Suggestion{{Title: fmt.Sprint(n.number, n.closed.Load())}}
}

// TestSwap: a thousand generations under load; none is used once it was retired,
// and each is retired.
func TestSwap(t *testing.T) {
	const swaps = 1000
	var s bot.Swap
	last := &numbered{}
	s.Set(bot.Content{Handler: last, Inside: last}, nil)
	stop := make(chan struct{})
	var asking, retired sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := s.Answer(context.Background(), &bot.Message{}); err != nil {
					t.Error(err)
				}
				if got := s.Suggest(context.Background(), "", 1)[0].Title; got[len(got)-4:] == "true" {
					t.Error("a suggestion of a generation that is closed")
				}
			}
		})
	}
	for i := range swaps {
		before := last
		last = &numbered{number: i + 1}
		retired.Add(1)
		s.Set(bot.Content{Handler: last, Inside: last}, func() {
			before.closed.Store(true)
			retired.Done()
		})
	}
	close(stop)
	asking.Wait()
	retired.Wait()
	if n, _ := s.Generation(); n != swaps+1 {
		t.Errorf("generation %d", n)
	}
	if a, err := s.Answer(t.Context(), &bot.Message{}); err != nil || a.Title != strconv.Itoa(swaps) {
		t.Errorf("%v, %v", a, err)
	}
}
