package bot_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"text/template"

	"go.yaml.in/yaml/v4"

	"frameworkbot/bot"
)

// A holder has secrets in all the places where structs have them.
type holder struct {
	Token   bot.Secret
	Pointer *bot.Secret
	List    []bot.Secret
	Map     map[string]bot.Secret
	Nested  struct{ Deep bot.Secret }
	Any     any
	hidden  bot.Secret
	nested  struct{ deep *bot.Secret }
}

func newHolder(s bot.Secret) holder {
	h := holder{Token: s, Pointer: &s, List: []bot.Secret{s}, Map: map[string]bot.Secret{"k": s}, Any: s, hidden: s}
	h.Nested.Deep, h.nested.deep = s, &s
	return h
}

// TestSecretIsNeverShown prints, logs and encodes a secret in all ways.
func TestSecretIsNeverShown(t *testing.T) {
	const plain = "xoxb-" + canary
	s := bot.NewSecret(plain)
	h := newHolder(s)
	if s.Reveal() != plain || h.hidden.Reveal() != plain || h.nested.deep.Reveal() != plain {
		t.Fatal("Reveal does not give the secret")
	}
	for name, shown := range shows(t, s, h) {
		if strings.Contains(shown, canary) || strings.Contains(shown, "xoxb") || strings.Contains(shown, fmt.Sprintf("%x", plain)) {
			t.Errorf("%s shows the secret: %s", name, shown)
		}
	}
	for _, verb := range "vsqdxXbtcUeEfgGpTo" {
		for _, flag := range []string{"", "+", "#", " ", "0", "-10"} {
			format := "%" + flag + string(verb)
			for _, v := range []any{s, &s, h, &h, []any{s, h}} {
				shown := fmt.Sprintf(format, v)
				if strings.Contains(shown, canary) || strings.Contains(shown, fmt.Sprintf("%x", canary)) || strings.Contains(shown, fmt.Sprintf("%X", canary)) {
					t.Errorf("%s of %T shows the secret: %s", format, v, shown)
				}
			}
		}
	}
}

// shows is all that becomes of a secret, by the way in which it got out.
func shows(t *testing.T, s bot.Secret, h holder) map[string]string {
	t.Helper()
	out := map[string]string{"print": fmt.Sprint(s, h), "error": fmt.Errorf("token %v: %w", s, errors.New(s.String())).Error(), "template": templated(t, h)}
	encode := func(name string, data []byte, err error) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		out[name] = string(data)
	}
	data, err := json.Marshal(h)
	encode("json", data, err)
	data, err = yaml.Marshal(h)
	encode("yaml", data, err)
	data, err = xml.Marshal(s)
	encode("xml", data, err)
	var b bytes.Buffer
	_ = gob.NewEncoder(&b).Encode(s) // it may refuse
	out["gob"] = b.String()
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"slog text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"slog json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var b bytes.Buffer
		slog.New(handler(&b)).With("token", s).Info("all", "secret", s, "pointer", &s, "holder", h, slog.Group("g", "s", s))
		out[name] = b.String()
	}
	return out
}

func templated(t *testing.T, h holder) string {
	t.Helper()
	var b strings.Builder
	if err := template.Must(template.New("").Parse("{{.Token}} {{.}} {{.List}} {{printf \"%s\" .Token}}")).Execute(&b, h); err != nil {
		t.Error(err)
	}
	return b.String()
}

// TestSecretShowsThatItIsThere: who reads a log sees whether a token was set.
func TestSecretShowsThatItIsThere(t *testing.T) {
	there, none := bot.NewSecret(canary), bot.Secret{}
	for format, want := range map[string][2]string{
		"%v": {bot.Redacted, ""}, "%+v": {bot.Redacted, ""}, "%s": {bot.Redacted, ""}, "%d": {bot.Redacted, ""},
		"%q": {`"[redacted]"`, `""`}, "%#v": {`"[redacted]"`, `""`},
	} {
		if got := [2]string{fmt.Sprintf(format, there), fmt.Sprintf(format, none)}; got != want {
			t.Errorf("%s shows %q, want %q", format, got, want)
		}
	}
	for _, empty := range []bot.Secret{none, bot.NewSecret("")} {
		if !empty.IsZero() || empty.Reveal() != "" || empty.String() != "" {
			t.Errorf("no secret is %q, %q", empty.Reveal(), empty.String())
		}
	}
	if there.IsZero() {
		t.Error("a secret is none")
	}
	data, err := json.Marshal(map[string]bot.Secret{"there": there, "none": none})
	if want := `{"none":"","there":"[redacted]"}`; err != nil || string(data) != want {
		t.Errorf("JSON is %s, error %v, want %s", data, err, want)
	}
	data, err = yaml.Marshal(map[string]bot.Secret{"there": there})
	if want := "there: '[redacted]'\n"; err != nil || string(data) != want {
		t.Errorf("YAML is %s, error %v, want %s", data, err, want)
	}
}
