package ops

import (
	"slices"

	"github.com/prometheus/client_golang/prometheus"

	"frameworkbot/bot"
)

// prefix is what the names of all metrics of the bot begin with.
const prefix = "frameworkbot_"

// Labels have these values and no others, whatever comes: a label that holds
// what people choose would fill the memory of who collects.
var (
	platforms = []string{"slack", "discord", "web", "console"}
	kinds     = []string{
		string(bot.PageKind), string(bot.FactKind), string(bot.ListKind), string(bot.ComparisonKind),
		string(bot.NoneKind), string(bot.HelpKind), string(bot.BusyKind), string(bot.FailedKind),
	}
)

// other stands for a value that is not known.
const other = "other"

func known(value string, values []string) string {
	if slices.Contains(values, value) {
		return value
	}
	return other
}

// answerSeconds are the buckets of the time that an answer takes, from the
// memory of one that was given before to the deadline.
var answerSeconds = []float64{.0001, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5}

// metrics are those of questions.
type metrics struct {
	questions  *prometheus.CounterVec
	unanswered *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "questions_total", Help: "Questions, by what kind of answer they got and what became of them.",
		}, []string{"platform", "kind", "outcome"}),
		unanswered: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "unanswered_total", Help: "Questions that the pages say nothing about.",
		}, []string{"platform"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: prefix + "answer_seconds", Help: "Time from a question to its answer, without the way through the platform.", Buckets: answerSeconds,
		}, []string{"platform"}),
	}
	r.MustRegister(m.questions, m.unanswered, m.seconds)
	return m
}

func (m *metrics) observe(o bot.Observation) {
	platform := known(o.Platform, platforms)
	m.questions.WithLabelValues(platform, known(string(o.Kind), kinds), string(o.Outcome)).Inc()
	m.seconds.WithLabelValues(platform).Observe(o.Took.Seconds())
	if o.Outcome == bot.Unanswered {
		m.unanswered.WithLabelValues(platform).Inc()
	}
}
