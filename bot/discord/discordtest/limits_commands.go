package discordtest

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of commands
// (https://docs.discord.com/developers/interactions/application-commands).
const (
	maxCommands           = 100 // slash commands
	maxContextCommands    = 15  // on users, and as many on messages
	maxCommandName        = 32
	maxCommandDescription = 100
	maxCommandOptions     = 25
	maxCommandText        = 8000 // name, description and values of a command and all its options
)

// Types of commands.
const (
	slashCommand   = 1
	messageCommand = 3
)

var (
	slashName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)
	// https://docs.discord.com/developers/reference#locales
	locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")
)

func (f *finder) commands(list []Object, ofGuild bool) {
	count := map[int]int{}
	names := map[string]bool{}
	for _, c := range list {
		kind, ok := number(c["type"])
		if !ok {
			kind = slashCommand
		}
		count[kind]++
		name, _ := c["name"].(string)
		key := itoa(kind) + name
		if names[key] {
			f.note("two commands with the name %q", name)
		}
		names[key] = true
		f.command(c, kind, ofGuild)
	}
	for kind, n := range count {
		most := maxContextCommands
		if kind == slashCommand {
			most = maxCommands
		}
		if kind < slashCommand || kind > messageCommand || n > most {
			f.note("%d commands of type %d, more than %d", n, kind, most)
		}
	}
}

func (f *finder) command(c Object, kind int, ofGuild bool) {
	f.names("a command", c, kind == slashCommand)
	if kind == slashCommand {
		f.describe("a command", c)
	} else if d, _ := c["description"].(string); d != "" || c["options"] != nil {
		f.note("a command on messages or users with a description or options")
	}
	for key, most := range map[string]int{"contexts": 2, "integration_types": 1} {
		list, _ := c[key].([]any)
		if len(list) > 0 && ofGuild {
			f.note("%s of a guild's command", key)
		}
		for _, v := range list {
			if n, ok := number(v); !ok || n < 0 || n > most {
				f.note("%s has %v", key, v)
			}
		}
	}
	options, _ := c["options"].([]any)
	f.options(options)
	if n := commandText(c); n > maxCommandText {
		f.note("%d characters in a command, more than %d", n, maxCommandText)
	}
}

// names checks a name and its translations. Slash commands and options are in
// small letters without blanks.
func (f *finder) names(what string, o Object, slash bool) {
	translated, _ := o["name_localizations"].(Object)
	f.locales(what, translated)
	for _, v := range append([]any{o["name"]}, values(translated)...) {
		name, _ := v.(string)
		n := utf8.RuneCountInString(name)
		if n < 1 || n > maxCommandName || slash && (!slashName.MatchString(name) || strings.ToLower(name) != name) {
			f.note("%s cannot have the name %q", what, name)
		}
	}
}

func (f *finder) describe(what string, o Object) {
	translated, _ := o["description_localizations"].(Object)
	f.locales(what, translated)
	for _, v := range append([]any{o["description"]}, values(translated)...) {
		f.text("the description of "+what, v, 1, maxCommandDescription)
	}
}

func (f *finder) locales(what string, translated Object) {
	for locale := range translated {
		if !slices.Contains(locales, locale) {
			f.note("%s in the language %q, which Discord does not have", what, locale)
		}
	}
}

func values(o Object) []any {
	var all []any
	for _, v := range o {
		all = append(all, v)
	}
	return all
}

func (f *finder) options(list []any) {
	if len(list) > maxCommandOptions {
		f.note("%d options, more than %d", len(list), maxCommandOptions)
	}
	names, optional := map[any]bool{}, false
	for _, one := range list {
		o, _ := one.(Object)
		f.names("an option", o, true)
		f.describe("an option", o)
		if names[o["name"]] {
			f.note("two options with the name %q", o["name"])
		}
		names[o["name"]] = true
		if o["required"] == true && optional {
			f.note("the required option %q after one that is not", o["name"])
		}
		optional = optional || o["required"] != true
		if kind, ok := number(o["type"]); !ok || kind < 1 || kind > 11 {
			f.note("the option %q has type %v", o["name"], o["type"])
		}
		f.choices(o)
		nested, _ := o["options"].([]any)
		f.options(nested)
	}
}

func (f *finder) choices(o Object) {
	choices, _ := o["choices"].([]any)
	if len(choices) > maxChoices {
		f.note("%d choices, more than %d", len(choices), maxChoices)
	}
	if len(choices) > 0 && o["autocomplete"] == true {
		f.note("the option %q has choices and autocomplete", o["name"])
	}
	for _, one := range choices {
		c, _ := one.(Object)
		f.text("a choice's name", c["name"], 1, maxChoice)
		if _, isText := c["value"].(string); isText {
			f.text("a choice's value", c["value"], 1, maxChoice)
		}
	}
}

// commandText counts the characters of a command and all its options, the
// longest translation where there are some.
func commandText(o Object) int {
	n := 0
	for _, key := range []string{"name", "description"} {
		translated, _ := o[key+"_localizations"].(Object)
		longest := 0
		for _, v := range append([]any{o[key]}, values(translated)...) {
			text, _ := v.(string)
			longest = max(longest, utf8.RuneCountInString(text))
		}
		n += longest
	}
	if text, ok := o["value"].(string); ok {
		n += utf8.RuneCountInString(text)
	}
	for _, key := range []string{"options", "choices"} {
		list, _ := o[key].([]any)
		for _, one := range list {
			if nested, ok := one.(Object); ok {
				n += commandText(nested)
			}
		}
	}
	return n
}
