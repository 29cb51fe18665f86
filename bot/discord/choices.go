package discord

import "frameworkbot/bot"

// A choiceList is the data of the answer to an autocomplete
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete).
type choiceList struct {
	Choices []listChoice `json:"choices"` // never empty: an empty list looks like a failure
}

// A listChoice is one line of it.
type listChoice struct {
	Name  string `json:"name"`
	Value string `json:"value"` // read by pickedRef
}

// choices offers what was found for what was typed so far, and last to search for it.
func choices(list []bot.Suggestion, typed string) choiceList { return choiceList{} }

// compareChoices offers what a page can be compared with.
func compareChoices(list []bot.Suggestion, typed string) choiceList { return choiceList{} }

// sectionChoices offers the sections of a page; there are none while no page is named.
func sectionChoices(sections []bot.Ask, typed string) choiceList { return choiceList{} }

// pickedRef reads the value of an option that has autocomplete: the Ref of the
// answer that was picked, or false if it is what somebody typed. An empty Ref is
// nothing: a line that only says why there is nothing to choose.
func pickedRef(value string) (bot.Ref, bool) { return "", false }
