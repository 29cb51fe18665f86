package main

import (
	"context"
	"os/signal"
	"sync"
	"time"

	"frameworkbot/bot"
	"frameworkbot/index/library"
)

// use makes a generation answer, and closes the last one once it is not used any
// more. Answers are remembered for as long as the pages stay as they are.
func use(swap *bot.Swap, g *library.Generation, last *library.Generation) {
	answerer := bot.NewAnswerer(g.Index)
	var retire func()
	if last != nil {
		retire = func() { _ = last.Index.Close() }
	}
	problems := sync.OnceValue(func() []bot.Problem { return problemsOf(g) }) // once somebody looks at them
	swap.Set(bot.Content{Handler: bot.Chain(answerer, bot.Remember(maxRemembered)), Inside: answerer, Problems: problems}, retire)
}

// problemsOf are those that check finds.
func problemsOf(g *library.Generation) []bot.Problem {
	found, err := allProblems(context.Background(), g, time.Now())
	if err != nil { // the pages have changed meanwhile
		found = g.Problems
	}
	problems := make([]bot.Problem, len(found))
	for i, p := range found {
		problems[i] = bot.Problem(p)
	}
	return problems
}

// watch lets changed pages answer as soon as they are read. SIGHUP makes it read
// the settings again, and look at once. The function that it returns ends it and
// closes what is left.
func (l *live) watch(ctx context.Context) (end func()) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx)) // until the last answers are out
	ended := make(chan struct{})
	l.follow(ctx)
	go func() {
		defer close(ended)
		for {
			select {
			case <-ctx.Done():
				return
			case <-l.hangups:
				l.reload(ctx)
				l.look()
			}
		}
	}()
	return func() {
		signal.Stop(l.hangups)
		stop()
		<-ended
		l.unfollow()
		_ = l.library.Current().Index.Close()
	}
}

// follow watches the library of now.
func (l *live) follow(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	now, ended, watched := make(chan struct{}, 1), make(chan struct{}), l.library
	go func() {
		defer close(ended)
		watched.Watch(ctx, now, func(last, next *library.Generation) { use(l.swap, next, last) })
	}()
	l.look = func() {
		select {
		case now <- struct{}{}:
		default: // it will
		}
	}
	l.unfollow = func() {
		stop()
		<-ended
	}
}
