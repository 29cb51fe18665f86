package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestSchema keeps docs/config.schema.json what the program prints.
func TestSchema(t *testing.T) {
	got := frameworkbot("", "config", "schema")
	if got.code != 0 || got.errs != "" {
		t.Fatalf("%+v", got)
	}
	compare(t, "../../docs/config.schema.json", got.out)
}

// TestSchemaHasAllSettings: it describes each setting, and no other.
func TestSchemaHasAllSettings(t *testing.T) {
	if len(forms) != len(settings) {
		t.Errorf("%d settings are described, of %d", len(forms), len(settings))
	}
	for _, s := range settings {
		if about := forms[s.key].about; !strings.HasSuffix(about, ".") {
			t.Errorf("%s: %q is no sentence", s.key, about)
		}
		for _, value := range forms[s.key].enum {
			c := defaults()
			if err := s.set(&c, value); err != nil {
				t.Errorf("%s takes no %q, which the schema allows: %v", s.key, value, err)
			}
		}
	}
}

// TestSchemaFits: the example and the defaults fit, mistakes do not.
func TestSchemaFits(t *testing.T) {
	example, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		string(example): "",
		"slack:\ndiscord: {application_id: 1180000000000000202, enabled: true}\nlog: {level: }\n": "",
		"content: {dirs: [a, b], builtin: false}\nanswer: {deadline: 1m30s}\n":                    "",
		"slack: {enabled: auto, mode: http, commands: [/a]}\n":                                    "",
		"page: x\n":                     "page",
		"slack: {tokn: x}\n":            "slack.tokn",
		"slack: {mode: pigeon}\n":       "slack.mode",
		"log: {level: loud}\n":          "log.level",
		"limits: {burst: many}\n":       "limits.burst",
		"limits: {burst: -1}\n":         "limits.burst",
		"slack: {commands: /a}\n":       "slack.commands",
		"answer: {deadline: soon}\n":    "answer.deadline",
		"answer: {deadline: [2s]}\n":    "answer.deadline",
		"discord: {enabled: perhaps}\n": "discord.enabled",
		"log: text\n":                   "log",
	} {
		var doc any
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		if got := unfit(t, doc); got != want {
			t.Errorf("%q does not fit, want %q, in:\n%s", got, want, text)
		}
	}
}

// unfit is the key of what does not fit the schema, "" if all does.
func unfit(t *testing.T, doc any) string {
	t.Helper()
	data, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	var s map[string]any
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return strings.Trim(misfit(s, doc, ""), ".")
}

// misfit checks a value against the few words of JSON Schema that are used.
func misfit(s map[string]any, v any, key string) string {
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, v) {
		return key
	}
	if types, ok := s["type"].([]any); ok && !slices.Contains(types, any(typeOf(v))) {
		return key
	}
	switch v := v.(type) {
	case string:
		if pattern, ok := s["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
			return key
		}
	case int:
		if least, ok := s["minimum"].(float64); ok && float64(v) < least {
			return key
		}
	case map[string]any:
		for name, member := range v {
			of, ok := s["properties"].(map[string]any)[name].(map[string]any)
			if !ok {
				return key + "." + name
			}
			if bad := misfit(of, member, key+"."+name); bad != "" {
				return bad
			}
		}
	}
	return ""
}

func typeOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case int:
		return "integer"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return fmt.Sprintf("%T", v)
}
