package bot

import (
	"context"
	"slices"
	"time"
)

// A Message is something that a person said to the bot. The address to reply
// to stays in the platform's adapter.
type Message struct {
	ID        string // unique on its platform; the same if delivered again
	Platform  string // "console", "slack", "discord", "web"
	Workspace string // Slack team or Discord server
	Channel   string
	User      string
	Text      string // as typed; [Normalise] takes mentions and markup away
	Ref       Ref    // names the answer that is wanted, if a button was pressed; Text is not looked at then
	Locale    string // BCP 47, "" if the platform does not say
	Time      time.Time
}

// A Handler answers messages. It is called by many goroutines at once.
//
// Finding nothing is an Answer, not an error. An error means that the bot
// failed; the person is shown [Apology], the log has the rest.
type Handler interface {
	Answer(ctx context.Context, m *Message) (*Answer, error)
}

// HandlerFunc is a function that is a [Handler].
type HandlerFunc func(ctx context.Context, m *Message) (*Answer, error)

// Answer calls f.
func (f HandlerFunc) Answer(ctx context.Context, m *Message) (*Answer, error) { return f(ctx, m) }

// A Middleware wraps a Handler to do something before or after it.
type Middleware func(Handler) Handler

// Chain wraps h in the middlewares; the first of them is the outermost.
func Chain(h Handler, ms ...Middleware) Handler {
	for _, m := range slices.Backward(ms) {
		h = m(h)
	}
	return h
}

// A Platform connects the bot to one chat service.
type Platform interface {
	// Name returns the name used in logs and in Message.Platform.
	Name() string

	// Run connects, passes each message addressed to the bot to h, and sends
	// back the answers. It reconnects by itself. When ctx is done it stops
	// taking messages, waits for the answers under way and returns nil. Any
	// other return is an error that trying again would not cure.
	Run(ctx context.Context, h Handler) error
}
