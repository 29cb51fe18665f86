package discord

import (
	"fmt"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// TestHelpNamesEveryPage: where there is no room for a line about each of the
// pages, none of them is left out.
func TestHelpNamesEveryPage(t *testing.T) {
	for _, n := range []int{3, 7, 80} {
		help := &bot.Answer{Kind: bot.HelpKind, Title: "What I can tell you", Text: "Ask me.", Private: true, Ref: bot.Help}
		for i := range n {
			help.Results = append(help.Results, bot.Result{
				Title: fmt.Sprintf("Page_%d", i), Group: fmt.Sprintf("Language %d", i/6), Ref: bot.PageRef(fmt.Sprintf("p%d", i)),
				Text: strings.Repeat("about what it is ", 12),
			})
		}
		for _, style := range []string{Components, Embed, Text} {
			m := render(help, options{style: style, private: true})
			data, err := encode(m)
			if err != nil {
				t.Fatal(err)
			}
			for i := range n {
				if !strings.Contains(string(data), fmt.Sprintf(`Page\\_%d`, i)) {
					t.Errorf("%s, %d pages: page %d is missing", style, n, i)
				}
			}
			if got := strings.Count(string(data), "about what it is") > 0; got != (n < 7) {
				t.Errorf("%s, %d pages: told what they are: %v", style, n, got)
			}
			if style == Text && units(*m.Content) > maxContent {
				t.Errorf("%d characters", units(*m.Content))
			}
		}
	}
}
