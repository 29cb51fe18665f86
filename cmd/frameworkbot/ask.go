package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/bot/console"
)

// longestQuestion is the longest question that `ask` takes, in bytes.
const longestQuestion = 64 << 10

func (p *program) askCommand() *cobra.Command {
	var format string
	var asBatch bool
	cmd := &cobra.Command{
		Use:   "ask [QUESTION...]",
		Short: "Answer a question",
		Long: `Answers a question: the words of the command line together are one question.
Without a question, each line of a pipe on the standard input is one; if there
is no pipe either, the answer is what can be asked.

Ends with 0 if there is an answer, with 1 if there is none, with 2 if the
question cannot be read. Put -- before a question that begins with a dash.`,
		Example: `  frameworkbot ask laravel
  frameworkbot ask what is the difference between rails and laravel
  frameworkbot ask --format json "does flask have an orm"
  frameworkbot ask < questions.txt
  echo '{"id": 1, "text": "php frameworks"}' | frameworkbot ask --batch`,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, words []string) error {
			switch {
			case format != "text" && format != "json":
				return fmt.Errorf("--format is %q: it must be text or json", format)
			case asBatch && len(words) > 0:
				return errors.New("--batch reads its questions from the standard input, not from the command line")
			}
			return p.ask(cmd.Context(), words, format, asBatch)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "how to write the answer: `text` or json")
	cmd.Flags().BoolVar(&asBatch, "batch", false, "answer JSON lines from the standard input with JSON lines")
	cmd.MarkFlagsMutuallyExclusive("format", "batch")
	must(cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

func (p *program) ask(ctx context.Context, words []string, format string, asBatch bool) error {
	if err := checkWords(words); err != nil {
		return wrong("%w", err)
	}
	h, done, err := p.handler(ctx, p.logger())
	if err != nil {
		return err
	}
	defer done()
	s := speaker{program: p, handler: h, json: format == "json"}
	switch {
	case asBatch:
		return p.batch(ctx, h)
	case len(words) == 0 && p.piped():
		return s.lines(ctx)
	}
	return s.one(ctx, strings.Join(words, " "))
}

// checkWords refuses a question that cannot have been meant.
func checkWords(words []string) error {
	for i, word := range words {
		if err := checkText(word); err != nil {
			return fmt.Errorf("word %d of the question %w", i+1, err)
		}
	}
	if n := len(strings.Join(words, " ")); n > longestQuestion {
		return fmt.Errorf("the question has %d bytes: the limit is %d", n, longestQuestion)
	}
	return nil
}

// checkText says where s is not valid UTF-8.
func checkText(s string) error {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return fmt.Errorf("is not valid UTF-8: byte %d is 0x%02X", i+1, s[i])
		}
		i += size
	}
	return nil
}

// piped reports whether somebody may have written questions to the standard
// input. A terminal and the null device hold none.
func (p *program) piped() bool {
	file, ok := p.in.(*os.File)
	if !ok {
		return p.in != nil
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice == 0
}

// A speaker writes answers as text or JSON.
type speaker struct {
	*program
	handler bot.Handler
	json    bool
	said    int
}

func message(line int, text string) *bot.Message {
	return &bot.Message{ID: strconv.Itoa(line), Platform: "command line", Text: text}
}

// one answers one question.
func (s *speaker) one(ctx context.Context, text string) error {
	a, err := s.handler.Answer(ctx, message(1, text))
	if err != nil {
		return wrong("%s (%w)", bot.Apology, err)
	}
	if err := s.say(a); err != nil {
		return wrong("write the answer: %w", err)
	}
	if a.Kind == bot.NoneKind {
		return exit{code: exitNo}
	}
	return nil
}

func (s *speaker) say(a *bot.Answer) error {
	if s.json {
		return newEncoder(s.out).Encode(newRecord(a))
	}
	text := console.Render(a, s.style()) + "\n"
	if s.said++; s.said > 1 {
		text = "\n" + text
	}
	_, err := io.WriteString(s.out, text)
	return err
}

// lines answers each line of the standard input. A line that cannot be read,
// or that has no answer, does not stop it but shows in what the program ends with.
func (s *speaker) lines(ctx context.Context) error {
	in, code := newLines(s.in, longestQuestion), 0
	for {
		line, tooLong, err := in.next()
		if errors.Is(err, io.EOF) {
			return endWith(code)
		}
		if err != nil {
			return wrong("read line %d: %w", in.number+1, err)
		}
		if err := s.line(ctx, string(line), tooLong); err != nil {
			var end exit
			if !errors.As(err, &end) || end.code == exitWrong {
				return err
			}
			if end.err != nil {
				s.warn("line %d %v", in.number, end.err)
			}
			code = exitNo
		}
	}
}

func (s *speaker) line(ctx context.Context, text string, tooLong bool) error {
	if tooLong {
		return exit{exitNo, fmt.Errorf("is longer than %d bytes", longestQuestion)}
	}
	if err := checkText(text); err != nil {
		return exit{exitNo, err}
	}
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return s.one(ctx, text)
}

func endWith(code int) error {
	if code == 0 {
		return nil
	}
	return exit{code: code}
}
