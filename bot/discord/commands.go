package discord

import "github.com/bwmarrin/discordgo"

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
// The library's own type says that a command which has no options has "null".
type command struct {
	Type             discordgo.ApplicationCommandType       `json:"type"`
	Name             string                                 `json:"name"`
	Description      string                                 `json:"description,omitempty"` // of a slash command
	Options          []commandOption                        `json:"options,omitempty"`
	Contexts         []discordgo.InteractionContextType     `json:"contexts"`
	IntegrationTypes []discordgo.ApplicationIntegrationType `json:"integration_types"`
}

// A commandOption is what can be given to a slash command. None is required: the
// command alone shows what there is.
type commandOption struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Description  string                                 `json:"description"`
	MaxLength    int                                    `json:"max_length,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
}

// maxQuestion is how long a question may be that is typed into the command.
const maxQuestion = 1000

// commandDefinitions are the commands of the bot; the slash command has the
// given name. They work in servers, in messages to the bot and in those between
// people, for who added the bot to a server or to an account.
func commandDefinitions(name string) []command {
	everywhere := []discordgo.InteractionContextType{
		discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel,
	}
	everybody := []discordgo.ApplicationIntegrationType{
		discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall,
	}
	return []command{
		{
			Type: discordgo.ChatApplicationCommand, Name: name, Options: commandOptions(),
			Description: "Ask the library about a back-end framework: one page, one fact, or two side by side",
			Contexts:    everywhere, IntegrationTypes: everybody,
		},
		{Type: discordgo.MessageApplicationCommand, Name: messageCommandName, Contexts: everywhere, IntegrationTypes: everybody},
	}
}

func commandOptions() []commandOption {
	text := func(name, description string) commandOption {
		return commandOption{discordgo.ApplicationCommandOptionString, name, description, maxQuestion, true}
	}
	return []commandOption{
		text(optionName, "A framework, or any question in your own words; leave it out to see all pages"),
		text(optionSection, "Only this part of the page: features, watch out, licence …"),
		text(optionCompare, "Another framework to set beside it"),
		{Type: discordgo.ApplicationCommandOptionUser, Name: optionFor, Description: "Whom the answer is for: posts it for everybody here and pings that one person"},
		{Type: discordgo.ApplicationCommandOptionBoolean, Name: optionPublic, Description: "Show the answer to everybody here, not only to you"},
	}
}
