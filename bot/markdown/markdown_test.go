package markdown_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	. "frameworkbot/bot/markdown"
)

func text(s string) Span     { return Span{Text: s} }
func para(s ...Span) Block   { return Block{Kind: Paragraph, Spans: s} }
func says(s string) []Block  { return []Block{para(text(s))} }
func link(s, to string) Span { return Span{Text: s, Link: to} }

// TestBlocks has each kind of block, and what stands for nothing.
func TestBlocks(t *testing.T) {
	for src, want := range map[string][]Block{
		"":                                nil,
		" \n\t\n":                         nil,
		"\u200b":                          nil,
		"one\ntwo":                        says("one two"),
		"one\r\ntwo\rthree":               says("one two three"),
		"one\n\ntwo":                      {para(text("one")), para(text("two"))},
		"one\r\rtwo":                      {para(text("one")), para(text("two"))},
		"# Head *soft*":                   {{Kind: Heading, Level: 1, Spans: []Span{text("Head "), {Text: "soft", Italic: true}}}},
		"Head\n----":                      {{Kind: Heading, Level: 2, Spans: []Span{text("Head")}}},
		"###### six":                      {{Kind: Heading, Level: 6, Spans: []Span{text("six")}}},
		"#":                               nil,
		"***":                             {{Kind: Rule}},
		"> claim\n> > note":               {{Kind: Quote, Blocks: []Block{para(text("claim")), {Kind: Quote, Blocks: says("note")}}}},
		">":                               nil,
		"claim\n> note":                   {para(text("claim")), {Kind: Quote, Blocks: says("note")}},
		"- a\n- b\n\n  c":                 {{Kind: List, Items: [][]Block{says("a"), {para(text("b")), para(text("c"))}}}},
		"- a\n  1. b":                     {{Kind: List, Items: [][]Block{{para(text("a")), {Kind: List, Ordered: true, Start: 1, Items: [][]Block{says("b")}}}}}},
		"7) a\n8) b":                      {{Kind: List, Ordered: true, Start: 7, Items: [][]Block{says("a"), says("b")}}},
		"-\n- a":                          {{Kind: List, Items: [][]Block{nil, says("a")}}},
		"```go\nx :=  1\n\n```":           {{Kind: Code, Info: "go", Text: "x :=  1"}},
		"~~~C++ x\n<b>\n~~~":              {{Kind: Code, Info: "C++", Text: "<b>"}},
		"~~~a`b\nx\n~~~":                  {{Kind: Code, Text: "x"}},
		"    x\n\n    y":                  {{Kind: Code, Text: "x\n\ny"}},
		"```\r\nx\r\ny\rz\n```":           {{Kind: Code, Text: "x\ny\nz"}},
		"```\nnever closed":               {{Kind: Code, Text: "never closed"}},
		"```":                             nil,
		"<div>\n<b>x</b>":                 {{Kind: HTML, Text: "<div>\n<b>x</b>"}},
		"<!-- a\n\nb -->\nc":              {{Kind: HTML, Text: "<!-- a\n\nb -->"}, para(text("c"))},
		"[a]: https://a.example\n\n[a] b": {para(link("a", "https://a.example"), text(" b"))},
		"[a]: https://a.example":          nil,
		"```" + strings.Repeat("long", 9) + "\nx": {{Kind: Code, Text: "x"}},
	} {
		check(t, src, want)
	}
}

