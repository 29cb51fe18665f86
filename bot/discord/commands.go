package discord

// The names of the slash command's options, and of the command on messages.
const (
	optionName    = "name"
	optionSection = "section"
	optionCompare = "compare"
	optionFor     = "for"
	optionPublic  = "public"

	messageCommandName = "Answer from the library"
)

// A command is a command as it is registered
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object).
type command struct{}

// commandDefinitions are the commands of the bot; the slash command has the given name.
func commandDefinitions(name string) []command { return nil }
