package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"frameworkbot/bot"
)

// plainly compares settings: secrets by what they are, not where anything was set.
var plainly = cmp.Options{
	cmpopts.IgnoreUnexported(config{}),
	cmp.Comparer(func(a, b source) bool { return a == b }),
}

// TestExampleHasTheDefaults keeps config.example.yaml complete and true.
func TestExampleHasTheDefaults(t *testing.T) {
	const file = "../../config.example.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var c config // empty, so that what the file leaves out shows
	if problems := c.readFile(file, data); len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, s := range settings {
		if at := c.set[s.secret()]; at.file == "" && !s.isSecretFile() {
			t.Errorf("%s is left out", s.key)
		}
		if !strings.Contains(string(data), variable(s.key)) {
			t.Errorf("%s is not mentioned", variable(s.key))
		}
	}
	if diff := cmp.Diff(defaults(), c, plainly); diff != "" {
		t.Errorf("the example differs from the defaults (-default +example):\n%s", diff)
	}
}

// TestSettingsAreKeys keeps the list of settings and what a file may hold the same.
func TestSettingsAreKeys(t *testing.T) {
	var keys []string
	collectKeys(reflect.TypeFor[fileConfig](), "", &keys)
	var want []string
	for _, s := range settings {
		want = append(want, s.key)
	}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("keys of a file (-settings +file):\n%s", diff)
	}
}

func collectKeys(t reflect.Type, prefix string, keys *[]string) {
	for field := range t.Fields() {
		key := prefix + field.Tag.Get("yaml")
		if field.Type.Kind() == reflect.Struct {
			collectKeys(field.Type, key+".", keys)
			continue
		}
		*keys = append(*keys, key)
	}
}

// TestVariables are the names that others know the settings by.
func TestVariables(t *testing.T) {
	var got []string
	for _, s := range settings {
		got = append(got, variable(s.key))
	}
	want := strings.Fields(`FRAMEWORKBOT_PAGES FRAMEWORKBOT_CONTENT_BUILTIN FRAMEWORKBOT_CONTENT_DIRS FRAMEWORKBOT_CONTENT_CACHE FRAMEWORKBOT_ANSWER_DEADLINE FRAMEWORKBOT_LIMITS_PER_MINUTE FRAMEWORKBOT_LIMITS_BURST
		FRAMEWORKBOT_LOG_LEVEL FRAMEWORKBOT_LOG_FORMAT FRAMEWORKBOT_OPS_LISTEN FRAMEWORKBOT_TRACE_ENDPOINT FRAMEWORKBOT_WEB_LISTEN FRAMEWORKBOT_WEB_HOSTS
		SLACK_ENABLED SLACK_MODE SLACK_BOT_TOKEN SLACK_BOT_TOKEN_FILE SLACK_APP_TOKEN SLACK_APP_TOKEN_FILE
		SLACK_SIGNING_SECRET SLACK_SIGNING_SECRET_FILE SLACK_LISTEN SLACK_API_URL SLACK_COMMANDS
		DISCORD_ENABLED DISCORD_MODE DISCORD_TOKEN DISCORD_TOKEN_FILE DISCORD_APPLICATION_ID DISCORD_PUBLIC_KEY
		DISCORD_GUILD_ID DISCORD_LISTEN DISCORD_API_URL DISCORD_STYLE`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEmptyMeansDefault(t *testing.T) {
	var env []string
	for _, s := range settings {
		env = append(env, variable(s.key)+"=")
	}
	p := newProgram(env, nil, nil, nil)
	got, problems, err := p.load("")
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if diff := cmp.Diff(defaults(), got, plainly); diff != "" {
		t.Errorf("(-default +got):\n%s", diff)
	}
}

func TestNoLimits(t *testing.T) {
	for _, env := range []string{"FRAMEWORKBOT_LIMITS_PER_MINUTE=0", "FRAMEWORKBOT_LIMITS_BURST=0"} {
		c, _, _ := newProgram([]string{env}, nil, nil, nil).load("")
		if got := c.limits().PerMinute; got != 0 {
			t.Errorf("%s: %d a minute", env, got)
		}
	}
	c := defaults()
	if got := c.limits(); got != (bot.Limits{PerMinute: 120, Burst: 60}) {
		t.Errorf("got %+v", got)
	}
}

func TestEnvironmentWinsOverFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(file, []byte("pages: from-file\nanswer: {deadline: 3s}\nlog: {level: warn}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := newProgram([]string{"FRAMEWORKBOT_PAGES=", "FRAMEWORKBOT_LOG_LEVEL=debug", "OTHER=1"}, nil, nil, nil)
	got, problems, err := p.load(file)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	want := defaults()
	want.Answer.Deadline, want.Log.Level = 3*time.Second, slog.LevelDebug
	if diff := cmp.Diff(want, got, plainly); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLargeSettingsAreRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(file, make([]byte, longestConfig+1), 0o600); err != nil {
		t.Fatal(err)
	}
	got := frameworkbot("", "ask", "--config", file, "laravel")
	if got.code != exitWrong || !strings.Contains(got.errs, "has more than 1048576 bytes") {
		t.Errorf("got %+v", got)
	}
}
