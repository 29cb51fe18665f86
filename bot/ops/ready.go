package ops

import (
	"encoding/json"
	"net/http"
	"time"

	"frameworkbot/bot"
)

// What /readyz says in a word.
const (
	ready    = "ready"
	degraded = "degraded" // questions are answered, but something wants to be looked at
	notReady = "not ready"
)

// A readiness is the body of /readyz.
type readiness struct {
	Status    string           `json:"status"`
	Why       []string         `json:"why,omitempty"` // it is not [ready]
	Up        string           `json:"up"`            // how long the process has been running
	Content   contentState     `json:"content"`
	Platforms []*platformState `json:"platforms"`
}

type contentState struct {
	Pages      int       `json:"pages"`
	Generation uint64    `json:"generation"`
	Since      time.Time `json:"since"`
	Problems   int       `json:"problems"`
}

type platformState struct {
	Name        string     `json:"name"`
	Mode        string     `json:"mode"`
	State       bot.State  `json:"state"`
	Since       time.Time  `json:"since"`
	Why         string     `json:"why,omitempty"`
	Connections int        `json:"connections"`
	Wanted      int        `json:"wanted"`
	LastHeard   *time.Time `json:"last_heard,omitempty"`
	LastInbound *time.Time `json:"last_inbound,omitempty"`
}

// readyz says whether questions are answered: there are pages, and at least
// one platform takes questions. How long ago somebody asked does not matter:
// teams sleep.
func (o *Ops) readyz(w http.ResponseWriter, _ *http.Request) {
	r := o.readiness()
	status := http.StatusOK
	if r.Status == notReady {
		status = http.StatusServiceUnavailable
	}
	writeJSON(w, status, r)
}

func (o *Ops) readiness() readiness {
	c := o.cfg.Content()
	r := readiness{
		Status: ready, Up: o.cfg.Now().Sub(o.began).Truncate(time.Second).String(), Platforms: []*platformState{},
		Content: contentState{c.Pages, c.Generation, c.Built.UTC(), c.Problems},
	}
	taking := 0
	for _, p := range o.cfg.Platforms() {
		s := stateOf(p.Health())
		r.Platforms = append(r.Platforms, s)
		if s.State.TakesQuestions() {
			taking++
		}
		if s.State != bot.Ready {
			r.because(degraded, s.Name+" is "+string(s.State))
		}
	}
	if c.Problems > 0 {
		r.because(degraded, "some pages have problems")
	}
	if c.Refused {
		r.because(degraded, "the settings that were read last are not in force: the log says why")
	}
	if c.Pages == 0 {
		r.because(notReady, "there is no page to answer from")
	}
	if taking == 0 {
		r.because(notReady, "no platform takes questions")
	}
	return r
}

// because makes it no better than status.
func (r *readiness) because(status, why string) {
	if r.Status != notReady {
		r.Status = status
	}
	r.Why = append(r.Why, why)
}

func stateOf(h bot.Health) *platformState {
	return &platformState{
		Name: h.Platform, Mode: h.Mode, State: h.State, Since: h.Since.UTC(), Why: h.Why, Connections: h.Up, Wanted: h.Wanted,
		LastHeard: moment(h.Heard), LastInbound: moment(h.Inbound),
	}
}

// moment is nil for never.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(append(data, '\n')) // who asked has gone
}
