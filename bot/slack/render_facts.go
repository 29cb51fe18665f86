package slack

import (
	"slices"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// Facts on a card: four to six that can be read at a glance.
const (
	fewestFacts = 4
	mostFacts   = 6
	shortFact   = 80  // of a page's card
	longFact    = 300 // elsewhere
	maxFactName = 60
)

// fields shows all facts in two columns.
func (c *card) fields(facts []bot.Fact) {
	for some := range slices.Chunk(facts, maxFields) {
		fields := make([]*slack.TextBlockObject, len(some))
		for i, f := range some {
			fields[i] = fieldOf(f, longFact)
		}
		c.main = append(c.main, slack.NewSectionBlock(nil, fields, nil))
	}
}

// fieldOf is a label with its value below it.
func fieldOf(f bot.Fact, most int) *slack.TextBlockObject {
	label, value := oneLine(f.Label), shorten(oneLine(f.Value), most)
	if label == "" {
		return lineOf(words(value), maxField)
	}
	label = shorten(label, maxFactName)
	if s, ok := mrkdwn([]markdown.Span{{Text: label, Bold: true}, {Break: true}, {Text: value}}); ok {
		return mrkdwnText(s)
	}
	return slack.NewTextBlockObject(slack.PlainTextType, shortenEscaped(label+"\n"+value, maxField), false, false)
}

// cardFacts are the facts of a page that its card shows: short ones that the
// line under the title does not say; if those are few, those that it does say,
// and long ones.
func cardFacts(facts []bot.Fact) []bot.Fact {
	var short, long, said []bot.Fact
	for _, f := range facts {
		switch {
		case slices.Contains(glance, f.Label):
			said = append(said, f)
		case units(f.Value) > shortFact:
			f.Value = shorten(f.Value, shortFact)
			long = append(long, f)
		default:
			short = append(short, f)
		}
	}
	slices.Reverse(said) // the licence is asked for more often than the language
	shown := short[:min(len(short), mostFacts)]
	rest := slices.Concat(said, long)
	return slices.Concat(shown, rest[:min(len(rest), max(fewestFacts-len(shown), 0))])
}
