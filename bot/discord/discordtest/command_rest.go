package discordtest

import (
	"maps"
	"net/http"
	"reflect"
)

// Commands returns the commands that are registered, for all guilds ("") or
// for one.
func (s *Server) Commands(guild string) []Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Object
	for _, c := range s.commands[guild] {
		all = append(all, maps.Clone(c))
	}
	return all
}

// getCommands is GET /applications/{app}/commands, and that of a guild.
func (s *Server) getCommands(c *call) response {
	if c.PathValue("app") != ApplicationID {
		return failed(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	full := c.URL.Query().Get("with_localizations") == "true"
	shown := []Object{}
	for _, one := range s.commands[c.PathValue("guild")] {
		shown = append(shown, shownCommand(one, full))
	}
	return response{http.StatusOK, shown}
}

// putCommands is PUT /applications/{app}/commands: all at once. A command whose
// name was there keeps its ID, and its version if nothing changed.
func (s *Server) putCommands(c *call) response {
	guild := c.PathValue("guild")
	if c.PathValue("app") != ApplicationID {
		return failed(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	f := &finder{}
	f.commands(c.list, guild != "")
	if bad := s.done(f); bad != nil {
		return *bad
	}
	old := s.commands[guild]
	var all []Object
	for _, sent := range c.list {
		all = append(all, kept(old, filledCommand(sent, guild)))
	}
	s.commands[guild] = all
	shown := []Object{}
	for _, one := range all {
		shown = append(shown, shownCommand(one, true))
	}
	return response{http.StatusOK, shown}
}

// kept gives a command the ID, and perhaps the version, of the one that it replaces.
func kept(old []Object, next Object) Object {
	next["id"], next["version"] = Snowflake(), Snowflake()
	for _, before := range old {
		if before["name"] != next["name"] || before["type"] != next["type"] {
			continue
		}
		next["id"] = before["id"]
		same := maps.Clone(before)
		same["version"] = next["version"]
		if reflect.DeepEqual(same, next) {
			next["version"] = before["version"]
		}
	}
	return next
}

// filledCommand is a command with what Discord fills in
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object).
func filledCommand(sent Object, guild string) Object {
	c := Object{
		"application_id": ApplicationID, "type": float64(1), "default_member_permissions": nil, "nsfw": false,
		"description": "", "name_localizations": nil, "description_localizations": nil,
	}
	if guild == "" {
		c["dm_permission"] = true
		c["contexts"] = nil
		c["integration_types"] = []any{float64(0)}
	} else {
		c["guild_id"] = guild
	}
	maps.Copy(c, sent)
	if options, ok := c["options"].([]any); ok {
		c["options"] = filledOptions(options)
		if len(options) == 0 {
			delete(c, "options")
		}
	}
	return c
}

func filledOptions(sent []any) []any {
	all := make([]any, len(sent))
	for i, one := range sent {
		o := Object{"name_localizations": nil, "description_localizations": nil}
		maps.Copy(o, one.(Object))
		for _, key := range []string{"required", "autocomplete"} {
			if o[key] == false { // which is left out
				delete(o, key)
			}
		}
		if nested, ok := o["options"].([]any); ok {
			o["options"] = filledOptions(nested)
		}
		if choices, ok := o["choices"].([]any); ok {
			for j, choice := range choices {
				c := Object{"name_localizations": nil}
				maps.Copy(c, choice.(Object))
				choices[j] = c
			}
			if len(choices) == 0 {
				delete(o, "choices")
			}
		}
		all[i] = o
	}
	return all
}

// shownCommand is a command as it is shown with its localisations, or without.
func shownCommand(c Object, full bool) Object {
	return without(c, full).(Object)
}

func without(v any, full bool) any {
	switch v := v.(type) {
	case []any:
		all := make([]any, len(v))
		for i, one := range v {
			all[i] = without(one, full)
		}
		return all
	case Object:
		o := Object{}
		for key, value := range v {
			if full || key != "name_localizations" && key != "description_localizations" {
				o[key] = without(value, full)
			}
		}
		return o
	}
	return v
}
