package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// policy lets the page use its own style sheet, script and addresses, and
// nothing else: no other site's, and nothing that stands within the page. The
// script may not turn text into markup.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// headers go with every response. Referrer-Policy is not no-referrer: with
// that, browsers hide the origin of forms from us as well.
var headers = map[string]string{
	"Content-Security-Policy":      policy,
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
	"Cache-Control":                "no-store",
}

// wrongHost is said to who asks for another name. The name is not repeated.
const wrongHost = "This page answers under localhost and 127.0.0.1 alone. To reach it under another name, add that name to web.hosts in its settings."

// guard lets only requests through that were meant for this page. A site whose
// name is made to point to the loopback (DNS rebinding) is known by the Host, a
// form or script of another site by its Origin.
func (w *Web) guard(next http.Handler) http.Handler {
	var origins http.CrossOriginProtection
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			out.Header().Set(name, value)
		}
		switch {
		case !w.isOurs(r.Host):
			http.Error(out, wrongHost, http.StatusMisdirectedRequest)
		case origins.Check(r) != nil, isForeign(r):
			http.Error(out, "Another site may not ask for this.", http.StatusForbidden)
		default:
			next.ServeHTTP(out, r)
		}
	})
}

// isOurs reports whether the page may be asked for by that host, with any port.
func (w *Web) isOurs(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.ToLower(strings.Trim(name, "[]")), ".")
	if address, err := netip.ParseAddr(name); err == nil && address.IsLoopback() {
		return true
	}
	return name == "localhost" || name != "" && slices.ContainsFunc(w.cfg.Hosts, func(own string) bool { return strings.EqualFold(own, name) })
}

// isForeign reports whether another site's page asks for a part of ours, or a
// script of it for the whole. Following a link to us is fine
// (https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site).
func isForeign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "none", "same-origin":
		return false
	case "": // an older browser, or none
	default:
		return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host && origin != "https://"+r.Host
}
