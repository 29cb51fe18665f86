package discord

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// Bounds of one call.
const (
	callTimeout = 10 * time.Second // of one request
	longestCall = time.Minute      // of all its tries and waits
	maxTries    = 3
	maxResponse = 4 << 20  // bytes
	sendBuffer  = 16 << 10 // bytes; a card has less, and goes out in one piece
)

// apiVersion is the version of the REST API and of the gateway
// (https://docs.discord.com/developers/reference#api-versioning).
const apiVersion = "10"

// rest calls Discord's REST API.
//
// The types and the numbers of the API are discordgo's, its calls are not: they
// sleep through the end of a context, repeat a POST whose outcome is unknown,
// serialise the edits of all interactions, keep a bucket of each of them for
// ever, and show tokens in their errors.
type rest struct {
	base      string // with the version
	token     bot.Secret
	agent     string
	transport http.RoundTripper // no client: redirects are not followed
	limits    *limits
	permanent func(error) // is told of errors that going on would not cure
	vitals    *bot.Vitals
}

func newRest(cfg Config, permanent func(error)) *rest {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost, transport.WriteBufferSize = 64, sendBuffer
	return &rest{
		base: cfg.APIURL + "/v" + apiVersion, token: cfg.Token, agent: userAgent(), limits: newLimits(), permanent: permanent,
		transport: transport,
	}
}

// close ends the connections that are not in use.
func (r *rest) close() {
	if t, ok := r.transport.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

// userAgent is what Discord wants to know of a client
// (https://docs.discord.com/developers/reference#user-agent). It needs an
// address; this one says that there is none.
func userAgent() string {
	version := "0"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		version = info.Main.Version
	}
	return "DiscordBot (https://frameworkbot.invalid, " + version + ")"
}

// A call is one request to Discord.
type call struct {
	method string
	route  string   // as the documentation has it: "/channels/{channel}/messages"; errors show it
	args   []string // what stands in the braces; the first one has a limit of its own
	query  string
	body   any

	harmless    bool // does no harm if it is carried out twice
	interaction bool // is authorised by its path, and counts towards no limit
}

func (c *call) path() string {
	path, args := c.route, c.args
	for len(args) > 0 {
		from, to := strings.IndexByte(path, '{'), strings.IndexByte(path, '}')
		path = path[:from] + url.PathEscape(args[0]) + path[to+1:]
		args = args[1:]
	}
	if c.query != "" {
		path += "?" + c.query
	}
	return path
}

// do calls until it succeeds, fails for good, or was tried often enough. What
// is answered goes to out, unless that is nil. The error holds no secret.
func (r *rest) do(ctx context.Context, c call, out any) error {
	ctx, cancel := within(ctx, longestCall)
	defer cancel()
	var body []byte
	if c.body != nil {
		var err error
		if body, err = encode(c.body); err != nil {
			return fmt.Errorf("%s %s: %w", c.method, c.route, err)
		}
	}
	for try := 1; ; try++ {
		err := r.try(ctx, &c, body, out)
		if err == nil || try > 1 && c.harmless && says(err, discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged) {
			return nil // the second one says that the first one arrived
		}
		wait, again := c.again(err, try)
		if !again || try == maxTries || !sleep(ctx, wait) {
			r.judge(&c, err)
			return fmt.Errorf("%s %s: %w", c.method, c.route, err)
		}
		r.vitals.Count(bot.Retries)
	}
}

// try waits for its turn and calls once.
func (r *rest) try(ctx context.Context, c *call, body []byte, out any) error {
	turn, err := r.limits.wait(ctx, c)
	if err != nil {
		return err
	}
	res, err := r.once(ctx, c, body)
	r.limits.done(c, turn, res)
	if res != nil && res.status == http.StatusTooManyRequests {
		r.vitals.Count(bot.RateLimited)
	}
	if err != nil {
		return err
	}
	if res.status >= http.StatusOK && res.status < http.StatusMultipleChoices {
		return res.decode(out)
	}
	return res.failure()
}

// A response is what Discord answered.
type response struct {
	status int
	header http.Header
	body   []byte
}

// once sends the request.
func (r *rest) once(ctx context.Context, c *call, body []byte) (*response, error) {
	ctx, cancel := within(ctx, callTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, c.method, r.base+c.path(), bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("not an address")
	}
	req.Header.Set("User-Agent", r.agent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if !c.interaction {
		req.Header.Set("Authorization", "Bot "+r.token.Reveal())
	}
	res, err := r.transport.RoundTrip(req)
	if err != nil {
		return nil, withoutAddress(err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, maxResponse+1))
	switch {
	case err != nil:
		return nil, withoutAddress(err)
	case len(said) > maxResponse:
		return nil, errors.New("the response is too large")
	}
	return &response{res.StatusCode, res.Header, said}, nil
}

// withoutAddress is an error of the HTTP client without the address, which
// holds the token of an interaction.
func withoutAddress(err error) error {
	if at, ok := errors.AsType[*url.Error](err); ok {
		return at.Err
	}
	return err
}

func (r *response) decode(out any) error {
	if out == nil {
		return nil
	}
	if !read(r.body, out) {
		return errors.New("the response cannot be read")
	}
	return nil
}

// again reports whether the call may be repeated, and when. It may if Discord
// refused it because of its rate, if it never arrived, or if it does no harm.
func (c *call) again(err error, try int) (time.Duration, bool) {
	backOff := time.Duration(try*try) * 250 * time.Millisecond
	var said *apiError
	switch {
	case errors.As(err, &said) && said.status == http.StatusTooManyRequests:
		if c.interaction {
			return said.wait, !said.banned
		}
		return 0, !said.banned // its bucket knows how long to wait
	case said != nil:
		return backOff, c.harmless && said.status >= http.StatusInternalServerError
	case errors.Is(err, errBanned):
		return 0, false
	}
	return backOff, c.harmless || neverSent(err)
}

// neverSent reports whether a request failed before any of it was sent.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// within is ctx until d is over, which is ctx itself if that ends sooner.
func within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}

// sleep waits and reports false if ctx ends first. It does not begin to wait
// for longer than ctx lasts.
func sleep(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
