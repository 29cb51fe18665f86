package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The load that the benchmarks put on the built program, from outside: a
// service in this process, the bot in another.
const atOnce = 1000

// pace is how many questions a second are asked. What a process costs beside
// its work, such as waking up for each question, weighs less the more there are.
var pace = flag.Int("pace", 200, "questions a second under load")

// questions are asked in turn.
var questions = []string{"laravel", "does flask have an orm", "django vs flask", "lavarel", "php framework with an orm", "which one protects against csrf by default", "photoshop", "help"}

// other lets the same load be put on another bot, as a yardstick: it is started
// with the same environment.
var other = flag.String("bot", "", "measure the bot that this `command` starts, not the one that is built here")

// A child is the program that serves.
type child struct {
	b     *testing.B
	cmd   *exec.Cmd
	began time.Time
	ready time.Duration // from the start of the process to its first answer
}

// binary builds the program once for all benchmarks.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "frameworkbot")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "frameworkbot")
	cmd := exec.CommandContext(context.Background(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", file, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return file, nil
})

// serve starts the program with that environment.
func serveChild(b *testing.B, env ...string) *child {
	b.Helper()
	command := strings.Fields(*other)
	if len(command) == 0 {
		file, err := binary()
		if err != nil {
			b.Fatal(err)
		}
		command = []string{file, "serve"}
	}
	cmd := exec.CommandContext(context.Background(), command[0], command[1:]...)
	cmd.Env = append(env, "PATH="+os.Getenv("PATH"), "PAGES="+os.Getenv("PAGES"), "FRAMEWORKBOT_LIMITS_PER_MINUTE=0", "FRAMEWORKBOT_LOG_LEVEL=error")
	cmd.Stderr = os.Stderr
	c := &child{b: b, cmd: cmd, began: time.Now()}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(c.stop)
	return c
}

// stop asks the program to end, and checks that it does well.
func (c *child) stop() {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	if err := c.cmd.Wait(); err != nil {
		c.b.Errorf("the program ended with %v", err)
	}
}

// cpu is the processor time that the program has used.
func (c *child) cpu() time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		c.b.Fatal(err)
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+2:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	const tick = 10 * time.Millisecond // USER_HZ is 100 on Linux, whatever the kernel's own clock
	return time.Duration(user+system) * tick
}

// peak is the most memory that the program has used, in MiB.
func (c *child) peak() float64 {
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		c.b.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(value, "kB")))
			return float64(kb) / 1024
		}
	}
	c.b.Fatal("no VmHWM")
	return 0
}

// A deliverer hands question number n over and returns once it is answered.
type deliverer func(n int)

// load delivers b.N questions at that pace, each at its own
// time whether the ones before it were answered or not, and reports.
func load(b *testing.B, c *child, perSecond int, deliver deliverer) {
	before := c.cpu()
	took := make([]time.Duration, b.N)
	var wg sync.WaitGroup
	b.ResetTimer()
	start := time.Now()
	for n := range b.N {
		due := start.Add(time.Duration(n) * time.Second / time.Duration(perSecond))
		<-time.After(time.Until(due))
		wg.Go(func() {
			deliver(n)
			took[n] = time.Since(due)
		})
	}
	wg.Wait()
	b.StopTimer()
	reportLoad(b, c, took, c.cpu()-before)
}

func reportLoad(b *testing.B, c *child, took []time.Duration, cpu time.Duration) {
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[min(len(took)-1, int(share*float64(len(took))))]) / float64(time.Millisecond)
	}
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.99), "p99-ms")
	b.ReportMetric(at(1), "max-ms")
	b.ReportMetric(float64(cpu)/float64(time.Millisecond)/float64(len(took)), "cpu-ms/op")
	b.ReportMetric(c.peak(), "peak-MiB")
	b.ReportMetric(float64(c.ready)/float64(time.Millisecond), "ready-ms")
	b.ReportMetric(0, "ns/op") // the pace is ours
}

// burst delivers a thousand at once and reports the slowest.
func burst(b *testing.B, c *child, deliver deliverer) {
	for range b.N {
		var slowest atomic.Int64
		var wg sync.WaitGroup
		start := time.Now()
		for n := range atOnce {
			wg.Go(func() {
				deliver(n)
				for took := int64(time.Since(start)); ; {
					old := slowest.Load()
					if took <= old || slowest.CompareAndSwap(old, took) {
						return
					}
				}
			})
		}
		wg.Wait()
		b.ReportMetric(float64(slowest.Load())/float64(time.Millisecond), "max-ms")
	}
	b.ReportMetric(c.peak(), "peak-MiB")
	b.ReportMetric(0, "ns/op")
}

// freePort is an address of this machine that nobody listens on.
func freePort(b *testing.B) string {
	b.Helper()
	l, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// listening waits until somebody listens at the address.
func listening(b *testing.B, address string) {
	b.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; <-time.After(time.Millisecond) {
		conn, err := (&net.Dialer{}).DialContext(b.Context(), "tcp", address)
		if err == nil {
			_ = conn.Close()
			return
		}
		if time.Now().After(deadline) {
			b.Fatal(err)
		}
	}
}
