package discord

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot"
)

// An apiError is an error that Discord answered with
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
type apiError struct {
	status int
	code   int
	text   string
	wait   time.Duration // of a 429
	banned bool          // it is not Discord that answered, but the network before it
}

// Error says what Discord said. Of the text nothing is left that could be a secret.
func (e *apiError) Error() string {
	if e.text == "" {
		return fmt.Sprintf("status %d, code %d", e.status, e.code)
	}
	return fmt.Sprintf("status %d, code %d: %s", e.status, e.code, e.text)
}

// failure is what a response means that is none of success.
func (r *response) failure() *apiError {
	var said struct {
		Code       int      `json:"code"`
		Message    string   `json:"message"`
		RetryAfter *float64 `json:"retry_after"`
	}
	isJSON := bytes.HasPrefix(bytes.TrimSpace(r.body), []byte("{")) && read(r.body, &said)
	e := &apiError{status: r.status, code: said.Code, text: bot.Echo(said.Message)}
	if r.status == http.StatusTooManyRequests {
		e.banned = !isJSON
		e.wait = retryAfter(said.RetryAfter, r.header.Get("Retry-After"))
	}
	return e
}

// errToken is why the platform stops when Discord does not know the bot's token.
var errToken = errors.New("discord.token is not valid: reset it in the Developer Portal under Bot, and copy the new one")

// judge tells of an error after which every further call fails as well. Each
// of them counts towards a ban of the address
// (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
func (r *rest) judge(c *call, err error) {
	var said *apiError
	if !c.interaction && errors.As(err, &said) && said.status == http.StatusUnauthorized {
		r.permanent(errToken)
	}
}

// says reports whether Discord answered with one of its codes.
func says(err error, codes ...int) bool {
	var said *apiError
	return errors.As(err, &said) && slices.Contains(codes, said.code)
}

// isGone reports whether an interaction, or the message it is about, is no
// longer there to be answered: the person was too late or too quick, or another
// process answered. Nothing is wrong then.
func isGone(err error) bool {
	return says(err,
		discordgo.ErrCodeUnknownInteraction, discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged,
		discordgo.ErrCodeUnknownWebhook, discordgo.ErrCodeInvalidWebhookTokenProvided, discordgo.ErrCodeUnknownMessage)
}
