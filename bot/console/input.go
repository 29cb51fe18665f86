package console

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"golang.org/x/term"
)

// longestLine is how much of a line is read, in bytes; the rest is dropped.
// The bot reads no more than [bot.MaxText] letters of it.
const longestLine = 64 << 10

// MaxWidth is where lines end even on a wider terminal: longer ones are hard to read.
const MaxWidth = 100

// An input is where a person's lines come from.
type input interface {
	readLine() (string, error) // io.EOF when the person is done
	interactive() bool         // a person is watching: greet, prompt
	width() int                // columns for the answers, zero for no limit
	close()                    // may be called more than once, also during readLine
}

func (c *Console) open() input {
	in, out := terminalOf(c.cfg.In), terminalOf(c.cfg.Out)
	if in != nil && out != nil && !c.cfg.Dumb {
		return newTerminal(in, out)
	}
	p := &pipe{out: c.cfg.Out, screen: out, prompts: in != nil && out != nil}
	p.lines = bufio.NewReaderSize(c.cfg.In, 4096)
	if closer, ok := c.cfg.In.(io.Closer); ok && in == nil {
		p.closer = closer
	}
	return p
}

// terminalOf is end as a terminal, nil if it is none.
func terminalOf(end any) *os.File {
	if f, ok := end.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

// read waits for a line or for the end of ctx. In the latter case a reader may
// be left behind that waits for a key, if closing its input does not wake it.
func read(ctx context.Context, in input) (string, error) {
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := in.readLine()
		done <- result{text, err}
	}()
	select {
	case r := <-done:
		return r.text, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// A pipe reads plain lines.
type pipe struct {
	out     io.Writer
	lines   *bufio.Reader
	closer  io.Closer // in, if that is to be closed
	screen  *os.File  // out, if that is a terminal
	prompts bool      // a person types, on a terminal without line editing
}

func (p *pipe) interactive() bool { return p.prompts }

func (p *pipe) width() int {
	if p.screen == nil {
		return 0
	}
	return widthOf(p.screen)
}

func (p *pipe) close() {
	if p.closer != nil {
		_ = p.closer.Close()
	}
}

// readLine returns a line without its end. The last one need not have an end.
func (p *pipe) readLine() (string, error) {
	if p.prompts {
		if _, err := io.WriteString(p.out, prompt); err != nil {
			return "", err
		}
	}
	var text []byte
	for {
		part, more, err := p.lines.ReadLine()
		text = append(text, part[:min(len(part), longestLine-len(text))]...)
		if err != nil && len(text) > 0 && errors.Is(err, io.EOF) {
			return string(text), nil
		}
		if err != nil || !more {
			return string(text), err
		}
	}
}

// A terminal reads lines that can be edited.
type terminal struct {
	in, out *os.File
	editor  *term.Terminal
	mu      sync.Mutex
	cooked  *term.State // how the terminal was, while it is raw
	closed  bool
}

func newTerminal(in, out *os.File) *terminal {
	ends := struct {
		io.Reader
		io.Writer
	}{in, out}
	return &terminal{in: in, out: out, editor: term.NewTerminal(ends, prompt)}
}

func (t *terminal) interactive() bool { return true }
func (t *terminal) width() int        { return widthOf(t.out) }
func (t *terminal) close()            { t.restore(true) }

// readLine switches the terminal to raw for one line only, so that it is as it
// was while an answer is made, whatever becomes of that.
func (t *terminal) readLine() (string, error) {
	if err := t.raw(); err != nil {
		return "", err
	}
	defer t.restore(false)
	if w, h, err := term.GetSize(int(t.out.Fd())); err == nil && w > 0 {
		_ = t.editor.SetSize(w, h)
	}
	return t.editor.ReadLine()
}

func (t *terminal) raw() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return io.EOF
	}
	var err error
	t.cooked, err = term.MakeRaw(int(t.in.Fd()))
	return err
}

func (t *terminal) restore(forGood bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = t.closed || forGood
	if t.cooked != nil {
		_ = term.Restore(int(t.in.Fd()), t.cooked)
		t.cooked = nil
	}
}

func widthOf(f *os.File) int {
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil || w <= 0 {
		return 80
	}
	return min(w, MaxWidth)
}
