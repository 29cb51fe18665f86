package markdown

import (
	"net/url"
	"strings"
)

// Address returns s if it is an address that may be a link, "" if not: http
// and https with a host, and mailto.
func Address(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil, Clean(s) != s, strings.ContainsAny(s, " <>|\"`\n"):
		return ""
	case (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "", u.Scheme == "mailto" && u.Opaque != "":
		return s
	}
	return ""
}
