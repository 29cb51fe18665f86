package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/console"
)

// longestBatchLine is the longest line of a batch, in bytes.
const longestBatchLine = 12 << 20

// A record is an answer as JSON, for programs.
type record struct {
	ID          json.RawMessage   `json:"id,omitempty"`
	Kind        bot.Kind          `json:"kind"`
	Pages       []string          `json:"pages"`
	Suggestions []string          `json:"suggestions"`
	Corrected   map[string]string `json:"corrected"`
	Text        string            `json:"text"`
	Sources     []bot.Source      `json:"sources"`
	TookUS      int64             `json:"took_us"`
	Error       string            `json:"error,omitempty"`
}

// newRecord has arrays and an object even where there is nothing: programs
// need not tell null from empty.
func newRecord(a *bot.Answer) record {
	corrected := make(map[string]string, len(a.Corrected))
	for _, c := range a.Corrected {
		corrected[c.Typed] = c.Meant
	}
	return record{
		Kind: a.Kind, Corrected: corrected, Text: console.Text(a),
		Pages: notNull(a.Pages), Suggestions: notNull(a.Suggestions), Sources: notNull(a.Sources),
	}
}

func notNull[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// failure is the record of a line that got no answer.
func failure(text string, err error) record {
	r := newRecord(&bot.Answer{Kind: bot.NoneKind, Text: ""})
	r.Text, r.Error = text, err.Error()
	return r
}

// A batch answers JSON lines, in order.
type batch struct {
	handler bot.Handler
	lines   *lines
	out     *json.Encoder
	bad     int // lines that were not questions, or that could not be answered
	first   int // number of the first of them
}

func newEncoder(out io.Writer) *json.Encoder {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return e
}

// run answers every line as soon as it is there, so that a program can
// converse with it. An error is one of reading or writing.
func (b *batch) run(ctx context.Context) error {
	for {
		line, tooLong, err := b.lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read line %d: %w", b.lines.number+1, err)
		}
		if line = b.trim(line); len(line) == 0 && !tooLong {
			continue
		}
		if err := b.out.Encode(b.answer(ctx, line, tooLong)); err != nil {
			return fmt.Errorf("write the answer to line %d: %w", b.lines.number, err)
		}
	}
}

// trim takes blanks away, and the byte order mark that some editors put first.
func (b *batch) trim(line []byte) []byte {
	if b.lines.number == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	return bytes.TrimSpace(line)
}

func (b *batch) answer(ctx context.Context, line []byte, tooLong bool) record {
	if tooLong {
		return b.refuse(json.RawMessage("null"), fmt.Errorf("is longer than %d bytes", longestBatchLine))
	}
	q, err := parseBatchLine(line)
	if err != nil {
		return b.refuse(q.ID, err)
	}
	start := time.Now()
	a, err := b.handler.Answer(ctx, message(b.lines.number, q.Text))
	took := time.Since(start)
	if err != nil {
		return b.fail(q.ID, bot.Apology, err)
	}
	r := newRecord(a)
	r.ID, r.TookUS = q.ID, took.Microseconds()
	return r
}

func (b *batch) refuse(id json.RawMessage, err error) record {
	err = fmt.Errorf("line %d %w", b.lines.number, err)
	return b.fail(id, err.Error(), err)
}

func (b *batch) fail(id json.RawMessage, text string, err error) record {
	if b.bad++; b.bad == 1 {
		b.first = b.lines.number
	}
	r := failure(text, err)
	r.ID = id
	return r
}

// boundGarbage makes the garbage collector work harder once there are two of
// the longest lines beyond what the index holds: a long line leaves copies
// behind that nobody needs. GOMEMLIMIT overrides it
// (https://pkg.go.dev/runtime#hdr-Environment_Variables).
func (p *program) boundGarbage() {
	if p.env["GOMEMLIMIT"] != "" {
		return
	}
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	debug.SetMemoryLimit(int64(now.HeapAlloc) + 2*longestBatchLine)
}

// batch is `ask --batch`.
func (p *program) batch(ctx context.Context, h bot.Handler) error {
	p.boundGarbage()
	b := &batch{handler: h, lines: newLines(p.in, longestBatchLine), out: newEncoder(p.out)}
	if err := b.run(ctx); err != nil {
		return wrong("%w", err)
	}
	if b.bad > 0 {
		return exit{exitNo, fmt.Errorf("%d of %d lines were not answered, the first is line %d", b.bad, b.lines.number, b.first)}
	}
	return nil
}
