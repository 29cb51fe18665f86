package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"frameworkbot/bot"
)

// What is shown beside the conversation.
const (
	chatView = "chat" // the answer as each service shows it
	whyView  = "why"  // how it came about
)

// A conversationPage is what the template of "/" shows.
type conversationPage struct {
	layout
	Turns    []answered
	Selected *answered // nil if nothing was asked yet
	View     string
	Shown    []shown
	Why      *bot.Explanation
	Draft    string // what the field for the question begins with
	Examples []bot.Ask
	Suggests bool
}

// conversation shows what was asked and answered, and one answer as services show it.
func (w *Web) conversation(out http.ResponseWriter, r *http.Request) {
	w.showConversation(out, r, w.sessions.of(r))
}

func (w *Web) showConversation(out http.ResponseWriter, r *http.Request, s *session) {
	q := r.URL.Query()
	p := conversationPage{
		layout: w.layout(r, "Conversation", "/"), View: chatView, Draft: bot.Shorten(q.Get("q"), maxAsked), Suggests: w.cfg.Suggest != nil,
	}
	if q.Get("view") == whyView && w.cfg.Explain != nil {
		p.View = whyView
	}
	p.CanExplain = w.cfg.Explain != nil
	if selected := w.selected(r, s, q.Get("turn")); selected != nil {
		p.Turns = answers(s.all(), selected.N, p.View)
		for i := range p.Turns {
			if p.Turns[i].Selected {
				p.Selected = &p.Turns[i]
			}
		}
		w.beside(r, s, &p, selected)
	} else {
		p.Examples = w.examples(r)
	}
	w.render(out, http.StatusOK, "conversation", p)
}

// selected is the turn that is looked at: the last one unless another is asked
// for. It is answered again if the pages changed since.
func (w *Web) selected(r *http.Request, s *session, number string) *turn {
	turns := s.all()
	if len(turns) == 0 {
		return nil
	}
	t := &turns[len(turns)-1]
	if n, err := strconv.Atoi(number); err == nil {
		if one := s.turn(n); one != nil {
			t = one
		}
	}
	if n, _ := w.generation(); n == t.Generation {
		return t
	}
	again := *t
	if w.answer(r.Context(), s, &again) {
		again.Again = true
		s.replace(again)
		return &again
	}
	return t
}

// beside fills in what stands beside the conversation.
func (w *Web) beside(r *http.Request, s *session, p *conversationPage, t *turn) {
	if p.View == whyView {
		why, err := w.cfg.Explain.Explain(r.Context(), w.message(s, t))
		if err != nil {
			w.log.Error("web: an answer could not be explained", "err", bot.Redact(err))
			return
		}
		p.Why = why
		return
	}
	for i := range w.cfg.Previews {
		p.Shown = append(p.Shown, w.cfg.Previews[i].show(t.Answer))
	}
}

// examples are what can be asked, before anything was.
func (w *Web) examples(r *http.Request) []bot.Ask {
	if w.cfg.Suggest == nil {
		return nil
	}
	var asks []bot.Ask
	for _, s := range w.cfg.Suggest.Suggest(r.Context(), "", 6) {
		asks = append(asks, bot.Ask{Label: s.Title, Text: s.Title, Ref: s.Ref})
	}
	return asks
}

// payload is the exact message of a turn, as a service would be sent it.
func (w *Web) payload(out http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.PathValue("turn"))
	t := w.sessions.of(r).turn(n)
	if err != nil || t == nil {
		w.missing(out, r)
		return
	}
	for _, p := range w.cfg.Previews {
		if slugOf(p.Name)+".json" != r.PathValue("preview") {
			continue
		}
		if message, err := p.Render(t.Answer); err == nil {
			out.Header().Set("Content-Type", "application/json")
			_, _ = out.Write(message) // nobody is there to be told
			return
		}
	}
	w.missing(out, r)
}

// maxSuggested is how many answers are offered while somebody types.
const maxSuggested = 8

// suggest offers titles that begin with what was typed.
func (w *Web) suggest(out http.ResponseWriter, r *http.Request) {
	titles := []string{}
	if w.cfg.Suggest != nil {
		for _, s := range w.cfg.Suggest.Suggest(r.Context(), r.URL.Query().Get("q"), maxSuggested) {
			titles = append(titles, s.Title)
		}
	}
	out.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(out).Encode(titles) // nobody is there to be told
}
