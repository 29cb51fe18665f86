package discord

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	const z = breaker
	for src, want := range map[string]string{
		"plain":                               "plain",
		"**bold** *italic* `code` ***both***": "**bold** *italic* `code` ***both***",
		"2 * 3 * 4, snake_case, a~b~c, x|y":   `2 \* 3 \* 4, snake\_case, a\~b\~c, x\|y`,
		`\*not\* \_this\_ \\ \# `:             `\*not\* \_this\_ \\ #`,
		`\# no heading`:                       `\# no heading`,
		"\\- no list\n2\\. none":              `\- no list 2. none`,
		"2\\. none":                           `2\. none`,
		"\\> no quote":                        `\> no quote`,
		"# Heading *here*":                    "**Heading here**",
		"> quote\n> goes on\n\n> > deep":      "> quote goes on\n> deep",
		"a  \nb\\\nc":                         "a\nb\nc",
		"a  \n\\# b":                          "a\n\\# b",
		"***":                                 "",
		"- a\n- b\n  - c\n\n    d":            "- a\n- b\n  - c\n    d",
		"3. a\n4. b":                          "3. a\n4. b",
		"- a\n  > note\n  > more":             "- a\n  - note more",
		"- a\n  ```\n  code\n  ```":           "- a\n  `code`",
		"> ```\n> code\n> ```":                "> `code`",
		"```go\nx := 1\n```":                  "```go\nx := 1\n```",
		"```@everyone <x>\ncode\n```":         "```\ncode\n```",
		"````\n```\n````":                     "```\n`" + z + "`" + z + "`\n```",
		"```\nunclosed @everyone":             "```\nunclosed @" + z + "everyone\n```",
		"`` a`b ``":                           "a\\`b",
		"`a``b`":                              "a\\`\\`b",
		"<div>\n@here\n</div>":                `\<div>` + "\n" + `\@` + z + "here\n" + `\<` + z + "/div>",
		"a <b>c</b>":                          `a \<b>c\<` + z + "/b>",
		"|a|b|\n|-|-|\n|c|d|":                 "```\na  b\nc  d\n```",
		"|" + strings.Repeat("a", 30) + "|b b b b|\n|-|-|\n|c|**d**|": "- " + strings.Repeat("a", 30) + " · b b b b\n- c · **d**",

		"@everyone @Here a@b.c":          `\@` + z + `everyone \@` + z + `Here a\@b.c`,
		"@**everyone** <@1> <@&2> <#3>":  `\@**everyone** \<` + z + `\@1> \<` + z + `\@&2> \<` + z + `#3>`,
		"&commat;everyone &lt;@1&gt;":    `\@` + z + `everyone \<` + z + `\@1>`,
		"<:a:1> <a:b:2> <t:3:R> </c:4>":  `\<` + z + `\:a:1> \<` + z + `a\:b:2> \<` + z + `t\:3:R> \<` + z + `/c:4>`,
		"`<@1> @everyone`":               "`<" + z + "@1> @" + z + "everyone`",
		":tada: 12:30 a::b Note (1): no": `\:tada: 12:30 a::b Note (1): no`,
		"&amp;lt; AT&T":                  "&" + z + "lt; AT&T",

		"https://example.com/a_b":                                         `https\://example.com/a\_b`,
		"discord.gg/abc x.discord.com/invite/a":                           `discord.gg\/abc x.discord.com\/invite/a`,
		"<https://example.com/a_b>":                                       "<https://example.com/a_b>",
		"[a](https://example.com/x_(y)?q=[1])":                            "[a](https://example.com/x_%28y%29?q=%5B1%5D)",
		"[**a** b](https://example.com)!":                                 "[**a** b](https://example.com)!",
		`[a \[b\] c](https://example.com)`:                                "[a (b) c](https://example.com)",
		"[example.com](https://www.example.com/x)":                        "[example.com](https://www.example.com/x)",
		"[example.org](https://example.com/x)":                            "example.org ([example.com](https://example.com/x))",
		"[example。org](https://example.com/x)":                            "example。org ([example.com](https://example.com/x))",
		"[https://example.org](https://example.com/x)":                    `https\://example.org ([example.com](https://example.com/x))`,
		"[x](javascript:alert) [y](mailto:a@example.com)":                 `x (javascript:alert) y`,
		"[x](https://a@example.com) [y](https://exämple.com)":             `x y`,
		"[manage.py](https://example.com) [Next.js](https://example.com)": "[manage.py](https://example.com) [Next.js](https://example.com)",
		"[x](https://example.com/@everyone)":                              "[x](https://example.com/%40everyone)",
		"[x](https://example.com/ä)":                                      "[x](https://example.com/%C3%A4)",
		"![picture](https://example.com/p.png)":                           "[picture](https://example.com/p.png)",
		"[x](https://example.com/" + strings.Repeat("a", 600) + ")":       "x",
	} {
		var got []string
		for i, c := range chunks(src) {
			if i > 0 && !c.tight {
				got = append(got, "")
			}
			got = append(got, c.text)
		}
		if got := strings.Join(got, "\n"); got != want {
			t.Errorf("%q\n got %q\nwant %q", src, got, want)
		}
		in := &inspection{}
		if in.markdown(strings.Join(got, "\n")); len(in.found) > 0 {
			t.Errorf("%q: %v", src, in.found)
		}
	}
}

func TestNotesStayWithTheirClaims(t *testing.T) {
	list := chunks("One.\n\nTwo.\n> Note.\n\n- a\n  > Note.\n- b\n\n> Note.")
	var got []string
	for _, c := range list {
		got = append(got, c.text)
	}
	want := []string{"One.", "Two.\n> Note.", "- a\n  - Note.", "- b\n> Note."}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFlow(t *testing.T) {
	list := chunks("one two three\n\nfour\n\n- five\n- six")
	for n, want := range map[int]string{
		100: "one two three\n\nfour\n- five\n- six",
		25:  "one two three\n\nfour",
		13:  "one two three",
		12:  "",
	} {
		got, whole := flow(list, space{n, 1000})
		if got != want || whole != (n == 100) {
			t.Errorf("%d: %q, whole %v", n, got, whole)
		}
		if bytes, _ := flow(list, space{1000, n}); bytes != want {
			t.Errorf("%d bytes: %q", n, bytes)
		}
	}
	if got, whole := flow(chunks(strings.Repeat("word ", 100)), space{400, 4000}); got != "" || whole {
		t.Errorf("cut, though there is room on other cards: %s", got)
	}
	long := chunks(strings.Repeat("**word** ", 100) + "\n> " + strings.Repeat("note ", 100))
	got, whole := flow(long, space{400, 4000})
	if whole || units(got) > 400 || units(got) < 200 || !strings.Contains(got, "…") || !strings.Contains(got, "> note") || strings.Count(got, "**")%2 != 0 {
		t.Errorf("%d units: %s", units(got), got)
	}
}
