package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// said is a handler that answers with what was asked.
var said = bot.HandlerFunc(func(_ context.Context, m *bot.Message) (*bot.Answer, error) {
	if m.Text == "fail" {
		return nil, errors.New("broken")
	}
	return &bot.Answer{Kind: bot.PageKind, Title: m.Text}, nil
})

// answerLines runs a batch and returns its records.
func answerLines(t *testing.T, in io.Reader) []record {
	t.Helper()
	var out bytes.Buffer
	b := &batch{handler: said, lines: newLines(in, longestBatchLine), out: newEncoder(&out)}
	if err := b.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	var records []record
	for line := range strings.Lines(out.String()) {
		var r record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		records = append(records, r)
	}
	return records
}

func TestBatchReadsWhatProgramsWrite(t *testing.T) {
	in := "\ufeff{\"id\":1,\"text\":\"bom\"}\r\n \t\n{\"id\":3,\"text\":\"a\xffb\"}\n{\"id\":\"\xff\",\"text\":\"x\"}\n{\"id\":5,\"text\":\"fail\"}\n{\"id\":6,\"text\":\"no line end\"}"
	got := answerLines(t, strings.NewReader(in))
	for i, want := range []string{"bom", "a\uFFFDb", "x", bot.Apology, "no line end"} {
		if got[i].Text != want {
			t.Errorf("answer %d is %q, want %q", i, got[i].Text, want)
		}
	}
	if id := string(got[2].ID); id != "\"\uFFFD\"" {
		t.Errorf("a broken id is echoed as %q", id)
	}
	if got[3].Error != "broken" || got[3].Kind != bot.NoneKind {
		t.Errorf("a failure is told as %+v", got[3])
	}
}

// TestBatchConverses asks the second question only after it has read the first answer.
func TestBatchConverses(t *testing.T) {
	questions, in := io.Pipe()
	answers, out := io.Pipe()
	b := &batch{handler: said, lines: newLines(questions, longestBatchLine), out: newEncoder(out)}
	done := make(chan error, 1)
	go func() { done <- b.run(context.Background()) }()
	lines := bufio.NewScanner(answers)
	for _, word := range []string{"django", "flask"} {
		io.WriteString(in, `{"text":"`+word+`"}`+"\n")
		if !lines.Scan() || !strings.Contains(lines.Text(), word) {
			t.Fatalf("%s was answered with %q", word, lines.Text())
		}
	}
	in.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// large is a line of n bytes before its end: a question with a long text.
func large(n int) io.Reader {
	head, tail := `{"id":7,"text":"`, "\"}\n"
	body := io.LimitReader(repeated('x'), int64(n-len(head)-len(tail)+1))
	return io.MultiReader(strings.NewReader(head), body, strings.NewReader(tail))
}

type repeated byte

func (r repeated) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(r)
	}
	return len(b), nil
}

func TestBatchBoundsLines(t *testing.T) {
	got := answerLines(t, io.MultiReader(large(longestBatchLine), large(longestBatchLine+1), large(40<<20), strings.NewReader(`{"text":"after"}`)))
	if len(got) != 4 {
		t.Fatalf("%d answers, want 4", len(got))
	}
	if n := len(got[0].Text); got[0].Error != "" || n < longestBatchLine-100 {
		t.Errorf("the longest line: %d bytes are read, error %q", n, got[0].Error)
	}
	for i, want := range []string{"line 2 is longer than 12582912 bytes", "line 3 is longer than 12582912 bytes"} {
		if r := got[i+1]; r.Error != want || r.Text != want || r.Kind != bot.NoneKind || string(r.ID) != "null" {
			t.Errorf("too long a line is told as %+v", r)
		}
	}
	if got[3].Text != "after" {
		t.Errorf("the line after it is answered with %q", got[3].Text)
	}
}

func FuzzParseBatchLine(f *testing.F) {
	for _, line := range []string{
		`{"id":1,"text":"x"}`, `{}`, `[]`, `{"a":{"text":"}"},"text":"\"\\"}`, `{"text":1}`, `{"id":[],"text":""}`,
		"{\"id\":\"\xff\",\"text\":\"\xff\"}", `{ "id" : null , "text" : "\ud800" }`, `{"id":-1.5e+3,"x":true,"text":"a"}`, `"x"`, `{"text":"a","text":"b"}`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			return
		}
		q, err := parseBatchLine(slices.Clone(line))
		if !json.Valid(q.ID) {
			t.Errorf("the id is not JSON: %q", q.ID)
		}
		var want map[string]json.RawMessage
		if json.Unmarshal(line, &want) != nil || want == nil {
			if err == nil {
				t.Errorf("not an object, but no error: %q", line)
			}
			return
		}
		var text string
		if err == nil && (json.Unmarshal(want["text"], &text) != nil || text != q.Text) {
			t.Errorf("text is %q, want %q", q.Text, text)
		}
		if err == nil && want["id"] != nil && !bytes.Equal(bytes.ToValidUTF8(want["id"], []byte("\uFFFD")), q.ID) {
			t.Errorf("id is %s, want %s", q.ID, want["id"])
		}
	})
}
