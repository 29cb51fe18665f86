package bot_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// TestRemember: the same words are thought about once; long ones, failures and
// other presses are not kept.
func TestRemember(t *testing.T) {
	asked := map[string]int{}
	h := bot.Remember(10)(bot.HandlerFunc(func(_ context.Context, m *bot.Message) (*bot.Answer, error) {
		asked[m.Text+string(m.Ref)]++
		if m.Text == "fails" {
			return nil, errors.New("broken")
		}
		return &bot.Answer{Title: m.Text + string(m.Ref)}, nil
	}))
	long := strings.Repeat("x", 300)
	for range 3 {
		for _, m := range []*bot.Message{{Text: "laravel"}, {Text: "Laravel"}, {Ref: "page:laravel"}, {Text: "fails"}, {Text: long}} {
			a, err := h.Answer(t.Context(), m)
			if err == nil && a.Title != m.Text+string(m.Ref) {
				t.Errorf("%q was answered with %q", m.Text, a.Title)
			}
		}
	}
	for text, want := range map[string]int{"laravel": 1, "Laravel": 1, "page:laravel": 1, "fails": 3, long: 3} {
		if asked[text] != want {
			t.Errorf("%.10q was thought about %d times, want %d", text, asked[text], want)
		}
	}
}

func TestRememberIsBounded(t *testing.T) {
	thought := 0
	h := bot.Remember(10)(bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) {
		thought++
		return &bot.Answer{}, nil
	}))
	for range 2 {
		for i := range 25 {
			if _, err := h.Answer(t.Context(), &bot.Message{Text: strconv.Itoa(i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if thought != 50 {
		t.Errorf("thought %d times: more than ten answers are kept, or fewer than none", thought)
	}
}
