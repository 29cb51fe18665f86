package deploy_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "accept the manifests as they are now")

// cases are the files of values in testdata, by name.
func cases(t *testing.T) map[string]map[string]any {
	t.Helper()
	files, err := filepath.Glob("testdata/*.values.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no values: %v", err)
	}
	all := map[string]map[string]any{}
	for _, file := range files {
		all[strings.TrimSuffix(filepath.Base(file), ".values.yaml")] = readYAML(t, file)
	}
	return all
}

// TestChart keeps the manifests: a change to a template shows in the diff what
// it does to each kind of release. They are held to what Kubernetes takes, too.
func TestChart(t *testing.T) {
	c := openChart(t)
	for name, values := range cases(t) {
		t.Run(name, func(t *testing.T) {
			checkValues(t, overlaid(c.values, values), "")
			got, err := c.release(values)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, "testdata/"+name+".golden.yaml", got)
			manifests := documents(t, got)
			checkShapes(t, manifests)
			checkRelease(t, manifests)
		})
	}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(read(t, file), got); diff != "" {
		t.Errorf("%s differs (-want +got), -update accepts it:\n%s", file, diff)
	}
}

// TestChartRefuses: values that would make a bot that answers twice, or not at
// all, are told at once, with what to do.
func TestChartRefuses(t *testing.T) {
	c := openChart(t)
	type m = map[string]any
	for name, test := range map[string]struct {
		values m
		want   string
	}{
		"two on the gateway": {m{"replicaCount": 2, "discord": m{"enabled": true, "existingSecret": "x"}}, "each of them would answer"},
		"Slack, no Secret":   {m{"slack": m{"enabled": true}}, "slack.existingSecret"},
		"Discord, no Secret": {m{"discord": m{"enabled": true}}, "discord.existingSecret"},
		"no public key":      {m{"discord": m{"enabled": true, "mode": "http", "existingSecret": "x"}}, "discord.publicKey"},
		"ingress to nobody":  {m{"ingress": m{"enabled": true, "host": "x"}}, "nobody calls the bot"},
		"ingress, no host":   {m{"slack": m{"enabled": true, "mode": "http", "existingSecret": "x"}, "ingress": m{"enabled": true}}, "ingress.host"},
		"no repository":      {m{"content": m{"git": m{"enabled": true}}}, "content.git.repository"},
		"no pages":           {m{"content": m{"builtin": false}}, "nothing to answer from"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := c.release(test.values); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got the error %v, want one with %q", err, test.want)
			}
		})
	}
}

// TestHelm renders the same with Helm itself, and lints.
func TestHelm(t *testing.T) {
	helm, err := exec.LookPath("helm")
	if err != nil {
		t.Skip("Helm's own rendering is not compared: helm is not on PATH")
	}
	run := func(t *testing.T, args ...string) (string, error) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), helm, args...)
		cmd.Env = append(os.Environ(), "HELM_CACHE_HOME="+t.TempDir(), "HELM_CONFIG_HOME="+t.TempDir(), "HELM_DATA_HOME="+t.TempDir())
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	c := openChart(t)
	for name, values := range cases(t) {
		t.Run(name, func(t *testing.T) {
			file := "testdata/" + name + ".values.yaml"
			if out, err := run(t, "lint", "--strict", chartDir, "--values", file); err != nil {
				t.Errorf("helm lint: %v\n%s", err, out)
			}
			out, err := run(t, "template", "bot", chartDir, "--kube-version", "1.30.0", "--namespace", "chat", "--values", file)
			if err != nil {
				t.Fatalf("helm template: %v\n%s", err, out)
			}
			ours, err := c.release(values)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(byName(documents(t, out)), byName(documents(t, ours))); diff != "" {
				t.Errorf("Helm renders otherwise (-helm +ours):\n%s", diff)
			}
		})
	}
	if out, err := run(t, "template", "bot", chartDir, "--kube-version", "1.30.0", "--set", "replicas=2"); err == nil || !strings.Contains(out, "replicas") {
		t.Errorf("Helm does not refuse a value that there is not (%v):\n%s", err, out)
	}
}

// byName are the objects by kind and name.
func byName(all []object) map[string]object {
	found := map[string]object{}
	for _, o := range all {
		found[o.text("kind")+" "+o.text("metadata", "name")] = o
	}
	return found
}
