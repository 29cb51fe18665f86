package slack

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
)

// Inspect asks Slack whether it would let the bot work, for a configuration
// that [Config.Check] passed. It changes nothing.
func Inspect(ctx context.Context, cfg Config, now func() time.Time) []bot.Finding {
	r := newRest(cfg, nil, func(error) {})
	var all []bot.Finding
	me, err := r.api.AuthTestContext(ctx)
	if err != nil {
		all = append(all, bot.Finding{Verdict: bot.ToFix, About: "slack bot token", Text: mending(err, permanentErrors, "slack.api_url")})
	} else {
		all = append(all, bot.Finding{Verdict: bot.Fine, About: "slack bot token", Text: "is that of " + me.UserID + " in the workspace " + me.TeamID})
		all = append(all, checkScopes(me.Header.Get("X-OAuth-Scopes"))...)
		if theirs, err := http.ParseTime(me.Header.Get("Date")); err == nil {
			all = append(all, bot.CheckClock("slack clock", theirs, now()))
		}
	}
	if cfg.Mode == HTTP {
		return append(all, bot.Finding{Verdict: bot.Fine, About: "slack signing secret", Text: "is set; whether it is the app's shows with the first request"})
	}
	app := bot.Finding{Verdict: bot.Fine, About: "slack app token", Text: "opens connections"}
	if _, _, err := r.api.StartSocketModeContext(ctx); err != nil {
		app.Verdict, app.Text = bot.ToFix, mending(err, fixes, "slack.api_url")
	}
	return append(all, app)
}

// mending says what mends an error.
func mending(err error, known map[string]string, address string) string {
	var said slack.SlackErrorResponse
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &said) && known[said.Err] != "":
		return known[said.Err] + " (" + said.Err + ")"
	case errors.As(err, &said):
		return "Slack says " + names(said.Err) + ": try again, and look at https://slack-status.com"
	case errors.As(err, &limited):
		return "Slack refuses calls for " + limited.RetryAfter.String() + " because of their rate: try again then"
	}
	return "Slack cannot be reached (" + redact(err) + "): see to it that this machine may call it, or mend " + address
}

// checkScopes compares what the token may do with what the manifest asks for.
func checkScopes(header string) []bot.Finding {
	has := strings.FieldsFunc(header, func(r rune) bool { return r == ',' || r == ' ' })
	without := func(list, from []string) string {
		list = slices.DeleteFunc(slices.Clone(list), func(scope string) bool { return slices.Contains(from, scope) })
		slices.Sort(list)
		return strings.Join(list, ", ")
	}
	f := bot.Finding{Verdict: bot.Fine, About: "slack scopes", Text: "are those of the manifest"}
	missing, more := without(scopes, has), without(has, scopes)
	switch {
	case len(has) == 0:
		f.Verdict, f.Text = bot.Warned, "are not known: Slack does not say what the token may do"
	case missing != "":
		f.Verdict, f.Text = bot.ToFix, "lack "+missing+": paste what \"frameworkbot manifest slack\" prints as the app's manifest, and install the app again"
	case more != "":
		f.Verdict, f.Text = bot.Warned, "are more than the bot needs: take away "+names(more)
	}
	return []bot.Finding{f}
}

// names are codes or scopes as Slack writes them, and nothing else.
func names(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < 'a' && !strings.ContainsRune("_:., ", r) || r > 'z' {
			return -1
		}
		return r
	}, text)
	return bot.Redact(errors.New(text[:min(len(text), longestNames)]))
}

// longestNames is how much of them is shown, in bytes.
const longestNames = 200
