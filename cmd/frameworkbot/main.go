// Command frameworkbot answers questions about back-end frameworks from a
// small library of Markdown pages.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

func main() { os.Exit(run(os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr)) }

// What the program ends with, beside 0.
const (
	exitNo    = 1 // the answer is "no", or problems were found
	exitWrong = 2 // used wrongly, or unable to do it
)

// run is the whole program.
func run(args, env []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return newProgram(env, stdin, stdout, stderr).run(args)
}

// A program is what all commands share: its three ends, the settings, a clock.
type program struct {
	in     io.Reader
	out    *output
	errs   io.Writer
	env    map[string]string
	now    func() time.Time
	config config

	// Values of the flags that every command has.
	pagesFlag  string
	pagesSet   bool // whether it was given
	configFlag string
}

func newProgram(env []string, stdin io.Reader, stdout, stderr io.Writer) *program {
	return &program{in: stdin, out: &output{Writer: stdout}, errs: stderr, env: environment(env), now: time.Now}
}

func (p *program) run(args []string) int {
	root := p.root()
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.errs)
	ran, err := root.ExecuteC()
	if err == nil && p.out.err != nil { // a full disk must not pass for a good answer
		err = wrong("write: %w", p.out.err)
	}
	return p.code(ran, err)
}

// An output is the standard output. It remembers the first error of writing,
// so that not every line that is printed has to look for one.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// terminal is the output as a terminal, nil if it is none.
func (o *output) terminal() *os.File {
	if f, ok := o.Writer.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

// code reports err and returns what the program ends with.
func (p *program) code(ran *cobra.Command, err error) int {
	var end exit
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &end): // from cobra: the command line itself is wrong
		p.warn("%v", err)
		fmt.Fprintf(p.errs, "See %s --help.\n", ran.CommandPath())
		return exitWrong
	case end.err != nil:
		p.warn("%v", end.err)
	}
	return end.code
}

// warn tells the person on the standard error output.
func (p *program) warn(format string, args ...any) {
	fmt.Fprintf(p.errs, "frameworkbot: "+format+"\n", args...)
}

// An exit is an error that knows what the program ends with.
type exit struct {
	code int
	err  error // nil if all was said already
}

func (e exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e exit) Unwrap() error { return e.err }

// wrong is the exit for what cannot be done.
func wrong(format string, args ...any) error { return exit{exitWrong, fmt.Errorf(format, args...)} }
