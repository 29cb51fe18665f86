package foreign

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRead: whatever a file holds, the lines of its body stay where they are,
// and cleaning once is enough.
func FuzzRead(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		p, _ := Read(data)
		Strict(data)
		text := normalise(data)
		if got, want := strings.Count(p.Body, "\n"), strings.Count(split(text).body, "\n"); got != want {
			t.Errorf("the body has %d line ends, want %d: %q", got, want, p.Body)
		}
		if got, want := strings.Count(p.Body, "\n")+p.Line, strings.Count(text, "\n")+1; got != want && p.Body != "" {
			t.Errorf("the body ends in line %d of %d", got, want)
		}
		for _, s := range append([]string{p.Title, p.Summary, p.Owner, p.Date, p.Link, p.Body}, append(p.Aliases, p.Words...)...) {
			if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
				t.Errorf("not text: %q", s)
			}
		}
		if again, _ := clean(p.Body, nil); again != p.Body {
			t.Errorf("cleaned twice:\n%q\n%q", p.Body, again)
		}
	})
}

// seeds has each kind of markup once.
var seeds = []string{
	"", "---\n", "---\ntitle: A\n---\ntext\n", "+++\ntitle = 'A'\ntags = [\"b\",\n 'c']\n[params]\nx = 1\n+++\ntext", "{\n\"title\": \"A\"\n}\ntext",
	"# A {#a}\n\n> [!NOTE] Title\n> text\n\nB\n===\n", "a <b>b</b> <a href=\"https://x.example\">c</a> <br> <img alt='d'> <name> `<e>` <!-- f\n -->g",
	"{{< alert title=\"A\" >}}\nb {{% param \"c\" %}}\n{{< /alert >}}\n{{< highlight go >}}\nd\n{{< /highlight >}}\n", "{% if a %}b{% endif %}{{ c }} {% raw %}{{ d }}{% endraw %}\n{% highlight e %}\nf\n{% endhighlight %}",
	"import A from 'b'\n\nexport const c = {\n d: 1,\n}\n\n<A b={c}>d {e.f} {/* g */}</A>\n", ":::note A\nb\n:::\n\n!!! tip \"C\"\n    d\n\n=== \"E\"\n\n    ```\n    f\n    ```\n",
	"[[a]] [[b#c|d]] ![[e]] %%f%% ==g== ^h12\n", "![a](b) [![c](d)](e) [f][g] [g] [h](javascript:i) <javascript:j>\n\n[g]: https://k.example\n[^1]: l\n[^1]",
	"{{Glossary(\"a\")}} {{domxref(\"b\", \"c\")}} {{Compat}}\n\n`x {{y}}`\n\n    code <b>\n\n- a\n  - b\n\n        code\n", "<table>\n<tr><td>a</td><td>b</td></tr>\n</table>\n<details><summary>c</summary>d</details><pre>\ne\n</pre>\n<script>\nf\n</script>",
	"<<b>b>x</b> {{{{a}}}} [[[a]]](b) `a ``b` \\{{c}} > > - 1. ```\nd\n", "\ufeff---\r\ntitle: \"A\"\r\nalias: b\r\n---\r\nc\r\n", "/// note | A\nb\n///\n--8<-- \"c\"\n[TOC]\n* TOC\n{:toc}\n",
}
