package slack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"frameworkbot/bot"
)

// Bounds of dialling.
const (
	dialWithin = 10 * time.Second

	// writeBuffer holds the largest acknowledgement: Slack does not put
	// together what is written in parts.
	writeBuffer = 32 << 10
)

func newDialer() websocket.Dialer {
	return websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: dialWithin, WriteBufferSize: writeBuffer}
}

// dial asks for an address and connects to it. The address is good for one
// connection, and opens it to whoever has it.
func (s *socket) dial(ctx context.Context) (*websocket.Conn, error) {
	opening, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	address, err := s.open(opening)
	if err != nil {
		return nil, fmt.Errorf("apps.connections.open: %w", err)
	}
	if err := s.check(address); err != nil {
		return nil, err
	}
	dialer, release := cancellable(ctx, s.dialer)
	conn, res, err := dialer.DialContext(ctx, address, nil)
	release()
	if res != nil {
		defer res.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("websocket: status %d: %w", res.StatusCode, err)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("websocket: %w", err)
	}
	return conn, nil
}

// check refuses addresses that the connection would be open to others by.
func (s *socket) check(address string) error {
	u, err := url.Parse(address)
	if err == nil && u.Host != "" && (u.Scheme == "wss" || u.Scheme == "ws" && s.plain && bot.IsLoopback(u.Hostname())) {
		return nil
	}
	return errors.New("apps.connections.open: the address does not begin with wss://")
}

// cancellable makes the dialer, which by itself is deaf to ctx once it is
// connected, give up when ctx is done. release ends that.
func cancellable(ctx context.Context, d websocket.Dialer) (dialer *websocket.Dialer, release func()) {
	connect := d.NetDialContext
	if connect == nil {
		connect = (&net.Dialer{}).DialContext
	}
	stop := func() bool { return true } // nothing was connected
	d.NetDialContext = func(opening context.Context, network, address string) (net.Conn, error) {
		conn, err := connect(opening, network, address)
		if err == nil {
			stop = context.AfterFunc(ctx, func() { conn.Close() })
		}
		return conn, err
	}
	return &d, func() { stop() }
}

// linkDisabled is said when Socket Mode was switched off.
const linkDisabled = "link_disabled"

// Errors that dialling again would not cure, with what mends them
// (https://docs.slack.dev/reference/methods/apps.connections.open#errors).
var fixes = map[string]string{
	"invalid_auth":            "slack.app_token is not valid: copy it again from Basic Information, App-Level Tokens",
	"not_authed":              "slack.app_token is empty: copy it from Basic Information, App-Level Tokens",
	"account_inactive":        "slack.app_token belongs to an app or a workspace that was removed: install the app again and make a new token",
	"token_revoked":           "slack.app_token was revoked: make a new one under Basic Information, App-Level Tokens",
	"token_expired":           "slack.app_token has expired: make a new one under Basic Information, App-Level Tokens",
	"missing_scope":           "slack.app_token lacks the scope connections:write: make one with it under Basic Information, App-Level Tokens",
	"not_allowed_token_type":  "slack.app_token is another kind of token: the one that begins with xapp- is needed, from Basic Information, App-Level Tokens",
	"team_access_not_granted": "the app has no access to the workspace: have an administrator approve it, and install it again",
	linkDisabled:              "Socket Mode is switched off: switch it on in the app's settings under Socket Mode, or set slack.mode to http",
	notFound:                  "slack.api_url does not lead to Slack's Web API: leave it out, or copy it again",
}

// notFound stands for status 404.
const notFound = "not_found"

// permanent is the error for who runs the bot.
func permanent(code string) error { return fmt.Errorf("%s (%s)", fixes[code], code) }

// judgeOpen returns the error for who runs the bot if dialling again would not
// cure it, nil otherwise.
func judgeOpen(err error) error {
	code := ""
	if said, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		code = said.Err
	} else if status, ok := errors.AsType[slack.StatusCodeError](err); ok && status.Code == http.StatusNotFound {
		code = notFound
	}
	if fixes[code] == "" {
		return nil
	}
	return permanent(code)
}
