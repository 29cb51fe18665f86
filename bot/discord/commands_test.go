package discord

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

func TestCommandDefinitions(t *testing.T) {
	defined := commandDefinitions("framework")
	golden(t, "commands/commands", defined)
	for _, c := range defined {
		data, err := json.Marshal(c)
		if err != nil || strings.Contains(string(data), "null") {
			t.Errorf("%v: %s", err, data)
		}
		if len(c.Contexts) != 3 || len(c.IntegrationTypes) != 2 {
			t.Errorf("%s works in %v for %v", c.Name, c.Contexts, c.IntegrationTypes)
		}
		if n := utf8.RuneCountInString(c.Description); n > 100 || (c.Type == discordgo.ChatApplicationCommand) == (n == 0) {
			t.Errorf("%s: a description of %d characters", c.Name, n)
		}
		for _, o := range c.Options {
			if n := utf8.RuneCountInString(o.Description); n < 1 || n > 100 {
				t.Errorf("%s: a description of %d characters", o.Name, n)
			}
		}
	}
	var options []string
	for _, o := range defined[0].Options {
		options = append(options, o.Name)
	}
	if want := []string{"name", "section", "compare", "for", "public"}; !slices.Equal(options, want) {
		t.Errorf("options %v, want %v", options, want)
	}
	if other := commandDefinitions("library"); other[0].Name != "library" || other[1].Name != messageCommandName {
		t.Errorf("named %q and %q", other[0].Name, other[1].Name)
	}
}
