package ops_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/ops"
)

// mostSeries is how many time series there may be, whatever happens.
const mostSeries = 400

// busy is a platform that has seen something of everything.
func busy(name string) *platform {
	p := said(name, bot.Ready)
	p.is.Up, p.is.Heard, p.is.Inbound, p.is.IdentifiesLeft = 1, now.Add(-5*time.Second), now.Add(-90*time.Second), 990
	for i := range p.is.Counts {
		p.is.Counts[i] = uint64(10 + i)
	}
	p.is.Acks = bot.Durations{Count: 3, Sum: 600 * time.Millisecond, Within: map[time.Duration]uint64{100 * time.Millisecond: 1, 500 * time.Millisecond: 3}}
	return p
}

// scraped are the lines of /metrics, but for those of the Go runtime.
func scraped(t *testing.T, o *ops.Ops) (lines []string) {
	t.Helper()
	w := get(t, o, http.MethodGet, "/metrics")
	if w.Code != http.StatusOK {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	for line := range strings.Lines(w.Body.String()) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestMetrics(t *testing.T) {
	o := pages(ops.Content{Pages: 60, Generation: 7, Problems: 2}, busy("slack"), busy("discord"))
	o.Observe(bot.Observation{Platform: "slack", Kind: bot.PageKind, Outcome: bot.Answered, Took: 3 * time.Millisecond})
	o.Observe(bot.Observation{Platform: "slack", Kind: bot.NoneKind, Outcome: bot.Unanswered, Took: time.Millisecond})
	got := strings.Join(scraped(t, o), "\n") + "\n"
	for _, want := range []string{
		`frameworkbot_questions_total{kind="page",outcome="answered",platform="slack"} 1`,
		`frameworkbot_questions_total{kind="none",outcome="unanswered",platform="slack"} 1`,
		`frameworkbot_unanswered_total{platform="slack"} 1`,
		`frameworkbot_answer_seconds_bucket{platform="slack",le="0.005"} 2`,
		`frameworkbot_acknowledgement_seconds_bucket{platform="discord",le="0.1"} 1`,
		`frameworkbot_acknowledgement_seconds_sum{platform="discord"} 0.6`,
		`frameworkbot_acknowledgement_seconds_count{platform="discord"} 3`,
		`frameworkbot_deliveries_total{platform="slack"} 10`,
		`frameworkbot_redeliveries_total{platform="slack"} 11`,
		`frameworkbot_duplicates_total{platform="slack"} 12`,
		`frameworkbot_dropped_total{platform="slack"} 13`,
		`frameworkbot_undelivered_total{platform="slack"} 14`,
		`frameworkbot_retries_total{platform="slack"} 15`,
		`frameworkbot_rate_limited_total{platform="slack"} 16`,
		`frameworkbot_reconnects_total{platform="slack"} 17`,
		`frameworkbot_identifies_left{platform="discord"} 990`,
		`frameworkbot_last_inbound_age_seconds{platform="slack"} 90`,
		`frameworkbot_last_heard_age_seconds{platform="slack"} 5`,
		`frameworkbot_platform_state{platform="slack",state="ready"} 1`,
		`frameworkbot_platform_state{platform="slack",state="failed"} 0`,
		`frameworkbot_platform_state_since_seconds{platform="slack"} 1.7961228e+09`,
		`frameworkbot_connections{platform="slack"} 1`,
		`frameworkbot_connections_wanted{platform="slack"} 1`,
		`frameworkbot_index_pages 60`, `frameworkbot_index_generation 7`, `frameworkbot_index_problems 2`, `frameworkbot_index_build_seconds 1.5`,
		`frameworkbot_index_built_timestamp_seconds 1.79612634e+09`,
		`frameworkbot_build_info{commit="abc",go="go1.26",version="v1.2.3"} 1`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("there is no %s", want)
		}
	}
	for _, name := range []string{"go_goroutines", "go_memstats_heap_alloc_bytes", "process_resident_memory_bytes", "process_open_fds"} {
		if !strings.Contains(got, "\n"+name+" ") {
			t.Errorf("there is no %s", name)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}

// TestUnknownIsLeftOut: what never happened has no time, and no number of
// sessions where there are none.
func TestUnknownIsLeftOut(t *testing.T) {
	got := strings.Join(scraped(t, pages(ops.Content{Pages: 1}, said("slack", bot.Starting))), "\n")
	for _, name := range []string{"identifies_left", "last_inbound_age_seconds", "last_heard_age_seconds"} {
		if strings.Contains(got, name) {
			t.Errorf("there is %s", name)
		}
	}
}

// TestSeriesAreBounded: whatever people and platforms say, there are only so
// many series, and none holds it.
func TestSeriesAreBounded(t *testing.T) {
	o := pages(ops.Content{Pages: 60}, busy("slack"), busy("discord"))
	for i := range 1000 {
		o.Observe(bot.Observation{Platform: fmt.Sprint("canary", i), Kind: bot.Kind(fmt.Sprint("canary", i)), Outcome: bot.Answered})
	}
	for _, platform := range []string{"slack", "discord", "web", "console"} {
		for _, kind := range []bot.Kind{bot.PageKind, bot.FactKind, bot.ListKind, bot.ComparisonKind, bot.NoneKind, bot.HelpKind, bot.BusyKind, bot.FailedKind} {
			o.Observe(bot.Observation{Platform: platform, Kind: kind, Outcome: bot.Unanswered})
		}
	}
	lines := scraped(t, o)
	if len(lines) > mostSeries {
		t.Errorf("%d series, want at most %d", len(lines), mostSeries)
	}
	label := regexp.MustCompile(`canary|[0-9]{6,}"`)
	for _, line := range lines {
		if name, _, _ := strings.Cut(line, " "); label.MatchString(name) {
			t.Errorf("a label that is not bounded: %s", line)
		}
	}
}
