package main

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/ops"
	"frameworkbot/index"
	"frameworkbot/index/library"
)

// TestThousandSwaps: pages change a thousand times while people ask, with all
// that stands between a service and the index in place. Each answer is whole and
// of a generation that was there while it was given.
func TestThousandSwaps(t *testing.T) {
	swaps := 1000
	if testing.Short() {
		swaps = 150
	}
	l := &live{swap: &bot.Swap{}, log: slog.New(slog.DiscardHandler), ops: &operations{Ops: ops.New(ops.Config{})}}
	l.config.Answer.Deadline = time.Minute // of a loaded machine
	l.guard()
	s := &swapped{t: t, live: l}
	s.next(1)

	stop := make(chan struct{})
	var asking sync.WaitGroup
	for i, question := range []bot.Message{{Text: "deployments"}, {Text: "which day do we deploy on"}, {Text: "deploymnets"}, {Text: "when do we roll back"}, {Text: "deployments and rollbacks"}} {
		asking.Go(func() {
			question.User = strconv.Itoa(i)
			for asked := 0; ; asked++ {
				select {
				case <-stop:
					return
				default:
				}
				m := question
				m.ID = fmt.Sprint(i, "-", asked)
				s.ask(&m)
			}
		})
	}
	for n := 2; n <= swaps; n++ {
		s.next(n)
	}
	close(stop)
	asking.Wait()
	if err := s.last.Index.Close(); err != nil {
		t.Error(err)
	}
	if s.asked.Load() < int64(swaps) {
		t.Errorf("only %d questions were asked meanwhile", s.asked.Load())
	}
}

// swapped is a bot whose pages change.
type swapped struct {
	t       *testing.T
	live    *live
	last    *library.Generation
	current atomic.Int64 // the newest generation that may answer
	settled atomic.Int64 // the newest one that every new question is answered by
	asked   atomic.Int64
}

// next changes the pages.
func (s *swapped) next(n int) {
	s.t.Helper()
	g := &library.Generation{Index: s.index(n), Number: n}
	s.current.Store(int64(n))
	use(s.live.swap, g, s.last)
	s.settled.Store(int64(n))
	s.last = g
}

// index is of two pages that say which generation they are of: some on disk.
func (s *swapped) index(n int) *index.Index {
	s.t.Helper()
	var pages []*index.Page
	for id, text := range map[string]string{"deployments": "We deploy on the day %d.", "rollbacks": "We roll back on the day %d."} {
		p, problems := index.NewDocument(index.Text{ID: id, File: id + ".md", Title: id, Body: fmt.Sprintf(text, n), Line: 1})
		if err := problems.Err(); err != nil {
			s.t.Fatal(err)
		}
		pages = append(pages, p)
	}
	if n%50 != 0 {
		x, err := index.New(pages)
		if err != nil {
			s.t.Fatal(err)
		}
		return x
	}
	b, err := index.NewBuilder(context.Background(), s.t.TempDir(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, p := range pages {
		if err := b.Add(p); err != nil {
			s.t.Fatal(err)
		}
	}
	x, err := b.Finish(strconv.Itoa(n), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return x
}

var day = regexp.MustCompile(`the day (\d+)`)

// ask checks one answer.
func (s *swapped) ask(m *bot.Message) {
	from := s.settled.Load()
	a, err := s.live.Answer(s.t.Context(), m)
	to := s.current.Load()
	s.asked.Add(1)
	if err != nil {
		s.t.Errorf("%q: %v", m.Text, err)
		return
	}
	said := day.FindStringSubmatch(fmt.Sprint(a.Text, a.Sections, a.Results))
	if said == nil {
		s.t.Errorf("%q is answered with %q: %q", m.Text, a.Title, a.Text)
		return
	}
	if n, _ := strconv.ParseInt(said[1], 10, 64); n < from || n > to {
		s.t.Errorf("%q is answered by generation %d, asked between %d and %d", m.Text, n, from, to)
	}
}
