package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
)

// Bounds of one call.
const (
	callTimeout = 10 * time.Second // the library's own client has none
	maxResponse = 4 << 20          // bytes of an answer
	maxTries    = 3
	longestRest = time.Minute // a longer Retry-After is not waited for
)

// rest calls Slack's Web API. It waits where Slack says so, for as long as the
// context lasts, and repeats a call only if Slack cannot have acted on it: a
// message that was sent twice cannot be taken back.
type rest struct {
	api       *slack.Client
	pace      *pace
	permanent func(error) // is told of errors that going on would not cure
	vitals    *bot.Vitals
}

func newRest(cfg Config, draining <-chan struct{}, permanent func(error)) *rest {
	return &rest{
		api: slack.New(cfg.BotToken.Reveal(), slack.OptionHTTPClient(newClient()), slack.OptionAPIURL(cfg.APIURL),
			slack.OptionAppLevelToken(cfg.AppToken.Reveal())),
		pace: newPace(draining), permanent: permanent,
	}
}

// newClient is an HTTP client that cannot be held up, filled up or led away.
func newClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16
	return &http.Client{
		Timeout: callTimeout, Transport: capped{transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// capped cuts long responses off.
type capped struct{ http.RoundTripper }

func (c capped) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := c.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, maxResponse), res.Body}
	}
	return res, err
}

// whoAmI asks who the bot is. It does not repeat the call.
func (r *rest) whoAmI(ctx context.Context) (*identity, error) {
	got, err := r.api.AuthTestContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("auth.test: %w", err)
	}
	return &identity{user: got.UserID, bot: got.BotID, team: got.TeamID}, nil
}

// post sends a message to a channel, in a thread unless that is "".
func (r *rest) post(ctx context.Context, channel, thread string, m message) error {
	options := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	return r.call(ctx, "chat.postMessage", func() error {
		if err := r.pace.wait(ctx, channel); err != nil {
			return err
		}
		_, _, err := r.api.PostMessageContext(ctx, channel, options...)
		return err
	})
}

// publish shows a view in a person's App Home.
func (r *rest) publish(ctx context.Context, user string, view slack.HomeTabViewRequest) error {
	return r.call(ctx, "views.publish", func() error {
		_, err := r.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
		return err
	})
}

// call calls until it succeeds, fails for good, or was tried often enough.
func (r *rest) call(ctx context.Context, method string, f func() error) error {
	for try := 1; ; try++ {
		err := f()
		if err == nil {
			return nil
		}
		if isRateLimit(err) {
			r.vitals.Count(bot.RateLimited)
		}
		wait, again := retryAfter(err, try)
		if !again || try == maxTries || !sleep(ctx, wait) {
			r.judge(err)
			return fmt.Errorf("%s: %w", method, err)
		}
		r.vitals.Count(bot.Retries)
	}
}

// retryAfter is how long to wait before the call may be repeated, if it may:
// Slack refused it because of its rate, or it never reached Slack.
func retryAfter(err error, try int) (time.Duration, bool) {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	backOff := time.Duration(1<<(try-1)) * time.Second
	switch {
	case errors.As(err, &limited):
		return max(limited.RetryAfter, 0), limited.RetryAfter <= longestRest
	case errors.As(err, &status):
		return backOff, status.Code == http.StatusTooManyRequests
	}
	return backOff / 4, neverSent(err)
}

// isRateLimit reports whether Slack refused a call because of its rate.
func isRateLimit(err error) bool {
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	return errors.As(err, &limited) || errors.As(err, &status) && status.Code == http.StatusTooManyRequests
}

// neverSent reports whether a request failed before any of it was sent.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// redact is an error for the log.
func redact(err error) string { return bot.Redact(err) }

// Errors after which every further call fails as well, with what mends them
// (https://docs.slack.dev/reference/methods/auth.test#errors).
var permanentErrors = map[string]string{
	"invalid_auth":     "slack.bot_token is not valid: copy it again from OAuth & Permissions",
	"not_authed":       "slack.bot_token is empty: copy it from OAuth & Permissions",
	"account_inactive": "slack.bot_token belongs to a bot or workspace that was removed: install the app again",
	"token_revoked":    "slack.bot_token was revoked: install the app again and copy the new token",
	"token_expired":    "slack.bot_token has expired: switch token rotation off, or copy the new token",
	"missing_scope":    "slack.bot_token lacks a scope: update the app from the manifest and install it again",
	"not_allowed_token_type": "slack.bot_token is another kind of token: " +
		"the one that begins with xoxb- is needed",
	"org_login_required": "the workspace was moved to an Enterprise organisation: install the app again",
}

// judge tells of an error that is permanent, and reports whether it is.
func (r *rest) judge(err error) bool {
	var said slack.SlackErrorResponse
	if !errors.As(err, &said) {
		return false
	}
	fix, known := permanentErrors[said.Err]
	if known {
		r.permanent(fmt.Errorf("%s (%s)", fix, said.Err))
	}
	return known
}

// says reports whether Slack answered with one of the errors.
func says(err error, codes ...string) bool {
	var said slack.SlackErrorResponse
	return errors.As(err, &said) && slices.Contains(codes, said.Err)
}
