package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

//go:embed templates
var templateFiles embed.FS

// A layout is what every page shows around its own.
type layout struct {
	Title      string
	Path       string // which entry of the menu is the present one
	Here       string // the address, for forms that lead back
	Theme      string // "light", "dark", "" for the system's
	Generation uint64
	Live       bool // there is a library that may change
	Wrong      int  // how many problems there are
	Version    string
	CanExplain bool
}

func (w *Web) layout(r *http.Request, title, path string) layout {
	l := layout{Title: title, Path: path, Here: r.URL.RequestURI(), Version: w.cfg.Version, Live: w.cfg.Library != nil, Wrong: len(w.allProblems())}
	l.Generation, _ = w.generation()
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		l.Theme = c.Value
	}
	return l
}

const themeCookie = "frameworkbot_theme"

// theme keeps which colours somebody wants, and leads back to where they were.
func (w *Web) theme(out http.ResponseWriter, r *http.Request) {
	if !w.form(out, r) {
		return
	}
	value := r.PostForm.Get("theme")
	if value != "light" && value != "dark" {
		value = "system"
	}
	setCookie(out, r, themeCookie, value)
	http.Redirect(out, r, ownAddress(r.PostForm.Get("here")), http.StatusSeeOther)
}

// ownAddress is an address of this page, "/" for any other.
func ownAddress(s string) string {
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return "/"
	}
	return s
}

// templates are those of the pages, by their names.
type templates map[string]*template.Template

// newTemplates reads them; a mistake in one is a bug, for they are part of the program.
func newTemplates(assets map[string]asset) *templates {
	functions := template.FuncMap{
		"asset":   func(name string) string { return assets[name].address },
		"percent": func(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) },
		"figure":  func(f float64) string { return fmt.Sprintf("%.2f", f) },
		"grouped": grouped,
		"date":    sourceDate,
		"address": markdown.Address,
		"dict":    dict,
		"joined":  func(words []string) string { return strings.Join(words, ", ") },
	}
	all := templates{}
	base := template.Must(template.New("layout").Funcs(functions).ParseFS(templateFiles, "templates/layout.html", "templates/node.html"))
	for _, name := range []string{"conversation", "pages", "page", "problems", "refusal"} {
		all[name] = template.Must(template.Must(base.Clone()).ParseFS(templateFiles, "templates/"+name+".html"))
	}
	return &all
}

// grouped is a number with spaces between the thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// dict hands a template several values under names.
func dict(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// render writes a page, or says that it failed: never half a page.
func (w *Web) render(out http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := (*w.templates)[name].ExecuteTemplate(&b, "layout", data); err != nil {
		w.log.Error("web: a page could not be made", "page", name, "err", bot.Redact(err))
		http.Error(out, "This page could not be made. The log has the reason.", http.StatusInternalServerError)
		return
	}
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	out.WriteHeader(status)
	_, _ = out.Write(b.Bytes()) // nobody is there to be told
}
