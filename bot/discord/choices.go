package discord

import (
	"strings"

	"frameworkbot/bot"
)

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

// maxTyped is how much of what is typed is looked at.
const maxTyped = 1000

// picked is what values begin with that were picked from the list. Nobody types
// it: what has it not is free text.
const picked = "ref|"

// pickedRef reads the value of an option that has autocomplete: the Ref of the
// answer that was picked, or false if it is what somebody typed. An empty Ref is
// nothing: a line that only says why there is nothing to choose.
func pickedRef(value string) (bot.Ref, bool) {
	ref, ok := strings.CutPrefix(value, picked)
	return bot.Ref(ref), ok
}

// choices offers what was found for what was typed so far, and last to search for it.
func choices(list []bot.Suggestion, typed string) choiceList {
	typed = oneLine(typed, maxTyped)
	var c choiceList
	for _, s := range list {
		c.add(suggestionName(s, typed), s.Ref)
	}
	c.search("Search for ", typed)
	c.orElse("What I can tell you", bot.Help)
	return c
}

// compareChoices offers pages to compare with.
func compareChoices(list []bot.Suggestion, typed string) choiceList {
	typed = oneLine(typed, maxTyped)
	var c choiceList
	for _, s := range list {
		if s.Page.OnePage() {
			s.Ref = s.Page // a section is compared as its page
			c.add(suggestionName(s, typed), s.Ref)
		}
	}
	c.search("Compare with ", typed)
	c.orElse("There is no page to compare with", "")
	return c
}

// sectionChoices offers the sections of a page; there are none while no page is named.
func sectionChoices(sections []bot.Ask, typed string) choiceList {
	typed = oneLine(typed, maxTyped)
	var c choiceList
	for _, ask := range sections {
		if strings.Contains(strings.ToLower(ask.Label), strings.ToLower(typed)) {
			c.add(ask.Label, ask.Ref)
		}
	}
	c.search("Search the page for ", typed)
	c.orElse("Choose a page under “name” first, then its sections are here", "")
	return c
}

// add adds an answer, unless it is there already or the list is full but for
// the last line.
func (c *choiceList) add(name string, ref bot.Ref) {
	value := picked + string(ref)
	if ref == "" || len(c.Choices) >= maxChoices-1 || len(value) > maxChoice {
		return
	}
	for _, known := range c.Choices {
		if known.Value == value {
			return
		}
	}
	c.Choices = append(c.Choices, listChoice{label(name, maxChoice), value})
}

// search adds the choice of what was typed, as it was typed. What was picked
// before and comes again is not that.
func (c *choiceList) search(words, typed string) {
	if strings.HasPrefix(typed, picked) {
		return
	}
	if value := strings.TrimSuffix(cut(typed, maxChoice), "…"); strings.TrimSpace(value) != "" {
		shown := cut(defuse(typed), maxChoice-units(words)-2)
		c.Choices = append(c.Choices, listChoice{words + "“" + shown + "”", value})
	}
}

// orElse is the one line of a list that would be empty.
func (c *choiceList) orElse(name string, ref bot.Ref) {
	if len(c.Choices) == 0 {
		c.Choices = []listChoice{{name, picked + string(ref)}}
	}
}

// How the hints of a [bot.Suggester] begin that are not about the page itself.
const (
	aliasHint   = "alias "
	guessedHint = "did you mean"
)

// longestLanguage is longer than the name of any language: a hint of more is a
// sentence of the page.
const longestLanguage = 25

// suggestionName is a suggestion with the reason why it is there: a tick for the
// name itself, an arrow from another name, a question for a guess, and where in
// the text it is. What is left begins with what was typed.
func suggestionName(s bot.Suggestion, typed string) string {
	title, hint := oneLine(s.Title, maxChoice), oneLine(s.Hint, maxChoice)
	switch alias, isAlias := strings.CutPrefix(hint, aliasHint); {
	case typed == "":
	case isAlias && sameName(alias, typed):
		return typed + " → " + title
	case isAlias:
		return alias + " → " + title
	case hint == guessedHint:
		return "Did you mean " + title + "?"
	case sameName(title, typed):
		return "✓ " + withHint(title, hint)
	case s.Ref != s.Page, units(hint) > longestLanguage:
		return withHint(title, "in the text: "+plainText(hint))
	}
	return withHint(title, hint)
}

func withHint(title, hint string) string {
	if hint == "" {
		return title
	}
	return title + " · " + hint
}

// sameName reports whether two names differ in nothing but signs and case.
func sameName(a, b string) bool { return bare(a) == bare(b) }

// bare is a name without case, blanks and signs.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,-_'’/", r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}
