package bot

import (
	"errors"
	"net/url"
	"regexp"
)

// Redact takes out of an error's text what may be a secret: tokens of Slack and
// Discord, and of addresses all but the host, because a response_url, a webhook
// and a socket's ticket are bearer secrets. It returns "" for nil.
func Redact(err error) string {
	if err == nil {
		return ""
	}
	var at *url.Error
	switch {
	case !errors.As(err, &at):
		return redact(err.Error())
	case at.Err == nil:
		return redact(at.Op)
	}
	return Redact(at.Err) // its own text holds the whole address
}

func redact(text string) string {
	for _, r := range redactions {
		text = r.secret.ReplaceAllString(text, r.shown)
	}
	return text
}

// redactions are what secrets look like and what is shown of them, in the
// order in which they are looked for.
var redactions = []struct {
	secret *regexp.Regexp
	shown  string
}{
	// A user and a password before a host.
	{regexp.MustCompile(`(?i)((?:https?|wss?):(?:\\?/){2})[^/\s"?#@]*@`), "$1"},
	// Behind a host, also in JSON that escapes slashes and in a form.
	{regexp.MustCompile(`(?i)((?:https?|wss?)(?::|%3A)(?:\\?/|%2F){2}(?:[\w.-]+|\[[\w:.]+\])(?::\d+)?)[/?#\\%][^\s"]*`), "$1/" + Redacted},
	// An address without its scheme.
	{regexp.MustCompile(`(?i)((?:hooks\.slack\.com|/(?:webhooks|interactions)/\d+)/)[^\s"]+`), "$1" + Redacted},
	// A field of a form, an address or JSON.
	{regexp.MustCompile(`(?i)((?:token|ticket|secret|password|response_url)(?:=|"\s*:\s*"))[^\s"&]+`), "$1" + Redacted},
	// What precedes a token in a header.
	{regexp.MustCompile(`\b(Bot|(?i:Bearer|Basic))\s+[\w.~+/=-]{16,}`), "$1 " + Redacted},
	// Slack: bot, user, app, configuration and refresh tokens
	// (https://docs.slack.dev/authentication/tokens).
	{regexp.MustCompile(`(?i)(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w%+/=.-]+`), Redacted},
	// Discord: a bot's token is its ID, a time and a signature; an interaction's
	// begins with "interaction:" in Base64
	// (https://docs.discord.com/developers/reference#authentication).
	{regexp.MustCompile(`[\w-]{18,}\.[\w-]{6,7}\.[\w-]{20,}|aW50ZXJhY3Rpb246[\w=-]*`), Redacted},
}
