package markdown_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"frameworkbot/bot/bottest"
	. "frameworkbot/bot/markdown"
)

// FuzzParse holds what is true of any text, whoever wrote it.
func FuzzParse(f *testing.F) {
	for _, c := range bottest.Answers() {
		f.Add(c.Answer.Text)
		for _, s := range c.Answer.Sections {
			f.Add(s.Text)
		}
	}
	for _, src := range seeds {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		start := time.Now()
		blocks := Parse(src)
		checkTime(t, src, time.Since(start))
		checkBlocks(t, blocks)
	})
}

// seeds lead the fuzzer to every kind of block, look and fault.
var seeds = []string{
	"# h\n\np *i* **b** `c` <https://a.example> [l](https://b.example \"t\")\n\n- a\n  1. b\n\n> q\n\n```go\nx\n```\n\n---\n\n<div>x</div>\n",
	"|a|b|\n|-|:-:|\n|`c`|[d](https://e.example)|\n|-|\\||",
	"[a]: javascript:x\n\n[a] ![a] [![x](y)](z) <javascript:x> <x@y.example>",
	"&#27;[2J &#x9b; &#0; &lt;!here&gt; \\<@U1> \x1b[31m \u202e \xff\xfe\x00\r\n\u2028",
	"a  \nb\\\nc\td", "-\n-\n\n  -\n", "***a** b*", "`` ` ``", "``` a`b\n", "~~~ @everyone\nx",
	strings.Repeat("> ", 33) + "x", strings.Repeat("|a", 40) + "|\n" + strings.Repeat("|-", 40) + "|\n",
}

// checkTime allows far more than the parser needs, but less than what an
// explosion in time would take.
func checkTime(t *testing.T, src string, took time.Duration) {
	t.Helper()
	if limit := 10 * time.Second; took > limit {
		t.Errorf("%d bytes that begin with %.60q took %v, more than %v", len(src), src, took, limit)
	}
}

func checkBlocks(t *testing.T, blocks []Block) {
	t.Helper()
	for _, b := range blocks {
		checkBlock(t, b)
		checkBlocks(t, b.Blocks)
		for _, item := range b.Items {
			checkBlocks(t, item)
		}
		checkSpans(t, b.Spans)
		for _, row := range b.Rows {
			for _, cell := range row {
				checkSpans(t, cell)
			}
		}
	}
}

// checkBlock: a block has what its kind has, and nothing else.
func checkBlock(t *testing.T, b Block) {
	t.Helper()
	has := fmt.Sprint(len(b.Spans) > 0, len(b.Blocks) > 0, len(b.Items) > 0, len(b.Rows) > 0, b.Text != "")
	want := map[Kind]string{
		Paragraph: fmt.Sprint(true, false, false, false, false), Heading: fmt.Sprint(true, false, false, false, false),
		Quote: fmt.Sprint(false, true, false, false, false), List: fmt.Sprint(false, false, true, false, false), Table: fmt.Sprint(false, false, false, true, false),
		Code: fmt.Sprint(false, false, false, false, true), HTML: fmt.Sprint(false, false, false, false, true), Rule: fmt.Sprint(false, false, false, false, false),
	}[b.Kind]
	switch {
	case has != want:
		t.Errorf("spans, blocks, items, rows, text: %s, want %s in %+v", has, want, b)
	case b.Kind == Heading && (b.Level < 1 || b.Level > 6), b.Kind != Heading && b.Level != 0:
		t.Errorf("level %d in %+v", b.Level, b)
	case b.Start < 0 || !b.Ordered && b.Start != 0, b.Kind != List && b.Ordered:
		t.Errorf("order in %+v", b)
	case strings.ContainsAny(b.Info, "`~ \n@<>"), b.Info != "" && b.Kind != Code:
		t.Errorf("info %q in %+v", b.Info, b)
	}
	checkText(t, strings.ReplaceAll(b.Text, "\n", ""))
}

func checkSpans(t *testing.T, spans []Span) {
	t.Helper()
	for i, s := range spans {
		checkText(t, s.Text)
		switch {
		case s.Break != (s.Text == ""), s.Break && s != Span{Break: true}:
			t.Errorf("a break has text, or text is empty: %+v", s)
		case s.Link != "" && !isAllowed(s.Link), Address(s.Link) != s.Link:
			t.Errorf("link %q", s.Link)
		case i > 0 && sameLook(spans[i-1], s):
			t.Errorf("%+v and %+v are not one span", spans[i-1], s)
		}
		checkText(t, s.Link)
	}
	if plain := Plain(spans); plain != OneLine(plain) || strings.Contains(plain, "\n") {
		t.Errorf("%q is not one line", plain)
	}
}

func sameLook(a, b Span) bool {
	a.Text, b.Text = "", ""
	return a == b && !a.Break
}

func isAllowed(link string) bool {
	link = strings.ToLower(link)
	return strings.HasPrefix(link, "http://") || strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "mailto:")
}

// checkText: nothing steers a terminal, turns writing or breaks an encoding.
func checkText(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%q is not UTF-8", s)
	}
	for _, r := range s {
		if joiner := r == '\u200c' || r == '\u200d'; unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && !joiner {
			t.Errorf("%U in %q", r, s)
		}
	}
}

// TestPages reads all built-in pages: nothing on them is lost or shown as it was written.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("../../seeds/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
		blocks := Parse(body)
		checkBlocks(t, blocks)
		kinds := map[Kind]int{}
		for _, b := range blocks {
			kinds[b.Kind]++
		}
		if kinds[Paragraph] == 0 || kinds[Heading] == 0 || kinds[List] == 0 || kinds[HTML] > 0 {
			t.Errorf("%s is read as %v", file, kinds)
		}
	}
}
