package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"frameworkbot/bot"
)

// maxForm is the largest form that is read. A question has its say in far less.
const maxForm = 64 << 10

// maxAsked is how much of a question the conversation repeats.
const maxAsked = 300

// form reads a form, and answers those that it cannot read.
func (w *Web) form(out http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(out, r.Body, maxForm)
	err := r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		w.refuse(out, r, http.StatusRequestEntityTooLarge, "That is too long", "A question has room in a few lines.")
	case err != nil:
		w.refuse(out, r, http.StatusBadRequest, "That cannot be read", "The form did not arrive whole. Please try again.")
	default:
		return true
	}
	return false
}

// ask answers what was typed or pressed, and leads to the conversation.
func (w *Web) ask(out http.ResponseWriter, r *http.Request) {
	if !w.form(out, r) {
		return
	}
	t := turn{Text: strings.ToValidUTF8(r.PostForm.Get("q"), "\uFFFD")}
	if ref := r.PostForm.Get("ref"); ref != "" && len(ref) <= bot.MaxRef {
		t.Ref, t.Text = bot.Ref(ref), ""
	}
	if len(t.Text) > bot.MaxText*utf8.UTFMax {
		w.refuse(out, r, http.StatusRequestEntityTooLarge, "That is too long", "A question has room in a few lines.")
		return
	}
	s := w.sessions.begin(out, r)
	if !w.answer(r.Context(), s, &t) {
		out.Header().Set("Retry-After", "1")
		w.refuse(out, r, http.StatusServiceUnavailable, "Not just now", "The bot is starting or stopping. Please try again in a moment.")
		return
	}
	t.Asked, t.Pressed = bot.Shorten(t.Text, maxAsked), t.Ref != ""
	if t.Pressed {
		t.Asked = s.labelOf(t.Ref)
	}
	if t.Asked == "" {
		t.Asked = t.Answer.Title
	}
	n := strconv.Itoa(s.add(t))
	address := "/?turn=" + n + viewParameter(r.PostForm.Get("view"))
	if r.Header.Get(scriptHeader) == "" {
		http.Redirect(out, r, address+"#turn-"+n, http.StatusSeeOther)
		return
	}
	out.Header().Set("Content-Location", address)
	shown := r.Clone(r.Context())
	shown.URL = &url.URL{Path: "/", RawQuery: strings.TrimPrefix(address, "/?")}
	w.showConversation(out, shown, s)
}

// scriptHeader is how our script asks to be spared the way over a redirection.
const scriptHeader = "X-Script"

func viewParameter(view string) string {
	if view == whyView {
		return "&view=" + whyView
	}
	return ""
}

// answer lets the bot answer a turn. It reports false if the bot does not run.
func (w *Web) answer(ctx context.Context, s *session, t *turn) bool {
	w.awaitRun(ctx)
	h, done, ok := w.take()
	if !ok {
		return false
	}
	defer done()
	n, _ := w.generation()
	t.Generation = n
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
		t.Answer = bot.Reply(ctx, h, w.message(s, t))
	default:
		t.Answer = bot.Busy()
	}
	return true
}

// startWithin is how long a question waits for Run to begin: the address is
// bound a moment before.
const startWithin = time.Second

func (w *Web) awaitRun(ctx context.Context) {
	timer := time.NewTimer(startWithin)
	defer timer.Stop()
	select {
	case <-w.begun:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// message is a turn as the bot takes it. The person is the browser's session.
func (w *Web) message(s *session, t *turn) *bot.Message {
	return &bot.Message{
		ID: rand.Text(), Platform: w.Name(), Workspace: "preview", Channel: "preview",
		User: s.id, Text: t.Text, Ref: t.Ref, Time: w.cfg.Now(),
	}
}

// forget ends the conversation; the next question begins another one.
func (w *Web) forget(out http.ResponseWriter, r *http.Request) {
	w.sessions.forget(r)
	http.SetCookie(out, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Expires: time.Unix(1, 0)})
	http.Redirect(out, r, "/", http.StatusSeeOther)
}
