package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"frameworkbot/bot"
)

// poster sends messages to the response_url of an interaction, which takes up
// to five within thirty minutes and needs no token: who knows it may post
// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
// The library takes errors for success here and loses what they say.
type poster struct {
	client   *http.Client
	vitals   *bot.Vitals
	loopback bool // addresses of this machine are Slack's: the API is there as well
}

func newPoster(apiURL string) *poster {
	api, err := url.Parse(apiURL)
	return &poster{client: newClient(), loopback: err == nil && bot.IsLoopback(api.Hostname())}
}

// errExpired is what a response_url answers that was used up or is too old.
var errExpired = errors.New("the response_url is used up or too old")

// maxRead is how much is read of what a response_url answers.
const maxRead = 4 << 10

// post sends b. It is repeated only if it cannot have arrived, or if it
// replaces a message, which does no harm twice.
func (p *poster) post(ctx context.Context, address string, b body) error {
	return p.send(ctx, address, encode(b), b.ReplaceOriginal || b.DeleteOriginal)
}

// send is post for what is JSON already. Harmless is what may arrive twice.
func (p *poster) send(ctx context.Context, address string, data json.RawMessage, harmless bool) error {
	if err := p.check(address); err != nil {
		return err
	}
	for try := 1; ; try++ {
		wait, again, err := p.once(ctx, address, data)
		again = again || harmless && err != nil && !errors.Is(err, errExpired)
		if err == nil {
			return nil
		}
		wait = max(wait, time.Duration(try)*250*time.Millisecond)
		if !again || try == maxTries || wait > longestRest || !sleep(ctx, wait) {
			return fmt.Errorf("response_url: %w", err)
		}
		p.vitals.Count(bot.Retries)
	}
}

// once sends data one time, and says whether and when it may be sent again.
func (p *poster) once(ctx context.Context, address string, data []byte) (wait time.Duration, again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(data))
	if err != nil {
		return 0, false, errors.New("not an address")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := p.client.Do(req)
	if err != nil {
		return 0, neverSent(err), errors.New(bot.Redact(err)) // its own text holds the address
	}
	defer res.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(res.Body, maxRead))
	switch {
	case res.StatusCode == http.StatusTooManyRequests:
		p.vitals.Count(bot.RateLimited)
		seconds, _ := strconv.ParseFloat(res.Header.Get("Retry-After"), 64)
		return time.Duration(max(seconds, 0) * float64(time.Second)), true, errors.New("too many messages")
	case res.StatusCode == http.StatusNotFound, res.StatusCode == http.StatusGone, strings.Contains(string(said), "_url\""), strings.Contains(string(said), "expired_"):
		return 0, false, errExpired
	case res.StatusCode != http.StatusOK:
		return 0, false, fmt.Errorf("status %d", res.StatusCode)
	}
	return 0, false, refusal(said)
}

// refusal is the error in an answer with status 200.
func refusal(said []byte) error {
	var result struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	isObject := json.Unmarshal(said, &result) == nil // Slack answers "ok" alone
	if isObject && result.OK != nil && !*result.OK {
		return fmt.Errorf("refused: %s", bot.Echo(result.Error))
	}
	return nil
}

// Hosts that response_urls lead to: those of Slack and of GovSlack
// (https://docs.slack.dev/govslack).
var slackHosts = []string{"slack.com", "slack-gov.com"}

// check refuses addresses that are not Slack's: nobody else is to be called.
func (p *poster) check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return errors.New("there is no response_url")
	}
	if p.loopback && bot.IsLoopback(u.Hostname()) {
		return nil
	}
	for _, host := range slackHosts {
		if u.Scheme == "https" && (u.Hostname() == host || strings.HasSuffix(u.Hostname(), "."+host)) {
			return nil
		}
	}
	return errors.New("the response_url does not lead to Slack")
}
