package bot

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// A Fault is one thing that is wrong with a platform's settings.
type Fault struct {
	Key  string // the setting within its platform: "bot_token"
	Text string // what is wrong and how to mend it; never holds a secret
}

// CheckURL reports why s cannot be the address of a service. The secure scheme
// is good everywhere; the plain one only on loopback, where nobody listens in.
func CheckURL(s, secure, plain string) error {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Hostname() == "":
		return errors.New("is not an address such as " + secure + "://example.com/api/")
	case u.User != nil:
		return errors.New("must not hold a user name or a password")
	case u.Scheme == secure, u.Scheme == plain && IsLoopback(u.Hostname()):
		return nil
	case u.Scheme == plain:
		return fmt.Errorf("must begin with %s://: %s:// is for loopback addresses alone", secure, plain)
	}
	return fmt.Errorf("must begin with %s://", secure)
}

// IsLoopback reports whether host is this machine.
func IsLoopback(host string) bool {
	at, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && at.IsLoopback()
}
