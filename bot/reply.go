package bot

import "context"

// Reply asks h and always returns something to say: [Apology] where h failed.
// The error was logged by [Observe]; people are not shown it.
func Reply(ctx context.Context, h Handler, m *Message) *Answer {
	answer, err := h.Answer(ctx, m)
	if err != nil || answer == nil {
		return failed(m.ID)
	}
	return answer
}

// failed is the answer when the bot failed. The reference leads to the log's line.
func failed(reference string) *Answer {
	a := &Answer{Kind: FailedKind, Title: "Sorry", Text: Apology, Private: true}
	if echo := Echo(reference); echo != "" {
		a.Text += " Reference: " + echo + "."
	}
	return a
}

// Busy is the answer when too much is under way to take on a question.
func Busy() *Answer {
	return &Answer{Kind: BusyKind, Title: "Busy", Text: "I am busy right now. Please try again in a moment.", Private: true}
}