// TestSpans has the looks that text can have within a paragraph.
func TestSpans(t *testing.T) {
	for src, want := range map[string][]Span{
		"**b** *i* `c`":                {{Text: "b", Bold: true}, text(" "), {Text: "i", Italic: true}, text(" "), {Text: "c", Code: true}},
		"***both***":                   {{Text: "both", Bold: true, Italic: true}},
		"**b *i* `c`**":                {{Text: "b ", Bold: true}, {Text: "i", Bold: true, Italic: true}, {Text: " ", Bold: true}, {Text: "c", Bold: true, Code: true}},
		"`` a\n b` ``":                 {{Text: "a b`", Code: true}},
		"`a &amp; \\* b`":              {{Text: `a &amp; \* b`, Code: true}},
		"a  \nb\\\nc":                  {text("a"), {Break: true}, text("b"), {Break: true}, text("c")},
		"a\\":                          {text(`a\`)},
		"[ ] x ] y":                    {text("[ ] x ] y")},
		"a <b>c</b>":                   {text("a <b>c</b>")},
		"a <b\nc>d":                    {text("a <b c>d")},
		`\*not soft\* \\ \&amp; \a`:    {text(`*not soft* \ &amp; \a`)},
		"&copy; &amp;lt; &#35; &#x41;": {text("© &lt; # A")},
		"&#27;[31m &#0; &nosuch; & &;": {text("[31m \uFFFD &nosuch; & &;")},
		"&notit; &copy &#; &#x;":       {text("&notit; &copy &#; &#x;")},
		"a\u202eb\u200dc\x1b[1m\x00":   {text("ab\u200dc[1m")},
		"\xff\xfe":                     {text("\uFFFD")},
		"a\tb\u2028c":                  {text("a b c")},
	} {
		check(t, src, []Block{para(want...)})
	}
}

func TestLinks(t *testing.T) {
	const a = "https://a.example/x"
	for src, want := range map[string][]Span{
		"[l](" + a + ")":                       {link("l", a)},
		"[**b** c](" + a + " \"title\")":       {{Text: "b", Bold: true, Link: a}, link(" c", a)},
		"<" + a + ">":                          {link(a, a)},
		"<me@a.example>":                       {link("me@a.example", "mailto:me@a.example")},
		"[](" + a + ")":                        {link(a, a)},
		"[l](mailto:me@a.example)":             {link("l", "mailto:me@a.example")},
		"[l](page.md)":                         {text("l (page.md)")},
		"[l](#part)":                           {text("l (#part)")},
		"[page.md](page.md)":                   {text("page.md")},
		"[](page.md)":                          {text("page.md")},
		"[l]()":                                {text("l")},
		"[](<>)":                               nil,
		"![p](" + a + ")":                      {link("p", a)},
		"![](i.png)":                           {text("i.png")},
		"[![p](i.png)](" + a + ")":             {link("p", a)},
		"[![p](https://b.example)](" + a + ")": {link("p", a)},
		"[![](i.png)](" + a + ")":              {link("i.png", a)},
		"[l](javascript:alert(1))":             {text("l (javascript:alert(1))")},
		"[l](data:text/html,x)":                {text("l (data:text/html,x)")},
		"[l](file:///etc/passwd)":              {text("l (file:///etc/passwd)")},
		"[l](slack://open)":                    {text("l (slack://open)")},
		"<javascript:alert>":                   {text("javascript:alert")},
		"[l](//a.example)":                     {text("l (//a.example)")},
		"[l](https:a.example)":                 {text("l (https:a.example)")},
		"[l](https://)":                        {text("l (https://)")},
		"[l](https://:80/)":                    {text("l (https://:80/)")},
		"[l](<https://a b.example>)":           {text("l (https://a b.example)")},
		"[l](https://a.example/&lt;!here&gt;)": {text("l (https://a.example/<!here>)")},
		"[l](https://a.example/&#124;x)":       {text("l (https://a.example/|x)")},
		"[l](https://a.example/&#10;x)":        {text("l (https://a.example/ x)")},
		"[l](https://a.example/\u202ex)":       {text("l (https://a.example/x)")},
		"[l](https://a.example/?a=b&amp;c=d)":  {link("l", "https://a.example/?a=b&c=d")},
		"[l](HTTPS://A.example/%20)":           {link("l", "HTTPS://A.example/%20")},
	} {
		if want == nil {
			check(t, src, nil)
			continue
		}
		check(t, src, []Block{para(want...)})
	}
}

func TestTables(t *testing.T) {
	for src, want := range map[string][][]Cell{
		"|a|b|\n|-|-|\n|c|**d**|":       {{{text("a")}, {text("b")}}, {{text("c")}, {{Text: "d", Bold: true}}}},
		"a | b\n:-|-:\nc | d":           {{{text("a")}, {text("b")}}, {{text("c")}, {text("d")}}},
		"|a|\n|-|":                      {{{text("a")}}},
		"|a|b|\n|-|-|\n|c|":             {{{text("a")}, {text("b")}}, {{text("c")}}},
		"|a|b|\n|-|-|\n||d|e|":          {{{text("a")}, {text("b")}}, {nil, {text("d")}, {text("e")}}},
		`|a\|b|` + "\n|-|":              {{{text("a|b")}}},
		"|`a\\|b`|\n|-|":                {{{{Text: "a|b", Code: true}}}},
		"|a|\n|-|\n|-|":                 {{{text("a")}}, {{text("-")}}},
		"|a|b|c|\n|-|-|-|\n|+|1.|# d|":  {{{text("a")}, {text("b")}, {text("c")}}, {{text("+")}, {text("1.")}, {text("# d")}}},
		"|a|b|\n|-|-|\n|> c|    d|":     {{{text("a")}, {text("b")}}, {{text("> c")}, {text("d")}}},
		"|[l](https://a.example)|\n|-|": {{{link("l", "https://a.example")}}},
		"|a\x00|\x1bb|\n|-|-|":          {{{text("a")}, {text("b")}}},
	} {
		check(t, src, []Block{{Kind: Table, Rows: want}})
	}
	for _, src := range []string{"a | b\n--\nc", "a | b", "|a|\n|b|"} {
		for _, b := range Parse(src) {
			if b.Kind == Table {
				t.Errorf("%q is taken for a table: %+v", src, b)
			}
		}
	}
	check(t, "> |a|\n> |-|\n> |b|", []Block{{Kind: Quote, Blocks: []Block{{Kind: Table, Rows: [][]Cell{{{text("a")}}, {{text("b")}}}}}}})
}

func check(t *testing.T, src string, want []Block) {
	t.Helper()
	if diff := cmp.Diff(want, Parse(src), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%q (-want +got):\n%s", src, diff)
	}
}

// TestNeighboursThatLookTheSame are one span, so that no platform closes and
// opens the same mark between two letters.
func TestNeighboursThatLookTheSame(t *testing.T) {
	for _, src := range []string{"a [b] c] !d", "a\nb\nc", "`a\nb\nc`", "**a\nb**", "[a\nb](https://a.example)", "a &amp; b &lt; c"} {
		if got := Parse(src); len(got) != 1 || len(got[0].Spans) != 1 {
			t.Errorf("%q is %+v, want one span", src, got)
		}
	}
}

func TestConcurrent(t *testing.T) {
	const src = "# A\n\n- **b** [c](https://a.example)\n- d\n\n|e|\n|-|\n|`f`|"
	want := Parse(src)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if diff := cmp.Diff(want, Parse(src)); diff != "" {
					t.Errorf("differs when many parse (-want +got):\n%s", diff)
				}
			}
		})
	}
	wg.Wait()
}
