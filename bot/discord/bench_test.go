//go:build unix

package discord

import (
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/discord/discordtest"
)

// The benchmarks measure from the moment at which Discord tells the bot of
// something to the moment at which it has the answer, over loopback, with the
// built-in pages. Discord is played in the same process.

// perSecond is the pace at which people ask.
const perSecond = 200

// paced delivers interactions at the pace, and reports how long they took.
func paced(b *testing.B, mode string, next func(*discordtest.Server, int) discordtest.Interaction) {
	h := library(b)
	d := discordtest.New(b)
	cfg, faults := Config{Mode: mode, Token: bot.NewSecret(d.Token()), PublicKey: d.PublicKey(), APIURL: d.URL(), Suggest: h}.Check()
	if len(faults) > 0 {
		b.Fatal(faults)
	}
	s := &scene{Server: d, bot: New(cfg, quietLog()), log: &logged{}, end: make(chan error, 1)}
	s.start(h.Answer)
	defer func() {
		s.stop()
		if err := <-s.end; err != nil {
			b.Error(err)
		}
	}()
	d.Await("the bot to know itself", func() bool { return len(d.Requests("GET /applications/*/commands")) > 0 })
	if mode == Gateway {
		d.AwaitReady()
	}
	sent := make([]time.Time, b.N)
	all := make([]discordtest.Interaction, b.N)
	for i := range all {
		all[i] = next(d, i)
	}
	d.Change(func(set *discordtest.Settings) { set.InteractionWithin = 0 }) // they are made before they are sent
	tick := time.NewTicker(time.Second / perSecond)
	defer tick.Stop()
	runtime.GC()
	before := processorTime(b)
	b.ResetTimer()
	for i, in := range all {
		<-tick.C
		sent[i] = time.Now()
		if mode == Gateway {
			d.Dispatch(in.Event)
			continue
		}
		go d.Post(s.client(), endpoint, in)
	}
	took := make([]time.Duration, b.N)
	for i, in := range all {
		took[i] = d.Callback(in).At.Sub(sent[i])
	}
	b.StopTimer()
	b.ReportMetric(float64((processorTime(b)-before).Microseconds())/float64(b.N), "cpu-µs/op")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[min(len(took)-1, len(took)*99/100)].Microseconds()), "p99-µs")
}

// processorTime is what the process has used so far, Discord's part included.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Skip(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

var questions = []string{"laravel", "django vs flask", "python frameworks with an orm", "does express have csrf protection", "laravle", "photoshop"}

// BenchmarkCommand is /framework with words.
func BenchmarkCommand(b *testing.B) {
	for _, mode := range []string{Gateway, HTTP} {
		b.Run(mode, func(b *testing.B) {
			paced(b, mode, func(d *discordtest.Server, i int) discordtest.Interaction {
				return d.Command("framework", discordtest.Option("name", questions[i%len(questions)]))
			})
		})
	}
}

// BenchmarkAutocomplete is somebody typing.
func BenchmarkAutocomplete(b *testing.B) {
	typed := []string{"", "l", "la", "lara", "ror", "djago", "csrf protection"}
	for _, mode := range []string{Gateway, HTTP} {
		b.Run(mode, func(b *testing.B) {
			paced(b, mode, func(d *discordtest.Server, i int) discordtest.Interaction {
				return d.Autocomplete("framework", discordtest.Focused("name", typed[i%len(typed)]))
			})
		})
	}
}

// BenchmarkMention is a question in a channel, without the limit that Discord
// sets on all messages of a bot together.
func BenchmarkMention(b *testing.B) {
	h := library(b)
	d := discordtest.New(b)
	cfg, _ := Config{Token: bot.NewSecret(d.Token()), APIURL: d.URL(), Suggest: h}.Check()
	s := &scene{Server: d, bot: New(cfg, quietLog()), log: &logged{}, end: make(chan error, 1)}
	s.bot.rest.limits.every = 0
	s.start(h.Answer)
	defer func() {
		s.stop()
		if err := <-s.end; err != nil {
			b.Error(err)
		}
	}()
	d.AwaitReady()
	n := 0
	before := processorTime(b)
	for b.Loop() {
		d.Dispatch(discordtest.Mention(questions[n%len(questions)]))
		n++
		d.AwaitMessage(n)
	}
	b.ReportMetric(float64((processorTime(b)-before).Microseconds())/float64(n), "cpu-µs/op")
}
