package slack

import (
	"testing"

	"frameworkbot/bot"
)

// BenchmarkRender is what the card of a page costs.
func BenchmarkRender(b *testing.B) {
	h := answerer()
	a, err := h.Answer(b.Context(), &bot.Message{Text: "laravel"})
	if err != nil {
		b.Fatal(err)
	}
	o := options{commands: []string{"/framework"}, private: true, share: true, asker: "U1", asked: "laravel"}
	b.ReportAllocs()
	for b.Loop() {
		render(a, o)
	}
}
