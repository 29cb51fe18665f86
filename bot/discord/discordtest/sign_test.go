package discordtest_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"frameworkbot/bot/discord/discordtest"
)

// genuine reports whether a request is from Discord and of now.
func genuine(key ed25519.PublicKey, r *http.Request) bool {
	n, err := strconv.ParseUint(r.Header.Get("X-Signature-Timestamp"), 10, 64)
	if err != nil || time.Since(time.Unix(int64(n), 0)).Abs() > 5*time.Minute {
		return false
	}
	return discordgo.VerifyInteraction(r, key)
}

func TestSigned(t *testing.T) {
	d := discordtest.New(t)
	key, err := hex.DecodeString(d.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	in := d.Command("framework")
	if r := d.Signed("http://bot.example", in.Body(), time.Now()); !genuine(key, r) {
		t.Error("a signed request is not genuine")
	}
	for _, f := range d.Forgeries("http://bot.example", in.Body()) {
		if genuine(key, f.Request) {
			t.Errorf("%s: is genuine", f.Name)
		}
	}
	huge := discordtest.Huge("http://bot.example", 1<<20)
	if n, err := io.Copy(io.Discard, huge.Body); err != nil || n != 1<<20 {
		t.Errorf("a huge body has %d bytes, %v", n, err)
	}
}

func TestPost(t *testing.T) {
	d := discordtest.New(t)
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in struct{ Type int }
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Type != 2 {
			t.Errorf("the bot got type %d, %v", in.Type, err)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"type":4,"data":{"content":"hello","allowed_mentions":{"parse":[]}}}`)
	}))
	defer bot.Close()
	in := d.Command("framework")
	if got := d.Post(nil, bot.URL, in); got != http.StatusOK {
		t.Errorf("status %d", got)
	}
	if got := d.Answer(in).Text(); got != "hello" {
		t.Errorf("answered %q", got)
	}
}

func TestFailures(t *testing.T) {
	d := discordtest.New(t)
	path := "/channels/" + discordtest.ChannelID + "/messages"
	body := object{"content": "hello", "allowed_mentions": quiet}
	route := "POST /channels/*/messages"
	d.Fail(route, discordtest.RateLimited(1500*time.Millisecond, "shared"), discordtest.Banned(), discordtest.ButDone(discordtest.Reset()))
	var limited object
	if got := ask(t, d, http.MethodPost, path, body, &limited); got != http.StatusTooManyRequests || limited["retry_after"] != 1.5 {
		t.Errorf("status %d, %v", got, limited)
	}
	if got := ask(t, d, http.MethodPost, path, body, nil); got != http.StatusTooManyRequests {
		t.Errorf("status %d", got)
	}
	if len(d.Messages()) != 0 {
		t.Error("a refused request was carried out")
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.URL()+"/v10/users/@me", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", "DiscordBot (x, 1)")
	res, err := d.Client().Do(r)
	if err != nil || res.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a token: %v, %v", res, err)
	}
	_ = res.Body.Close()
	d.Change(func(s *discordtest.Settings) { s.PerChannel = 1 })
	if got := post(t, d, path); !errors.Is(got, io.EOF) && got == nil {
		t.Error("the connection was not reset")
	}
	if len(d.Messages()) != 1 || len(d.Requests(route)) != 3 {
		t.Errorf("%d messages after %d requests", len(d.Messages()), len(d.Requests(route)))
	}
	if got := ask(t, d, http.MethodPost, path, body, nil); got != http.StatusTooManyRequests {
		t.Errorf("the second message in five seconds: status %d", got)
	}
}

// post makes a request whose connection may break.
func post(t *testing.T, d *discordtest.Server, path string) error {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.URL()+"/v10"+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	data, _ := json.Marshal(object{"content": "hello", "allowed_mentions": quiet})
	r.Body, r.ContentLength = io.NopCloser(newReader(data)), int64(len(data))
	r.Header.Set("Authorization", "Bot "+d.Token())
	r.Header.Set("User-Agent", "DiscordBot (x, 1)")
	res, err := d.Client().Do(r)
	if err == nil {
		_ = res.Body.Close()
	}
	return err
}

// TestLimitsAreTold: a bot learns from each response what it has left.
func TestLimitsAreTold(t *testing.T) {
	d := discordtest.New(t)
	d.Change(func(s *discordtest.Settings) { s.PerChannel = 2 })
	for _, want := range []string{"1", "0", "0"} {
		if got := left(t, d, http.MethodPost, "/channels/"+discordtest.ChannelID+"/messages"); got != "2 "+want {
			t.Errorf("limit and remaining are %s, want 2 %s", got, want)
		}
	}
	for range 3 {
		if got := left(t, d, http.MethodGet, "/users/@me"); !strings.HasSuffix(got, " 1") {
			t.Errorf("without a limit: limit and remaining are %s", got)
		}
	}
}

// left is what the response to a request says of the limit, and of what is left of it.
func left(t *testing.T, d *discordtest.Server, method, path string) string {
	t.Helper()
	data, _ := json.Marshal(object{"content": "hello", "allowed_mentions": quiet})
	r, err := http.NewRequestWithContext(t.Context(), method, d.URL()+"/v10"+path, newReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+d.Token())
	r.Header.Set("User-Agent", "DiscordBot (x, 1)")
	res, err := d.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.Header.Get("X-Ratelimit-Limit") + " " + res.Header.Get("X-Ratelimit-Remaining")
}
