package foreign

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bodies are what other tools write, and what of it is fit for chat.
var bodies = []struct{ name, in, want string }{
	// Hugo
	{"a shortcode in a sentence", `The {{< param "version" >}} release is out.`, `The release is out.`},
	{"a shortcode before a full stop", `Use {{% ref "x.md" %}}.`, `Use.`},
	{"a box", "{{% alert title=\"Mind\" color=\"warning\" %}}\nThe **lift** is slow.\n{{% /alert %}}", "**Mind:**\nThe **lift** is slow.\n"},
	{"a box by its kind", "{{< notice warning >}}\nThe lift is slow.\n{{< /notice >}}", "**Warning:**\nThe lift is slow.\n"},
	{"tabs", "{{< tabpane text=true >}}\n{{% tab Go %}}\nUse it.\n{{% /tab %}}\n{{< /tabpane >}}", "\n**Go:**\nUse it.\n\n"},
	{"tabs of code", "{{< tabpane >}}\n{{< tab header=\"Go\" lang=\"go\" >}}\nx := a[b]<c\n{{< /tab >}}\n{{< /tabpane >}}", "\n```go\nx := a[b]<c\n```\n"},
	{"highlighted code", "{{< highlight go \"linenos=table\" >}}\nif a < b { {{ c }} }\n{{< /highlight >}}", "```\nif a < b { {{ c }} }\n```"},
	{"a comment of Hugo", "a {{% comment %}}not\nthis{{% /comment %}} b", "a\nb"},
	{"a shortcode's text", `A {{< glossary_tooltip text="cluster" term_id="cluster" >}} of nodes`, `A cluster of nodes`},
	{"since when", `Labels {{< new-in 1.4 />}} are short.`, `Labels (new in 1.4) are short.`},
	{"a picture", "{{< figure src=\"a.png\" caption=\"The plan\" >}}", "The plan"},
	{"a link to a shortcode", `[the guide]({{< ref "guide.md" >}}) tells`, `the guide tells`},
	{"a heading's id", "## Setting up {#setup .big}\ntext", "## Setting up\ntext"},
	// Jekyll, Liquid
	{"Liquid", "{% if a %}\nSeen by all.\n{% endif %}", "\nSeen by all.\n"},
	{"a variable", "Version {{ site.version }} is out.", "Version is out."},
	{"a site's address", "[start]({{ site.url }}/start/)", "[start](/start/)"},
	{"kramdown", "A box\n{: .note }\n\n* TOC\n{:toc}\n", "A box\n\n\n\n\n"},
	{"raw", "{% raw %}a {{ b }} c{% endraw %}", `a \{{ b }} c`},
	{"Jekyll's code", "{% highlight ruby %}\na <b>\n{% endhighlight %}", "```ruby\na <b>\n```"},
	{"a comment of Liquid", "a{% comment %} not this {% endcomment %} b", "a b"},
	{"GitHub's variables", "{% data variables.product.prodname_actions %} runs. [AUTOTITLE](/actions/larger-runners#cost)", "actions runs. larger runners"},
	// MDX, Docusaurus, VuePress
	{"imports and components", "import Tabs from '@theme/Tabs';\nimport {\n  A,\n} from \"./a\";\n\n<Tabs>\n<TabItem value=\"a\" label=\"npm\">\n\nRun it.\n\n</TabItem>\n</Tabs>", "\n\n\n\n\n\n**npm:**\n\nRun it.\n\n\n"},
	{"an export", "export const a = {\n  b: [1,\n\n 2],\n};\n\ntext", "\n\n\n\n\n\ntext"},
	{"expressions", "import A from 'a'\n\nSay {'hello'}{/* not this */} to {props.name}.", "\n\nSay hello to."},
	{"sentences that begin alike", "import the module from the shelf\n\nexport default settings with care", "import the module from the shelf\n\nexport default settings with care"},
	{"an admonition", ":::warning Mind the gap\n\nIt is wide.\n\n:::\n\n:::tip\nJump.\n:::", "**Mind the gap:**\n\nIt is wide.\n\n\n\n**Tip:**\nJump.\n"},
	{"an admonition in brackets", ":::info[Read me]\nx\n:::\n::: code-group\n:::", "**Read me:**\nx\n\n\n"},
	{"indented components", "<Steps>\n    <Step>\n        Do it <b>now</b>.\n\n        ```sh\n        a <b>\n        ```\n    </Step>\n</Steps>", "\n\nDo it now.\n\n```sh\na <b>\n```\n\n"},
	// MkDocs
	{"a box of MkDocs", "!!! note \"Mind\"\n\n    The **lift**.\n\n        code <b>\n\nafter", "**Mind:**\n\nThe **lift**.\n\n    code <b>\n\nafter"},
	{"a folded box", "???+ tip\n    One.\n    Two.\nafter", "**Tip:**\nOne.\nTwo.\nafter"},
	{"tabs of MkDocs", "=== \"C\"\n\n    ``` c\n    a <b>\n    ```\n\n=== \"D\"\n\n    x", "**C:**\n\n``` c\na <b>\n```\n\n**D:**\n\nx"},
	{"icons and attributes", "[a](b.md){ .md-button } :material-check: yes\n\n--8<-- \"a.md\"\n\n[TOC]", "[a](b.md) yes\n\n\n\n"},
	{"slashes", "/// note | Mind\ntext\n///", "**Mind:**\ntext\n"},
	// GitHub, Obsidian
	{"a callout", "> [!NOTE]\n> Some text", "> **Note:**\n> Some text"},
	{"a callout of Obsidian", "> [!faq]- Why?\n> Because.", "> **Why?:**\n> Because."},
	{"links between notes", "See [[Plan]], [[Plan#Costs|what it costs]], [[Plan#Costs]] and [[#Here]].", "See Plan, what it costs, Plan: Costs and Here."},
	{"what is embedded", "a ![[Plan.png|300]] b\n\n![[Plan]]", "a b\n\n"},
	{"what is no link between notes", "[[1]](https://a.example/b) and if [[ -f x ]]; then", "[[1]](https://a.example/b) and if [[ -f x ]]; then"},
	{"comments of Obsidian", "a %%not this%% b, 5%% c\n\n%%\nnot\nthis\n%%\nd", "a b, 5%% c\n\n\n\n\n\nd"},
	{"marks of Obsidian", "==bright== text ^id-1\n\na == b", "bright text\n\na == b"},
	// MDN
	{"macros", `The {{HTTPHeader("Set-Cookie")}} header, {{domxref("Document.cookie", "cookie")}}, a {{Glossary("proxy")}}. {{Compat}}`, "The `Set-Cookie` header, `cookie`, a proxy."},
	{"terms", "- Name\n  - : What it is", "- Name\n  - What it is"},
	// tldr-pages
	{"placeholders", "`tar cf {{file.tar}} {{[-v|--verbose]}} --{{a}}`\n\nIn `{{a}}` text", "`tar cf file.tar [-v|--verbose] --a`\n\nIn `{{a}}` text"},
	// HTML
	{"harmless tags", `a <b>b</b> <span class="x">c</span><br>d<br/>e H<sub>2</sub>O 10<sup>3</sup>`, `a b c d e H2O 10^3`},
	{"hidden tags", "a <script>alert(1)</script> b\n<style>\nx\n</style>\n<iframe src=\"https://a.example\"></iframe>c", "a b\n\n\n\nc"},
	{"a script that is not closed", "a\n<script src=\"b\">\nalert(1)\n\nThe <script> tag", "a\n\n\n\nThe \\<script> tag"},
	{"comments", "a <!-- b --> c\n<!--\nd\n-->\ne", "a c\n\n\n\ne"},
	{"links and pictures", `<a href="https://a.example/?b=1&amp;c=2">d</a> <a href="/e">f</a> <a name="g"></a><img src="h" alt="A plan">`, `[d](https://a.example/?b=1&c=2) f A plan`},
	{"details", "<details>\n<summary>More</summary>\n\nText.\n\n</details>", "\nMore\n\nText.\n\n"},
	{"a table", "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td></td></tr>\n</table>", "\n- a — b\n- c\n"},
	{"an indented table", "<table>\n  <tr>\n    <td>a</td>\n    <td>b</td>\n  </tr>\n</table>", "\n\na\n— b\n\n"},
	{"lists and headings", "<h2>A</h2>\n<ul>\n  <li>b</li>\n</ul>", "## A\n\n  - b\n"},
	{"code of HTML", "<code>&lt;a&gt;</code>\n<pre>\nb  c\n</pre>", "`<a>`\n```\nb  c\n```"},
	{"what only looks like a tag", "ssh <user>@<host>, List<String>, a < b, a<b>c, <Name>", `ssh \<user>@\<host>, List\<String>, a < b, a\<b>c, \<Name>`},
	{"crossed out", "<del>a</del> b", "~~a~~ b"},
	// links and images
	{"images", "![a](b.png \"t\") [![c](d)](https://e.example) ![](f)", "a [c](https://e.example)"},
	{"links that would do something", "[a](javascript:alert(1)) [b](JAVA&#x73;cript:x) [c](data:text/html,x) <vbscript:x> [d](obsidian://x)", "a b c vbscript:x d"},
	{"links that lead somewhere", "[a](https://b.example) [c](d.md#e) <https://f.example> <g@h.example>", "[a](https://b.example) [c](d.md#e) <https://f.example> <g@h.example>"},
	{"references", "[a][b], [C] and [d][]\n\n[b]: https://b.example \"t\"\n[c]:\n  /c\n[d]: javascript:x", "[a](https://b.example), [C](/c) and d\n\n[b]: https://b.example \"t\"\n[c]: /c\n\n"},
	{"footnotes", "It is old.[^1] So it is [^a].\n\n[^1]: From 1970.\n[^a]: Really.", "It is old. So it is.\n\nNote 1: From 1970.\nNote a: Really."},
	{"what is no footnote", "Anything but [^x].", "Anything but [&#94;x]."},
	// code
	{"fences", "```\n{{< a >}} <b> [[c]] import x from 'y'\n```\n> ~~~\n> {{ d }}\n> ~~~", "```\n{{< a >}} <b> [[c]] import x from 'y'\n```\n> ~~~\n> {{ d }}\n> ~~~"},
	{"fences in fences", "``` title=\"a\"\n!!! b\n\n    ```\n    {{ c }}\n    ```\n```\n{{ d }}", "``` title=\"a\"\n!!! b\n\n    ```\n    {{ c }}\n    ```\n```\n"},
	{"spans", "`<a>` ``{{ ` }}`` `[[b]]` \\`<name>", "`<a>` ``{{ ` }}`` `[[b]]` \\`\\<name>"},
	{"indented code", "a\n\n    <b> {{ c }}\n\n- d\n\n      <e>\n\n  <f>", "a\n\n    <b> {{ c }}\n\n- d\n\n      <e>\n\n  \\<f>"},
	{"a fence in a list", "1. a\n   ```\n   {{ b }}\n   ```\n2. {{ c }}d", "1. a\n   ```\n   {{ b }}\n   ```\n2. d"},
	{"what was escaped", `\{{ a }} \<b> \[[c]]`, `\{{ a }} \<b> \[[c]]`},
	// what is left of a line
	{"empty items and headings", "- {{ a }}\n## {{ b }}\n**{{ c }}**\n> {{ d }}\n> e", "\n\n\n>\n> e"},
	{"an empty row", "| a | b |\n|---|---|\n| {{% param x %}} | {{% param \"y\" %}} |\n| c | d |", "| a | b |\n|---|---|\n| | |\n| c | d |"},
	{"icons in bold", "**:material-image: Image:** a\n\nb **c :octicons-x-16:** d\n\n=== \":fontawesome-brands-linux: Linux\"\n\n    e", "**Image:** a\n\nb **c** d\n\n**Linux:**\n\ne"},
	{"abbreviations", "The API.\n\n*[API]: What\n*[X]: Y\n*[a](b)*", "The API.\n\n\n\n*[a](b)*"},
	{"a box of a term", "`a`\n\n:   !!! note\n\n        b\n\n        c\n\nd", "`a`\n\n**Note:**\n\nb\n\nc\n\nd"},
	{"boxes in tabs", "=== \"A\"\n\n    !!! example\n\n        b\n\n        ```\n        c\n          d\n        ```", "**A:**\n\n**Example:**\n\nb\n\n```\nc\n  d\n```"},
	{"a box in HTML", "<div class=\"result\" markdown>\n\n!!! example\n\n    === \"B\"\n\n        * c\n\n</div>", "\n\n**Example:**\n\n**B:**\n\n* c\n\n"},
	{"a table of Markdown", "| a | b |\n|---|---|\n| {{ c }} | [[d\\|e]] |", "| a | b |\n|---|---|\n| | e |"},
}

