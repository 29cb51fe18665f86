package web

import (
	"crypto/rand"
	"net/http"
	"slices"
	"sync"

	"frameworkbot/bot"
)

// What is kept of conversations, in memory alone.
const (
	maxSessions = 200
	maxTurns    = 30
)

const sessionCookie = "frameworkbot_session"

// A turn is a question and its answer.
type turn struct {
	N          int
	Asked      string // what the person wrote, or the label that they pressed
	Pressed    bool
	Again      bool // answered again, after the pages changed
	Text       string
	Ref        bot.Ref
	Answer     *bot.Answer
	Generation uint64
}

// A session is one browser's conversation.
type session struct {
	id string

	mu    sync.Mutex
	turns []turn
	last  int
}

// add keeps a turn and returns its number.
func (s *session) add(t turn) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	t.N = s.last
	s.turns = append(s.turns, t)
	if len(s.turns) > maxTurns {
		s.turns = slices.Clone(s.turns[len(s.turns)-maxTurns:])
	}
	return t.N
}

// all returns the turns, oldest first.
func (s *session) all() []turn {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.turns)
}

// turn returns that turn, nil if it is not there or no longer.
func (s *session) turn(n int) *turn {
	for _, t := range s.all() {
		if t.N == n {
			return &t
		}
	}
	return nil
}

// replace keeps a turn that was answered again.
func (s *session) replace(t turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.turns {
		if s.turns[i].N == t.N {
			s.turns[i] = t
		}
	}
}

// labelOf is what the button or menu entry says that carries ref, "" if none
// of the last answers has one.
func (s *session) labelOf(ref bot.Ref) string {
	turns := s.all()
	for _, t := range slices.Backward(turns) {
		if label := labelIn(t.Answer, ref); label != "" {
			return label
		}
	}
	return ""
}

func labelIn(a *bot.Answer, ref bot.Ref) string {
	for _, asks := range [][]bot.Ask{a.Asks, a.More} {
		for _, one := range asks {
			if one.Ref == ref {
				return one.Label
			}
		}
	}
	for _, r := range a.Results {
		if r.Ref == ref {
			return r.Title
		}
	}
	if ref == a.NotThis {
		return notThisLabel
	}
	return ""
}

// notThisLabel is the button for who did not mean the name that was understood.
const notThisLabel = "Not what I meant"

// sessions are the conversations, each under the secret that its browser holds.
type sessions struct {
	mu    sync.Mutex
	byID  map[string]*session
	order []string // the one that was used longest ago first
}

func newSessions() *sessions { return &sessions{byID: map[string]*session{}} }

// of returns the session of a request, nil if it has none.
func (all *sessions) of(r *http.Request) *session {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	s := all.byID[c.Value]
	if s != nil {
		all.order = append(slices.DeleteFunc(all.order, func(id string) bool { return id == s.id }), s.id)
	}
	return s
}

// begin returns the session of a request, a new one if it has none.
func (all *sessions) begin(out http.ResponseWriter, r *http.Request) *session {
	if s := all.of(r); s != nil {
		return s
	}
	s := &session{id: rand.Text()}
	all.mu.Lock()
	defer all.mu.Unlock()
	if len(all.order) >= maxSessions {
		delete(all.byID, all.order[0])
		all.order = all.order[1:]
	}
	all.byID[s.id] = s
	all.order = append(all.order, s.id)
	setCookie(out, r, sessionCookie, s.id)
	return s
}

// forget drops the session of a request.
func (all *sessions) forget(r *http.Request) {
	s := all.of(r)
	if s == nil {
		return
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	delete(all.byID, s.id)
	all.order = slices.DeleteFunc(all.order, func(id string) bool { return id == s.id })
}

// setCookie sets a cookie that no script and no other site's form sees.
func setCookie(out http.ResponseWriter, r *http.Request, name, value string) {
	http.SetCookie(out, &http.Cookie{
		Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil,
	})
}
