package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Bounds of a connection.
const (
	dialWithin  = 15 * time.Second // from the first packet to the end of the handshake
	writeWithin = 10 * time.Second
	closeWithin = time.Second // for Discord to answer a close
	maxFrame    = 8 << 20     // bytes; a longer frame is skipped
	keptBuffer  = 64 << 10    // bytes; few frames are longer
)

// A socket reads and writes packets over a WebSocket.
type socket struct {
	ws       *websocket.Conn
	packets  chan packet // closed at the end; err is set then
	err      error
	patience atomic.Int64 // how long the next frame may take, in nanoseconds
}

// mayDial reports whether an address of Discord may be connected to: the token
// goes there.
func (g *gateway) mayDial(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	return u.Scheme == "wss" || u.Scheme == "ws" && g.allowPlain && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// open connects to an address of the gateway, and begins to read. The error
// holds no address.
func (g *gateway) open(ctx context.Context, address string) (*socket, error) {
	if !g.mayDial(address) {
		return nil, errors.New("the address of the gateway is not one of wss")
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address of the gateway cannot be read")
	}
	u.RawQuery = url.Values{"v": {apiVersion}, "encoding": {"json"}}.Encode()
	if u.Path == "" {
		u.Path = "/"
	}
	ws, err := g.handshake(ctx, u.String())
	if err != nil {
		return nil, err
	}
	s := &socket{ws: ws, packets: make(chan packet)}
	s.patience.Store(int64(helloWithin))
	go s.read()
	return s, nil
}

// handshake dials. If ctx is done it ends at once: gorilla's own handshake
// heeds the context only until the connection is there.
func (g *gateway) handshake(ctx context.Context, address string) (*websocket.Conn, error) {
	dial := g.dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	release := func() bool { return true }
	dialer := websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: dialWithin,
		NetDialContext: func(within context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(within, network, address)
			if err == nil {
				release = context.AfterFunc(ctx, func() { _ = conn.Close() })
			}
			return conn, err
		},
	}
	ws, res, err := dialer.DialContext(ctx, address, http.Header{"User-Agent": {userAgent()}})
	held := release()
	if res != nil {
		defer res.Body.Close()
	}
	switch {
	case errors.Is(err, websocket.ErrBadHandshake) && res != nil:
		return nil, fmt.Errorf("the gateway answered with status %d", res.StatusCode)
	case err != nil:
		return nil, withoutAddress(err)
	case !held:
		_ = ws.Close()
		return nil, ctx.Err()
	}
	return ws, nil
}

// read passes on what comes in until the connection ends.
func (s *socket) read() {
	defer close(s.packets)
	var buf bytes.Buffer
	for {
		p, ok, err := s.next(&buf)
		if err != nil {
			s.err = err
			return
		}
		if ok {
			s.packets <- p
		}
	}
}

// next reads a frame. It reports false if that was too long or no packet: there
// is nothing to do with it then, and the next one may be better.
func (s *socket) next(buf *bytes.Buffer) (packet, bool, error) {
	var p packet
	if err := s.ws.SetReadDeadline(time.Now().Add(time.Duration(s.patience.Load()))); err != nil {
		return p, false, err
	}
	_, r, err := s.ws.NextReader()
	if err != nil {
		return p, false, err
	}
	if buf.Reset(); buf.Cap() > keptBuffer {
		*buf = bytes.Buffer{}
	}
	n, err := io.Copy(buf, io.LimitReader(r, maxFrame+1))
	if err != nil || n > maxFrame {
		return p, false, err
	}
	return p, json.Unmarshal(buf.Bytes(), &p) == nil, nil
}

// write sends a packet.
func (s *socket) write(p outgoing) error {
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := s.ws.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	return s.ws.WriteMessage(websocket.TextMessage, data)
}

// close ends the connection with a code, unless it has ended. It gives Discord
// a moment to answer, as the code may be lost otherwise. What comes in
// meanwhile is not looked at: it is sent again if the session is resumed.
func (s *socket) close(code int) {
	deadline := time.Now().Add(closeWithin)
	_ = s.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), deadline)
	timeout := time.AfterFunc(closeWithin, func() { _ = s.ws.Close() })
	defer timeout.Stop()
	for range s.packets { // until it is closed
	}
	_ = s.ws.Close()
}

// code is the one that Discord closed the connection with, 0 if it did not.
func (s *socket) code() int {
	var closed *websocket.CloseError
	if errors.As(s.err, &closed) && closed.Code != websocket.CloseAbnormalClosure && closed.Code != websocket.CloseNoStatusReceived {
		return closed.Code
	}
	return 0
}
