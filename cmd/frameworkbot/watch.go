package main

import (
	"context"
	"os"
	"os/signal"

	"frameworkbot/bot"
	"frameworkbot/index/library"
)

// swap answers from a generation until the next one takes its place.
func (p *program) swap(g *library.Generation) *bot.Swap {
	swap := &bot.Swap{}
	use(swap, g, nil)
	return swap
}

// use makes a generation answer, and closes the last one once it is not used any
// more. Answers are remembered for as long as the pages stay as they are.
func use(swap *bot.Swap, g *library.Generation, last *library.Generation) {
	answerer := bot.NewAnswerer(g.Index)
	var retire func()
	if last != nil {
		retire = func() { _ = last.Index.Close() }
	}
	swap.Set(bot.Content{Handler: bot.Chain(answerer, bot.Remember(maxRemembered)), Inside: answerer, Problems: problemsOf(g)}, retire)
}

func problemsOf(g *library.Generation) []bot.Problem {
	problems := make([]bot.Problem, len(g.Problems))
	for i, p := range g.Problems {
		problems[i] = bot.Problem(p)
	}
	return problems
}

// watch lets changed pages answer as soon as they are read. SIGHUP makes it look
// at once. The function that it returns ends it and closes what is left.
func (p *program) watch(ctx context.Context, l *library.Library, swap *bot.Swap) (end func()) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx)) // until the last answers are out
	now := make(chan struct{}, 1)
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, reload...)
	ended := make(chan struct{})
	go forward(ctx, hangups, now)
	go func() {
		defer close(ended)
		l.Watch(ctx, now, func(last, next *library.Generation) { use(swap, next, last) })
	}()
	return func() {
		signal.Stop(hangups)
		stop()
		<-ended
		_ = l.Current().Index.Close()
	}
}

// forward makes of each signal one look, of many in a row one.
func forward(ctx context.Context, from <-chan os.Signal, to chan<- struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-from:
			select {
			case to <- struct{}{}:
			default:
			}
		}
	}
}
