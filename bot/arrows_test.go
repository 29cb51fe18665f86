package bot_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "frameworkbot"

// Reasons that several rooms share.
const (
	aPlatform = "a platform passes messages to the core and renders its answers; it knows neither the index nor another platform"
	oneTree   = "answers are CommonMark, taken apart in one place"
	wires     = "cmd is the only room with a key to every door"
)

// arrows say for each package of the module which others it may import, and
// why, apart from the standard library. A path that ends in a slash stands for
// all below it. Tests may import more.
var arrows = map[string]map[string]string{
	"seeds":  {}, // content: cmd hands it to index as an fs.FS
	"deploy": {}, // manifests, and the tests that hold them
	"index": {
		"github.com/blevesearch/":    "the search engine stays in one room",
		"github.com/yuin/goldmark/":  "pages are CommonMark",
		"go.yaml.in/yaml/v4":         "front matter is YAML",
		"golang.org/x/sync/errgroup": "as many files are read at once as there are processors",
		"golang.org/x/sys/":          "an index on disk is locked by the processes that use it",
		"golang.org/x/text/unicode/": "questions are compared in NFKC",
	},
	"index/foreign": {
		"go.yaml.in/yaml/v4": "front matter of other tools is YAML",
	},
	"index/library": {
		"frameworkbot/index":         "what folders hold becomes an index",
		"frameworkbot/index/foreign": "folders hold pages of other tools as well",
		"golang.org/x/sync/errgroup": "as many files are read at once as there are processors",
	},
	"index/imports": {
		"frameworkbot/index":         "what is imported must be a page that can be read",
		"frameworkbot/index/foreign": "what is imported was written for other tools",
		"golang.org/x/text/unicode/": "names become paths without accents",
	},
	"bot": {
		"frameworkbot/index":     "the core answers from the index, and knows no platform",
		"golang.org/x/time/rate": "one person may ask only so much",
	},
	"bot/markdown": {
		"github.com/yuin/goldmark/": "answers are CommonMark, taken apart once for all platforms",
		"golang.org/x/text/width":   "wide letters take two columns",
	},
	"bot/bottest": {
		"frameworkbot/bot":   "it holds the contract of the core's interfaces",
		"go.uber.org/goleak": "a platform leaves no goroutine behind",
	},
	"bot/console": {
		"frameworkbot/bot":          aPlatform,
		"frameworkbot/bot/markdown": oneTree,
		"golang.org/x/term":         "only the console asks a terminal for its width",
	},
	"bot/slack": {
		"frameworkbot/bot":             aPlatform,
		"frameworkbot/bot/markdown":    oneTree,
		"github.com/slack-go/":         "Slack's client stays in one room",
		"github.com/gorilla/websocket": "Socket Mode is a websocket, and the loop over it is ours",
		"golang.org/x/time/rate":       "one message a second and channel",
	},
	"bot/discord": {
		"frameworkbot/bot":             aPlatform,
		"frameworkbot/bot/markdown":    oneTree,
		"github.com/bwmarrin/":         "Discord's client stays in one room",
		"github.com/gorilla/websocket": "the gateway is a websocket, and the loop over it is ours",
	},
	"bot/slack/slacktest": {
		"github.com/gorilla/websocket": "the Slack that it plays has a websocket",
	},
	"bot/discord/discordtest": {
		"github.com/gorilla/websocket": "the gateway that it plays is a websocket",
	},
	"bot/web": {
		"frameworkbot/bot":          aPlatform,
		"frameworkbot/bot/markdown": oneTree,
	},
	"bot/ops": {
		"frameworkbot/bot":       "it tells what the platforms say of themselves; it knows none of them",
		"github.com/prometheus/": "metrics stay in one room",
		"go.opentelemetry.io/":   "traces stay in one room",
	},
	"cmd/frameworkbot": {
		"frameworkbot/":          wires,
		"github.com/spf13/cobra": "commands and flags",
		"golang.org/x/term":      "colour only where there is a terminal",
		"go.yaml.in/yaml/v4":     "the configuration is YAML",
	},
}

// pure packages work on what they are handed: they do not reach out by themselves.
var pure = map[string]map[string]string{
	"seeds": {"net": "content is embedded", "os": "content is embedded"},
	"index": {"net": "search needs no network", "net/http": "search needs no network"},
	"bot":   {"net": "answers need no network", "net/http": "answers need no network", "os": "settings come from cmd"},
}

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Imports    []string
}

func TestArrows(t *testing.T) {
	standard := standardLibrary(t)
	for _, p := range goList(t, "-json=ImportPath,Imports", "./...") {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		allowed, known := arrows[name]
		if !known {
			t.Errorf("package %s is not in the table: say what it may import, and why", name)
			continue
		}
		for _, path := range p.Imports {
			if reason := pure[name][path]; reason != "" {
				t.Errorf("%s imports %s, but %s", name, path, reason)
			}
			if !standard[path] && !permits(allowed, path) {
				t.Errorf("%s must not import %s. It may import %s", name, path, reasons(allowed))
			}
		}
	}
}

// permits reports whether the path, or a path above it that ends in a slash, is allowed.
func permits(allowed map[string]string, path string) bool {
	for one := range allowed {
		if path == one || strings.HasSuffix(one, "/") && strings.HasPrefix(path+"/", one) {
			return true
		}
	}
	return false
}

func reasons(allowed map[string]string) string {
	if len(allowed) == 0 {
		return "nothing but the standard library"
	}
	var b strings.Builder
	for path, reason := range allowed {
		b.WriteString("\n\t" + path + ": " + reason)
	}
	return b.String()
}

// TestArrowsGiveReasons: an arrow without a reason cannot be judged by who wants another.
func TestArrowsGiveReasons(t *testing.T) {
	for name, allowed := range arrows {
		for path, reason := range allowed {
			if reason == "" {
				t.Errorf("%s may import %s, but why?", name, path)
			}
		}
	}
	if permits(arrows["bot/console"], "frameworkbot/index") || permits(arrows["bot/slack"], "frameworkbot/bot/discord") || permits(arrows["index"], "frameworkbot/bot") {
		t.Error("the table allows what the design forbids")
	}
}

func standardLibrary(t *testing.T) map[string]bool {
	t.Helper()
	std := map[string]bool{}
	for _, p := range goList(t, "-json=ImportPath", "std") {
		std[p.ImportPath] = true
	}
	return std
}

func goList(t *testing.T, args ...string) (all []listed) {
	t.Helper()
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("the import arrows are not checked: go is not on PATH")
	}
	cmd := exec.CommandContext(t.Context(), tool, append([]string{"list"}, args...)...)
	cmd.Dir = ".."
	cmd.Env = append(cmd.Environ(), "GOPROXY=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
