package ops

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"frameworkbot/bot"
)

// counters are the metrics of what platforms count.
var counters = [bot.Counts]struct{ name, help string }{
	bot.Delivered:   {"deliveries_total", "What people did, as the service delivered it."},
	bot.Redelivered: {"redeliveries_total", "Deliveries that the service said it had made before."},
	bot.Duplicates:  {"duplicates_total", "Deliveries that were known already and left out."},
	bot.Dropped:     {"dropped_total", "Deliveries that were not taken on because too much was under way."},
	bot.Undelivered: {"undelivered_total", "Answers that did not reach the service."},
	bot.Retries:     {"retries_total", "Calls to the service that were made again."},
	bot.RateLimited: {"rate_limited_total", "Calls that the service refused because of its rate."},
	bot.Reconnects:  {"reconnects_total", "Connections that took the place of another one."},
	bot.Unsigned:    {"refused_total", "Requests that were refused because the service did not sign them: the secret is wrong, or they are not the service's."},
}

// A collector reads what platforms and pages say of themselves when somebody
// collects, so that nothing is counted twice.
type collector struct {
	cfg      Config
	counters [bot.Counts]*prometheus.Desc

	state, since, up, wanted, inbound, heard, left, acks *prometheus.Desc
	pages, generation, problems, built, took, refused    *prometheus.Desc
}

// register registers all but the metrics of questions.
func register(r prometheus.Registerer, cfg Config) {
	of := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(prefix+name, help, labels, nil)
	}
	c := &collector{
		cfg:   cfg,
		state: of("platform_state", "1 for the state that the platform is in, 0 for the others.", "platform", "state"),
		since: of("platform_state_since_seconds", "Unix time when the platform's state began.", "platform"),
		up:    of("connections", "Connections that take questions.", "platform"), wanted: of("connections_wanted", "Connections that there should be.", "platform"),
		inbound: of("last_inbound_age_seconds", "Time since the service last delivered something that people did.", "platform"),
		heard:   of("last_heard_age_seconds", "Time since the service last said anything, its heartbeats included.", "platform"),
		left:    of("identifies_left", "Gateway sessions that may still be started until the service counts anew.", "platform"),
		acks:    of("acknowledgement_seconds", "Time from a delivery to its acknowledgement. Services wait for three seconds.", "platform"),
		pages:   of("index_pages", "Pages that are answered from."), generation: of("index_generation", "Number of the state of the pages; it grows with each change."),
		problems: of("index_problems", "Things that are wrong with files of pages."),
		built:    of("index_built_timestamp_seconds", "Unix time when the index was built."), took: of("index_build_seconds", "Time that building the index took."),
		refused: of("reload_refused", "1 if the settings that were read last are not in force, because something is wrong with them."),
	}
	for i, one := range counters {
		c.counters[i] = of(one.name, one.help, "platform")
	}
	build := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: prefix + "build_info", Help: "Always 1; the labels tell what runs.",
		ConstLabels: prometheus.Labels{"version": cfg.Build.Version, "commit": cfg.Build.Commit, "go": cfg.Build.Go},
	}, func() float64 { return 1 })
	r.MustRegister(c, build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
}

// Describe implements [prometheus.Collector].
func (c *collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range c.counters {
		to <- d
	}
	for _, d := range []*prometheus.Desc{
		c.state, c.since, c.up, c.wanted, c.inbound, c.heard, c.left, c.acks, c.pages, c.generation, c.problems, c.built, c.took, c.refused,
	} {
		to <- d
	}
}

// Collect implements [prometheus.Collector].
func (c *collector) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for _, p := range c.cfg.Platforms() {
		h := p.Health()
		c.platform(to, &h, gauge)
	}
	now := c.cfg.Content()
	gauge(c.pages, float64(now.Pages))
	gauge(c.generation, float64(now.Generation))
	gauge(c.problems, float64(now.Problems))
	gauge(c.built, seconds(now.Built))
	gauge(c.took, now.Took.Seconds())
	refused := 0.0
	if now.Refused {
		refused = 1
	}
	gauge(c.refused, refused)
}

func (c *collector) platform(to chan<- prometheus.Metric, h *bot.Health, gauge func(*prometheus.Desc, float64, ...string)) {
	name := known(h.Platform, platforms)
	for i, d := range c.counters {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(h.Counts[i]), name)
	}
	for _, s := range bot.States {
		is := 0.0
		if s == h.State {
			is = 1
		}
		gauge(c.state, is, name, string(s))
	}
	gauge(c.since, seconds(h.Since), name)
	gauge(c.up, float64(h.Up), name)
	gauge(c.wanted, float64(h.Wanted), name)
	for d, at := range map[*prometheus.Desc]time.Time{c.inbound: h.Inbound, c.heard: h.Heard} {
		if !at.IsZero() {
			gauge(d, c.cfg.Now().Sub(at).Seconds(), name)
		}
	}
	if h.IdentifiesLeft >= 0 {
		gauge(c.left, float64(h.IdentifiesLeft), name)
	}
	within := make(map[float64]uint64, len(h.Acks.Within))
	for bound, n := range h.Acks.Within {
		within[bound.Seconds()] = n
	}
	to <- prometheus.MustNewConstHistogram(c.acks, h.Acks.Count, h.Acks.Sum.Seconds(), within, name)
}

// seconds is a Unix time, 0 for never.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixNano()) / float64(time.Second)
}
