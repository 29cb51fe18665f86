package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
)

var update = flag.Bool("update", false, "accept what is sent as it is now")

// golden compares what is sent with testdata. Each file holds what Discord
// gets: a message for a channel, or a response to an interaction.
func golden(t *testing.T, name string, sent any) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(sent); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s differs (-want +got), -update accepts it:\n%s", file, diff)
	}
}

// A response is what an interaction is answered with.
type sentResponse struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data"`
}

func respond(data any) sentResponse {
	return sentResponse{discordgo.InteractionResponseChannelMessageWithSource, data}
}

// People and messages of the tests.
const (
	asker  = "100000000000000001"
	sharer = "100000000000000002"
	pinged = "100000000000000003"
	onThis = "100000000000000004"
)

// privately is how a command is answered.
func privately(style string) options {
	return options{style: style, private: true, share: true, asker: asker, asked: "what they typed"}
}

var styles = []string{Components, Embed, Text}

func TestGoldenAnswers(t *testing.T) {
	for _, style := range styles {
		for _, c := range bottest.Answers() {
			t.Run(style+"/"+c.Name, func(t *testing.T) {
				a := pressable(c.Answer)
				golden(t, style+"/"+c.Name, respond(render(a, privately(style))))
				check(t, a, privately(style))
				check(t, c.Answer, privately(style))
			})
		}
	}
}

// TestGoldenWays shows the ways in which an answer can reach a channel.
func TestGoldenWays(t *testing.T) {
	page, list := pressable(find(t, "page-corrected")), pressable(find(t, "list"))
	offered := &bot.Answer{Kind: bot.ListKind, Title: "Answers from the library", Text: "Choose one.", Private: true, Results: list.Results}
	for _, style := range styles {
		reply := options{style: style, asker: asker, deletable: true}
		public := options{style: style, asker: asker, asked: "lavarel", mention: pinged, deletable: true}
		shared := options{style: style, asker: sharer, asked: "lavarel", sharedBy: sharer, deletable: true}
		thanked := privately(style)
		thanked.thanks = "Thank you: it is noted."
		posting := options{style: style, private: true, asker: asker, replyTo: onThis}
		golden(t, style+"/way-reply", render(page, reply))
		golden(t, style+"/way-public", respond(render(page, public)))
		golden(t, style+"/way-shared", respond(render(page, shared)))
		golden(t, style+"/way-post", respond(render(offered, posting)))
		golden(t, style+"/way-thanks", sentResponse{discordgo.InteractionResponseUpdateMessage, render(list, thanked).edit()})
		golden(t, style+"/way-line", sentResponse{discordgo.InteractionResponseUpdateMessage, renderLine("Shared in this channel: @everyone *can* see it.", thanked).edit()})
	}
}

// pressable is an answer with the names that the real one would have: without
// them there is nothing to press.
func pressable(a *bot.Answer) *bot.Answer {
	b := *a
	name := func(text string) bot.Ref {
		if l, r, both := strings.Cut(text, " vs "); both {
			return bot.Versus(bot.PageRef(l), bot.PageRef(r))
		}
		return bot.PageRef(strings.ReplaceAll(text, " ", "-"))
	}
	if len(a.Pages) > 0 {
		b.Ref = bot.PageRef(strings.Join(a.Pages, "-"))
	}
	b.Asks = nil
	for _, ask := range a.Asks {
		ask.Ref = name(ask.Text)
		b.Asks = append(b.Asks, ask)
	}
	b.Results = nil
	for _, r := range a.Results {
		r.Ref = bot.PageRef(r.ID)
		b.Results = append(b.Results, r)
	}
	if len(a.Sections) > 0 && len(a.Pages) > 0 {
		for i, s := range a.Sections {
			b.More = append(b.More, bot.Ask{Label: s.Heading, Ref: bot.Ref("part:" + a.Pages[0] + ":" + strconv.Itoa(i))})
		}
	}
	if len(a.Corrected) > 0 {
		b.NotThis = bot.Ref("not:" + a.Pages[0])
	}
	return &b
}

func find(t *testing.T, name string) *bot.Answer {
	for _, c := range bottest.Answers() {
		if c.Name == name {
			return c.Answer
		}
	}
	t.Fatalf("no case %q", name)
	return nil
}
