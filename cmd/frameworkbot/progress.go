package main

import (
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// How often progress is shown: on a terminal a line that is written over, in a
// log a line now and then.
const (
	drawEvery   = 100 * time.Millisecond
	logEvery    = 10 * time.Second
	quietFor    = 2 * time.Second // what takes no longer is not worth a word
	progressBar = 30              // characters
)

// progress tells how far the reading of pages is. The function that it returns
// is called by one goroutine, for each page.
func (p *program) progress(log *slog.Logger) func(done, all int) {
	began := p.now()
	shown := began
	f, isFile := p.errs.(*os.File)
	drawn := isFile && term.IsTerminal(int(f.Fd()))
	return func(done, all int) {
		now := p.now()
		every := logEvery
		if drawn {
			every = drawEvery
		}
		if done == 1 {
			began, shown = now, now
		}
		if now.Sub(began) < quietFor || now.Sub(shown) < every && (done < all || shown.Equal(began)) {
			return
		}
		shown = now
		rate := float64(done) / now.Sub(began).Seconds()
		left := time.Duration(float64(all-done) / rate * float64(time.Second)).Round(time.Second)
		if !drawn {
			log.Info("reading pages", "done", done, "of", all, "per_second", int(rate), "left", left)
			return
		}
		fmt.Fprint(p.errs, "\r", bar(done, all), fmt.Sprintf(" %d of %d pages, %.0f a second, %v left ", done, all, rate, left))
		if done == all {
			fmt.Fprintln(p.errs)
		}
	}
}

// bar draws a share.
func bar(done, all int) string {
	filled := progressBar * done / max(1, all)
	return "[" + strings.Repeat("#", filled) + strings.Repeat(".", progressBar-filled) + "]"
}
