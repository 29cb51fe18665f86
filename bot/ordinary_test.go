package bot_test

import (
	"slices"
	"testing"

	"frameworkbot/bot"
)

// TestOrdinaryWords: a name that stands as the word of everyday life does is
// none, whatever else is asked of it.
func TestOrdinaryWords(t *testing.T) {
	a := builtIn(t)
	for place, questions := range map[string][]string{
		"somebody does it":        {"can someone play the recording again", "what should we play tonight", "let us play", "I want to play too", "how to play"},
		"it is done to something": {"play it again", "slim down fast", "she is slim", "please express that in your own words"},
		"there is some of it":     {"I would like gin", "I need some gin", "how much fiber per day", "is there any cake left", "how fast is a rocket", "how fast can a gorilla run", "how much does a quart cost"},
		"it is a certain one":     {"how old is the phoenix", "the gin was awful", "which bottle is mine", "did you hear that echo", "testing the echo", "when does the play start", "how much is the gin", "is the rocket on the launch pad"},
		"somebody made it":        {"who wrote the play", "who built the pyramid", "what is gin made of"},
		"it is measured":          {"where is phoenix", "when is spring", "how big is phoenix", "how heavy is the flask", "is fiber good for you", "gin o'clock"},
		"it is one of two":        {"play or work", "bottle or can", "to play or to learn"},
	} {
		for _, question := range questions {
			if answer := ask(t, a, question); answer.Kind != bot.NoneKind {
				t.Errorf("%s: %q is answered with %s %v, want nothing", place, question, answer.Kind, answer.Pages)
			}
		}
	}
}

// TestOrdinaryWordsInTheField: in the same places the framework is meant if
// something speaks of frameworks, or if what is asked is asked of software.
func TestOrdinaryWordsInTheField(t *testing.T) {
	a := builtIn(t)
	for question, page := range map[string]string{
		"can we play with scala on the play framework":  "play",
		"should we use gin":                             "gin",
		"is there a gin tutorial":                       "gin",
		"how fast is rocket":                            "rocket",
		"how old is phoenix framework":                  "phoenix",
		"how old is slim":                               "slim",
		"who wrote the play framework":                  "play",
		"who built the rocket framework":                "rocket",
		"is falcon good for apis":                       "falcon",
		"gin or echo":                                   "gin",
		"to use echo or to use gin":                     "echo",
		"testing the echo framework":                    "echo",
		"what is the tornado web server":                "tornado",
		"i would like to use rocket for a rust backend": "rocket",
	} {
		if answer := ask(t, a, question); !slices.Contains(answer.Pages, page) {
			t.Errorf("%q is answered with %s %v, want %s", question, answer.Kind, answer.Pages, page)
		}
	}
}
