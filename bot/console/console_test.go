package console

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
)

// person is the [bottest.Service] of a pipe.
type person struct {
	in    *io.PipeWriter
	heard chan string
}

func (p *person) Say(text string)      { io.WriteString(p.in, text+"\n") }
func (p *person) Heard() <-chan string { return p.heard }

func (p *person) Write(b []byte) (int, error) {
	p.heard <- string(b)
	return len(b), nil
}

func TestPlatform(t *testing.T) {
	bottest.TestPlatform(t, func(t *testing.T) (bot.Platform, bottest.Service) {
		r, w := io.Pipe()
		p := &person{w, make(chan string, 100)}
		return New(Config{In: r, Out: p}, slog.New(slog.DiscardHandler)), p
	})
}

// answers plays the bot: a case's name is answered with that case.
func answers(_ context.Context, m *bot.Message) (*bot.Answer, error) {
	for _, c := range bottest.Answers() {
		if c.Name == m.Text || strings.EqualFold(c.Answer.Title, m.Text) {
			return c.Answer, nil
		}
	}
	if m.Text == "break" {
		return nil, errors.New("broken")
	}
	return &bot.Answer{Kind: bot.NoneKind, Text: "Nothing on *" + m.Text + "*."}, nil
}

// converse runs a console over what is typed and returns what is written.
func converse(t *testing.T, typed string) string {
	t.Helper()
	var out bytes.Buffer
	c := New(Config{In: strings.NewReader(typed), Out: &out}, slog.New(slog.DiscardHandler))
	if err := c.Run(t.Context(), bot.HandlerFunc(answers)); err != nil {
		t.Fatalf("Run: %v", err)
	}
	return out.String()
}

// TestConversations runs testdata/*.chat: what is typed, a line of dashes, what is answered.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.chat")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			typed, want, _ := strings.Cut(string(data), "--------\n")
			got := converse(t, typed)
			if *update {
				save(t, file, typed+"--------\n"+got)
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("differs (-want +got), -update accepts it:\n%s", diff)
			}
		})
	}
}

func TestLongLineIsBounded(t *testing.T) {
	var got []int
	h := bot.HandlerFunc(func(_ context.Context, m *bot.Message) (*bot.Answer, error) {
		got = append(got, len(m.Text))
		return &bot.Answer{Text: "fine"}, nil
	})
	in := strings.NewReader(strings.Repeat("x", 10<<20) + "\nflask\r\nlast")
	if err := New(Config{In: in, Out: io.Discard}, slog.New(slog.DiscardHandler)).Run(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{longestLine, len("flask"), len("last")}, got); diff != "" {
		t.Errorf("lengths of what was asked (-want +got):\n%s", diff)
	}
}

// ends is a reader or writer that fails.
type ends struct{}

func (ends) Read([]byte) (int, error)  { return 0, errors.New("cut") }
func (ends) Write([]byte) (int, error) { return 0, errors.New("cut") }

func TestBrokenEnds(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	for name, cfg := range map[string]Config{
		"in":  {In: ends{}, Out: io.Discard},
		"out": {In: strings.NewReader("page\npage\n"), Out: ends{}},
	} {
		err := New(cfg, log).Run(t.Context(), bot.HandlerFunc(answers))
		if err == nil || !strings.Contains(err.Error(), "cut") {
			t.Errorf("%s: Run returned %v, want what was wrong", name, err)
		}
	}
}

func TestPanicLeavesInputClosed(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	go io.WriteString(w, "laravel\n")
	defer func() {
		if recover() == nil {
			t.Error("the panic was swallowed")
		}
		if _, err := r.Read(make([]byte, 1)); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("the input is still open: %v", err)
		}
	}()
	boom := bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) { panic("boom") })
	err := New(Config{In: r, Out: io.Discard}, slog.New(slog.DiscardHandler)).Run(t.Context(), boom)
	t.Errorf("Run returned %v", err)
}
