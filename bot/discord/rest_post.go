package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// A posted is a message as a channel takes it
// (https://docs.discord.com/developers/resources/message#create-message).
type posted struct {
	message
	Reference    *repliedTo `json:"message_reference,omitempty"`
	Nonce        string     `json:"nonce"`
	EnforceNonce bool       `json:"enforce_nonce"` // Discord then posts it once, however often it is sent
}

// A repliedTo makes a message a reply. If the other one is gone, it is a
// message of its own.
type repliedTo struct {
	MessageID       string `json:"message_id"`
	FailIfNotExists bool   `json:"fail_if_not_exists"`
}

// post replies to a message in its channel. The nonce, an ID, is what the reply
// is posted once for. Where Discord does not take the answer as it is, it is
// tried as plain text.
func (d *Discord) post(ctx context.Context, channel, replyTo, nonce string, show func(style string) message) error {
	p := posted{message: show(d.cfg.Style), Reference: &repliedTo{MessageID: replyTo}, Nonce: nonce, EnforceNonce: true}
	err := d.create(ctx, channel, p)
	if says(err, discordgo.ErrCodeCannotReplyWithoutPermissionToReadMessageHistory) {
		p.Reference = nil
		err = d.create(ctx, channel, p)
	}
	if isUnfit(err) && d.cfg.Style != Text {
		d.log.Warn("discord: an answer is shown as plain text", "channel", channel, "err", bot.Redact(err))
		p.message = show(Text)
		err = d.create(ctx, channel, p)
	}
	switch {
	case err == nil:
	case isForbidden(err):
		d.vitals.Count(bot.Undelivered)
		d.quiet.add(channel)
		d.log.Warn("discord: the bot may not speak in a channel: it lacks a permission there", "channel", channel, "err", bot.Redact(err))
	default:
		d.vitals.Count(bot.Undelivered)
		d.log.Error("discord: an answer could not be posted", "channel", channel, "err", bot.Redact(err))
	}
	return err
}

func (d *Discord) create(ctx context.Context, channel string, p posted) error {
	return d.rest.do(ctx, call{
		method: http.MethodPost, route: "/channels/{channel}/messages", args: []string{channel}, body: p,
		harmless: true, // because of its nonce
	}, nil)
}

// isUnfit reports whether it was the form of a message that Discord did not
// take: it breaks a limit, known or unknown
// (https://github.com/discord/discord-api-docs/issues/8554 answers with status 500).
func isUnfit(err error) bool {
	var said *apiError
	return errors.As(err, &said) && (said.status == http.StatusInternalServerError ||
		said.status == http.StatusBadRequest && said.code != discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged)
}

// isForbidden reports whether the bot lacks a permission.
func isForbidden(err error) bool {
	var said *apiError
	return errors.As(err, &said) && said.status == http.StatusForbidden
}

// How long, and how many, channels are remembered in which the bot may not
// speak: every try counts towards a ban
// (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
const (
	quietFor = 5 * time.Minute
	maxQuiet = 10_000
)

// quiet are the channels in which the bot may not speak.
type quiet struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func (q *quiet) add(channel string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.until == nil || len(q.until) >= maxQuiet {
		q.until = map[string]time.Time{}
	}
	q.until[channel] = time.Now().Add(quietFor)
}

func (q *quiet) has(channel string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	until, known := q.until[channel]
	if known && !time.Now().Before(until) {
		delete(q.until, channel)
		return false
	}
	return known
}
