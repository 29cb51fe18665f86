package bot

import (
	"context"
	"slices"
)

// maxChoices is how many answers are offered for somebody else's message.
const maxChoices = 5

// Choices offers answers to a message that was not written to the bot, for
// somebody who picks one and posts it: what the message asks, then the pages
// that the answer names, then what [Suggester] finds. Each Result has a Ref.
// If there is nothing to offer, it is the handler's answer that says so.
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
		offer(Result{ID: first(answer.Pages), Title: answer.Title, Text: firstSentence(plainFirst(answer)), Ref: answer.Ref})
	}
	for _, r := range answer.Results {
		r.Group = ""
		offer(r)
	}
	for _, sug := range s.Suggest(ctx, m.Text, maxChoices) {
		offer(Result{Title: sug.Title, Text: sug.Hint, Ref: sug.Ref})
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

// plainFirst is the text of an answer, or the first line of what stands for it.
func plainFirst(a *Answer) string {
	switch {
	case a.Text != "":
		return a.Text
	case len(a.Results) > 0:
		return a.Results[0].Text
	}
	return ""
}
