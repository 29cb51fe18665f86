package library

import (
	"context"
	"time"
)

// How often the folders are looked at. A look at many files takes its time, so
// the next one waits the longer: it never takes more than a twentieth of a core.
const (
	soonest = time.Second
	latest  = 15 * time.Second
	share   = 20
)

// settled is how long the folders must have been quiet before a generation is
// built, and patience after how long one is built all the same: an editor saves
// several times, and a checkout writes one file after another.
const (
	settled  = 400 * time.Millisecond
	patience = 3 * time.Second
)

// Watch looks at the folders until ctx is done, or at once when somebody sends
// on now. For each new generation it calls use, one at a time; the one before
// has to be closed by use once nobody needs it.
func (l *Library) Watch(ctx context.Context, now <-chan struct{}, use func(last, next *Generation)) {
	timer := time.NewTimer(soonest)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-now:
		case <-timer.C:
		}
		last, next := l.Renew(ctx)
		if next != nil {
			use(last, next)
		}
		timer.Reset(min(latest, max(soonest, share*l.lookTook())))
	}
}

// lookTook is how long the last look at the folders took: the waiting until they
// were quiet is no work.
func (l *Library) lookTook() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.took
}

// Renew builds a generation if the folders changed. It returns the one before
// and the new one, or nil if there is none: because nothing changed, or because
// none could be built, which is logged.
func (l *Library) Renew(ctx context.Context) (last, next *Generation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mend()
	if !l.watched(ctx) && !l.owing {
		return nil, nil
	}
	if ctx.Err() != nil {
		l.owing = true
		return nil, nil
	}
	last = l.last
	next, err := l.build(ctx)
	if l.owing = err != nil; err != nil {
		l.log.Error("pages changed, and the answers stay as they were", "err", err.Error())
		return nil, nil
	}
	l.log.Info("pages changed", "generation", next.Number, "pages", len(next.Index.Pages()), "problems", len(next.Problems), "took", next.Took)
	return last, next
}

// mend forgets an index on disk that turned out to be damaged, so that all files
// are read again.
func (l *Library) mend() {
	if l.cache != inUse || !l.last.Index.Damaged() {
		return
	}
	l.log.Error("the index on disk is damaged: it is built anew")
	l.cache, l.owing = unused, true
}

// watched looks at the folders, waits until they are quiet where something
// changed, and reports whether it did. What is to be read from disk as a whole
// is only listed.
func (l *Library) watched(ctx context.Context) bool {
	if l.owing && l.cache == unused {
		for _, f := range l.folders {
			f.look()
		}
		if l.isLarge() {
			return true
		}
	}
	if !l.look(ctx) {
		return false
	}
	l.settle(ctx)
	return true
}

// settle waits until nothing changes any more.
func (l *Library) settle(ctx context.Context) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		select {
		case <-ctx.Done():
			return
		case <-time.After(l.settled):
		}
		if !l.look(ctx) {
			return
		}
	}
}
