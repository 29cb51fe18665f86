package discordtest_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"frameworkbot/bot/discord/discordtest"
)

type object = discordtest.Object

// ask makes a request as the bot does, and decodes the answer into out.
func ask(t *testing.T, d *discordtest.Server, method, path string, body, out any) int {
	t.Helper()
	var data []byte
	if body != nil {
		data, _ = json.Marshal(body)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, d.URL()+"/v10"+path, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+d.Token())
	r.Header.Set("User-Agent", "DiscordBot (https://example.com, 1)")
	answer, err := d.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if out != nil {
		if err := json.NewDecoder(answer.Body).Decode(out); err != nil {
			t.Fatal(err)
		}
	}
	return answer.StatusCode
}

var quiet = object{"parse": []string{}}

func TestMessages(t *testing.T) {
	d := discordtest.New(t)
	path := "/channels/" + discordtest.ChannelID + "/messages"
	body := object{"content": "hello", "allowed_mentions": quiet, "nonce": "one", "enforce_nonce": true}
	var first, again object
	if got := ask(t, d, http.MethodPost, path, body, &first); got != http.StatusOK {
		t.Fatalf("status %d, %v", got, first)
	}
	ask(t, d, http.MethodPost, path, body, &again)
	if first["id"] != again["id"] || len(d.Messages()) != 1 {
		t.Errorf("the nonce did not hold back the second message: %v", d.Messages())
	}
	id := first["id"].(string)
	ask(t, d, http.MethodPatch, path+"/"+id, object{"content": "bye", "allowed_mentions": quiet}, nil)
	if got := d.Messages()[0]; got.Text() != "bye" || got.Edits != 1 {
		t.Errorf("after an edit: %+v", got)
	}
	if got := ask(t, d, http.MethodDelete, path+"/"+id, nil, nil); got != http.StatusNoContent || !d.Messages()[0].Deleted {
		t.Errorf("deleted with status %d", got)
	}
	if got := ask(t, d, http.MethodDelete, path+"/"+id, nil, nil); got != http.StatusNotFound {
		t.Errorf("deleted twice with status %d", got)
	}
	if got, want := <-d.Heard(), "hello"; got != want {
		t.Errorf("heard %q, want %q", got, want)
	}
}

func TestInteraction(t *testing.T) {
	d := discordtest.New(t)
	in := d.Command("framework", discordtest.Option("name", "laravel"))
	path := "/interactions/" + in.ID + "/" + in.Token + "/callback"
	body := object{"type": 5, "data": object{"flags": 64}}
	if got := ask(t, d, http.MethodPost, path, body, nil); got != http.StatusNoContent {
		t.Fatalf("status %d", got)
	}
	var second object
	if got := ask(t, d, http.MethodPost, path, body, &second); got != http.StatusBadRequest || second["code"] != 40060.0 {
		t.Errorf("the second callback: %d %v", got, second)
	}
	original := "/webhooks/" + discordtest.ApplicationID + "/" + in.Token + "/messages/@original"
	card := object{
		"flags": 1 << 15, "allowed_mentions": quiet,
		"components": []object{{"type": 10, "content": "Laravel"}, {"type": 1, "components": []object{{"type": 2, "style": 2, "label": "Share", "custom_id": "share||"}}}},
	}
	if got := ask(t, d, http.MethodPatch, original, card, nil); got != http.StatusOK {
		t.Fatalf("status %d, %v", got, d.Violations())
	}
	m := d.Answer(in)
	if !m.Ephemeral || m.Text() != "Laravel\nShare" || m.Labelled("Share") != "share||" {
		t.Errorf("the answer: %+v", m)
	}
	press := d.Press(m, "share||", nil)
	ask(t, d, http.MethodPost, "/interactions/"+press.ID+"/"+press.Token+"/callback", object{"type": 7, "data": card}, nil)
	if got := d.Callback(press).Type; got != discordtest.UpdateMessage || d.Answer(press).ID != m.ID {
		t.Errorf("the press changed another message: %d", got)
	}
}

