package discordtest

import (
	"net/url"
	"slices"
)

// Limits of components
// (https://docs.discord.com/developers/components/reference).
const (
	maxComponents  = 40 // of V2, also those within others
	maxText        = 4000
	maxTextBytes   = 10170 // https://github.com/discord/discord-api-docs/issues/8554
	maxRows        = 5
	maxButtons     = 5 // in a row
	maxLabel       = 80
	maxCustomID    = 100
	maxURL         = 512
	maxOptions     = 25
	maxOption      = 100
	maxPlaceholder = 150
	maxSectionText = 3
)

// Types of components.
const (
	actionRow    = 1
	button       = 2
	stringSelect = 3
	userSelect   = 5
	anySelect    = 8 // 5 to 8: users, roles, mentionables, channels
	section      = 9
	textDisplay  = 10
	thumbnail    = 11
	mediaGallery = 12
	file         = 13
	separator    = 14
	container    = 17
)

// linkButton is the style of a button that leads to an address.
const linkButton = 5

// A componentFinder checks the components of one message.
type componentFinder struct {
	*finder
	v2     bool
	count  int
	text   int
	bytes  int
	ids    map[string]bool
	number map[int]bool
}

func (f *finder) components(v any, v2 bool) {
	list, ok := v.([]any)
	if v != nil && !ok {
		f.note("components is not a list")
	}
	c := &componentFinder{finder: f, v2: v2, ids: map[string]bool{}, number: map[int]bool{}}
	top := []int{actionRow}
	if v2 {
		top = []int{actionRow, section, textDisplay, mediaGallery, file, separator, container}
	}
	if !v2 && len(list) > maxRows {
		f.note("%d rows of components, more than %d", len(list), maxRows)
	}
	c.all(list, "a message", top)
	switch {
	case v2 && c.count > maxComponents:
		f.note("%d components, more than %d", c.count, maxComponents)
	case v2 && c.text > maxText:
		f.note("%d characters in all text displays, more than %d", c.text, maxText)
	case v2 && c.bytes > maxTextBytes:
		f.note("%d bytes in all text displays, more than %d", c.bytes, maxTextBytes)
	}
}

// all checks the components within something, which may be of certain types.
func (f *componentFinder) all(list []any, within string, types []int) {
	for _, one := range list {
		o, ok := one.(Object)
		kind, isNumber := number(o["type"])
		if !ok || !isNumber || !slices.Contains(types, kind) {
			f.note("a component of type %v in %s", o["type"], within)
			continue
		}
		f.count++
		f.one(kind, o)
	}
}

func (f *componentFinder) one(kind int, o Object) {
	if id, ok := number(o["id"]); ok && id != 0 {
		if f.number[id] {
			f.note("two components with the id %d", id)
		}
		f.number[id] = true
	}
	children, _ := o["components"].([]any)
	switch kind {
	case actionRow:
		f.row(children)
	case button:
		f.button(o)
	case stringSelect:
		f.selectMenu(o)
	case section:
		f.section(o, children)
	case textDisplay:
		f.text += f.finder.text("a text display", o["content"], 1, maxText)
		content, _ := o["content"].(string)
		f.bytes += len(content)
	case thumbnail:
		media, _ := o["media"].(Object)
		f.link("a thumbnail", media["url"])
	case separator:
		if spacing, ok := number(o["spacing"]); ok && spacing != 1 && spacing != 2 {
			f.note("a separator with spacing %d", spacing)
		}
	case container:
		if len(children) == 0 {
			f.note("an empty container")
		}
		f.all(children, "a container", []int{actionRow, section, textDisplay, mediaGallery, file, separator})
	}
}

func (f *componentFinder) row(children []any) {
	f.all(children, "a row", []int{button, stringSelect, userSelect, 6, 7, anySelect})
	buttons := 0
	for _, one := range children {
		o, _ := one.(Object)
		if kind, _ := number(o["type"]); kind == button {
			buttons++
		}
	}
	menus := len(children) - buttons
	if len(children) == 0 || buttons > maxButtons || menus > 1 || menus == 1 && buttons > 0 {
		f.note("a row of %d buttons and %d menus", buttons, menus)
	}
}

func (f *componentFinder) button(o Object) {
	least := 1
	if o["emoji"] != nil {
		least = 0
	}
	f.finder.text("a button's label", o["label"], least, maxLabel)
	style, _ := number(o["style"])
	if style < 1 || style > linkButton {
		f.note("a button of style %v", o["style"])
	}
	if style != linkButton {
		f.customID(o)
		if o["url"] != nil {
			f.note("a button with an address that is no link")
		}
		return
	}
	f.finder.text("a button's address", o["url"], 1, maxURL)
	f.link("a button", o["url"])
	if o["custom_id"] != nil {
		f.note("a link with a custom_id")
	}
}

func (f *componentFinder) customID(o Object) {
	f.finder.text("custom_id", o["custom_id"], 1, maxCustomID)
	id, _ := o["custom_id"].(string)
	if f.ids[id] {
		f.note("two components with the custom_id %q", id)
	}
	f.ids[id] = true
}

func (f *componentFinder) selectMenu(o Object) {
	f.customID(o)
	f.finder.text("a menu's placeholder", o["placeholder"], 0, maxPlaceholder)
	options, _ := o["options"].([]any)
	if len(options) < 1 || len(options) > maxOptions {
		f.note("a menu with %d options, not 1 to %d", len(options), maxOptions)
	}
	values := map[any]bool{}
	for _, one := range options {
		option, _ := one.(Object)
		f.finder.text("an option's label", option["label"], 1, maxOption)
		f.finder.text("an option's value", option["value"], 1, maxOption)
		f.finder.text("an option's description", option["description"], 0, maxOption)
		if values[option["value"]] {
			f.note("two options with the value %q", option["value"])
		}
		values[option["value"]] = true
	}
	if most, ok := number(o["max_values"]); ok && (most < 1 || most > len(options)) {
		f.note("a menu with max_values %d and %d options", most, len(options))
	}
}

func (f *componentFinder) section(o Object, children []any) {
	if len(children) < 1 || len(children) > maxSectionText {
		f.note("a section with %d texts, not 1 to %d", len(children), maxSectionText)
	}
	f.all(children, "a section", []int{textDisplay})
	if o["accessory"] == nil {
		f.note("a section without an accessory")
		return
	}
	f.all([]any{o["accessory"]}, "a section's accessory", []int{button, thumbnail})
}

// link checks that an address leads to the web.
func (f *finder) link(what string, v any) {
	if v == nil {
		return
	}
	text, _ := v.(string)
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		f.note("%s leads to %q", what, text)
	}
}

// Limits of the choices of an autocomplete
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
const (
	maxChoices = 25
	maxChoice  = 100
)

// checkChoices holds the answer to an autocomplete against the limits. The Server must be locked.
func (s *Server) checkChoices(data Object) *response {
	f := &finder{}
	list, ok := data["choices"].([]any)
	if !ok || len(list) < 1 || len(list) > maxChoices {
		f.note("%d choices, not 1 to %d", len(list), maxChoices)
	}
	for key := range data {
		if key != "choices" {
			f.note("%s beside choices", key)
		}
	}
	for _, one := range list {
		choice, _ := one.(Object)
		f.text("a choice's name", choice["name"], 1, maxChoice)
		if _, isText := choice["value"].(string); isText {
			f.text("a choice's value", choice["value"], 1, maxChoice)
		}
	}
	return s.done(f)
}
