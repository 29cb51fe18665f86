package main

import (
	"context"
	"log/slog"
	"net"
	"runtime"
	"sync/atomic"

	"frameworkbot/bot"
	"frameworkbot/bot/ops"
	"frameworkbot/index/library"
)

// operations are what operators see of a bot that serves.
type operations struct {
	*ops.Ops
	reporters atomic.Pointer[[]bot.Reporter] // nil until they are there
	pages     atomic.Pointer[shown]          // nil until they are read
	on        *listener                      // nil if nobody listens
	refused   atomic.Bool                    // the settings that were read last are not in force
}

// operate serves the pages for operators at ops.listen, if that is set. It
// does so from the start: reading many pages takes its time, and the program is
// alive meanwhile.
func (p *program) operate(ctx context.Context, log *slog.Logger) (*operations, error) {
	o := &operations{}
	o.Ops = ops.New(ops.Config{Platforms: o.platforms, Content: o.content, Build: build()})
	address := p.config.Ops.Listen
	if address == "" {
		return o, nil
	}
	bound, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, cannotListen("ops.listen", err)
	}
	o.on = newListener(bound, maxOpsConnections, log)
	o.on.mux.Handle("/", o.Ops)
	o.on.begin.Do(func() { go o.on.serve() })
	log.Info("operations", "address", bound.Addr().String())
	return o, nil
}

// close ends the pages: last of all, so that they tell what is stopping.
func (o *operations) close() {
	if o.on != nil {
		listeners{o.on}.close()
	}
}

func (o *operations) platforms() []bot.Reporter {
	if all := o.reporters.Load(); all != nil {
		return *all
	}
	return nil
}

// shown are the pages that are answered from.
type shown struct {
	library *library.Library
	swap    *bot.Swap // whose generations go on when there is another library
}

// show tells of these pages from now on.
func (o *operations) show(l *library.Library, swap *bot.Swap) { o.pages.Store(&shown{l, swap}) }

func (o *operations) content() ops.Content {
	at := o.pages.Load()
	if at == nil {
		return ops.Content{}
	}
	g := at.library.Current()
	number, _ := at.swap.Generation()
	return ops.Content{Pages: len(g.Index.Pages()), Generation: number, Problems: len(g.Problems), Built: g.Built, Took: g.Took, Refused: o.refused.Load()}
}

// watch tells of these services: those of the chat, or the preview page where
// there are none. The page beside them does not make the bot ready.
func (o *operations) watch(chats, pages []service) {
	counted := chats
	if len(chats) == 0 {
		counted = pages
	}
	all := make([]bot.Reporter, 0, len(counted))
	for i := range counted {
		all = append(all, counted[i].reporter())
	}
	o.reporters.Store(&all)
}

// reporter is what says how the service is. Of a platform that does not, it is
// known whether it runs.
func (s *service) reporter() bot.Reporter {
	if r, ok := s.platform.(bot.Reporter); ok {
		return r
	}
	r := &reported{s.platform, bot.NewVitals(s.platform.Name(), s.mode)}
	s.platform = r
	return r
}

// reported is a platform that is ready while it runs.
type reported struct {
	bot.Platform
	vitals *bot.Vitals
}

// Health implements [bot.Reporter].
func (r *reported) Health() bot.Health { return r.vitals.Health() }

// Run implements [bot.Platform].
func (r *reported) Run(ctx context.Context, h bot.Handler) (err error) {
	r.vitals.Begin()
	r.vitals.Up(0, 0)
	defer func() { r.vitals.End(err) }()
	defer context.AfterFunc(ctx, r.vitals.Stop)()
	return r.Platform.Run(ctx, h)
}

// build tells this program from other versions of it.
func build() ops.Build {
	number, commit, _ := revision()
	return ops.Build{Version: number, Commit: commit, Go: runtime.Version()}
}
