package console

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"frameworkbot/bot"
)

// A screen is the other side of a pseudo-terminal: it types and sees.
type screen struct {
	t    *testing.T
	side *os.File // the terminal's side, what the program has
	user *os.File
	seen chan string
	text strings.Builder
}

func newScreen(t *testing.T) *screen {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { user.Close() })
	if err := unix.IoctlSetPointerInt(int(user.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	number, err := unix.IoctlGetInt(int(user.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	side, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { side.Close() })
	if err := unix.IoctlSetWinsize(int(user.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 60}); err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, side: side, user: user, seen: make(chan string, 1000)}
	go s.watch()
	return s
}

func (s *screen) watch() {
	buf := make([]byte, 4096)
	for {
		n, err := s.user.Read(buf)
		if err != nil {
			return
		}
		s.seen <- string(buf[:n])
	}
}

func (s *screen) typeIn(text string) { io.WriteString(s.user, text) }

// see waits until text is on the screen.
func (s *screen) see(text string) { s.t.Helper(); s.seeTimes(text, 1) }

func (s *screen) seeTimes(text string, n int) {
	s.t.Helper()
	timeout := time.After(20 * time.Second)
	for strings.Count(s.text.String(), text) < n {
		select {
		case part := <-s.seen:
			s.text.WriteString(part)
		case <-timeout:
			s.t.Fatalf("never saw %q, only %q", text, s.text.String())
		}
	}
}

// asked waits until the prompt stands behind the last text: what is typed
// before that reaches a terminal that is not raw, where Ctrl-D is no key.
func (s *screen) asked(text string) {
	s.t.Helper()
	timeout := time.After(20 * time.Second)
	for {
		all := s.text.String()
		if at := strings.LastIndex(all, text); at >= 0 && strings.Contains(all[at+len(text):], prompt) {
			return
		}
		select {
		case part := <-s.seen:
			s.text.WriteString(part)
		case <-timeout:
			s.t.Fatalf("never saw a prompt behind %q, only %q", text, s.text.String())
		}
	}
}

// mode are the flags by which a raw terminal differs from one as people know it.
func (s *screen) mode() uint32 {
	state, err := unix.IoctlGetTermios(int(s.side.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	return state.Lflag & (unix.ECHO | unix.ICANON | unix.ISIG)
}

// chat runs a console on the screen.
func (s *screen) chat(ctx context.Context, style Style, dumb bool) chan error {
	ended := make(chan error, 1)
	c := New(Config{In: s.side, Out: s.side, Style: style, Dumb: dumb}, slog.New(slog.DiscardHandler))
	go func() { ended <- c.Run(ctx, bot.HandlerFunc(answers)) }()
	return ended
}

// finish checks that Run ends well and leaves the terminal as it was.
func (s *screen) finish(ended chan error, before uint32) {
	s.t.Helper()
	select {
	case err := <-ended:
		if err != nil {
			s.t.Errorf("Run: %v", err)
		}
	case <-time.After(20 * time.Second):
		s.t.Fatal("Run did not end")
	}
	if after := s.mode(); after != before {
		s.t.Errorf("the terminal's mode is %#o after the conversation, was %#o", after, before)
	}
}

func TestTerminalEditsLines(t *testing.T) {
	s := newScreen(t)
	before := s.mode()
	ended := s.chat(t.Context(), Style{ANSI: true}, false)
	s.see("help")
	s.see(prompt)
	s.typeIn("lits\x1b[D\x7ft\x1b[C\x7f\x7f\x7f\x7f\x7flist\r") // corrected with arrows and backspaces
	s.see(string(bold) + "2 frameworks" + reset)
	s.see("1. " + string(bold) + "Django")
	s.asked("Django")
	s.typeIn("3\r")
	s.asked("Nothing on django vs flask.")
	s.typeIn("\x1b[A\x1b[A\r") // twice up: the list again
	s.seeTimes("2 frameworks", 2)
	s.asked("2 frameworks")
	s.typeIn("\x04")
	s.finish(ended, before)
}

func TestTerminalEnds(t *testing.T) {
	for name, keys := range map[string]string{"quit": "quit\r", "Ctrl-C": "\x03", "Ctrl-D": "\x04"} {
		t.Run(name, func(t *testing.T) {
			s := newScreen(t)
			before := s.mode()
			ended := s.chat(t.Context(), Style{}, false)
			s.see(prompt)
			s.typeIn(keys)
			s.finish(ended, before)
		})
	}
}

func TestTerminalIsRestoredWhenContextEnds(t *testing.T) {
	s := newScreen(t)
	before := s.mode()
	ctx, cancel := context.WithCancel(t.Context())
	ended := s.chat(ctx, Style{}, false)
	s.see(prompt)
	s.typeIn("half a quest")
	s.see("half a quest")
	cancel()
	s.finish(ended, before)
}

func TestDumbTerminalGetsPlainLines(t *testing.T) {
	s := newScreen(t)
	before := s.mode()
	ended := s.chat(t.Context(), Style{}, true)
	s.see(prompt)
	if s.mode() != before {
		t.Error("a dumb terminal was made raw")
	}
	s.typeIn("fact\n")
	s.asked("Licence of Laravel")
	s.typeIn("exit\n")
	s.finish(ended, before)
	if strings.Contains(s.text.String(), "\x1b") {
		t.Errorf("escape sequences on a dumb terminal: %q", s.text.String())
	}
}
