package deploy_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDockerfile: what the image is must be what the chart and the compose file
// count on.
func TestDockerfile(t *testing.T) {
	file := read(t, "../Dockerfile")
	last := file[strings.LastIndex(file, "\nFROM "):]
	const program = "/usr/bin/frameworkbot"
	for _, want := range []string{
		"COPY --from=build /frameworkbot " + program + "\n",
		"\nUSER 65532:65532\n",
		`CMD ["` + program + `", "health", "--url", "/healthz"]`,
		"\nSTOPSIGNAL SIGTERM\n",
		`ENTRYPOINT ["` + program + `"]` + "\n" + `CMD ["serve"]`,
	} {
		if !strings.Contains(last, want) {
			t.Errorf("the image lacks %q", want)
		}
	}
	for _, line := range regexp.MustCompile(`(?m)^ENV (\w+)=`).FindAllStringSubmatch(last, -1) {
		if !variables(t)[line[1]] {
			t.Errorf("the program does not know the variable %s", line[1])
		}
	}
	if strings.Contains(last, "RUN ") || strings.Contains(last, "VOLUME") {
		t.Error("nothing can be run in the last image, and nothing has to be kept")
	}
}

// TestSameFlags: the image and the archives are built with the same flags, which
// the documentation names for whoever wants the same bytes.
func TestSameFlags(t *testing.T) {
	for _, where := range []string{"../Dockerfile", "../docs/deploy.md"} {
		text := strings.ReplaceAll(read(t, where), `"-s -w"`, `'-s -w'`)
		if !strings.Contains(text, "go build -mod=readonly -trimpath -ldflags='-s -w' ") {
			t.Errorf("%s builds with other flags", where)
		}
	}
	build := object(readYAML(t, "../.goreleaser.yaml")).all("builds")[0]
	for key, want := range map[string]string{
		"flags": "[-mod=readonly -trimpath]", "ldflags": "[-s -w]", "env": "[CGO_ENABLED=0]",
		"goos": "[linux darwin windows]", "goarch": "[amd64 arm64]", "mod_timestamp": "{{ .CommitTimestamp }}",
	} {
		if got := fmt.Sprint(build[key]); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
}

// TestPackages: what goes into archives and packages is there, and is dated by
// the commit.
func TestPackages(t *testing.T) {
	release := object(readYAML(t, "../.goreleaser.yaml"))
	var formats []any
	files := release.all("archives")[0].all("files")
	for _, p := range release.all("nfpms") {
		formats = append(formats, p.at("formats").([]any)...)
		files = append(files, p.all("contents")...)
	}
	if fmt.Sprint(formats) != "[deb rpm apk]" {
		t.Errorf("there are the packages %v", formats)
	}
	for _, f := range files {
		found, err := filepath.Glob("../" + f.text("src"))
		if err != nil || len(found) == 0 {
			t.Errorf("there is no file %v", f["src"])
		}
		info := f.in("info")
		if info == nil {
			info = f.in("file_info")
		}
		if info.text("mtime") != "{{ .CommitDate }}" {
			t.Errorf("%v%v has the date of whoever builds", f["src"], f["dst"])
		}
	}
}

// serviceKeys are those of https://docs.docker.com/reference/compose-file/services/
// that the file may use.
var serviceKeys = []string{
	"build", "cap_drop", "env_file", "environment", "image", "logging", "mem_limit", "pids_limit", "ports", "read_only", "restart",
	"security_opt", "stop_grace_period", "user", "volumes",
}

func TestCompose(t *testing.T) {
	bot := object(readYAML(t, "compose.yaml")).in("services", "frameworkbot")
	for key := range bot {
		if !slices.Contains(serviceKeys, key) {
			t.Errorf("the key %s is not known here", key)
		}
	}
	for key, want := range map[string]string{
		"read_only": "true", "user": "65532:65532", "cap_drop": "[ALL]", "security_opt": "[no-new-privileges:true]", "build": "..",
		"stop_grace_period": "15s", "mem_limit": "256m",
	} {
		if got := fmt.Sprint(bot[key]); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	for variable := range bot.in("environment") {
		if !variables(t)[variable] {
			t.Errorf("the program does not know the variable %s", variable)
		}
	}
	for _, port := range bot.at("ports").([]any) {
		if !strings.HasPrefix(port.(string), "127.0.0.1:") {
			t.Errorf("the port %v is open to everybody", port)
		}
	}
}

// directives are those of a systemd unit, with all their values.
func directives(t *testing.T, file string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for line := range strings.Lines(read(t, file)) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(key, "#") {
			found[key] = append(found[key], value)
		}
	}
	return found
}

func TestUnit(t *testing.T) {
	unit := directives(t, "systemd/frameworkbot.service")
	for key, want := range map[string]string{
		"Type": "exec", "DynamicUser": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "",
		"KillSignal": "SIGTERM", "TimeoutStopSec": "15", "RestartPreventExitStatus": "2", "ExecReload": "/bin/kill -HUP $MAINPID", "UMask": "0077",
		"ExecStart": "/usr/bin/frameworkbot serve --config /etc/frameworkbot/config.yaml",
	} {
		if got := strings.Join(unit[key], "\n"); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
}

// TestCredentials: each secret that a drop-in loads is read through a variable
// that the program knows, and the other way round.
func TestCredentials(t *testing.T) {
	for file, secrets := range map[string]int{"systemd/slack.conf": 2, "systemd/discord.conf": 1} {
		unit := directives(t, file)
		if len(unit["LoadCredential"]) != secrets || len(unit["Environment"]) != secrets {
			t.Errorf("%s has %d credentials and %d variables, want %d of each", file, len(unit["LoadCredential"]), len(unit["Environment"]), secrets)
			continue
		}
		for i, credential := range unit["LoadCredential"] {
			id, from, _ := strings.Cut(credential, ":")
			variable, path, _ := strings.Cut(unit["Environment"][i], "=")
			if !variables(t)[variable] || path != "%d/"+id || from != "/etc/frameworkbot/secrets/"+id || strings.ToUpper(id)+"_FILE" != variable {
				t.Errorf("%s: %s is not what %s=%s reads", file, credential, variable, path)
			}
		}
	}
}

// TestUnitIsUnderstood has systemd itself read the unit with its drop-ins, and
// judge how exposed the service is: 0 is best, 10 worst.
func TestUnitIsUnderstood(t *testing.T) {
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("the unit is not looked at by systemd: systemd-analyze is not on PATH")
	}
	dir := t.TempDir()
	program, err := os.Executable() // something that can be run
	if err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(dir, "frameworkbot.service")
	write(t, unit, strings.ReplaceAll(read(t, "systemd/frameworkbot.service"), "/usr/bin/frameworkbot", program))
	for _, name := range []string{"slack.conf", "discord.conf"} {
		write(t, filepath.Join(dir, "frameworkbot.service.d", name), read(t, "systemd/"+name))
	}
	for _, args := range [][]string{
		{"verify", "--man=no", "--recursive-errors=no", unit},
		{"security", "--offline=yes", "--threshold=15", "--no-pager", unit},
	} {
		out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput()
		if about := aboutUs(string(out)); err != nil || args[0] == "verify" && about != "" {
			t.Errorf("systemd-analyze %s: %v\n%s", args[0], err, out)
		}
	}
}

// aboutUs are the lines that name the unit: other units of the machine may have
// slips of their own.
func aboutUs(out string) string {
	var lines []string
	for line := range strings.Lines(out) {
		if strings.Contains(line, "frameworkbot") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
