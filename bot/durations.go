package bot

import (
	"sync/atomic"
	"time"
)

// durationBounds are the upper bounds of what a [Stopwatch] tells apart. Slack
// and Discord wait for three seconds.
var durationBounds = [...]time.Duration{
	time.Millisecond, 2500 * time.Microsecond, 5 * time.Millisecond, 10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond,
	100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, time.Second, 1500 * time.Millisecond, 2500 * time.Millisecond, 3 * time.Second,
}

// A Stopwatch remembers how many times were how long. The zero value is ready
// for use by several goroutines.
type Stopwatch struct {
	within [len(durationBounds) + 1]atomic.Uint64 // the last one: longer than all bounds
	sum    atomic.Int64
}

// Add notes a time.
func (s *Stopwatch) Add(d time.Duration) {
	i := 0
	for i < len(durationBounds) && d > durationBounds[i] {
		i++
	}
	s.within[i].Add(1)
	s.sum.Add(int64(d))
}

// Durations are what a [Stopwatch] remembers, as a histogram has it.
type Durations struct {
	Count  uint64
	Sum    time.Duration
	Within map[time.Duration]uint64 // how many took no longer than the key
}

// Read returns what was noted so far.
func (s *Stopwatch) Read() Durations {
	d := Durations{Within: make(map[time.Duration]uint64, len(durationBounds)), Sum: time.Duration(s.sum.Load())}
	for i, bound := range durationBounds {
		d.Count += s.within[i].Load()
		d.Within[bound] = d.Count
	}
	d.Count += s.within[len(durationBounds)].Load()
	return d
}
