package web

import (
	"net/http"
)

// newRoutes is what there is. Whatever is not here does not exist.
func (w *Web) newRoutes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.conversation)
	mux.HandleFunc("POST /ask", w.ask)
	mux.HandleFunc("POST /forget", w.forget)
	mux.HandleFunc("POST /theme", w.theme)
	mux.HandleFunc("GET /turns/{turn}/{preview}", w.payload)
	mux.HandleFunc("GET /pages", w.pages)
	mux.HandleFunc("GET /pages/{id}", w.page)
	mux.HandleFunc("GET /problems", w.problems)
	mux.HandleFunc("GET /suggest", w.suggest)
	mux.HandleFunc("GET /events", w.events)
	mux.HandleFunc("GET /generation", w.generationNow)
	mux.HandleFunc("GET /assets/{hash}/{name}", w.asset)
	mux.HandleFunc("GET /favicon.ico", w.favicon)
	mux.HandleFunc("/", w.missing)
	return mux
}

// missing is what is said of everything that does not exist.
func (w *Web) missing(out http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		out.Header().Set("Allow", http.MethodGet)
		http.Error(out, "There is nothing to be done here.", http.StatusMethodNotAllowed)
		return
	}
	w.refuse(out, r, http.StatusNotFound, "There is no such page", "The address leads nowhere. Perhaps one of these does.")
}

// refuse says in a whole page why there is nothing to see.
func (w *Web) refuse(out http.ResponseWriter, r *http.Request, status int, title, text string) {
	v := struct {
		layout
		Text string
	}{w.layout(r, title, ""), text}
	w.render(out, status, "refusal", v)
}
