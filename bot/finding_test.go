package bot_test

import (
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
)

func TestCheckClock(t *testing.T) {
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	for skew, want := range map[time.Duration]struct {
		verdict bot.Verdict
		text    string
	}{
		0:                 {bot.Fine, "runs as"},
		-30 * time.Second: {bot.Fine, "runs as"},
		31 * time.Second:  {bot.Warned, "31s before"},
		-time.Minute:      {bot.Warned, "1m0s behind"},
		5 * time.Minute:   {bot.ToFix, "signed requests are refused"},
		-time.Hour:        {bot.ToFix, "1h0m0s behind"},
	} {
		if got := bot.CheckClock("clock", now, now.Add(skew)); got.Verdict != want.verdict || !strings.Contains(got.Text, want.text) || got.About != "clock" {
			t.Errorf("%v: %+v", skew, got)
		}
	}
}
