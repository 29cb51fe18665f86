package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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

// TestPageCards: a page's card can be taken in, whoever sees it.
func TestPageCards(t *testing.T) {
	for _, r := range ask(t, "help").Results {
		for _, o := range []options{asPrivate, asPublic, asShared, asThanked} {
			m := render(ask(t, r.Title), o)
			seen := 0
			var buttons []string
			walk(decoded(t, m.Blocks), func(v map[string]any) {
				seen += units(visible(v))
				if v["type"] == "button" {
					buttons = append(buttons, v["text"].(map[string]any)["text"].(string))
				}
			})
			if seen < 900 || seen > 1500 {
				t.Errorf("the card of %s shows %d characters, not 900 to 1,500", r.Title, seen)
			}
			if len(buttons) > maxButtons {
				t.Errorf("the card of %s has the buttons %q", r.Title, buttons)
			}
		}
	}
}

// TestCardsSayWhereFrom: no card of a page is without a source and its date,
// and none shows a corrected claim as if it stood.
func TestCardsSayWhereFrom(t *testing.T) {
	for _, r := range ask(t, "help").Results {
		a := ask(t, r.Title)
		text := textIn(t, render(a, asPublic).Blocks)
		if !strings.Contains(text, "[1] "+a.Sources[0].Title) || !strings.Contains(text, a.Sources[0].Date) || !strings.Contains(text, a.Reviewed) {
			t.Errorf("the card of %s does not say where it is from", r.Title)
		}
		for _, s := range a.Sections {
			for _, c := range claimed.of(s.Text) {
				i := strings.Index(text, textOfSpans(c.name))
				if len(c.note) == 0 || len(c.name) == 0 || i < 0 {
					continue
				}
				if line, _, _ := strings.Cut(text[i:], "\n\n"); !strings.Contains(line, correctedMark) {
					t.Errorf("%s: nothing says that this is corrected: %s", r.Title, line)
				}
				if !strings.Contains(text, correctedClaims+" → "+s.Heading) {
					t.Errorf("%s: the card does not say where the corrections are", r.Title)
				}
			}
		}
	}
}

// TestFallbackSaysIt: what screen readers and notifications read is the answer.
func TestFallbackSaysIt(t *testing.T) {
	for question, wants := range map[string][]string{
		"lavarel":             {"Showing Laravel for lavarel.", "Laravel is an open-source framework", "Source: Top Backend Frameworks", "2023", "reviewed 20"},
		"does flask have orm": {"Flask: ORM", "none built in", "Source: Flask: Design Decisions in Flask, 2026-04"},
		"django vs flask":     {"Django and Flask", "They differ in", "Kind: Django full-stack; Flask micro.", "Source: "},
		"php frameworks":      {"Frameworks written in PHP", "CakePHP is a", "Laravel is an", "Source: "},
		"photoshop":           {"Nothing found", "I have nothing on photoshop"},
		"help":                {"What I can tell you", "PHP: CakePHP, Laravel"},
		"laravel security":    {"Security. Password methods", "Note (2026-08)", "and 3 more sources"},
	} {
		text := render(ask(t, question), asPublic).Text
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%q: %q is not in the text: %s", question, want, text)
			}
		}
	}
}

// TestOffers: what is offered depends on who sees the card.
func TestOffers(t *testing.T) {
	laravel := ask(t, "lavarel")
	for _, c := range []struct {
		name string
		o    options
		want []string
	}{
		{"private", asPrivate, []string{"Not this", "Share here", "Helpful", "Not right", "Dismiss"}},
		{"public", asPublic, []string{"Not this", "Helpful", "Not right", "Dismiss"}},
		{"shared", asShared, []string{"Not this", "Compare with CakePHP", "Compare with Django", "Dismiss"}},
		{"thanked", asThanked, []string{"Not this", "Share here", "Compare with CakePHP", "Dismiss"}},
	} {
		if diff := cmp.Diff(c.want, labels(t, render(laravel, c.o).Blocks)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	choices := bot.Choices(t.Context(), answerer(), answerer(), &bot.Message{Text: "does flask have an orm?"})
	if got := labels(t, render(choices, asReplies).Blocks); len(got) < 2 || slices.ContainsFunc(got[:len(got)-1], func(s string) bool { return s != "Post as reply" }) {
		t.Errorf("the choices offer %q", got)
	}
	for _, a := range []*bot.Answer{bot.Busy(), {Kind: bot.FailedKind, Title: "Sorry", Text: bot.Apology}} {
		if got := labels(t, render(a, asPrivate).Blocks); len(got) > 0 {
			t.Errorf("%s offers %q", a.Kind, got)
		}
	}
	home := renderHome(ask(t, "help"), laravel, asPrivate)
	if got := labels(t, home.Blocks.BlockSet); slices.Contains(got, "Share here") || slices.Contains(got, "Dismiss") || slices.Contains(got, "Helpful") || got[0] != "All pages" {
		t.Errorf("the App Home offers %q", got)
	}
}

// TestPressesLead: what is pressed leads to the answers that are offered.
func TestPressesLead(t *testing.T) {
	m := render(ask(t, "laravel"), asPublic)
	menus := map[action]string{}
	walk(decoded(t, m.Blocks), func(v map[string]any) {
		for _, e := range list(v["elements"]) {
			id, _ := v["block_id"].(string)
			if kind := e["type"]; kind == "static_select" || kind == "external_select" {
				menus[decode(id).do] = id
			}
		}
	})
	for do, want := range map[action]string{doMore: "more|page:laravel|U0ASKER", doCompare: "compare|page:laravel|U0ASKER"} {
		if menus[do] != want {
			t.Errorf("the menu is %q, want %q", menus[do], want)
		}
	}
	p := press{do: doShare, ref: "page:laravel", user: "U0ASKER", asked: "what was asked"}
	if !strings.Contains(string(encoded(t, render(ask(t, "laravel"), asPrivate).Blocks)), p.encode()) {
		t.Error("sharing does not carry what was asked")
	}
}

// TestMentions: nobody is mentioned but who shared.
func TestMentions(t *testing.T) {
	for _, c := range []struct{ by, want string }{
		{"U0SHARER", `"mrkdwn","text":"Shared by <@U0SHARER>, who asked: _what was asked_"`},
		{"<!channel>", `"plain_text","text":"Shared by &lt;!channel&gt;, who asked: what was asked"`},
		{"U1> <!here", `"plain_text"`},
	} {
		o := asShared
		o.sharedBy = c.by
		m := render(ask(t, "laravel"), o)
		if got := string(encoded(t, m.Blocks[:1])); !strings.Contains(got, c.want) {
			t.Errorf("%q is shown as %s, want %s", c.by, got, c.want)
		}
		checkPayload(t, sent(c.by, m))
	}
}
