package bot

import (
	"fmt"
	"time"
)

// A Verdict is how something was found.
type Verdict string

// The verdicts, the worse the later.
const (
	Fine   Verdict = "ok"
	Warned Verdict = "warn" // it works, and could be better
	ToFix  Verdict = "fix"  // it does not work
)

// A Finding is one thing that was looked at before anybody asks the bot
// something: what it is about, and how it was found, with what mends it. It
// holds no secret.
type Finding struct {
	Verdict Verdict
	About   string // "slack token"
	Text    string
}

// Skews between the clocks of a service and of this machine. Requests are
// refused whose signature is five minutes away from now.
const (
	noticedSkew = 30 * time.Second
	worstSkew   = 4 * time.Minute
)

// CheckClock compares the clock of a service with ours.
func CheckClock(about string, theirs, ours time.Time) Finding {
	skew := ours.Sub(theirs).Round(time.Second)
	f := Finding{Fine, about, "runs as that of the service"}
	if skew.Abs() <= noticedSkew {
		return f
	}
	f.Verdict, f.Text = Warned, fmt.Sprintf("runs %v before that of the service", skew)
	if skew < 0 {
		f.Text = fmt.Sprintf("runs %v behind that of the service", -skew)
	}
	f.Text += ": let it be set over the network (NTP)"
	if skew.Abs() >= worstSkew {
		f.Verdict, f.Text = ToFix, f.Text+"; signed requests are refused"
	}
	return f
}
