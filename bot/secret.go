package bot

import (
	"errors"
	"log/slog"
	"net/url"
	"regexp"
)

// A Secret is a token or key. However it is printed, logged or encoded, it
// shows as [Redacted]; only Reveal gives it away.
type Secret struct{ value string }

// Redacted stands for what must not be seen.
const Redacted = "[redacted]"

// NewSecret hides s.
func NewSecret(s string) Secret { return Secret{s} }

// Reveal returns the secret itself, for the request that needs it.
func (s Secret) Reveal() string { return s.value }

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.value == "" }

// String returns [Redacted], or nothing if there is no secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return Redacted
}

// GoString is what %#v shows.
func (s Secret) GoString() string { return `"` + s.String() + `"` }

// MarshalText is what JSON and YAML show.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is what logs show.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Redact takes out of an error's text what may be a secret: tokens of Slack and
// Discord, and the paths and queries of addresses, which are bearer secrets in
// a response_url, a webhook or a socket's ticket. It returns "" for nil.
func Redact(err error) string {
	if err == nil {
		return ""
	}
	var at *url.Error
	if errors.As(err, &at) && at.Err != nil {
		return Redact(at.Err) // its own text holds the whole address
	}
	text := secretTokens.ReplaceAllString(err.Error(), Redacted)
	return addresses.ReplaceAllString(text, "$1/"+Redacted)
}

var (
	secretTokens = regexp.MustCompile(`(?i)\b(?:xox[a-z](?:\.xox[a-z])?-|xapp-|xoxe-)[\w-]+|\b(?:Bot|Bearer)\s+[\w.-]{10,}|[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}`)
	addresses    = regexp.MustCompile(`\b((?:https?|wss?)://[^/\s"?]+)[/?][^\s"]*`)
)
