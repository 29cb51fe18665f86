package bot

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
)

// A Secret is a token or key. However it is printed, logged or encoded, it
// shows as [Redacted]; only Reveal gives it away.
type Secret struct {
	value *string // fmt looks into unexported fields of others, but not behind their pointers
}

// Redacted stands for what must not be seen.
const Redacted = "[redacted]"

// NewSecret hides s.
func NewSecret(s string) Secret { return Secret{&s} }

// Reveal returns the secret itself, for the request that needs it.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.Reveal() == "" }

// String returns [Redacted], or nothing if there is no secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return Redacted
}

// GoString is what %#v shows.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// Format is what every verb of fmt shows: those for numbers would print the fields.
func (s Secret) Format(f fmt.State, verb rune) {
	if verb == 'q' || verb == 'v' && f.Flag('#') {
		io.WriteString(f, s.GoString())
		return
	}
	io.WriteString(f, s.String())
}

// MarshalText is what JSON and YAML show.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue is what logs show.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