func TestClean(t *testing.T) {
	for _, test := range bodies {
		t.Run(test.name, func(t *testing.T) {
			got, _ := clean(test.in, nil)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s\n%q", diff, got)
			}
			if strings.Count(got, "\n") != strings.Count(test.in, "\n") {
				t.Error("the number of lines is another")
			}
			if again, _ := clean(got, nil); again != got {
				t.Errorf("cleaned again it is %q", again)
			}
		})
	}
}

// TestLinker: who reads the pages decides where links lead.
func TestLinker(t *testing.T) {
	const text = "[a](old.md#b) [[Note|c]] ![[Note]] [d](lost.md) [e] `[f](old.md)` <a href=\"old.md\">g</a> [h](https://x.example)\n\n[e]: old.md"
	p, _ := ReadLinked([]byte(text), func(to string) string {
		switch {
		case strings.HasPrefix(to, "old.md"):
			return "new.md" + strings.TrimPrefix(to, "old.md")
		case to == "Note":
			return "note.md"
		case strings.HasPrefix(to, "https:"):
			return to
		}
		return ""
	})
	want := "[a](new.md#b) [c](note.md) [Note](note.md) d [e](new.md) `[f](old.md)` [g](new.md) [h](https://x.example)\n\n[e]: new.md"
	if diff := cmp.Diff(want, p.Body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHeadings(t *testing.T) {
	for in, want := range map[string]string{
		"text\n\n# The **first** `one` {#a}\n\n# B": "The first one",
		"Under lined\n===\n\n# B":                   "Under lined",
		"```\n# no\n```\n\n# <b>Yes</b> & [x](y)":   "Yes & x",
		"    # no\n\n## no":                         "",
		"<h1 align=\"left\">Yes</h1>":               "Yes",
	} {
		if _, got := clean(in, nil); got != want {
			t.Errorf("%q has the heading %q, want %q", in, got, want)
		}
	}
}
