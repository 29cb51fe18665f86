package deploy_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"go.yaml.in/yaml/v4"
)

const chartDir = "helm/frameworkbot"

// A chart is a Helm chart that is rendered here with the few functions that it
// uses. TestHelm holds this rendering to Helm's own, where there is a helm.
type chart struct {
	templates *template.Template
	values    map[string]any
	about     map[string]any
}

func openChart(t *testing.T) *chart {
	t.Helper()
	c := &chart{values: readYAML(t, chartDir+"/values.yaml"), about: readYAML(t, chartDir+"/Chart.yaml")}
	set := template.New("").Option("missingkey=error")
	set.Funcs(functions(set))
	files, err := filepath.Glob(chartDir + "/templates/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no templates: %v", err)
	}
	for _, file := range files {
		if _, err := set.New(filepath.Base(file)).Parse(read(t, file)); err != nil {
			t.Fatal(err)
		}
	}
	c.templates = set
	return c
}

// functions are those of Helm that the chart may use: whoever needs another one
// adds it here.
func functions(set *template.Template) template.FuncMap {
	return template.FuncMap{
		"include": func(name string, data any) (string, error) {
			var b strings.Builder
			err := set.ExecuteTemplate(&b, name, data)
			return b.String(), err
		},
		"toYaml": func(v any) (string, error) {
			data, err := yaml.Dump(v, yaml.WithIndent(2), yaml.WithCompactSeqIndent()) // as Helm writes it
			return strings.TrimSuffix(string(data), "\n"), err
		},
		"default": func(standard, v any) any {
			if truth, _ := template.IsTrue(v); truth {
				return v
			}
			return standard
		},
		"fail":       func(text string) (string, error) { return "", errors.New(text) },
		"quote":      func(v any) string { return strconv.Quote(fmt.Sprint(v)) },
		"nindent":    func(n int, text string) string { return "\n" + indented(n, text) },
		"trunc":      func(n int, text string) string { return text[:min(n, len(text))] },
		"trimSuffix": func(suffix, text string) string { return strings.TrimSuffix(text, suffix) },
		"contains":   func(part, text string) bool { return strings.Contains(text, part) },
		"sha256sum":  func(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) },
		"int":        func(n int) int { return n },
		"list":       func(items ...any) []any { return items },
		"append":     func(items []any, item any) []any { return append(slices.Clip(items), item) },
		"join": func(between string, items []any) string {
			texts := make([]string, len(items))
			for i, item := range items {
				texts[i] = fmt.Sprint(item)
			}
			return strings.Join(texts, between)
		},
	}
}

func indented(n int, text string) string {
	pad := strings.Repeat(" ", n)
	return pad + strings.ReplaceAll(text, "\n", "\n"+pad)
}

// release is what the chart becomes with the values of one file laid over its own.
func (c *chart) release(values map[string]any) (string, error) {
	data := map[string]any{
		"Values":  overlaid(c.values, values),
		"Chart":   map[string]any{"Name": c.about["name"], "Version": c.about["version"], "AppVersion": c.about["appVersion"]},
		"Release": map[string]any{"Name": "bot", "Namespace": "chat", "Service": "Helm"},
	}
	var all bytes.Buffer
	for _, name := range []string{"serviceaccount", "configmap", "networkpolicy", "poddisruptionbudget", "deployment", "service", "ingress"} {
		var one strings.Builder
		if err := c.templates.ExecuteTemplate(&one, name+".yaml", data); err != nil {
			return "", err
		}
		if text := strings.TrimSpace(one.String()); text != "" {
			fmt.Fprintf(&all, "---\n%s\n", text)
		}
	}
	return all.String(), c.templates.ExecuteTemplate(new(bytes.Buffer), "NOTES.txt", data)
}

// overlaid lays maps over maps; everything else is replaced.
func overlaid(below, above map[string]any) map[string]any {
	merged := maps.Clone(below)
	for key, value := range above {
		low, isMap := merged[key].(map[string]any)
		if high, ok := value.(map[string]any); ok && isMap {
			value = overlaid(low, high)
		}
		merged[key] = value
	}
	return merged
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func readYAML(t *testing.T, file string) map[string]any {
	t.Helper()
	m := map[string]any{}
	if err := yaml.Unmarshal([]byte(read(t, file)), &m); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return m
}

// documents are the objects that text holds.
func documents(t *testing.T, text string) (all []object) {
	t.Helper()
	for part := range strings.SplitSeq("\n"+text, "\n---\n") {
		var o map[string]any // not object: what is below would be objects as well
		if err := yaml.Unmarshal([]byte(part), &o); err != nil {
			t.Fatalf("%v in\n%s", err, part)
		}
		if len(o) > 0 {
			all = append(all, o)
		}
	}
	return all
}

// An object is one of Kubernetes, or a part of one.
type object map[string]any

// at is what the path leads to, nil if there is nothing.
func (o object) at(path ...string) any {
	var v any = map[string]any(o)
	for _, key := range path {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	return v
}

// in is the part that the path leads to.
func (o object) in(path ...string) object {
	m, _ := o.at(path...).(map[string]any)
	return m
}

// all are the objects of the list that the path leads to.
func (o object) all(path ...string) (items []object) {
	list, _ := o.at(path...).([]any)
	for _, item := range list {
		m, _ := item.(map[string]any)
		items = append(items, m)
	}
	return items
}

func (o object) text(path ...string) string {
	s, _ := o.at(path...).(string)
	return s
}
