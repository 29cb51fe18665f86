package discord

import (
	"slices"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// languageLabel is the label of the fact that says what a framework is written in.
const languageLabel = "Language"

// speaking are the facts whose values need no label: "PHP · full-stack · MIT".
var speaking = []string{languageLabel, "Kind", "Licence"}

// Of a card with a menu that has the rest.
const (
	maxSpeaking = 30  // characters of a value without a label
	maxFact     = 100 // characters of a value; a longer one is one press away
)

// isSpeaking reports whether the fact stands in the line below the name.
func isSpeaking(f bot.Fact) bool {
	return slices.Contains(speaking, f.Label) && units(f.Value) <= maxSpeaking
}

// factLine are the facts that need no label.
func factLine(list []bot.Fact) string {
	var out []string
	for _, f := range list {
		if text := escapeRun(oneLine(f.Value, maxSpeaking)); isSpeaking(f) && text != "" {
			out = append(out, text)
		}
	}
	return guardStart(strings.Join(out, " · "))
}

// facts are the others, one a line. Where a menu has all of them, a long one is
// only named: cut short, it could say what it does not mean.
func facts(a *bot.Answer) []chunk {
	var out []chunk
	var long []string
	for _, f := range a.Facts {
		name := oneLine(f.Label, maxHeading)
		switch {
		case isSpeaking(f):
		case hasMore(a) && units(f.Value) > maxFact:
			long = append(long, escapeRun(name))
		default:
			value := markdown.Block{Spans: []markdown.Span{{Text: name + ":", Bold: true}, {Text: " " + oneLine(f.Value, maxText)}}}
			out = append(out, chunk{text: lineOf(value), blocks: []markdown.Block{value}, tight: true})
		}
	}
	if len(long) > 0 {
		out = append(out, chunk{text: asSmall("In the menu, under All facts: " + strings.Join(long, ", ")), tight: true})
	}
	return out
}

func lineOf(b markdown.Block) string { return strings.Join(inline(b.Spans), " ") }
