package ops_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"frameworkbot/bot"
	"frameworkbot/bot/ops"
)

// series are the names of all metrics that there are, those of histograms with
// their suffixes, and the labels of each.
func series(t *testing.T) map[string][]string {
	t.Helper()
	o := pages(ops.Content{Pages: 60}, busy("slack"), busy("discord"))
	o.Observe(bot.Observation{Platform: "slack", Kind: bot.NoneKind, Outcome: bot.Unanswered})
	all := map[string][]string{"up": {"job"}} // which Prometheus adds
	label := regexp.MustCompile(`(\w+)="`)
	for _, line := range scraped(t, o) {
		name, rest, _ := strings.Cut(line, "{")
		name, _, _ = strings.Cut(name, " ")
		all[name] = append(all[name], "job", "instance")
		for _, found := range label.FindAllStringSubmatch(rest, -1) {
			all[name] = append(all[name], found[1])
		}
	}
	return all
}

// words are names in an expression, and strings in it.
var words = regexp.MustCompile(`"[^"]*"|\$?[A-Za-z_][\w]*`)

// language are the words of PromQL that are used, and what Grafana puts in.
var language = strings.Fields("sum max min by rate increase histogram_quantile label_values h m s $__rate_interval $instance")

// checkExpression checks that each name in an expression is a metric, one of
// its labels, or a word of the language.
func checkExpression(t *testing.T, where, text string, all map[string][]string) {
	t.Helper()
	var labels, metrics []string
	for _, w := range words.FindAllString(text, -1) {
		if of, ok := all[w]; ok {
			metrics, labels = append(metrics, w), append(labels, of...)
		}
	}
	if len(metrics) == 0 {
		t.Errorf("%s: there is no metric in %s", where, text)
	}
	for _, w := range words.FindAllString(text, -1) {
		if w[0] != '"' && all[w] == nil && !slices.Contains(labels, w) && !slices.Contains(language, w) {
			t.Errorf("%s: %q is neither a metric nor one of its labels in %s", where, w, text)
		}
	}
	if strings.Count(text, "(") != strings.Count(text, ")") || strings.Count(text, "{") != strings.Count(text, "}") || strings.Count(text, `"`)%2 != 0 {
		t.Errorf("%s: brackets or quotes do not match in %s", where, text)
	}
}

// TestDashboard: each panel of the dashboard shows metrics that there are, and
// has a place of its own.
func TestDashboard(t *testing.T) {
	data, err := os.ReadFile("../../deploy/grafana/frameworkbot.json")
	if err != nil {
		t.Fatal(err)
	}
	var dashboard struct {
		Title, UID string
		Templating struct{ List []struct{ Name string } }
		Panels     []struct {
			ID      int
			Title   string
			Type    string
			GridPos struct{ X, Y, W, H int }
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(data, &dashboard); err != nil {
		t.Fatal(err)
	}
	if dashboard.UID == "" || len(dashboard.Templating.List) != 2 || len(dashboard.Panels) < 20 {
		t.Errorf("%s, %d panels", dashboard.UID, len(dashboard.Panels))
	}
	all, ids, places := series(t), map[int]bool{}, map[[2]int]bool{}
	shown := map[string]bool{}
	for _, p := range dashboard.Panels {
		if ids[p.ID] || places[[2]int{p.GridPos.X, p.GridPos.Y}] || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("%s: id or place of another panel", p.Title)
		}
		ids[p.ID], places[[2]int{p.GridPos.X, p.GridPos.Y}] = true, true
		if p.Title == "" || (p.Type != "row") != (len(p.Targets) > 0) {
			t.Errorf("panel %d shows nothing", p.ID)
		}
		for _, target := range p.Targets {
			checkExpression(t, p.Title, target.Expr, all)
			for _, w := range words.FindAllString(target.Expr, -1) {
				shown[w] = true
			}
		}
	}
	for name := range all { // what we count ourselves is shown somewhere
		base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_sum"), "_count"), "_bucket")
		hidden := strings.HasSuffix(name, "_timestamp_seconds") || strings.HasSuffix(name, "_since_seconds")
		if strings.HasPrefix(name, "frameworkbot_") && !shown[name] && !shown[base+"_bucket"] && !hidden {
			t.Errorf("%s is shown nowhere", name)
		}
	}
}

// TestRules: each alert watches metrics that there are, and says what to do.
func TestRules(t *testing.T) {
	data, err := os.ReadFile("../../deploy/prometheus/rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(data, &rules); err != nil {
		t.Fatal(err)
	}
	all, names := series(t), map[string]bool{}
	for _, group := range rules.Groups {
		for _, r := range group.Rules {
			if names[r.Alert] || !strings.HasPrefix(r.Alert, "Frameworkbot") {
				t.Errorf("%q is no name of its own", r.Alert)
			}
			names[r.Alert] = true
			checkExpression(t, r.Alert, r.Expr, all)
			if !slices.Contains([]string{"critical", "warning", "info"}, r.Labels["severity"]) || r.Annotations["summary"] == "" || r.Annotations["action"] == "" {
				t.Errorf("%s does not say how severe it is, what happens and what to do", r.Alert)
			}
			if r.For != "" && !regexp.MustCompile(`^\d+[smh]$`).MatchString(r.For) {
				t.Errorf("%s: %q is no time", r.Alert, r.For)
			}
		}
	}
	if len(names) < 10 {
		t.Errorf("%d alerts", len(names))
	}
}
