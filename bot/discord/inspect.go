package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"frameworkbot/bot"
)

// Inspect asks Discord whether it would let the bot work, for a configuration
// that [Config.Check] passed. It changes nothing.
func Inspect(ctx context.Context, cfg Config, now func() time.Time) []bot.Finding {
	r := newRest(cfg, func(error) {})
	defer r.close()
	i := &examination{ctx: ctx, cfg: cfg, rest: r}
	if !i.token(now) {
		return i.all // which every other call would say again
	}
	i.application()
	if cfg.Mode == Gateway {
		i.sessions()
	}
	i.commands()
	return i.all
}

// An examination is a look at what Discord knows of the bot.
type examination struct {
	ctx  context.Context
	cfg  Config
	rest *rest
	id   string // of the application
	all  []bot.Finding
}

func (i *examination) found(v bot.Verdict, about, text string) {
	i.all = append(i.all, bot.Finding{Verdict: v, About: "discord " + about, Text: text})
}

// get asks once.
func (i *examination) get(c call, out any) (http.Header, error) {
	c.method, c.harmless = http.MethodGet, true
	res, err := i.rest.once(i.ctx, &c, nil)
	switch {
	case err != nil:
		return nil, err
	case res.status != http.StatusOK:
		return res.header, res.failure()
	}
	return res.header, res.decode(out)
}

// mending says what mends an error.
func mending(err error) string {
	var said *apiError
	switch {
	case errors.Is(unlessToken(err), errToken):
		return errToken.Error()
	case errors.As(err, &said) && said.banned:
		return "the network before Discord refuses this machine: wait some minutes"
	case errors.As(err, &said):
		return "Discord says " + said.Error() + ": try again, and look at https://discordstatus.com"
	}
	return "Discord cannot be reached (" + bot.Redact(err) + "): see to it that this machine may call it, or mend discord.api_url"
}

// token looks whether the token is good, and at the clock.
func (i *examination) token(now func() time.Time) bool {
	var me person
	header, err := i.get(call{route: "/users/@me"}, &me)
	if err != nil {
		i.found(bot.ToFix, "token", mending(err))
		return false
	}
	i.id = me.ID
	i.found(bot.Fine, "token", "is that of the bot "+bot.Echo(me.ID))
	if theirs, err := http.ParseTime(header.Get("Date")); err == nil {
		i.all = append(i.all, bot.CheckClock("discord clock", theirs, now()))
	}
	return true
}

// application looks at how the application is set up.
func (i *examination) application() {
	var app application
	if _, err := i.get(call{route: "/applications/@me"}, &app); err != nil {
		i.found(bot.Warned, "application", mending(err))
		return
	}
	if app.ID != "" {
		i.id = app.ID
	}
	verdict, text := fits(&i.cfg, &app)
	i.found(verdict, "application", text)
	if i.cfg.ApplicationID != "" && app.ID != i.cfg.ApplicationID {
		i.found(bot.Warned, "application", "discord.application_id is another application's: leave it out, or set it to "+bot.Echo(app.ID))
	}
	if more := intentNames(app.intents()); app.intents() != 0 {
		i.found(bot.Warned, "intents", "are more than the bot needs: switch "+more+" off in the Developer Portal under Bot, Privileged Gateway Intents")
	} else {
		i.found(bot.Fine, "intents", "none that is privileged is needed, and none is switched on")
	}
}

// fits compares an application with the settings.
func fits(cfg *Config, app *application) (bot.Verdict, string) {
	switch {
	case cfg.Mode == Gateway && app.Endpoint != "":
		return bot.ToFix, "has an Interactions Endpoint URL, so that commands do not come by the gateway: remove it in the Developer Portal under General Information, or set discord.mode to http"
	case cfg.Mode == HTTP && app.Key != "" && !strings.EqualFold(app.Key, cfg.PublicKey):
		return bot.ToFix, "has another public key than discord.public_key: copy it again from the Developer Portal, General Information"
	case cfg.Mode == HTTP && app.Endpoint == "":
		return bot.Warned, "has no Interactions Endpoint URL: set it in the Developer Portal under General Information, once the bot serves"
	}
	return bot.Fine, "fits discord.mode " + cfg.Mode
}

// Flags of an application: which privileged intents are switched on, of a bot
// in many servers and of one in few
// (https://docs.discord.com/developers/resources/application#application-object-application-flags).
var intentFlags = map[int]int{1<<12 | 1<<13: intentPresences, 1<<14 | 1<<15: intentMembers, 1<<18 | 1<<19: intentContent}

// intents are the privileged ones that are switched on.
func (app *application) intents() (intents int) {
	for flags, intent := range intentFlags {
		if app.Flags&flags != 0 {
			intents |= intent
		}
	}
	return intents
}

// sessions looks how many sessions may still be started.
func (i *examination) sessions() {
	var at gatewayBot
	if _, err := i.get(call{route: "/gateway/bot"}, &at); err != nil {
		i.found(bot.ToFix, "gateway", mending(err))
		return
	}
	l := at.Limit
	text := fmt.Sprintf("%d of %d sessions may be started today, for %d shards", l.Remaining, l.Total, at.Shards)
	reset := (time.Duration(l.ResetAfter) * time.Millisecond).Round(time.Minute)
	switch {
	case l.Total > 0 && l.Remaining <= startsReserve:
		i.found(bot.ToFix, "gateway", text+": find out what starts the bot again and again, and wait for "+reset.String())
	case l.Remaining < l.Total/2:
		i.found(bot.Warned, "gateway", text+": something starts the bot again and again; Discord counts anew in "+reset.String())
	default:
		i.found(bot.Fine, "gateway", text)
	}
}

// commands compares those that are registered with those of the bot.
func (i *examination) commands() {
	d := &Discord{cfg: i.cfg}
	c, where := d.commandsAt(i.id)
	c.query = "with_localizations=true"
	want, err := d.commands()
	var have []map[string]any
	if err == nil {
		_, err = i.get(c, &have)
	}
	switch {
	case err != nil:
		i.found(bot.Warned, "commands", mending(err))
	case sameCommands(want, have):
		i.found(bot.Fine, "commands", "are registered "+where)
	default:
		i.found(bot.Warned, "commands", "differ from those that are registered "+where+": \"frameworkbot register discord\" brings them up to date, and so does \"frameworkbot serve\"")
	}
}
