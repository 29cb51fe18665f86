package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"
)

// maxConnections is how many connections an address of the services takes at
// once, and maxOpsConnections one that is for operators.
const (
	maxConnections    = 1024
	maxOpsConnections = 64
)

// A crowd is a listener that takes only so many connections. When there is one
// more, the one that has waited longest for somebody to say something has to
// go: who has a request sends it at once, and gets in, however many others
// hold connections open. What is being answered is never cut off.
type crowd struct {
	net.Listener
	most int

	mu     sync.Mutex
	guests map[*guest]bool
}

// A guest is one connection.
type guest struct {
	net.Conn
	crowd *crowd
	since time.Time // when it last began to wait
	knows bool      // a request of it was answered
	busy  bool      // a request is complete and being answered
}

func newCrowd(l net.Listener, most int) *crowd {
	return &crowd{Listener: l, most: most, guests: map[*guest]bool{}}
}

// Accept implements [net.Listener]. Where the system has no room for one more,
// one has to go as well.
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		switch {
		case err == nil:
			if g := c.admit(conn); g != nil {
				return g, nil
			}
		case !errors.Is(err, syscall.EMFILE) && !errors.Is(err, syscall.ENFILE) || !c.dismiss():
			return nil, err
		}
	}
}

// admit takes a connection in; nil if all others are being answered.
func (c *crowd) admit(conn net.Conn) *guest {
	c.mu.Lock()
	full := len(c.guests) >= c.most
	c.mu.Unlock()
	if full && !c.dismiss() {
		_ = conn.Close()
		return nil
	}
	g := &guest{Conn: conn, crowd: c, since: time.Now()}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.guests[g] = true
	return g
}

// dismiss closes the connection that has waited longest: one of those that
// never asked anything, if there is any. It reports false if none waits.
func (c *crowd) dismiss() bool {
	c.mu.Lock()
	var chosen *guest
	for g := range c.guests {
		if !g.busy && (chosen == nil || g.before(chosen)) {
			chosen = g
		}
	}
	c.mu.Unlock()
	if chosen == nil {
		return false
	}
	_ = chosen.Close()
	return true
}

func (g *guest) before(other *guest) bool {
	if g.knows != other.knows {
		return other.knows
	}
	return g.since.Before(other.since)
}

// Close implements [net.Conn].
func (g *guest) Close() error {
	g.crowd.mu.Lock()
	delete(g.crowd.guests, g)
	g.crowd.mu.Unlock()
	return g.Conn.Close()
}

// CloseWrite lets net/http end a response before it closes.
func (g *guest) CloseWrite() error {
	if tcp, ok := g.Conn.(*net.TCPConn); ok {
		return tcp.CloseWrite()
	}
	return nil
}

type guestKey struct{}

// remember is the server's ConnContext: it lets a request find its connection.
func remember(ctx context.Context, conn net.Conn) context.Context {
	if g, ok := conn.(*guest); ok {
		return context.WithValue(ctx, guestKey{}, g)
	}
	return ctx
}

// serveHTTP calls next, for a request that counts as complete once its body
// was read: until then, its connection waits like others.
func (c *crowd) serveHTTP(next http.Handler, w http.ResponseWriter, r *http.Request) {
	g, ok := r.Context().Value(guestKey{}).(*guest)
	if !ok {
		next.ServeHTTP(w, r)
		return
	}
	g.set(r.ContentLength == 0, false)
	if r.ContentLength != 0 {
		r.Body = &heard{r.Body, g}
	}
	defer g.set(false, true)
	next.ServeHTTP(w, r)
}

func (g *guest) set(busy, knows bool) {
	g.crowd.mu.Lock()
	defer g.crowd.mu.Unlock()
	g.busy = busy
	if knows {
		g.knows, g.since = true, time.Now()
	}
}

// heard is a body that tells when it was read.
type heard struct {
	io.ReadCloser
	by *guest
}

func (h *heard) Read(p []byte) (int, error) {
	n, err := h.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		h.by.set(true, false)
	}
	return n, err
}
