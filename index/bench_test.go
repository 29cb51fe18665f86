package index_test

import (
	"os"
	"testing"

	"frameworkbot/index"
)

func BenchmarkReadPages(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := index.ReadPages(os.DirFS("../seeds")); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	pages, err := index.ReadPages(os.DirFS("../seeds"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		x, err := index.New(pages)
		if err != nil {
			b.Fatal(err)
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnalyze(b *testing.B) {
	x := builtIn(b)
	for _, bm := range []struct{ name, text string }{
		{"name", "laravel"},
		{"spelling", "what is lavarel"},
		{"question", "which one protects against csrf by default"},
		{"nothing", "how do i bake a chocolate cake for my birthday"},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if a := x.Analyze(bm.text); len(a.Words) == 0 {
					b.Fatal("no words")
				}
			}
		})
	}
}
