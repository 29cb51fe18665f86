package bot

import (
	"context"
	"sync"
)

// A Swap answers, suggests, explains and shows its pages from a content that can
// be exchanged meanwhile: each question is answered as a whole by the content that
// was there when it came. It is a [Handler], a [Suggester], an [Explainer] and a
// [Library].
type Swap struct {
	mu  sync.RWMutex
	now *held // nil before the first [Swap.Set]
}

// A Content is what a [Swap] answers from for a while.
type Content struct {
	Handler  Handler
	Inside   Inside           // what the handler answers from; an [Answerer]
	Problems func() []Problem // of the pages; nil for none
}

// Inside is what is asked beside answers.
type Inside interface {
	Suggester
	Explainer
	Pages() []PageInfo
	Page(ctx context.Context, id string) (*PageView, error)
}

// held is a content in use.
type held struct {
	Content
	number  uint64
	under   sync.WaitGroup // questions under way
	changed chan struct{}  // closed when another takes its place
}

// Set makes content answer from now on. It calls retire, if that is not nil, once
// nobody uses the content before any more, in a goroutine of its own.
func (s *Swap) Set(content Content, retire func()) {
	next := &held{Content: content, number: 1, changed: make(chan struct{})}
	s.mu.Lock()
	last := s.now
	if last != nil {
		next.number = last.number + 1
		close(last.changed)
	}
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

// take is the content of now, with one more question under way.
func (s *Swap) take() *held {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.now.under.Add(1)
	return s.now
}

// Answer implements [Handler].
func (s *Swap) Answer(ctx context.Context, m *Message) (*Answer, error) {
	h := s.take()
	defer h.under.Done()
	return h.Handler.Answer(ctx, m)
}

// Suggest implements [Suggester].
func (s *Swap) Suggest(ctx context.Context, typed string, most int) []Suggestion {
	h := s.take()
	defer h.under.Done()
	return h.Inside.Suggest(ctx, typed, most)
}

// Explain implements [Explainer].
func (s *Swap) Explain(ctx context.Context, m *Message) (*Explanation, error) {
	h := s.take()
	defer h.under.Done()
	return h.Inside.Explain(ctx, m)
}

// Pages implements [Library].
func (s *Swap) Pages() []PageInfo {
	h := s.take()
	defer h.under.Done()
	return h.Inside.Pages()
}

// Page implements [Library].
func (s *Swap) Page(ctx context.Context, id string) (*PageView, error) {
	h := s.take()
	defer h.under.Done()
	return h.Inside.Page(ctx, id)
}

// Problems implements [Library].
func (s *Swap) Problems() []Problem {
	h := s.take()
	defer h.under.Done()
	if h.Problems == nil {
		return nil
	}
	return h.Problems()
}

// Generation implements [Library].
func (s *Swap) Generation() (n uint64, changed <-chan struct{}) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.now.number, s.now.changed
}
