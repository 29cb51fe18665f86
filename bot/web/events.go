package web

import (
	"fmt"
	"net/http"
	"time"
)

const (
	maxStreams  = 64               // browsers that are told of changes at once; others ask by themselves
	streamWrite = 10 * time.Second // what a browser has to take an event
	heartbeat   = 20 * time.Second // shorter than what proxies call idle
)

// events tells a browser when pages or problems changed: a stream that stays
// open (https://html.spec.whatwg.org/multipage/server-sent-events.html).
func (w *Web) events(out http.ResponseWriter, r *http.Request) {
	select {
	case w.streams <- struct{}{}:
		defer func() { <-w.streams }()
	default:
		http.Error(out, "Too many are listening.", http.StatusServiceUnavailable)
		return
	}
	control := http.NewResponseController(out)
	send := func(format string, args ...any) bool {
		_ = control.SetWriteDeadline(time.Now().Add(streamWrite)) // where that can be set
		_, err := fmt.Fprintf(out, format, args...)
		return err == nil && control.Flush() == nil
	}
	_ = control.SetReadDeadline(time.Time{}) // the request was read; only its end is awaited
	out.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		n, changed := w.generation()
		if !send("event: generation\ndata: %d\n\n", n) {
			return
		}
		if !w.quiet(r, changed, beat.C, send) {
			return
		}
	}
}

// quiet waits for the next change, with a sign of life now and then. It
// reports false when the stream ends.
func (w *Web) quiet(r *http.Request, changed <-chan struct{}, beat <-chan time.Time, send func(string, ...any) bool) bool {
	for {
		select {
		case <-changed:
			return true
		case <-beat:
			if !send(": still here\n\n") {
				return false
			}
		case <-r.Context().Done():
			return false
		case <-w.stopping:
			return false
		}
	}
}

// generationNow is for browsers that cannot keep a stream.
func (w *Web) generationNow(out http.ResponseWriter, _ *http.Request) {
	n, _ := w.generation()
	out.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprint(out, n)
}
