package bot

import (
	"context"
	"sync"
)

// A Swap is a [Handler] and [Suggester] whose insides can be exchanged while it
// answers: each question is answered as a whole by what was there when it came.
type Swap struct {
	mu  sync.RWMutex
	now *generation // nil before the first [Swap.Set]
}

// A generation is what a [Swap] answers from for a while.
type generation struct {
	handler   Handler
	suggester Suggester
	under     sync.WaitGroup // questions under way
}

// Set makes h and s answer from now on. It calls retire, if that is not nil,
// once nobody uses what was there before any more, in a goroutine of its own.
func (s *Swap) Set(h Handler, suggest Suggester, retire func()) {
	next := &generation{handler: h, suggester: suggest}
	s.mu.Lock()
	last := s.now
	s.now = next
	s.mu.Unlock()
	if retire == nil {
		return
	}
	go func() {
		if last != nil {
			last.under.Wait() // nobody joins it now
		}
		retire()
	}()
}

// take is the generation of now, with one more question under way.
func (s *Swap) take() *generation {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.now.under.Add(1)
	return s.now
}

// Answer implements [Handler].
func (s *Swap) Answer(ctx context.Context, m *Message) (*Answer, error) {
	g := s.take()
	defer g.under.Done()
	return g.handler.Answer(ctx, m)
}

// Suggest implements [Suggester].
func (s *Swap) Suggest(ctx context.Context, typed string, most int) []Suggestion {
	g := s.take()
	defer g.under.Done()
	return g.suggester.Suggest(ctx, typed, most)
}
