package bot

import (
	"context"
	"sync"
)

// longestRemembered is the longest question that [Remember] keeps, in bytes.
const longestRemembered = 200

// Remember is the middleware that gives the answer to a question that was
// asked before again, without thinking: many people ask the same. It belongs
// innermost, around a Handler that is pure, such as an [Answerer] is: to the
// same words it gives the same answer, whoever asks. At most most answers are
// kept; when there are more, all are forgotten.
func Remember(most int) Middleware {
	return func(next Handler) Handler {
		r := &remembered{next: next, most: most, answers: map[question]*Answer{}}
		return HandlerFunc(r.answer)
	}
}

// A question is what an answer depends on.
type question struct {
	text string
	ref  Ref
}

type remembered struct {
	next    Handler
	most    int
	mu      sync.RWMutex
	answers map[question]*Answer
}

func (r *remembered) answer(ctx context.Context, m *Message) (*Answer, error) {
	q := question{m.Text, m.Ref}
	if len(q.text) > longestRemembered {
		return r.next.Answer(ctx, m)
	}
	r.mu.RLock()
	known := r.answers[q]
	r.mu.RUnlock()
	if known != nil {
		return known, nil
	}
	answer, err := r.next.Answer(ctx, m)
	if err == nil && answer != nil {
		r.keep(q, answer)
	}
	return answer, err
}

func (r *remembered) keep(q question, a *Answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.answers) >= r.most {
		clear(r.answers)
	}
	r.answers[q] = a
}
