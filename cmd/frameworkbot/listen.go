package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"
)

// What a client of the HTTP server may take. Slack and Discord send small
// requests at once, and wait for three seconds; whoever is slower is neither.
const (
	headerWithin = 5 * time.Second
	readWithin   = 10 * time.Second
	writeWithin  = 15 * time.Second
	idleFor      = 60 * time.Second
	maxHeader    = 16 << 10
)

// closeWithin is what connections have to end in once the bot has: by then,
// every request was answered.
const closeWithin = time.Second

// A listener serves the services that are called at one address.
type listener struct {
	*crowd
	names  []string // of the services
	mux    *http.ServeMux
	server *http.Server
	log    *slog.Logger
	begin  sync.Once
	down   chan struct{} // closed when it no longer serves
	err    error         // why, if it was not asked to; read it after down
}

type listeners []*listener

// listen binds the addresses of all services that are called. Services with
// the same address share it.
func (p *program) listen(ctx context.Context, services []service, log *slog.Logger) (all listeners, err error) {
	defer func() {
		if err != nil {
			all.close()
		}
	}()
	byAddress := map[string]*listener{}
	for i := range services {
		s := &services[i]
		if s.calls == nil {
			log.Info("connecting", "platform", s.platform.Name(), "mode", s.mode)
			continue
		}
		l := byAddress[s.listen]
		if l == nil {
			bound, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.listen)
			if err != nil {
				return all, cannotListen(s.key, err)
			}
			l = newListener(bound, maxConnections, log)
			byAddress[s.listen], all = l, append(all, l)
		}
		l.add(s)
	}
	for _, l := range all {
		log.Info("listening", "address", l.Addr().String(), "platforms", strings.Join(l.names, ","))
	}
	return all, nil
}

// cannotListen is the error of an address. That somebody else uses it may pass:
// a program before this one may still be ending.
func cannotListen(key string, err error) error {
	code := exitWrong
	if errors.Is(err, syscall.EADDRINUSE) {
		code = exitNo
	}
	return exit{code, fmt.Errorf("%s: %w: choose another address, or stop what uses this one", naming(key), err)}
}

func newListener(bound net.Listener, most int, log *slog.Logger) *listener {
	l := &listener{crowd: newCrowd(bound, most), mux: http.NewServeMux(), log: log, down: make(chan struct{})}
	l.server = &http.Server{
		Handler: l, ReadHeaderTimeout: headerWithin, ReadTimeout: readWithin, WriteTimeout: writeWithin, IdleTimeout: idleFor,
		MaxHeaderBytes: maxHeader, ConnContext: remember, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	return l
}

// add mounts a service. A path that is "/" stands for itself alone.
func (l *listener) add(s *service) {
	s.on = l
	l.names = append(l.names, s.platform.Name())
	for _, path := range s.paths {
		if strings.HasSuffix(path, "/") {
			path += "{$}"
		}
		l.mux.Handle(path, s.calls)
	}
}

// ServeHTTP keeps a panic within its request. What net/http would log of it may
// hold somebody's words.
func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if v := recover(); v != nil {
			l.log.Error("panic", "kind", fmt.Sprintf("%T", v), "stack", stack())
			panic(http.ErrAbortHandler) // whatever was written is not an answer
		}
	}()
	l.serveHTTP(l.mux, w, r)
}

func stack() string { return string(debug.Stack()) }

// serve takes requests until the listener is closed.
func (l *listener) serve() {
	defer close(l.down)
	if err := l.server.Serve(l.crowd); !errors.Is(err, http.ErrServerClosed) {
		l.err = fmt.Errorf("listen on %s: %w", l.Addr(), err)
	}
}

// close takes no more requests, lets the last ones finish, and ends.
func (all listeners) close() {
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	for _, l := range all {
		if l.server.Shutdown(ctx) != nil {
			_ = l.server.Close()
		}
		_ = l.Close() // if it was never served
	}
}

// during runs while the listener serves: when that ends by itself, so does run.
func (l *listener) during(ctx context.Context, run func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l.begin.Do(func() { go l.serve() }) // no sooner: nobody would answer
	go func() {
		select {
		case <-l.down:
			stop()
		case <-ctx.Done():
		}
	}()
	err := run(ctx)
	select {
	case <-l.down:
		return errors.Join(err, l.err)
	default:
		return err
	}
}
