package web

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot/bottest"
)

// sketch writes spans with their looks: "b(bold) <https://…>(label)".
func sketch(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		text := s.Text
		if s.Break {
			text = "↵"
		}
		for _, look := range []struct {
			on   bool
			name string
		}{{s.Code, "code"}, {s.Bold, "b"}, {s.Italic, "i"}, {s.Strike, "s"}, {s.Under, "u"}, {s.Mention, "CALL"}, {s.Link != "", "<" + s.Link + ">"}} {
			if look.on {
				text = look.name + "(" + text + ")"
			}
		}
		b.WriteString(text)
	}
	return b.String()
}

func TestMrkdwn(t *testing.T) {
	for src, want := range map[string]string{
		"plain":                            "plain",
		"*bold* and _it_ and ~gone~":       "b(bold) and i(it) and s(gone)",
		"*b _both_ b*":                     "b(b )i(b(both))b( b)",
		"2*3*4 snake_case_name":            "2*3*4 snake_case_name",
		"* not bold* *nor this":            "* not bold* *nor this",
		"`*code* &lt;x&gt;`":               "code(*code* <x>)",
		"a &lt;!channel&gt; &amp;amp;":     "a <!channel> &amp;",
		"<https://x.example|label>":        "<https://x.example>(label)",
		"<https://x.example/?a=1&amp;b=2>": "<https://x.example/?a=1&b=2>(https://x.example/?a=1&b=2)",
		"<javascript:alert(1)|label>":      "label",
		"<@U123> <!here> <#C1|general>":    "CALL(@U123) CALL(!here) CALL(general)",
		"<!date^1^{date}|yesterday>":       "yesterday",
		"*<https://x.example|label>*":      "<https://x.example>(b(label))",
		"a < b":                            "a < b",
		"":                                 "",
		"界*太*界 (*太*)":                      "界*太*界 (b(太))",
	} {
		if got := sketch(mrkdwnSpans(src)); got != want {
			t.Errorf("%q is drawn as %q, want %q", src, got, want)
		}
	}
	got := mrkdwn("one\ntwo\n&gt; said\n&gt; again\nthree\n```\n*code* &amp;\n```")
	want := []node{
		{Kind: textNode, Spans: []span{{Text: "one"}, {Break: true}, {Text: "two"}}},
		{Kind: quoteNode, Nodes: []node{{Kind: textNode, Spans: []span{{Text: "said"}, {Break: true}, {Text: "again"}}}}},
		{Kind: textNode, Spans: []span{{Text: "three"}}},
		{Kind: codeNode, Text: "*code* &"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestDiscordSpans(t *testing.T) {
	for src, want := range map[string]string{
		"**bold** *it* _it_ __un__ ~~gone~~":  "b(bold) i(it) i(it) u(un) s(gone)",
		"**b *both* b**":                      "b(b )i(b(both))b( b)",
		`\*\*not bold\*\* \<@1> \@everyone`:   "**not bold** <@1> @everyone",
		"snake_case_name 2 * 3 * 4":           "snake_case_name 2 * 3 * 4",
		"`**code**` ``a ` b``":                "code(**code**) code(a ` b)",
		"[label](https://x.example)":          "<https://x.example>(label)",
		"[**bold**](<https://x.example/(a)>)": "<https://x.example/(a)>(b(bold))",
		"[label](javascript:alert(1))":        "[label](javascript:alert(1))",
		"<https://x.example> http://y.z/a.":   "<https://x.example>(https://x.example) <http://y.z/a>(http://y.z/a).",
		"<@123> <@&4> <#5> </cmd:6>":          "CALL(@123) CALL(@&4) CALL(#5) CALL(/cmd:6)",
		"@everyone @here":                     "CALL(@everyone) CALL(@here)",
		"||hidden|| **open":                   "hidden **open",
		`back\slash \`:                        `back\slash \`,
	} {
		if got := sketch(discordMarkup{everybody: true}.spans(src)); got != want {
			t.Errorf("%q is drawn as %q, want %q", src, got, want)
		}
	}
	if got := sketch(discordMarkup{}.spans("@everyone <@1>")); got != "@everyone CALL(@1)" {
		t.Error(got)
	}
}

func TestDiscordText(t *testing.T) {
	got := discordMarkup{}.text("# Title\n-# small\n-# print\ntext\nmore\n\n> said\n> - in\n- one\n  - inner\n- two\n3. three\n```go\ncode\n```\nend")
	text := func(lines ...string) node {
		n := node{Kind: textNode}
		for i, l := range lines {
			if i > 0 {
				n.Spans = append(n.Spans, span{Break: true})
			}
			n.Spans = append(n.Spans, span{Text: l})
		}
		return n
	}
	small := text("small", "print")
	small.Kind = smallNode
	want := []node{
		{Kind: headingNode, Level: 1, Spans: []span{{Text: "Title"}}},
		small,
		text("text", "more"),
		{Kind: quoteNode, Nodes: []node{text("said"), {Kind: listNode, Items: [][]node{{text("in")}}}}},
		{Kind: listNode, Items: [][]node{{text("one"), {Kind: listNode, Items: [][]node{{text("inner")}}}}, {text("two")}, {text("three")}}},
		{Kind: codeNode, Text: "code"},
		text("end"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestGolden draws one answer of each shape as each service shows it.
func TestGolden(t *testing.T) {
	w := New(Config{}, discard())
	for _, c := range bottest.Answers() {
		for _, p := range previews() {
			t.Run(string(p.Draw)+"/"+c.Name, func(t *testing.T) {
				s := p.show(c.Answer)
				if s.Err != "" {
					t.Fatal(s.Err)
				}
				var b bytes.Buffer
				if err := (*w.templates)["conversation"].ExecuteTemplate(&b, "nodes", s.Nodes); err != nil {
					t.Fatal(err)
				}
				inert(t, b.String())
				b.WriteString("\n--- a screen reader says ---\n" + s.Spoken + "\n")
				golden(t, filepath.Join("testdata", string(p.Draw), c.Name+".golden.html"), b.Bytes())
			})
		}
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got), -update accepts it:\n%s", file, diff)
	}
}

// TestEverythingIsDrawn: no message that the services' own tests know has a
// part that is not drawn.
func TestEverythingIsDrawn(t *testing.T) {
	for drawer, patterns := range map[Drawer][]string{
		BlockKit: {"../slack/testdata/*.golden.json"},
		Message:  {"../discord/testdata/components/*.json", "../discord/testdata/embed/*.json", "../discord/testdata/text/*.json"},
	} {
		seen := 0
		for _, pattern := range patterns {
			files, err := filepath.Glob(pattern)
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				payload, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, message := range messages(payload) {
					d, err := drawers[drawer](message)
					if err != nil {
						continue // menus and the like are no messages
					}
					seen++
					if text := spoken(d.Nodes); strings.Contains(text, "of the type") {
						t.Errorf("%s: %s", file, text)
					}
				}
			}
		}
		if seen < 10 {
			t.Errorf("%s: only %d messages were drawn", drawer, seen)
		}
	}
}

// messages are those of a golden file, which holds one or a list of them.
func messages(payload []byte) []json.RawMessage {
	var list []struct{ Payload json.RawMessage }
	if json.Unmarshal(payload, &list) != nil {
		return []json.RawMessage{payload}
	}
	var all []json.RawMessage
	for _, one := range list {
		all = append(all, one.Payload)
	}
	return all
}

func TestSpokenOfDiscord(t *testing.T) {
	p, answer := previews()[1], bottest.Answers()[0].Answer
	answer.Asks[0].Ref = "vs:laravel,cakephp"
	s := p.show(answer)
	for _, want := range []string{"heading: Laravel", "• ", "button: ", "Template engine"} {
		if !strings.Contains(s.Spoken, want) {
			t.Errorf("lacks %q: %s", want, s.Spoken)
		}
	}
}

func TestMeasured(t *testing.T) {
	message := `{"text":"héllo","blocks":[
		{"type":"header","text":{"type":"plain_text","text":"Title"}},
		{"type":"section","text":{"type":"mrkdwn","text":"<https://x.example/long|ab> *c*"}},
		{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"🙂x"}]}]},
		{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Press"}},{"type":"static_select","placeholder":{"type":"plain_text","text":"P"},"options":[{"text":{"type":"plain_text","text":"o"},"value":"v"},{"text":{"type":"plain_text","text":"p"},"value":"w"}]}]}]}`
	used := map[Quantity]int{Blocks: 4, Shown: 5 + 4 + 3 + 5 + 1 + 2, Spoken: 5, Bytes: len(message), Label: 5, Options: 2, Components: 0}
	check(t, message, used)
	message = `{"content":"cc","embeds":[{"title":"t","description":"dd","footer":{"text":"f"},"author":{"name":"a"},"fields":[{"name":"n","value":"vv"}]}],
		"components":[{"type":17,"components":[{"type":10,"content":"text"},{"type":1,"components":[{"type":2,"label":"Go"},{"type":3,"options":[{"label":"x","value":"y"}]}]}]}]}`
	check(t, message, map[Quantity]int{Content: 2, Embedded: 8, Components: 5, Displayed: 4, Label: 2, Options: 1, Blocks: 0})
	check(t, "{", nil)
}

func check(t *testing.T, message string, used map[Quantity]int) {
	t.Helper()
	var limits []Limit
	for of := range used {
		limits = append(limits, Limit{Of: of, Most: 10})
	}
	for _, m := range measured([]byte(message), limits) {
		if m.Used != used[m.Of] || m.Over() != (m.Used > 10) || m.Share() > 100 {
			t.Errorf("%s: %d, want %d", m.Of, m.Used, used[m.Of])
		}
	}
}

// TestBuilderLink: behind the "#" stand the blocks, as JSON.
func TestBuilderLink(t *testing.T) {
	p := previews()[0]
	payload := must(p.Render(bottest.Answers()[0].Answer))
	link := builderLink(payload)
	_, fragment, _ := strings.Cut(link, "#")
	if strings.ContainsAny(fragment, " \"<>{}[]") {
		t.Errorf("not an address: %s", link)
	}
	var want, got struct{ Blocks []any }
	if err := json.Unmarshal([]byte(must(url.PathUnescape(fragment))), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(payload, &want); err != nil || len(want.Blocks) == 0 {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if builderLink([]byte("{}")) != "" || builderLink([]byte("x")) != "" {
		t.Error("a link without blocks")
	}
}

// FuzzDraw: whatever is sent is drawn or refused, and no text calls anybody that the escapes hide.
func FuzzDraw(f *testing.F) {
	for _, s := range []string{"*a* _b_ <x|y> `c` &lt;", "**a** [b](https://c) \\* > x\n- y\n  - z", "```", "|||", "****", "# ", "- - - -", "\\", "<", "[[[](", "1. x\n1. y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 4096 {
			return
		}
		spoken(mrkdwn(src))
		spoken(discordMarkup{true}.text(src))
		for _, payload := range []map[string]any{{"content": src}, {"text": src, "blocks": []any{map[string]any{"type": src, "text": src}}}} {
			b := must(json.Marshal(payload))
			for _, draw := range drawers {
				_, _ = draw(b) // an error is an answer too
			}
			measured(b, []Limit{{Of: Shown, Most: 1}})
		}
		_, _ = drawSlack([]byte(src))
		_, _ = drawDiscord([]byte(src))
	})
}
