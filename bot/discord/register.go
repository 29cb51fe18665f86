package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"slices"

	"frameworkbot/bot"
)

// CommandName is the slash command's.
const CommandName = "framework"

// Register brings the commands at Discord up to date, and reports whether that
// changed anything. It is what Run does when it starts.
func Register(ctx context.Context, cfg Config, log *slog.Logger) (changed bool, err error) {
	d := New(cfg, log)
	defer d.rest.close()
	me, err := d.whoAmI(ctx)
	if err != nil {
		return false, err
	}
	return d.register(ctx, me.application)
}

// register compares the commands with those that Discord has, and replaces them
// all if there is a difference. Discord counts what is created
// (https://docs.discord.com/developers/interactions/application-commands#registering-a-command).
func (d *Discord) register(ctx context.Context, application string) (changed bool, err error) {
	c, _ := d.commandsAt(application)
	want, err := d.commands()
	if err != nil {
		return false, fmt.Errorf("commands: %w", err)
	}
	var have []map[string]any
	get := c
	get.query = "with_localizations=true"
	if err := d.rest.do(ctx, get, &have); err != nil {
		return false, fmt.Errorf("commands: %w", err)
	}
	if sameCommands(want, have) {
		return false, nil
	}
	put := c
	put.method, put.body = http.MethodPut, want
	if err := d.rest.do(ctx, put, nil); err != nil {
		return false, fmt.Errorf("commands: %w", err)
	}
	return true, nil
}

// commandsAt is the call that reads the commands, and where they are.
func (d *Discord) commandsAt(application string) (c call, where string) {
	c = call{method: http.MethodGet, route: "/applications/{application}/commands", args: []string{application}, harmless: true}
	if d.cfg.GuildID == "" {
		return c, "in all servers"
	}
	c.route, c.args = "/applications/{application}/guilds/{guild}/commands", append(c.args, d.cfg.GuildID)
	return c, "in the server " + d.cfg.GuildID
}

// ofPlaces are the fields of a command that say where it can be used. Those of
// one server have none.
var ofPlaces = []string{"contexts", "integration_types"}

// commands are the definitions as JSON has them.
func (d *Discord) commands() ([]map[string]any, error) {
	data, err := json.Marshal(commandDefinitions(CommandName))
	if err != nil {
		return nil, err
	}
	var all []map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, err
	}
	if d.cfg.GuildID != "" {
		for _, c := range all {
			for _, key := range ofPlaces {
				delete(c, key)
			}
		}
	}
	return all, nil
}

// sameCommands compares what the bot wants with what Discord has.
func sameCommands(want, have []map[string]any) bool {
	var without []string
	if len(want) > 0 && want[0]["contexts"] == nil {
		without = ofPlaces // Discord fills them in
	}
	return reflect.DeepEqual(normal(want, without), normal(have, without))
}

// Fields of a command that Discord adds, or has in place of others
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object).
var added = []string{
	"id", "application_id", "guild_id", "version", "dm_permission", "default_permission",
}

// normal is a list of commands without what Discord adds and without defaults,
// in an order of its own.
func normal(commands []map[string]any, without []string) []map[string]any {
	out := make([]map[string]any, 0, len(commands))
	for _, c := range commands {
		n, _ := withoutDefaults(c).(map[string]any)
		if n == nil {
			continue
		}
		for _, key := range slices.Concat(added, without) {
			delete(n, key)
		}
		if n["type"] == nil {
			n["type"] = 1.0
		}
		for _, key := range ofPlaces {
			if list, ok := n[key].([]any); ok {
				slices.SortFunc(list, func(a, b any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			}
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b map[string]any) int {
		return cmp.Or(cmp.Compare(fmt.Sprint(a["type"]), fmt.Sprint(b["type"])), cmp.Compare(fmt.Sprint(a["name"]), fmt.Sprint(b["name"])))
	})
	return out
}

// withoutDefaults copies a value without the members that say nothing: null,
// false, "" and what is empty.
func withoutDefaults(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, member := range v {
			if member = withoutDefaults(member); member != nil && member != false && member != "" {
				out[key] = member
			}
		}
		if len(out) > 0 {
			return out
		}
		return nil
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = withoutDefaults(v[i])
		}
		if len(out) > 0 {
			return out
		}
		return nil
	}
	return v
}

// registerInBackground registers while the bot already answers: a command that
// Discord knows from before works meanwhile.
func (d *Discord) registerInBackground(ctx context.Context) {
	changed, err := d.register(ctx, d.me().application)
	switch {
	case err == nil:
		d.log.Info("discord: commands are registered", "changed", changed, "guild", d.cfg.GuildID)
	case ctx.Err() == nil:
		d.log.Error("discord: commands could not be registered", "err", bot.Redact(err))
	}
}
