package deploy_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// schemaOf is the schema of the chart's values.
func schemaOf(t *testing.T) map[string]any {
	t.Helper()
	var schema map[string]any
	if err := json.Unmarshal([]byte(read(t, chartDir+"/values.schema.json")), &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// checkValues holds values to the schema; want is what it must complain of.
func checkValues(t *testing.T, values map[string]any, want string) {
	t.Helper()
	complaints := strings.Join(violations("", schemaOf(t), values), "\n")
	if want == "" && complaints != "" || !strings.Contains(complaints, want) {
		t.Errorf("the schema says %q, want %q", complaints, want)
	}
}

// TestValuesAreInTheSchema: each value has its place in the schema, and the
// other way round.
func TestValuesAreInTheSchema(t *testing.T) {
	values := readYAML(t, chartDir+"/values.yaml")
	values["global"] = map[string]any{} // Helm's own
	var compare func(path string, schema, values map[string]any)
	compare = func(path string, schema, values map[string]any) {
		properties, _ := schema["properties"].(map[string]any)
		if schema["additionalProperties"] != false {
			return // anything may be there
		}
		for key := range properties {
			if _, ok := values[key]; !ok {
				t.Errorf("%s%s is in values.schema.json, but not in values.yaml", path, key)
			}
		}
		for key, value := range values {
			below, ok := properties[key].(map[string]any)
			if !ok {
				t.Errorf("%s%s is in values.yaml, but not in values.schema.json", path, key)
			}
			if m, ok := value.(map[string]any); ok {
				compare(path+key+".", below, m)
			}
		}
	}
	compare("", schemaOf(t), values)
}

// TestSchemaRefuses: slips are told before anything is rendered.
func TestSchemaRefuses(t *testing.T) {
	c := openChart(t)
	type m = map[string]any
	for name, test := range map[string]struct {
		values m
		want   string
	}{
		"unknown key":          {m{"replicas": 2}, "replicas: not allowed"},
		"unknown key below":    {m{"slack": m{"token": "x"}}, "slack.token: not allowed"},
		"wrong type":           {m{"replicaCount": "2"}, "replicaCount: not of the type integer"},
		"wrong mode":           {m{"slack": m{"mode": "gateway"}}, "slack.mode: not one of"},
		"secret in config":     {m{"config": m{"slack": m{"bot_token": "x"}}}, "config.slack.bot_token: not allowed"},
		"set twice":            {m{"config": m{"content": m{"dirs": []any{"/x"}}}}, "config.content: not allowed"},
		"path that climbs out": {m{"content": m{"git": m{"path": "../../x"}}}, "content.git.path: does not match"},
		"two folders":          {m{"content": m{"git": m{"path": "a,b"}}}, "content.git.path: does not match"},
		"no page":              {m{"content": m{"pages": m{"slim.txt": "x"}}}, "content.pages.slim.txt: does not match"},
		"digest cut off":       {m{"image": m{"digest": "sha256:0123"}}, "image.digest: does not match"},
	} {
		t.Run(name, func(t *testing.T) { checkValues(t, overlaid(c.values, test.values), test.want) })
	}
}

// violations is all that is wrong with a value. It knows the part of JSON Schema
// that the chart uses, and complains of the rest.
func violations(path string, schema, value any) (found []string) {
	s, ok := schema.(map[string]any)
	if !ok {
		if schema == false {
			return []string{path + ": not allowed"}
		}
		return nil
	}
	bad := func(format string, args ...any) { found = append(found, path+": "+fmt.Sprintf(format, args...)) }
	for _, keyword := range slices.Sorted(maps.Keys(s)) {
		switch want := s[keyword]; keyword {
		case "$schema", "title", "properties":
		case "type":
			if !isType(value, want) {
				bad("not of the type %v", want)
				return found
			}
		case "enum":
			if !slices.Contains(want.([]any), value) {
				bad("not one of %v", want)
			}
		case "pattern":
			if text, _ := value.(string); !regexp.MustCompile(want.(string)).MatchString(text) {
				bad("does not match %v", want)
			}
		case "minLength", "maxLength", "minimum", "maximum":
			if size := sizeOf(value); strings.HasPrefix(keyword, "min") && size < want.(float64) || strings.HasPrefix(keyword, "max") && size > want.(float64) {
				bad("beyond the %s of %v", keyword, want)
			}
		case "items":
			for i, item := range value.([]any) {
				found = append(found, violations(fmt.Sprintf("%s[%d]", path, i), want, item)...)
			}
		case "required":
			for _, key := range want.([]any) {
				if _, ok := value.(map[string]any)[key.(string)]; !ok {
					bad("%v is missing", key)
				}
			}
		case "propertyNames":
			for key := range value.(map[string]any) {
				found = append(found, violations(join(path, key), want, key)...)
			}
		case "additionalProperties":
		default:
			bad("the schema has the keyword %q, which is not known here", keyword)
		}
	}
	members, _ := value.(map[string]any)
	properties, _ := s["properties"].(map[string]any)
	for key, member := range members {
		below, known := properties[key]
		if !known {
			below = s["additionalProperties"]
		}
		found = append(found, violations(join(path, key), below, member)...)
	}
	return found
}

func join(path, key string) string { return strings.TrimPrefix(path+"."+key, ".") }

func isType(value, name any) bool {
	is := map[any]bool{}
	switch value.(type) {
	case map[string]any:
		is["object"] = true
	case []any:
		is["array"] = true
	case string:
		is["string"] = true
	case bool:
		is["boolean"] = true
	case int:
		is["integer"] = true
	}
	return is[name]
}

func sizeOf(value any) float64 {
	switch v := value.(type) {
	case string:
		return float64(len(v))
	case int:
		return float64(v)
	}
	return 0
}
