package discord

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"frameworkbot/bot/markdown"
)

// link is plain text that leads to an address. Text that looks like another
// address than that stands beside the real one; an address that is not safe is
// none.
func link(text, address string) string {
	text = markdown.OneLine(text)
	return linked(text, escape(unbracketed(text)), address)
}

// linked is a label in Markdown, with its plain text, that leads to an address.
func linked(text, label, address string) string {
	target, host := safeAddress(address)
	switch {
	case target == "" || text == "":
		return label
	case text == address && strings.Contains(text, "://"):
		return "<" + target + ">"
	case misleads(text, host):
		return label + " ([" + escapeRun(host) + "](" + target + "))"
	}
	return "[" + label + "](" + target + ")"
}

// unbracketed has no square brackets, which would end the label of a link early.
func unbracketed(s string) string { return strings.NewReplacer("[", "(", "]", ")").Replace(s) }

// safeAddress is an address in the form that a link takes, and its host; both
// are empty if it must not be a link. That holds for all but http and https,
// and for hosts that are not spelt in plain letters or hide behind a name.
func safeAddress(s string) (address, host string) {
	u, err := url.Parse(markdown.Address(s))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || !plainHost.MatchString(u.Host) {
		return "", ""
	}
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' || strings.IndexByte(`()[]\`, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	address = everybody.ReplaceAllString(b.String(), "%40$1")
	if len(address) > maxURL {
		return "", ""
	}
	return address, strings.ToLower(u.Hostname())
}

var plainHost = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$`)

// misleads reports whether a text looks like an address that does not lead to host.
func misleads(text, host string) bool {
	if strings.Contains(text, "://") {
		return true
	}
	for _, m := range domain.FindAllStringSubmatch(strings.ToLower(text), -1) {
		name := strings.TrimPrefix(dots.Replace(m[0]), "www.")
		if !isFile[m[1]] && name != host && !strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

var (
	domain = regexp.MustCompile(`(?:[\p{L}\p{N}][\p{L}\p{N}-]*[.。．｡․])+(\p{L}{2,})`)
	dots   = strings.NewReplacer("。", ".", "．", ".", "｡", ".", "․", ".")
)

// isFile holds how the names of files end: "manage.py" is no address.
var isFile = func() map[string]bool {
	m := map[string]bool{}
	for ending := range strings.FieldsSeq("cfg css gemspec go html ini java js json jsx kt lock md mjs php py rb rs rst sql toml ts tsx txt vue xml yaml yml") {
		m[ending] = true
	}
	return m
}()
