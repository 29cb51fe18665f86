package bot_test

import (
	"strings"
	"testing"

	"frameworkbot/bot"
)

func TestReply(t *testing.T) {
	want := &bot.Answer{Kind: bot.HelpKind}
	if got := bot.Reply(t.Context(), answers(want, nil), message()); got != want {
		t.Errorf("got %+v, want what the handler said", got)
	}
	for name, h := range map[string]bot.Handler{"error": answers(nil, errBroken), "both": answers(want, errBroken), "neither": answers(nil, nil)} {
		got := bot.Reply(t.Context(), h, message())
		if got == nil || got.Kind != bot.FailedKind || !got.Private || got.Title == "" {
			t.Fatalf("%s: got %+v, want an apology for the asker alone", name, got)
		}
		if want := bot.Apology + " Reference: m-42."; got.Text != want {
			t.Errorf("%s: says %q, want %q", name, got.Text, want)
		}
		if strings.Contains(got.Text, errBroken.Error()) || strings.Contains(got.Text, canary) {
			t.Errorf("%s: says what is not for people: %q", name, got.Text)
		}
	}
}

// TestReplyReference: an ID that a stranger chose is repeated without harm.
func TestReplyReference(t *testing.T) {
	for id, want := range map[string]string{
		"":                        bot.Apology,
		"<!channel> @everyone *x": bot.Apology + " Reference: channel everyone x.",
		"\x1b[31m\u202e":          bot.Apology + " Reference: 31m.",
		"123-456":                 bot.Apology + " Reference: 123-456.",
	} {
		if got := bot.Reply(t.Context(), answers(nil, errBroken), &bot.Message{ID: id}); got.Text != want {
			t.Errorf("ID %q: says %q, want %q", id, got.Text, want)
		}
	}
}

func TestBusy(t *testing.T) {
	if a := bot.Busy(); a.Kind != bot.BusyKind || !a.Private || a.Text == "" || a == bot.Busy() {
		t.Errorf("got %+v, want an answer of its own for the asker alone", a)
	}
}
