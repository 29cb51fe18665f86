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
)

// TestExampleHasTheDefaults keeps config.example.yaml complete and true.
func TestExampleHasTheDefaults(t *testing.T) {
	const file = "../../config.example.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range settings {
		if !strings.Contains(string(data), s.env()) {
			t.Errorf("%s is not mentioned", s.env())
		}
	}
	var c config // empty, so that what the file leaves out shows
	if problems := c.readFile(file, data); len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(defaults(), c); diff != "" {
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
	if n := len((&fileConfig{}).values()); n != len(settings) {
		t.Errorf("%d values, %d settings", n, len(settings))
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
	if diff := cmp.Diff(want, got); diff != "" {
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
