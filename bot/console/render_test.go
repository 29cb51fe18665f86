package console

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
	"frameworkbot/bot/markdown"
)

var update = flag.Bool("update", false, "accept the answers as they are now")

func save(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// views are the ways in which each golden file shows its answer.
var views = []struct {
	name  string
	style Style
}{
	{"text", Style{}},
	{"72 columns, numbered", Style{Width: 72, Asks: true}},
	{"36 columns, bold and dim", Style{Width: 36, ANSI: true}},
}

func TestGolden(t *testing.T) {
	for _, c := range bottest.Answers() {
		t.Run(c.Name, func(t *testing.T) {
			var b strings.Builder
			for _, v := range views {
				fmt.Fprintf(&b, "==== %s\n%s\n", v.name, visible(Render(c.Answer, v.style)))
			}
			compare(t, "testdata/"+c.Name+".txt", b.String())
		})
	}
}

// visible writes escape sequences out, so that golden files hold none.
func visible(s string) string {
	return strings.NewReplacer(string(bold), "<b>", string(dim), "<d>", reset, "</>").Replace(s)
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		save(t, file, got)
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), -update accepts it:\n%s", file, diff)
	}
}

// TestText has the rules of CommonMark as plain text.
func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"**bold** and *soft* and `code`":           "bold and soft and code",
		"[label](https://a.example)":               "label (https://a.example)",
		"[https://a.example](https://a.example)":   "https://a.example",
		"<https://a.example>":                      "https://a.example",
		"<me@a.example>":                           "me@a.example",
		"![picture](p.png)":                        "picture (p.png)",
		"[](https://a.example)":                    "https://a.example",
		"[**a** b](https://a.example) c":           "a b (https://a.example) c",
		"[a](https://a.example)[b](p.md)":          "a (https://a.example)b (p.md)",
		"[![p](i.png)](https://a.example)":         "p (https://a.example)",
		"[a]: https://a.example\n\n[a]":            "a (https://a.example)",
		"one\ntwo":                                 "one two",
		"one  \ntwo\\\nthree":                      "one\ntwo\nthree",
		"- a\n- b\n  - c\n\n- d":                   "- a\n- b\n  - c\n- d",
		"3. a\n4. b":                               "3. a\n4. b",
		"> quoted\n> on":                           "  | quoted on",
		"claim\n> note":                            "claim\n  | note",
		"# Head\n\ntext":                           "Head\n\ntext",
		"```go\nx :=  1\n```":                      "    x :=  1",
		"a <b>c</b>":                               "a <b>c</b>",
		`\*not soft\* \\ \&amp; &amp;lt; &copy;`:   `*not soft* \ &amp; &lt; ©`,
		"&#27;[31m &#0; &nosuch; & &;":             "[31m \uFFFD &nosuch; & &;",
		"|a|bb|\n|-|-|\n|ccc|**d**|":               "a    bb\nccc  d",
		"|a|b\\|c|\n|:-|-:|\n|d|":                  `a  b|c` + "\nd",
		"a | b\n--\nc":                             "a | b\n\nc",
		"- |a|\n  |-|\n  |b|":                      "- a\n  b",
		"|a|b|\n|-|-|\n|-|[l](https://a.example)|": "a  b\n-  l (https://a.example)",
		"1.\n2. b":                                 "1.\n2. b",
		"***":                                      "---",
		"a\u0301\u200d\u202eb":                     "a\u0301\u200db",
	} {
		if got := Text(&bot.Answer{Text: in}); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestTooMuchMarkdownStaysAsItIs(t *testing.T) {
	for _, in := range []string{
		strings.Repeat("> ", 100) + "deep",
		strings.Repeat("|a", 2000) + "\n" + strings.Repeat("|-", 2000),
		strings.Repeat("*a **b ", 10000),
	} {
		got := Text(&bot.Answer{Text: in})
		if !strings.HasPrefix(got, strings.TrimSpace(in[:40])) {
			t.Errorf("%.40q was changed to %.40q", in, got)
		}
	}
}

func TestWidth(t *testing.T) {
	for width := 2; width < 90; width++ {
		for _, c := range bottest.Answers() {
			for row := range strings.Lines(Render(c.Answer, Style{Width: width, Asks: true})) {
				row = strings.TrimSuffix(row, "\n")
				free := strings.Contains(row, "://") || strings.HasPrefix(row, "    ") || c.Name == "hostile"
				if n := markdown.Columns(row); n > width && !free {
					t.Errorf("%s at %d columns has a row of %d: %q", c.Name, width, n, row)
				}
			}
		}
	}
}

func TestWideLettersBreakAnywhere(t *testing.T) {
	got := Render(&bot.Answer{Text: "世界は広いので、折り返す。Django は フレームワーク"}, Style{Width: 10})
	want := "世界は広い\nので、折り\n返す。\nDjango は\nフレームワ\nーク"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNil(t *testing.T) {
	if got := Text(nil) + Text(&bot.Answer{}); got != "" {
		t.Errorf("nothing is shown as %q", got)
	}
}

func TestChoicesAreNumberedAsShown(t *testing.T) {
	for _, c := range bottest.Answers() {
		shown := Render(c.Answer, Style{Asks: true})
		for i := range choices(c.Answer) {
			if !regexp.MustCompile(fmt.Sprintf(`(?m)^%d\. `, i+1)).MatchString(shown) {
				t.Errorf("%s: choice %d is not in\n%s", c.Name, i+1, shown)
			}
		}
	}
}

var ours = strings.NewReplacer(string(bold), "", string(dim), "", reset, "")

func FuzzRender(f *testing.F) {
	for _, c := range bottest.Answers() {
		f.Add(c.Answer.Title, c.Answer.Text, 40)
		for _, s := range c.Answer.Sections {
			f.Add(s.Heading, s.Text, 20)
		}
	}
	f.Fuzz(func(t *testing.T, short, markdown string, width int) {
		a := &bot.Answer{
			Title: short, URL: short, Text: markdown, Notes: []string{markdown},
			Facts:    []bot.Fact{{Label: short, Value: short}},
			Sections: []bot.Section{{Heading: short, Text: markdown}},
			Results:  []bot.Result{{Title: short, Text: short, Group: short, Ask: short}},
			Table:    &bot.Table{Columns: []string{short, "b"}, Rows: []bot.Row{{Label: short, Values: []string{short}}}},
			Asks:     []bot.Ask{{Label: short, Text: short}},
			Sources:  []bot.Source{{Title: short, Date: short, Link: short}}, Reviewed: short,
		}
		checkHarmless(t, Text(a))
		checkHarmless(t, Render(a, Style{Width: width % 200, Asks: true}))
		checkHarmless(t, ours.Replace(Render(a, Style{Width: width % 200, ANSI: true})))
	})
}

func checkHarmless(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("not valid UTF-8: %q", s)
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' {
			t.Errorf("control character %U in %q", r, s)
		}
	}
}
