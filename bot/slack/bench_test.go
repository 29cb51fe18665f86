package slack

import (
	"encoding/json"
	"strconv"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/bot/slack/slacktest"
)

// BenchmarkTake measures what a slash command costs within the process, from
// the payload to the acknowledgement as JSON, beside the answer alone.
func BenchmarkTake(b *testing.B) {
	for _, text := range []string{"laravel", "does flask have an orm", "django vs flask", "photoshop"} {
		b.Run("command/"+text, func(b *testing.B) {
			s := open(b, answerer().Answer)
			fake := slacktest.New(b)
			e := fake.SlashCommand("U1", "C1", "/framework", text)
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				e.Payload["trigger_id"] = strconv.Itoa(n)
				payload, err := json.Marshal(e.Payload)
				if err != nil {
					b.Fatal(err)
				}
				answered := make(chan []byte, 1)
				s.take(request{kind: slashCommand, payload: payload}, func(r reply) { answered <- ackFrame("1", r.body) })
				if len(<-answered) < 100 {
					b.Fatal("no answer")
				}
			}
		})
		b.Run("answer/"+text, func(b *testing.B) {
			m := &bot.Message{Text: text}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := answerer().Answer(b.Context(), m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
