package discordtest_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"frameworkbot/bot/discord/discordtest"
)

func newReader(data []byte) io.Reader { return bytes.NewReader(data) }

// decode reads a payload as a library does.
func decode[T any](t *testing.T, o object) (v T) {
	t.Helper()
	data, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Errorf("%v: %s", err, data)
	}
	return v
}

func TestMessagePayloads(t *testing.T) {
	posted := &discordtest.Message{ID: "1", Channel: discordtest.ChannelID, Body: object{"content": "Laravel"}}
	for name, c := range map[string]struct {
		event discordtest.Event
		want  func(m *discordgo.Message) bool
	}{
		"mention": {discordtest.Mention("laravel"), func(m *discordgo.Message) bool {
			return m.GuildID != "" && m.Mentions[0].ID == discordtest.BotID && strings.HasSuffix(m.Content, "> laravel") && m.Member != nil
		}},
		"direct": {discordtest.Direct("laravel", discordtest.By(discordtest.OtherID)), func(m *discordgo.Message) bool {
			return m.GuildID == "" && m.Content == "laravel" && m.Author.ID == discordtest.OtherID
		}},
		"reply": {discordtest.Reply(posted, "and flask?"), func(m *discordgo.Message) bool {
			return m.Type == discordgo.MessageTypeReply && m.ReferencedMessage.Author.ID == discordtest.BotID && m.MessageReference.MessageID == "1"
		}},
		"webhook": {discordtest.Mention("x", discordtest.ByWebhook()), func(m *discordgo.Message) bool { return m.WebhookID != "" }},
		"bot":     {discordtest.Mention("x", discordtest.ByBot()), func(m *discordgo.Message) bool { return m.Author.Bot }},
		"self":    {discordtest.Mention("x", discordtest.BySelf()), func(m *discordgo.Message) bool { return m.Author.ID == discordtest.BotID }},
		"system":  {discordtest.Said("", discordtest.AsSystem()), func(m *discordgo.Message) bool { return m.Type == discordgo.MessageTypeChannelPinnedMessage }},
	} {
		t.Run(name, func(t *testing.T) {
			m := decode[*discordgo.Message](t, c.event.Data)
			if m.ID == "" || m.Author == nil || !c.want(m) {
				t.Errorf("%+v", m)
			}
		})
	}
	odd, _ := json.Marshal(discordtest.Mention("x", discordtest.WithUnknownComponents()).Data)
	if err := json.Unmarshal(odd, &discordgo.Message{}); err == nil {
		t.Error("the unknown components are known")
	}
}

func TestInteractionPayloads(t *testing.T) {
	d := discordtest.New(t)
	command := d.Command("framework", discordtest.Option("name", "rails"), discordtest.Option("for", discordtest.Person(discordtest.OtherID)), discordtest.Option("public", true))
	in := decode[*discordgo.Interaction](t, command.Data)
	data := in.ApplicationCommandData()
	if in.ID != command.ID || in.Token != command.Token || in.Member.User.ID != discordtest.UserID || in.GuildID == "" || in.AppID != discordtest.ApplicationID {
		t.Errorf("%+v", in)
	}
	if len(data.Options) != 3 || data.Options[0].StringValue() != "rails" || !data.Options[2].BoolValue() || data.Resolved.Users[discordtest.OtherID] == nil {
		t.Errorf("%+v", data)
	}
	typing := decode[*discordgo.Interaction](t, d.Autocomplete("framework", discordtest.Focused("name", "ra")).Data)
	if o := typing.ApplicationCommandData().Options[0]; typing.Type != discordgo.InteractionApplicationCommandAutocomplete || !o.Focused || o.StringValue() != "ra" {
		t.Errorf("%+v", o)
	}
	direct := decode[*discordgo.Interaction](t, d.Command("framework", discordtest.InDirect(), discordtest.By(discordtest.OtherID)).Data)
	if direct.GuildID != "" || direct.Member != nil || direct.User.ID != discordtest.OtherID || direct.Context != discordgo.InteractionContextBotDM {
		t.Errorf("%+v", direct)
	}
	group := decode[*discordgo.Interaction](t, d.Command("framework", discordtest.InGroup()).Data)
	if group.Context != discordgo.InteractionContextPrivateChannel || group.AuthorizingIntegrationOwners[discordgo.ApplicationIntegrationUserInstall] != discordtest.UserID {
		t.Errorf("%+v", group)
	}
	on := discordtest.Said("how does laravel queue?", discordtest.By(discordtest.OtherID))
	target := decode[*discordgo.Interaction](t, d.MessageCommand("Answer from the library", on).Data).ApplicationCommandData()
	if m := target.Resolved.Messages[target.TargetID]; m == nil || m.Author.ID != discordtest.OtherID || m.Content == "" {
		t.Errorf("%+v", target)
	}
}

func TestPressPayload(t *testing.T) {
	d := discordtest.New(t)
	row := object{"type": 1, "components": []any{object{"type": 2, "style": 4, "label": "Delete", "custom_id": "delete"}}}
	on := &discordtest.Message{ID: "1", Channel: discordtest.ChannelID, Interaction: "2", For: discordtest.UserID, Ephemeral: true, Body: object{"content": "x", "components": []any{row}}}
	in := decode[*discordgo.Interaction](t, d.Press(on, on.Labelled("Delete"), nil, discordtest.By(discordtest.OtherID), discordtest.May(discordtest.ManageMessages)).Data)
	if in.MessageComponentData().CustomID != "delete" || in.Message.Flags&discordgo.MessageFlagsEphemeral == 0 || in.Member.Permissions&discordgo.PermissionManageMessages == 0 || in.Member.User.ID != discordtest.OtherID {
		t.Errorf("%+v", in)
	}
	d.Press(on, "share", []string{"a"})
	if len(d.Violations()) != 1 {
		t.Error("a button was pressed that is not there")
	}
}

// TestCompressed connects as a bot does that asks for zlib-stream.
func TestCompressed(t *testing.T) {
	d := discordtest.New(t)
	var at struct{ URL string }
	ask(t, d, http.MethodGet, "/gateway", nil, &at)
	ws, res, err := websocket.DefaultDialer.DialContext(t.Context(), at.URL+"?v=10&encoding=json&compress=zlib-stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	defer res.Body.Close()
	_, first, err := ws.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	r, err := zlib.NewReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	hello := make([]byte, 8)
	if _, err := io.ReadFull(r, hello); err != nil || !bytes.HasSuffix(first, []byte{0, 0, 0xff, 0xff}) || string(hello) != `{"op":10` {
		t.Errorf("HELLO is %q, %v", hello, err)
	}
}
