package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"frameworkbot/bot/slack/slacktest"
)

// What besieges the listener, and what is asked of it meanwhile.
const (
	idleConnections = 10_000
	slowHeaders     = 300 // connections that send a header byte by byte, opened again when they are cut off
	slowBodies      = 100 // … a body
	signedRequests  = 300 // each by a connection of its own
	answeredWithin  = 500 * time.Millisecond
)

// A siege opens connections to an address until it ends.
type siege struct {
	address string
	opened  atomic.Int64
	wg      sync.WaitGroup
}

// dial is a connection that is closed when ctx is done; nil if there is none.
func (s *siege) dial(ctx context.Context) net.Conn {
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return nil
	}
	s.opened.Add(1)
	context.AfterFunc(ctx, func() { conn.Close() })
	return conn
}

// idle opens connections that say nothing, and leaves them open.
func (s *siege) idle(ctx context.Context, n int) {
	const dialers = 64
	var left atomic.Int64
	left.Store(int64(n))
	var dialling sync.WaitGroup
	for range dialers {
		dialling.Go(func() {
			for left.Add(-1) >= 0 && ctx.Err() == nil {
				s.dial(ctx)
			}
		})
	}
	dialling.Wait()
}

// drip sends the beginning of a request, and then a byte now and then, again and again.
func (s *siege) drip(ctx context.Context, begin, drop string) {
	s.wg.Go(func() {
		for ctx.Err() == nil {
			conn := s.dial(ctx)
			if conn == nil {
				<-time.After(10 * time.Millisecond)
				continue
			}
			_, err := io.WriteString(conn, begin)
			for err == nil && ctx.Err() == nil {
				<-time.After(100 * time.Millisecond)
				_, err = io.WriteString(conn, drop)
			}
			conn.Close()
		}
	})
}

// TestFlood measures signed requests while thousands of connections are held
// open beside them.
func TestFlood(t *testing.T) {
	var most syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &most); err != nil || most.Cur < idleConnections+2000 {
		t.Skip("needs 12,000 open files: ulimit -n 20000")
	}
	if testing.Short() {
		t.Skip("opens thousands of connections")
	}
	slack := slacktest.New(t)
	p := serve(t, slackEnv(slack, "SLACK_MODE=http", "SLACK_LISTEN=127.0.0.1:0", "FRAMEWORKBOT_OPS_LISTEN=127.0.0.1:0", "FRAMEWORKBOT_LIMITS_PER_MINUTE=0")...)
	ops := p.logs(`msg=operations address=(\S+)`)
	address := p.logs(`msg=listening address=(\S+)`)
	p.logs("waiting for signed requests")
	ctx, end := context.WithCancel(t.Context())
	s := &siege{address: address}
	for range slowHeaders {
		s.drip(ctx, "POST /slack/commands HTTP/1.1\r\nHost: a\r\nX-Slow: ", "x")
	}
	for range slowBodies {
		s.drip(ctx, "POST /slack/commands HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", "x")
	}
	s.idle(ctx, idleConnections)
	var again sync.WaitGroup
	again.Go(func() { s.idle(ctx, 1000) }) // some come meanwhile
	took := signed(t, slack, address)
	again.Wait()
	_, metrics := p.ask(ops, "/metrics")
	end()
	s.wg.Wait()
	t.Logf("%d connections were opened; %d signed requests: median %v, 99th of a hundred %v, longest %v; resident memory %s MB, open files %s",
		s.opened.Load(), len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1], megabytes(value(metrics, "process_resident_memory_bytes")), value(metrics, "process_open_fds"))
	if longest := took[len(took)*99/100]; longest > answeredWithin {
		t.Errorf("a signed request took %v, want at most %v", longest, answeredWithin)
	}
	p.signal(os.Interrupt)
	p.endsWith(0, slack.Secrets()...)
}

// signed sends signed requests, each by a connection of its own, and returns
// how long they took, sorted.
func signed(t *testing.T, slack *slacktest.Server, address string) (took []time.Duration) {
	t.Helper()
	over := slack.Over("http://" + address)
	fresh := func(r *slacktest.Request) { r.Header.Set("Connection", "close") }
	for range signedRequests {
		began := time.Now()
		answer := over.Send(t.Context(), slack.SlashCommand("U1", "C1", "/framework", "laravel"), fresh)
		took = append(took, time.Since(began))
		if answer.Status != http.StatusOK || len(answer.Body) == 0 {
			t.Errorf("a signed request got %d", answer.Status)
		}
	}
	slices.Sort(took)
	return took
}

// value is that of a metric without labels.
func value(metrics, name string) string {
	_, after, _ := strings.Cut(metrics, "\n"+name+" ")
	v, _, _ := strings.Cut(after, "\n")
	return v
}

func megabytes(bytes string) string {
	n, err := strconv.ParseFloat(bytes, 64)
	if err != nil {
		return "?"
	}
	return strconv.Itoa(int(n / 1e6))
}
