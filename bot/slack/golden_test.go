package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A payload is what is sent, with what kind of thing it is: a checker that
// knows Slack's published types can read the golden files as they are.
type payload struct {
	Kind    string `json:"kind"`
	As      string `json:"as"`
	Payload any    `json:"payload"`
}

// sent is a message as it goes to a response_url or into an acknowledgement.
func sent(as string, m message) payload {
	return payload{"respond", as, struct {
		Text   string        `json:"text"`
		Blocks []slack.Block `json:"blocks"`
	}{m.Text, m.Blocks}}
}

// The ways in which people see an answer.
var (
	commands  = []string{"/framework", "/fw"}
	asPrivate = options{commands: commands, private: true, share: true, asker: "U0ASKER", asked: "what was asked"}
	asPublic  = options{commands: commands, asker: "U0ASKER", asked: "what was asked"}
	asShared  = options{commands: commands, sharedBy: "U0SHARER", asker: "U0SHARER", asked: "what was asked"}
	asThanked = options{commands: commands, private: true, share: true, asker: "U0ASKER", thanks: "Thanks, noted: this helped."}
	asReplies = options{commands: commands, private: true, asker: "U0ASKER", replyTo: "1700000000.000100"}
)

func TestGolden(t *testing.T) {
	for _, c := range bottest.Answers() {
		t.Run(c.Name, func(t *testing.T) {
			a := withRefs(c.Answer)
			all := []payload{
				sent("private", render(a, asPrivate)),
				sent("public", render(a, asPublic)),
				sent("shared", render(a, asShared)),
			}
			golden(t, c.Name, all)
		})
	}
}

// TestGoldenPages has what the other answers have no example of, most of it from
// real pages.
func TestGoldenPages(t *testing.T) {
	i := slices.IndexFunc(bottest.Answers(), func(c bottest.Case) bool { return c.Name == "list" })
	golden(t, "replies", []payload{sent("replies", render(withRefs(bottest.Answers()[i].Answer), asReplies))})
	golden(t, "laravel", []payload{
		sent("private", render(ask(t, "lavarel"), asPrivate)),
		sent("public", render(ask(t, "laravel"), asPublic)),
		sent("thanked", render(ask(t, "laravel"), asThanked)),
	})
	golden(t, "guide", []payload{sent("private", render(ask(t, "how to choose a framework"), asPrivate))})
	golden(t, "comparison", []payload{sent("private", render(ask(t, "django vs flask vs rails"), asPrivate))})
	golden(t, "busy", []payload{sent("private", render(bot.Busy(), asPrivate)), sent("line", renderLine("Shared in this channel."))})
	help := ask(t, "help")
	golden(t, "home", []payload{
		{"view", "browse", renderHome(help, nil, asPrivate)},
		{"view", "shown", renderHome(help, ask(t, "django"), asPrivate)},
		{"view", "compared", renderHome(help, ask(t, "django vs flask"), asPrivate)},
	})
	golden(t, "options", []payload{
		{"options", "pages", renderOptions(answerer().Suggest(t.Context(), "", 100), "", refOf, 100, 18<<10)},
		{"options", "typed", renderOptions(answerer().Suggest(t.Context(), "larav", 100), "larav", refOf, 100, 18<<10)},
		{"options", "none", renderOptions(nil, "zzz", refOf, 100, 18<<10)},
	})
}

func refOf(s bot.Suggestion) bot.Ref { return s.Ref }

// ask asks the built-in pages.
func ask(t *testing.T, text string) *bot.Answer {
	t.Helper()
	a, err := answerer().Answer(t.Context(), &bot.Message{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// withRefs names what can be pressed: without a name there is no button.
func withRefs(a *bot.Answer) *bot.Answer {
	a.Ref = "page:itself"
	if a.Kind == bot.NoneKind || a.Kind == bot.HelpKind {
		a.Ref = bot.Help
	}
	if len(a.Corrected) > 0 {
		a.NotThis = "not:itself"
	}
	for i := range a.Asks {
		a.Asks[i].Ref = bot.Ref("fact:ask" + strconv.Itoa(i))
	}
	for i := range a.Results {
		a.Results[i].Ref = bot.PageRef(a.Results[i].ID)
	}
	for i, s := range a.Sections {
		a.More = append(a.More, bot.Ask{Label: s.Heading, Ref: bot.Ref("part:itself:" + strconv.Itoa(i))})
	}
	return a
}

// golden compares with the file of that name.
func golden(t *testing.T, name string, all []payload) {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, encoded(t, all), "", " "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	file := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s differs (-want +got), -update writes it anew:\n%s", file, diff)
	}
	for _, p := range all {
		if p.Kind != "options" {
			checkPayload(t, p)
		}
	}
}
