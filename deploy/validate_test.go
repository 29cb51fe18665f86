package deploy_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// secrets are what is mounted for the variables that name files.
var secrets = map[string]string{
	"SLACK_BOT_TOKEN_FILE":      "xoxb-1-2-abc",
	"SLACK_APP_TOKEN_FILE":      "xapp-1-A1-2-abc",
	"SLACK_SIGNING_SECRET_FILE": "0123456789abcdef0123456789abcdef",
	"DISCORD_TOKEN_FILE":        "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB",
}

// TestProgramTakesWhatTheChartGives has the program itself judge the settings
// and the environment of each release.
func TestProgramTakesWhatTheChartGives(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "frameworkbot")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../cmd/frameworkbot").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	c := openChart(t)
	for name, values := range cases(t) {
		t.Run(name, func(t *testing.T) {
			text, err := c.release(values)
			if err != nil {
				t.Fatal(err)
			}
			root := t.TempDir()
			var settings string
			var env []string
			for _, o := range documents(t, text) {
				switch {
				case strings.HasSuffix(o.text("metadata", "name"), "-config"):
					settings = filepath.Join(root, "config.yaml")
					write(t, settings, o.text("data", "config.yaml"))
				case o.text("kind") == "Deployment":
					env = environment(t, root, o.in("spec", "template", "spec").all("containers")[0])
				}
			}
			cmd := exec.CommandContext(t.Context(), program, "config", "validate", settings)
			cmd.Env = env
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for _, service := range []string{"slack", "discord"} {
				want := service + " is off\n"
				if s := object(values).in(service); s["enabled"] == true {
					want = service + " is on, mode "
				}
				if !strings.Contains(string(out), want) {
					t.Errorf("it says %q, want %q", out, want)
				}
			}
		})
	}
}

// environment is that of a container, with the files that it names below root.
func environment(t *testing.T, root string, container object) []string {
	t.Helper()
	env := map[string]string{}
	for _, e := range container.all("env") {
		name, value := e.text("name"), e.text("value")
		if secret, ok := secrets[name]; ok {
			value = filepath.Join(root, value)
			write(t, value, secret)
			if err := os.Chmod(value, 0o440); err != nil {
				t.Fatal(err)
			}
		}
		env[name] = value
	}
	var list []string
	for _, name := range slices.Sorted(maps.Keys(env)) {
		list = append(list, name+"="+env[name])
	}
	return list
}
