package deploy_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// links are those to other files of the repository.
var links = regexp.MustCompile(`\]\(([^)\s:#]+)(#[^)]*)?\)`)

// TestLinks: what the documentation points to is there, and so is the heading.
func TestLinks(t *testing.T) {
	files, err := filepath.Glob("../docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documentation: %v", err)
	}
	for _, file := range append(files, "../README.md") {
		for _, link := range links.FindAllStringSubmatch(read(t, file), -1) {
			to := filepath.Join(filepath.Dir(file), link[1])
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s points to %s, which is not there", file, link[1])
				continue
			}
			if heading := strings.TrimPrefix(link[2], "#"); heading != "" && !headings(t, to)[heading] {
				t.Errorf("%s points to %s%s: there is no such heading", file, link[1], link[2])
			}
		}
	}
}

// headings are those of a file, as links name them.
func headings(t *testing.T, file string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for line := range strings.Lines(read(t, file)) {
		if text, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			found[regexp.MustCompile(`[^\p{L}\p{N}_-]`).ReplaceAllString(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(text)), " ", "-"), "")] = true
		}
	}
	return found
}

// TestSecurity: who finds a weakness learns where to report it, and who judges
// the bot what is done and what is not.
func TestSecurity(t *testing.T) {
	text := read(t, "../docs/SECURITY.md")
	for _, heading := range []string{"Report a weakness", "What is worth protecting", "From whom", "What is done", "What is not"} {
		if !strings.Contains(text, "\n## "+heading+"\n") {
			t.Errorf("SECURITY.md has no part %q", heading)
		}
	}
	if !strings.Contains(text, "security advisories") || strings.Contains(text, "@example") || strings.Contains(text, "mailto:") {
		t.Error("SECURITY.md does not say where to report, or says it wrongly")
	}
}

// TestReadmeBegins with the two commands that need Go and nothing else.
func TestReadmeBegins(t *testing.T) {
	text := read(t, "../README.md")
	first := strings.Index(text, "\n## ")
	for _, command := range []string{"\n$ go run ./cmd/frameworkbot ask laravel ", "\n$ go test ./... "} {
		if at := strings.Index(text, command); at < 0 || at > first {
			t.Errorf("the README does not begin with %q", command)
		}
	}
}
