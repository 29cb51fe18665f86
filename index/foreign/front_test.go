package foreign

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestFrontMatter(t *testing.T) {
	for name, test := range map[string]struct {
		in       string
		want     Page
		problems []Problem
	}{
		"none":      {in: "# A\ntext", want: Page{Title: "A", Line: 1}},
		"empty":     {in: "---\n---\ntext", want: Page{Line: 3}},
		"comments":  {in: "---\n# only\n# comments\n---\ntext", want: Page{Line: 5}},
		"a rule":    {in: "---\ntext\n\n---\n", want: Page{Line: 1}},
		"no body":   {in: "---\ntitle: A\n---", want: Page{Title: "A", Line: 4}},
		"BOM, CRLF": {in: "\ufeff---\r\ntitle: A\r\ndate: 2026-11-22T10:00:00Z\r\n---\r\ntext", want: Page{Title: "A", Date: "2026-11-22", Line: 5}},
		"blank lines before": {
			in: "\n\n---\ntitle: A\n---\ntext", want: Page{Title: "A", Line: 6},
		},
		"capital letters, empty values, numbers, dates": {
			in:   "---\nTitle: 404\nTags: [\"\", 8, 2026-11-22]\ndescription:\nStatus: \"\"\nlast_updated: 22 November 2026\n---\n",
			want: Page{Title: "404", Words: []string{"8", "2026-11-22"}, Date: "2026-11-22", Line: 8},
		},
		"Hugo": {
			in: "---\ntitle: lists.Sort\nlinkTitle: Sort\naliases: [/old/, /older.html, a/b/c, Sorting, TCP/IP]\nkeywords: [order]\ncategories: []\nlastmod: 2026-10\ndate: 2020-01-01\n" +
				"params:\n  functions_and_methods:\n    aliases: [sort]\ncSpell:ignore: a b # words\n---\n",
			want: Page{Title: "lists.Sort", Aliases: []string{"Sorting", "TCP/IP"}, Words: []string{"order", "Sort"}, Date: "2026-10", Line: 14},
		},
		"TOML": {
			in:   "+++\ntitle = \"A \\\"b\\\"\"\ndate = 2026-11-22T10:00:00Z # the day\ntags = [\n  'c', # d\n  \"e\"\n]\ndraft = true\ndescription = '''\nlong\ntext'''\n[params]\nowner = 'f'\n+++\ntext",
			want: Page{Title: `A "b"`, Date: "2026-11-22", Words: []string{"c", "e"}, Draft: true, Summary: "long text", Line: 15},
		},
		"JSON": {
			in:   "{\n  \"title\": \"A\",\n  \"aliases\": [\"b\"],\n  \"draft\": false, \"tags\": \"c, d e\"\n}\ntext",
			want: Page{Title: "A", Aliases: []string{"b"}, Words: []string{"c", "d e"}, Line: 6},
		},
		"a shortcode is no JSON": {in: "{{< a >}}\n# B", want: Page{Title: "B", Line: 1}},
		"Jekyll": {
			in:   "---\nlayout: post\npermalink: /a\ntitle: A\nexcerpt: >-\n  What it\n  is\ntags: one two\ncategory: Big things\npublished: false\nauthor: the team\n---\n",
			want: Page{Title: "A", Summary: "What it is", Words: []string{"one", "two", "Big things"}, Draft: true, Owner: "the team", Line: 13},
		},
		"Docusaurus": {
			in:   "---\nid: a\ntitle: A\nsidebar_label: Short\nsidebar_position: 3\nlast_update:\n  date: 11/22/2026\n  author: b\nauthors:\n  - name: C\n    url: https://c.example\n  - d\nunlisted: true\n---\n",
			want: Page{Title: "A", Words: []string{"Short"}, Owner: "C, d", Draft: true, Line: 15}, problems: []Problem{{7, `"11/22/2026" is not a date that can be read: write it as 2026-11-22`}},
		},
		"Backstage": {
			in:   "---\nmetadata:\n  name: a\n  title: A service\n  description: What it does\n  tags: [go]\nspec:\n  owner: team-b\n---\n",
			want: Page{Title: "A service", Summary: "What it does", Words: []string{"go"}, Owner: "team-b", Line: 10},
		},
		"Obsidian": {
			in:   "---\naliases:\n  - Other name\n  - Folder/Sub/Note\nalias: one, two\ntags:\n  - \"#work/plans\"\n---\n",
			want: Page{Aliases: []string{"Other name", "one", "two"}, Words: []string{"work/plans"}, Line: 9},
		},
		"endoflife.date": {
			in:   "---\ntitle: Rails\nalternate_urls:\n  - /ror\n  - /ruby-on-rails\n  - /a/b\nreleases:\n  - releaseCycle: \"8\"\n    eol: false\n---\n",
			want: Page{Title: "Rails", Aliases: []string{"ror", "ruby-on-rails"}, Line: 11},
		},
		"MDN, GitHub": {
			in:   "---\ntitle: '<a>: The `anchor` {% data variables.product.prodname_dotcom %}'\nslug: a/b\nintro: 'Learn [this](/x) &amp; **that**.'\nshortTitle: Anchor\ncanonical: https://a.example/b\n---\n",
			want: Page{Title: "<a>: The anchor GitHub", Summary: "Learn this & that.", Words: []string{"Anchor"}, Link: "https://a.example/b", Line: 8},
		},
		"a colon in a title, a tab, a key twice": {
			in: "---\ntitle: What: a thing\ntags:\n\t- a\ntitle: again\nbad: [\nowner: b\n---\n", want: Page{Title: "What: a thing", Words: []string{"a"}, Owner: "b", Line: 9},
			problems: []Problem{{6, "YAML: did not find expected node content"}},
		},
		"anchors": {
			in: "---\ntitle: &t A\nsummary: *t\ntags: [b]\n---\n", want: Page{Title: "A", Words: []string{"b"}, Line: 6},
			problems: []Problem{{3, "aliases (*t) are not read: write the value out"}},
		},
		"not closed": {
			in: "---\ntitle: A\ntags: [b]\n\ntext\n", want: Page{Title: "A", Words: []string{"b"}, Line: 4},
			problems: []Problem{{1, "the front matter is not closed: a line of --- must follow it"}},
		},
		"links that are none": {in: "---\nurl: /a\nlink: javascript:alert(1)\ncanonical: https://u:p@a.example\n---\n", want: Page{Line: 6}},
		"too deep": {
			in: "---\ntitle: A\nx: [[[[[[[[[[1]]]]]]]]]]\n---\n", want: Page{Title: "A", Line: 5},
			problems: []Problem{{3, "front matter is nested too deeply: the limit is 8 levels"}},
		},
		"too long": {
			in: "---\ntitle: A\nx: " + strings.Repeat("y", maxFrontBytes) + "\ntags: [b]\n---\n", want: Page{Title: "A", Words: []string{"b"}, Line: 6},
			problems: []Problem{{3, "this makes the front matter longer than 65536 bytes: it is left out"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := Read([]byte(test.in))
			if diff := cmp.Diff(test.want, got, cmpopts.IgnoreFields(Page{}, "Body")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.problems, problems); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2026": "2026", "2026-11": "2026-11", "2026/1/2": "2026-01-02", "2026-11-22 10:00": "2026-11-22", "2026-11-22T10:00:00+02:00": "2026-11-22",
		"November 2026": "2026-11", "Nov 22, 2026": "2026-11-22", "November 22, 2026 9:41 AM": "2026-11-22", "Sun, 22 Nov 2026 10:00:00 GMT": "2026-11-22",
		"3/4/2026": "", "2026-13-01": "", "2026-02-30": "", "soon": "", "": "", "0000": "", "20261122": "2026-11-22",
	} {
		if got := Date(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestStrict(t *testing.T) {
	for in, want := range map[string]bool{
		"---\ntitle: A\nkind: micro\n---\n":               true,
		"---\r\nkind: \"document\" # ours\r\n---\r\n":     true,
		"\ufeff---\ntitle: A\nsources:\n  - {id: a}\n---": true,
		"---\nextends: laravel\n---\n":                    true,
		"---\ntitle: [broken\nkind: guide\n---\n":         true,
		"---\ntitle: A\nkind: full-stack\nnever closed":   true,
		"---\ntitle: A\nkind: blog\n---\n":                false,
		"---\nparams:\n  kind: micro\n---\n":              false,
		"---\ntitle: A\n---\nkind: micro\n":               false,
		"---\n\ntext\n\nsources: a, b":                    false,
		"kind: micro\n":                                   false,
		"+++\nkind = 'micro'\n+++\n":                      false,
		"":                                                false,
	} {
		if got := Strict([]byte(in)); got != want {
			t.Errorf("%q: %t, want %t", in, got, want)
		}
	}
}
