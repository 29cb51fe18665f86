// Package console is the platform that needs no account: a conversation in a
// terminal, or over a pipe.
package console

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"frameworkbot/bot"
)

const (
	prompt   = "> "
	greeting = `Ask about a back-end framework. "help" shows what I know, a number chooses a line of the last answer, "quit" ends.`
)

// Config says where the conversation takes place.
type Config struct {
	// In is where the person's lines come from. If it is an io.Closer and not
	// a terminal, Run closes it in the end, so that nothing waits for a line.
	In io.Reader

	// Out is where the answers go.
	Out io.Writer

	// Style says what Out can show. A Width of zero means the width of Out
	// if that is a terminal, and no limit if it is not.
	Style Style

	// Dumb switches line editing off on a terminal that cannot do it.
	Dumb bool
}

// A Console is the [bot.Platform] of one person at a terminal. If both ends
// are terminals, lines can be edited and the earlier ones come back with the
// arrow keys; else it reads plain lines and writes nothing but the answers.
type Console struct {
	cfg Config
	log *slog.Logger
}

// New returns a Console. It reads nothing before Run.
func New(cfg Config, log *slog.Logger) *Console {
	cfg.Style.Asks = true
	return &Console{cfg, log}
}

// Name is "console".
func (c *Console) Name() string { return "console" }

// Run answers one line after the other until ctx is done, the input ends, or
// the person says "quit". An answer under way when ctx is done is finished.
func (c *Console) Run(ctx context.Context, h bot.Handler) error {
	in := c.open()
	defer in.close()
	stop := context.AfterFunc(ctx, in.close)
	defer stop()
	s := session{Console: c, in: in, handler: h, id: rand.Text()}
	if in.interactive() {
		s.say(greeting)
	}
	for ctx.Err() == nil && s.err == nil {
		text, err := read(ctx, in)
		if err != nil {
			return s.ended(ctx, err)
		}
		if isBye(text) {
			break
		}
		s.line(ctx, text)
	}
	return s.err
}

// A session is one conversation.
type session struct {
	*Console
	in      input
	handler bot.Handler
	id      string
	lines   int
	choices []string // what the numbers of the last answer ask
	err     error    // of writing: nobody is listening any more
}

// ended tells an end of the conversation from a failure of the input.
func (s *session) ended(ctx context.Context, err error) error {
	if s.in.interactive() {
		s.say("") // what follows starts on a line of its own
	}
	if ctx.Err() == nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read a line: %w", err)
	}
	return nil
}

// line answers what was typed: a question, or the number of a choice.
func (s *session) line(ctx context.Context, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && len(s.choices) > 0 {
		if n < 1 || n > len(s.choices) {
			s.say(fmt.Sprintf("There is no %d: choose 1 to %d, or ask something else.", n, len(s.choices)))
			return
		}
		text = s.choices[n-1]
		s.say(s.style().print(document{{spans: []span{{prompt + text, bold}}}}))
	}
	s.answer(ctx, text)
}

// answer asks the handler, which sees no cancellation: who asked gets an answer.
func (s *session) answer(ctx context.Context, text string) {
	s.lines++
	a, err := s.handler.Answer(context.WithoutCancel(ctx), &bot.Message{
		ID: s.id + "-" + strconv.Itoa(s.lines), Platform: s.Name(), Channel: s.id,
		Text: text, Time: time.Now(),
	})
	if err != nil || a == nil {
		s.log.Debug("console: no answer", "message", s.lines, "error", err)
		s.say(bot.Apology)
		return
	}
	s.choices = choices(a)
	s.say(Render(a, s.style()))
}

// style is the configured one, as wide as the terminal is now.
func (s *session) style() Style {
	style := s.cfg.Style
	if style.Width == 0 {
		style.Width = s.in.width()
	}
	return style
}

// say writes text and an empty line after it.
func (s *session) say(text string) {
	if text != "" {
		text += "\n"
	}
	if _, err := io.WriteString(s.cfg.Out, text+"\n"); err != nil && s.err == nil {
		s.err = fmt.Errorf("write: %w", err)
	}
}

func isBye(text string) bool {
	text = strings.TrimSpace(text)
	return strings.EqualFold(text, "quit") || strings.EqualFold(text, "exit")
}
