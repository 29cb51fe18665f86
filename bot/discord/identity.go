package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"frameworkbot/bot"
)

// An identity is who the bot is.
type identity struct {
	user        string // what a mention of the bot holds
	application string // what its commands and webhooks belong to
}

// me is who the bot is, with empty fields while that is not known.
func (d *Discord) me() identity {
	if me := d.self.Load(); me != nil {
		return *me
	}
	return identity{application: d.cfg.ApplicationID}
}

// How long to wait before asking again who the bot is.
const (
	firstWait   = time.Second
	longestPace = time.Minute
)

// introduce asks Discord who the bot is, until it is known, and registers the
// commands then.
func (d *Discord) introduce(ctx context.Context) {
	for wait := firstWait; ; wait = min(2*wait, longestPace) {
		err := d.introduceOnce(ctx)
		if err == nil {
			break
		}
		if errors.Is(err, errToken) || !sleep(ctx, wait) { // the first one ends the platform
			return
		}
	}
	d.registerInBackground(ctx)
}

// introduceOnce asks once.
func (d *Discord) introduceOnce(ctx context.Context) error {
	me, err := d.whoAmI(ctx)
	if err != nil {
		if ctx.Err() == nil {
			d.log.Warn("discord: who am I?", "err", bot.Redact(err))
		}
		return err
	}
	d.self.Store(&me)
	d.log.Info("discord: signed in", "user", me.user, "application", me.application)
	return nil
}

// greeted takes in who the bot is from the first event of the gateway
// (https://docs.discord.com/developers/events/gateway-events#ready).
func (d *Discord) greeted(data json.RawMessage) {
	var ready struct {
		User        person      `json:"user"`
		Application application `json:"application"`
	}
	if read(data, &ready) && ready.User.ID != "" {
		d.self.Store(&identity{ready.User.ID, cmp.Or(ready.Application.ID, d.me().application)})
	}
}

// whoAmI asks Discord who the bot is, and what application it belongs to.
func (d *Discord) whoAmI(ctx context.Context) (identity, error) {
	var me person
	if err := d.rest.do(ctx, call{method: http.MethodGet, route: "/users/@me", harmless: true}, &me); err != nil {
		return identity{}, unlessToken(err)
	}
	var app application
	if err := d.rest.do(ctx, call{method: http.MethodGet, route: "/applications/@me", harmless: true}, &app); err != nil {
		var said *apiError
		if known := d.cfg.ApplicationID != "" || errors.As(err, &said) && said.status == http.StatusNotFound; !known {
			return identity{}, unlessToken(err)
		}
		d.log.Warn("discord: the application cannot be looked at", "err", bot.Redact(err))
	} else {
		d.compare(&app)
	}
	return identity{me.ID, cmp.Or(app.ID, d.cfg.ApplicationID, me.ID)}, nil // those of bots are mostly the same
}

// unlessToken is err, or that the token is no good if that is what it says.
func unlessToken(err error) error {
	var said *apiError
	if errors.As(err, &said) && said.status == http.StatusUnauthorized {
		return errToken
	}
	return err
}

// An application is what Discord says of it
// (https://docs.discord.com/developers/resources/application#application-object).
type application struct {
	ID       string `json:"id"`
	Key      string `json:"verify_key"`
	Endpoint string `json:"interactions_endpoint_url"`
	Flags    int    `json:"flags"`
}

// compare warns of what does not fit to the configuration.
func (d *Discord) compare(app *application) {
	if d.cfg.ApplicationID != "" && app.ID != d.cfg.ApplicationID {
		d.log.Warn("discord: application_id is another application's: the token's is used", "application", app.ID)
	}
	switch {
	case d.cfg.Mode == Gateway && app.Endpoint != "":
		d.log.Warn("discord: the application has an Interactions Endpoint URL: commands go there, and not to this bot; remove it in the Developer Portal, or set discord.mode to http")
	case d.cfg.Mode == HTTP && app.Endpoint == "":
		d.log.Warn("discord: the application has no Interactions Endpoint URL yet: set it in the Developer Portal under General Information")
	case d.cfg.Mode == HTTP && app.Key != "" && !strings.EqualFold(app.Key, d.cfg.PublicKey):
		d.log.Error("discord: public_key is not the application's: copy it again from the Developer Portal, General Information")
	}
}
