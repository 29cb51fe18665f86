// Package ops is what the people see who run the bot: whether it is alive,
// whether it can answer, and how it is doing.
//
//	ops.go      the pages: /healthz, /readyz, /metrics
//	ready.go    what /readyz says, and how it decides
//	metrics.go  what is counted here
//	collect.go  what platforms and pages count themselves, read when asked
//	trace.go    OpenTelemetry, if there is somewhere to send it
//
// No page holds what people wrote, who they are, or a secret. The pages are
// for a private address: they tell what is wrong in the words of the log.
package ops

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"frameworkbot/bot"
)

// A Content is the state of the pages that are answered from.
type Content struct {
	Pages      int // 0 if there is nothing to answer from
	Generation uint64
	Problems   int
	Built      time.Time
	Took       time.Duration
	Refused    bool // the settings that were read last are not in force
}

// A Build tells one version of the program from others.
type Build struct{ Version, Commit, Go string }

// A Config says what the pages are about.
type Config struct {
	Platforms func() []bot.Reporter // those that are set up
	Content   func() Content
	Build     Build
	Now       func() time.Time // nil means [time.Now]
}

// Ops are the pages. It is an [http.Handler].
type Ops struct {
	cfg     Config
	mux     *http.ServeMux
	metrics *metrics
	began   time.Time
}

// New returns the pages. Nothing runs by itself.
func New(cfg Config) *Ops {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	registry := prometheus.NewRegistry()
	o := &Ops{cfg: cfg, mux: http.NewServeMux(), metrics: newMetrics(registry), began: cfg.Now()}
	register(registry, cfg)
	o.mux.HandleFunc("GET /healthz", o.healthz)
	o.mux.HandleFunc("GET /readyz", o.readyz)
	o.mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		MaxRequestsInFlight: maxScrapes, ErrorHandling: promhttp.HTTPErrorOnError,
	}))
	return o
}

// maxScrapes is how many may read the metrics at once.
const maxScrapes = 4

// ServeHTTP serves the pages.
func (o *Ops) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	o.mux.ServeHTTP(w, r)
}

// healthz says that the process is alive. Nothing else counts: a service that
// is out of order is no reason to start the bot again, which would use up the
// sessions that it may start.
func (o *Ops) healthz(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"status": "alive"})
}

// Observe counts a question. It is for [bot.Observe].
func (o *Ops) Observe(seen bot.Observation) { o.metrics.observe(seen) }
