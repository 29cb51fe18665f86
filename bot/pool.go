package bot

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// A Pool runs tasks in goroutines, no more than its limit at once, and waits
// for them in the end. A task that panics is logged and ends alone.
type Pool struct {
	log   *slog.Logger
	slots chan struct{}

	mu     sync.Mutex
	closed bool
	tasks  sync.WaitGroup
}

// NewPool returns a Pool of at most most tasks at once.
func NewPool(most int, log *slog.Logger) *Pool {
	return &Pool{log: log, slots: make(chan struct{}, most)}
}

// Go runs task in a goroutine of its own. It reports false, and does not run
// it, if the pool is full or closed: it never blocks.
func (p *Pool) Go(task func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	select {
	case p.slots <- struct{}{}:
	default:
		return false
	}
	p.tasks.Go(func() {
		defer func() { <-p.slots }()
		p.Guard(task)
	})
	return true
}

// Guard runs task here and logs its panic, with the stack but not with what
// the panic says, which may hold somebody's words.
func (p *Pool) Guard(task func()) {
	defer func() {
		if v := recover(); v != nil {
			p.log.Error("panic", "kind", fmt.Sprintf("%T", v), "stack", string(debug.Stack()))
		}
	}()
	task()
}

// Close takes no more tasks and waits for those under way, until ctx is done.
// It reports whether all of them ended.
func (p *Pool) Close(ctx context.Context) bool {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	done := make(chan struct{})
	go func() {
		p.tasks.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return len(p.slots) == 0
	}
}
