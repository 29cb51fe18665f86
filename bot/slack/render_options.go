package slack

import (
	"github.com/slack-go/slack"

	"frameworkbot/bot"
)

// optionsResponse fills a menu that is searched
// (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select).
// The library's type leaves the list out where it is empty, which Slack shows as an error.
type optionsResponse struct {
	Options []*slack.OptionBlockObject `json:"options"`
}

// renderOptions fills a menu with at most most of what was found, in at most
// maxBytes of JSON. What is not about a page of its own is left out.
func renderOptions(list []bot.Suggestion, _ string, pick func(bot.Suggestion) bot.Ref, most, maxBytes int) optionsResponse {
	out := optionsResponse{Options: []*slack.OptionBlockObject{}}
	size := blockBytes
	for _, s := range list {
		ref := pick(s)
		if ref == "" || len(ref) > bot.MaxRef {
			continue
		}
		o := choice(doAsk, ref, s.Title, s.Hint)
		size += measureOption(o).bytes
		if len(out.Options) == min(most, maxChoices) || size > maxBytes {
			break
		}
		out.Options = append(out.Options, o)
	}
	return out
}
