package main

import (
	"log/slog"
	"strings"
	"testing"
	"time"
)

// TestProgress: what takes long is told in the log now and then, and nothing of
// what does not.
func TestProgress(t *testing.T) {
	var log strings.Builder
	now := time.Unix(0, 0)
	p := newProgram(nil, strings.NewReader(""), &log, &log)
	p.now = func() time.Time { return now }
	tell := p.progress(slog.New(slog.NewTextHandler(&log, nil)))
	for done := 1; done <= 1000; done++ {
		now = now.Add(30 * time.Millisecond)
		tell(done, 1000)
	}
	if got := strings.Count(log.String(), "reading pages"); got != 3 { // every ten seconds, and at the end
		t.Errorf("%d lines:\n%s", got, log.String())
	}
	if !strings.Contains(log.String(), "done=1000 of=1000 per_second=33 left=0s") {
		t.Errorf("the end is not told:\n%s", log.String())
	}
	log.Reset()
	for done := 1; done <= 10; done++ {
		tell(done, 10)
	}
	if log.Len() > 0 {
		t.Errorf("not worth a word: %s", log.String())
	}
}

func TestBar(t *testing.T) {
	for done, want := range map[int]string{0: strings.Repeat(".", 30), 5: strings.Repeat("#", 15) + strings.Repeat(".", 15), 10: strings.Repeat("#", 30)} {
		if got := bar(done, 10); got != "["+want+"]" {
			t.Errorf("%d of 10: %s", done, got)
		}
	}
}
