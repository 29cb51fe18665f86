package foreign

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// What one file may cost, on a machine that has nothing else to do.
const (
	mostTime   = 200 * time.Millisecond
	mostMemory = memory << 20
)

// hostile files are made to cost much.
var hostile = map[string]string{
	"[": "[", "![": "![", "[[": "[[", "[a](": "[a](", "[a]: ": "[a]: b\n", "[a][b]": "[a][b]", "][": "][", "]": "]", "[^a": "[^a", "[^a]": "[^a]",
	"<": "<", "<a": "<a", "<a ": "<a ", "<a \"": "<a b=\"", "<a '\"": "<a b='\"<c d=\"'", "<!--": "<!--", "<!": "<!a", "<?": "<?", "</": "</a", "</a>": "</a>", "<A>": "<A>\n",
	"<a href>": "<a href=\"https://b.example\">", "<script>": "<script src='a'>", "<code>": "<code>", "<pre>": "<pre>\n", "<td>": "<td>", "<li>": "<li>a", "<b>": "<b></b>",
	"{": "{", "{{": "{{", "{{<": "{{< ", "{{%": "{{% a %}}", "{%": "{% ", "{% a": "{% a %}", "{#": "{#", "{:": "{:", "{.a": "{.a ", "{/*": "{/*", "{{{{": "{{a}}}}", "${{": "${{",
	"highlight": "{{< highlight a >}}\n", "comment": "{{% comment %}}\n", "raw": "{% raw %}", "{% highlight": "{% highlight a %}\n",
	"mdx": "import a from 'b'\n\n{(", "export": "export const a = {\n\n", "import": "import {\n",
	">": ">", "> ": "> ", "> [!a]": "> [!note]\n", "- ": "- ", "1. ": "1. ", "- lines": "- a\n", "nested": "\n - ", "`": "`", "``": "a`b``c```d````e", "~": "~~~\n", "```": "```\n",
	":::": ":::", "::: lines": ":::note\n", "!!!": "!!! note\n", "=== ": "=== \"a\"\n", "///": "/// a\n", "%%": "%%", "%% lines": "%%\n", "== ": " ==a", "^": " ^a", ":m": ":material-", "\\": "\\",
	"#": "# ", "|": "|", "*": "*", "****": "**{{a}}**", "tabs": "\t", "spaces": " ", "lines": "\n", "=": "=\n", "&": "&amp;", "bytes": "\xff", "NUL": "\x00", "CR": "\r", "a": "a", "$": "$", "import ": "import ",
}

func TestHostileBodies(t *testing.T) {
	for name, piece := range hostile {
		t.Run(name, func(t *testing.T) { costs(t, []byte(strings.Repeat(piece, hostileBytes/len(piece)))) })
	}
	t.Run("all kinds", func(t *testing.T) {
		var b strings.Builder
		for _, piece := range hostile {
			b.WriteString(strings.Repeat(piece, hostileBytes/100/len(piece)))
		}
		costs(t, []byte(b.String()))
	})
}

// nested pairs an opening with its closing piece.
func TestNestedBodies(t *testing.T) {
	for open, closer := range map[string]string{
		"[": "](a)", "[a": "]", "<a>": "</a>", "{{": "}}", "<b><": ">", "<a href='https://b.example'>": "</a>", "(": ")", "**": "**", "{{%": "%}}", "<": ">", "[^": "]", "[[": "]]", "<A b={": "}>",
	} {
		t.Run(open, func(t *testing.T) {
			n := hostileBytes / (len(open) + len(closer))
			costs(t, []byte(strings.Repeat(open, n)+strings.Repeat(closer, n)))
		})
	}
}

func TestHostileFrontMatter(t *testing.T) {
	for name, front := range map[string]string{
		"alias bomb":  "a: &a [x,x,x,x,x,x,x,x,x]\n" + strings.Repeat("b: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n", 400),
		"deep":        "a: " + strings.Repeat("[", 30000),
		"deep maps":   strings.Repeat("{a: ", 15000),
		"deep lists":  strings.Repeat("- ", 30000),
		"long key":    strings.Repeat("k", 60000) + ": v",
		"many keys":   strings.Repeat("k: v\n", 12000),
		"bad keys":    strings.Repeat("k: [\n", 12000),
		"quotes":      "a: \"" + strings.Repeat("\\", 60000),
		"questions":   strings.Repeat("? ", 30000),
		"anchors":     "a: " + strings.Repeat("&a ", 20000),
		"folded":      "a: >\n" + strings.Repeat("  x\n", 15000),
		"plain":       "a: b\n" + strings.Repeat("  x\n", 15000),
		"tags":        "a: !!python/object/apply:os.system [x]\nb: !!binary " + strings.Repeat("x", 50000),
		"brackets":    "title: " + strings.Repeat("[a](", 12000),
		"tags of it":  "title: \"" + strings.Repeat("<a ", 15000) + "\"",
		"many values": "tags: [" + strings.Repeat("a, ", 20000) + "]",
		"merge":       strings.Repeat("<<: {a: b}\n", 5000),
		"comments":    strings.Repeat("#\n", 30000),
		"documents":   strings.Repeat("a: b\n... \n", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			costs(t, []byte("---\n"+front+"\n---\ntext"))
			costs(t, []byte("---\n"+strings.Repeat(front+"\n", 10)+"---\ntext"))
			costs(t, []byte("+++\n"+front+"\n+++\ntext"))
			costs(t, []byte("{\""+front+"\n"))
			Strict([]byte("---\n" + front))
		})
	}
}

// costs reads a file and fails if that takes too much. A machine that is busy
// with something else gets another chance.
func costs(t *testing.T, data []byte) {
	t.Helper()
	var p Page
	var took time.Duration
	var used uint64
	for range 3 {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		p, _ = Read(data)
		took = time.Since(start)
		runtime.ReadMemStats(&after)
		if used = after.TotalAlloc - before.TotalAlloc; took < slowness*mostTime {
			break
		}
	}
	if took > slowness*mostTime {
		t.Errorf("%d bytes took %v", len(data), took)
	}
	if used > mostMemory {
		t.Errorf("%d bytes took %d MiB", len(data), used>>20)
	}
	if testing.Verbose() && took > mostTime/2 {
		t.Logf("%s: %v, %d MiB", t.Name(), took, used>>20)
	}
	if again, _ := clean(p.Body, nil); again != p.Body {
		t.Error("cleaning it once is not enough")
	}
}
