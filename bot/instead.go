package bot

import (
	"slices"

	"frameworkbot/index"
)

// maxOffered is how many pages are offered in place of one that was not meant.
const maxOffered = 10

var browseAll = Ask{Label: "Browse all pages", Text: "help", Ref: Help}

// not is the answer to somebody who did not mean the pages that were understood.
func (a *Answerer) not(pages []*index.Page) *Answer {
	said := and(titles(pages))
	answer := &Answer{Kind: NoneKind, Title: "Not " + said, Private: true, Ref: newRef(refNot, tokens(pages)), Asks: []Ask{browseAll}}
	answer.Text = "I took it for " + said + ", which was wrong. Choose another page, or ask again in other words."
	unwanted := ids(pages)
	for _, r := range a.help.Results {
		if !slices.Contains(unwanted, r.ID) && len(answer.Results) < maxOffered {
			answer.Results = append(answer.Results, r)
		}
	}
	return answer
}

// gone is the answer to a button whose page or question no longer exists.
func (a *Answerer) gone() *Answer {
	return &Answer{
		Kind: NoneKind, Title: "No longer there", Private: true, Asks: []Ask{browseAll},
		Text: "What this was about is no longer in my library.",
	}
}

// withLost says that a comparison had more pages once.
func withLost(answer *Answer) *Answer {
	copied := *answer
	copied.Notes = append(slices.Clip(copied.Notes), "A page that was compared here is no longer in my library.")
	return &copied
}
