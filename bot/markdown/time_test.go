package markdown_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	. "frameworkbot/bot/markdown"
)

// size is less than what is read of a text, so that parsing takes moments even
// where its time grows with the square of the length.
const size = 12 << 10

// grown is as many of the units as have room in size.
func grown(unit func(i int) string) string {
	var b strings.Builder
	for i := 0; ; i++ {
		u := unit(i)
		if b.Len()+len(u) > size {
			return b.String()
		}
		b.WriteString(u)
	}
}

// TestTime parses what makes Markdown parsers slow.
func TestTime(t *testing.T) {
	var all []string
	for _, unit := range []string{
		"*a **b ", "[", "![", "[a](", "![a](b", "[a][", "[]", "](", "<", "<a ", "<?", "<![CDATA[", "<!--", "<x@", "`", "``a", "`a``b", "_", "*_", "**_ ", "_a_*",
		"***", "**a*", "&", "&#x", "\\", "- ", "-", "> \n", "- a\n", " - a\n", "1. a\n", "\n", "\t", "~", "#", "=", "a\n=\n", "[a]:", "[a]: b\n", "[a](b \"", "a|b\n-|-\n", "a|b\n", "|*[`\n", "\"", "é", "\x00", "\xff",
	} {
		all = append(all, grown(func(int) string { return unit }))
	}
	all = append(all,
		grown(func(i int) string { return strings.Repeat("`", i) + "a" }),
		grown(func(i int) string { return strings.Repeat("  ", i%60) + "- a\n" }),
		grown(func(i int) string { return strings.Repeat("[", i) + "a" + strings.Repeat("]", i) }),
		grown(func(i int) string { return fmt.Sprintf("[a%d]: b\n", i) }),
		"a|b\n-|-\n"+grown(func(int) string { return strings.Repeat("|*a", 60) + "\n" }),
	)
	for _, src := range all {
		start := time.Now()
		blocks := Parse(src)
		checkTime(t, src, time.Since(start))
		checkBlocks(t, blocks)
	}
}

func BenchmarkParse(b *testing.B) {
	data, err := os.ReadFile("../../seeds/laravel.md")
	if err != nil {
		b.Fatal(err)
	}
	for name, src := range map[string]string{"line": "**Security.** Guards against *CSRF*. (the 2023 article)", "page": string(data)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				Parse(src)
			}
		})
	}
}
