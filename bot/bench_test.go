package bot_test

import (
	"context"
	"os"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/index"
)

// The benchmarks come in pairs over the same built-in pages, in one run: a
// whole answer, and Bleve's own match query for the same text.
var benchmarks = []struct{ name, text string }{
	{"name", "laravel"},
	{"spelling", "lavarel"},
	{"feature", "which one protects against csrf by default"},
	{"fact", "does flask have an orm"},
	{"list", "php framework with an orm"},
	{"comparison", "difference between rails and laravel"},
	{"nothing", "how do i bake a chocolate cake for my birthday"},
}

func BenchmarkAnswer(b *testing.B) {
	x := open(b)
	answerer := bot.NewAnswerer(x)
	for _, bm := range benchmarks {
		b.Run(bm.name, func(b *testing.B) {
			m := &bot.Message{Text: bm.text}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := answerer.Answer(context.Background(), m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRawMatch(b *testing.B) {
	x := open(b)
	for _, bm := range benchmarks {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.Match(context.Background(), bm.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func open(tb testing.TB) *index.Index {
	tb.Helper()
	pages, err := index.ReadPages(os.DirFS("../seeds"))
	if err != nil {
		tb.Fatal(err)
	}
	x, err := index.New(pages)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { x.Close() })
	return x
}