func TestViolations(t *testing.T) {
	d := discordtest.New(t)
	path := "/channels/" + discordtest.ChannelID + "/messages"
	long := string(bytes.Repeat([]byte("x"), 2001))
	for name, body := range map[string]object{
		"long":           {"content": long, "allowed_mentions": quiet},
		"no mentions":    {"content": "x"},
		"parse is null":  {"content": "x", "allowed_mentions": object{"parse": nil}},
		"parse users":    {"content": "x", "allowed_mentions": object{"parse": []string{"users"}}},
		"empty":          {"content": "", "allowed_mentions": quiet},
		"null":           {"content": "x", "components": nil, "allowed_mentions": quiet},
		"nonce alone":    {"content": "x", "nonce": "1", "allowed_mentions": quiet},
		"ephemeral":      {"content": "x", "flags": 64, "allowed_mentions": quiet},
		"V2 and content": {"content": "x", "flags": 1 << 15, "components": []object{{"type": 10, "content": "x"}}, "allowed_mentions": quiet},
		"V2 unflagged":   {"components": []object{{"type": 10, "content": "x"}}, "allowed_mentions": quiet},
		"same custom_id": {"content": "x", "allowed_mentions": quiet, "components": []object{{"type": 1, "components": []object{
			{"type": 2, "style": 1, "label": "a", "custom_id": "a"}, {"type": 2, "style": 1, "label": "b", "custom_id": "a"},
		}}}},
		"empty menu": {"content": "x", "allowed_mentions": quiet, "components": []object{{"type": 1, "components": []object{
			{"type": 3, "custom_id": "a", "options": []object{}},
		}}}},
		"script": {"content": "x", "allowed_mentions": quiet, "embeds": []object{{"title": "x", "url": "javascript:alert(1)"}}},
	} {
		if got := ask(t, d, http.MethodPost, path, body, nil); got != http.StatusBadRequest || len(d.Violations()) == 0 {
			t.Errorf("%s: status %d and no violation", name, got)
		}
	}
}

func TestCommands(t *testing.T) {
	d := discordtest.New(t)
	path := "/applications/" + discordtest.ApplicationID + "/commands"
	command := object{"name": "framework", "description": "Look it up", "options": []object{{"type": 3, "name": "name", "description": "Which", "required": false, "autocomplete": true}}}
	var first, again []object
	if got := ask(t, d, http.MethodPut, path, []object{command}, &first); got != http.StatusOK {
		t.Fatalf("status %d, %v", got, d.Violations())
	}
	ask(t, d, http.MethodPut, path, []object{command, {"name": "Answer from the library", "type": 3}}, &again)
	if again[0]["id"] != first[0]["id"] || again[0]["version"] != first[0]["version"] || again[1]["id"] == first[0]["id"] {
		t.Errorf("what did not change has another ID: %v, then %v", first, again)
	}
	var shown []object
	ask(t, d, http.MethodGet, path+"?with_localizations=true", nil, &shown)
	option := shown[0]["options"].([]any)[0].(object)
	if _, there := option["required"]; there || option["name_localizations"] != nil || shown[0]["nsfw"] != false {
		t.Errorf("not as Discord fills it in: %v", shown[0])
	}
	for name, bad := range map[string]object{
		"capitals":       {"name": "Framework", "description": "x"},
		"no description": {"name": "framework"},
		"described":      {"name": "Answer", "type": 3, "description": "x"},
		"required last":  {"name": "x", "description": "x", "options": []object{{"type": 3, "name": "a", "description": "a"}, {"type": 3, "name": "b", "description": "b", "required": true}}},
		"language":       {"name": "x", "description": "x", "name_localizations": object{"xx": "y"}},
	} {
		if got := ask(t, d, http.MethodPut, path, []object{bad}, nil); got != http.StatusBadRequest || len(d.Violations()) == 0 {
			t.Errorf("%s: status %d", name, got)
		}
	}
}
