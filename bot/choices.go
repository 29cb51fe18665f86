package bot

import (
	"context"
	"slices"
	"strings"
)

// maxChoices is how many answers are offered for somebody else's message.
const maxChoices = 5

// Choices offers answers to a message that was not written to the bot, for
// somebody who picks one and posts it: what the message asks, then the pages
// that the answer names, then what s finds, which may be nil. Each Result has a
// Ref. If there is nothing to offer, it is the handler's answer that says so.
func Choices(ctx context.Context, h Handler, s Suggester, m *Message) *Answer {
	answer := Reply(ctx, h, m)
	switch answer.Kind {
	case BusyKind, FailedKind, HelpKind:
		return answer
	}
	list := &Answer{
		Kind: ListKind, Title: "Answers from the library", Private: true,
		Text: "Choose the one to post as a reply. Only you see this list.",
	}
	offer := func(r Result) {
		known := slices.ContainsFunc(list.Results, func(o Result) bool { return o.Ref == r.Ref })
		if r.Ref != "" && !known && len(list.Results) < maxChoices {
			list.Results = append(list.Results, r)
		}
	}
	if answer.Kind != NoneKind {
		offer(Result{ID: first(answer.Pages), Title: answer.Title, Text: gist(answer), Ref: answer.Ref})
	}
	for _, r := range answer.Results {
		r.Group = ""
		offer(r)
	}
	if s != nil {
		for _, found := range s.Suggest(ctx, m.Text, maxChoices) {
			offer(Result{Title: found.Title, Text: found.Hint, Ref: found.Ref})
		}
	}
	if len(list.Results) == 0 {
		return answer
	}
	return list
}

func first(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

// gist is one line of plain text on what an answer says.
func gist(a *Answer) string {
	if a.Text != "" {
		return unmarked.Replace(firstSentence(a.Text))
	}
	var names []string
	for _, r := range a.Results {
		names = append(names, r.Title)
	}
	return and(names)
}

// unmarked takes off the marks that the core itself puts into the first
// sentence of an answer.
var unmarked = strings.NewReplacer("**", "", "`", "", "<http", "http", ">.", ".", ">", "")
