package main

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// openFew is a listener for few, and who answers there.
func openFew(t *testing.T, most int, answer http.HandlerFunc) *listener {
	t.Helper()
	bound, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := newListener(bound, most, slog.New(slog.DiscardHandler))
	l.mux.HandleFunc("/", answer)
	go l.serve()
	t.Cleanup(func() {
		listeners{l}.close()
		<-l.down
	})
	return l
}

// dialled is a connection to a listener.
func (l *listener) dialled(t *testing.T) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// says sends text by a connection.
func says(t *testing.T, conn net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
}

// hears is what comes back until the connection is closed, or the first line.
func hears(t *testing.T, conn net.Conn) string {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	var got [12]byte
	n, _ := io.ReadFull(conn, got[:]) // nothing, if it was closed
	return string(got[:n])
}

// held waits until a listener holds so many connections.
func (l *listener) held(t *testing.T, want int, which func(*guest) bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		l.mu.Lock()
		n := 0
		for g := range l.guests {
			if which(g) {
				n++
			}
		}
		l.mu.Unlock()
		if n == want {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d connections, want %d", n, want)
		}
		<-time.After(time.Millisecond)
	}
}

func anyone(*guest) bool { return true }

const getIt = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

// TestCrowd: one more, and who has waited longest has to go; first of all
// those that never asked anything.
func TestCrowd(t *testing.T) {
	l := openFew(t, 3, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "well") })
	kept := l.dialled(t)
	says(t, kept, getIt)
	if got := hears(t, kept); got != "HTTP/1.1 200" {
		t.Fatalf("%q", got)
	}
	idle := l.dialled(t)
	l.held(t, 2, anyone)
	slow := l.dialled(t)
	says(t, slow, "POST / HTTP/1.1\r\nHo")
	l.held(t, 3, anyone)
	for i, conn := range []net.Conn{idle, slow} {
		next := l.dialled(t)
		if got := hears(t, conn); got != "" {
			t.Errorf("connection %d was answered: %q", i, got)
		}
		says(t, next, getIt)
		if got := hears(t, next); got != "HTTP/1.1 200" {
			t.Errorf("connection %d made no room: %q", i, got)
		}
		l.held(t, 3, anyone)
	}
	says(t, kept, getIt)
	if got := hears(t, kept); !strings.Contains(got, "\r\n") {
		t.Errorf("who had asked had to go: %q", got)
	}
}

// TestCrowdOfBusy: what is being answered is not cut off, and a body that does
// not come is not being answered.
func TestCrowdOfBusy(t *testing.T) {
	finish := make(chan struct{})
	l := openFew(t, 2, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err == nil {
			<-finish
			io.WriteString(w, "well")
		}
	})
	var conns []net.Conn
	for i, request := range []string{getIt, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"} {
		conns = append(conns, l.dialled(t))
		says(t, conns[i], request)
		l.held(t, i+1, func(g *guest) bool { return g.busy })
	}
	if got := hears(t, l.dialled(t)); got != "" { // there is no room
		t.Errorf("%q", got)
	}
	close(finish)
	for _, conn := range conns {
		if got := hears(t, conn); got != "HTTP/1.1 200" {
			t.Errorf("cut off: %q", got)
		}
	}
	l.held(t, 0, func(g *guest) bool { return g.busy })
	half := l.dialled(t)
	says(t, half, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo")
	l.held(t, 1, func(g *guest) bool { return !g.knows })
	for range 2 {
		next := l.dialled(t)
		says(t, next, getIt)
		if got := hears(t, next); got != "HTTP/1.1 200" {
			t.Errorf("%q", got)
		}
	}
	if got := hears(t, half); strings.Contains(got, "200") {
		t.Errorf("half a body was answered: %q", got)
	}
}
