package index_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

// hostile are pages that cost a parser much more than they weigh, and why each
// is refused before a parser sees it.
var hostile = []struct{ name, front, body, want string }{
	{
		"table of 2,000 columns", "", strings.Repeat("| a ", 2000) + "|\n" + strings.Repeat("|---", 2000) + "|\n",
		"a.md:5: a table of 2000 columns: the limit is 64",
	},
	{"table without outer bars", "", strings.Repeat("a|", 2000) + "a\n", "a.md:5: a table of 2001 columns: the limit is 64"},
	{"block quotes", "", strings.Repeat(">", 100_000) + "a", "a.md:5: block quotes or lists nested 100000 deep: the limit is 16"},
	{"block quotes with spaces", "", strings.Repeat("> ", 100_000) + "a", "a.md:5: block quotes or lists nested 100000 deep: the limit is 16"},
	{"lists on a line", "", strings.Repeat("- ", 20_000) + "a", "a.md:5: block quotes or lists nested 20000 deep: the limit is 16"},
	{"numbered lists on a line", "", strings.Repeat("1. ", 20_000) + "a", "a.md:5: block quotes or lists nested 20000 deep: the limit is 16"},
	{"numbered lists with brackets", "", strings.Repeat("1) ", 20_000) + "a", "a.md:5: block quotes or lists nested 20000 deep: the limit is 16"},
	{"quotes in numbered lists", "", strings.Repeat("1. > ", 10_000) + "a", "a.md:5: block quotes or lists nested 20000 deep: the limit is 16"},
	{"lists over lines", "", deepList(1000), "a.md:21: block quotes or lists nested 17 deep: the limit is 16"},
	{"links never closed", "", strings.Repeat("[a](", 20_000), "a.md:5: more than 200 '[' in one paragraph: split it"},
	{"brackets over lines", "", strings.Repeat("[a\n", 20_000), "a.md:205: more than 200 '[' in one paragraph: split it"},
	{"emphasis", "", strings.Repeat("*a_", 25_000), "a.md:5: more than 2000 '*' or '_' in one paragraph: split it"},
	{"emphasis over lines", "", strings.Repeat("*a_\n", 25_000), "a.md:1005: more than 2000 '*' or '_' in one paragraph: split it"},
	{"a page too long", "", strings.Repeat("a\n", 5_000_000), "a.md: the file has 10000029 bytes: the limit is 1048576"},
	{"front matter too long", "owner: " + strings.Repeat("a", 70_000) + "\n", "S.", "a.md:2: front matter has 70029 bytes: the limit is 65536"},
	{"brackets in front", "aliases: " + strings.Repeat("[", 20_000) + "\n", "S.", "a.md:4: front matter is nested too deeply: the limit is 8 levels"},
	{
		"brackets in front, closed", "aliases: " + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "\n", "S.",
		"a.md:4: front matter is nested too deeply: the limit is 8 levels",
	},
	{
		"brackets in front, paid in advance", "# " + strings.Repeat("]", 20_000) + "\naliases: " + strings.Repeat("[", 20_000) + "\n", "S.",
		"a.md:5: front matter is nested too deeply: the limit is 8 levels",
	},
	{"indentation in front", "facts:\n" + strings.Repeat(" ", 40) + "orm: a\n", "S.", "a.md:5: front matter is nested too deeply: the limit is 8 levels"},
	{"dashes in front", strings.Repeat("- ", 20_000) + "a\n", "S.", "a.md:4: front matter is nested too deeply: the limit is 8 levels"},
	{"keys of keys in front", strings.Repeat("? ", 20_000) + "a\n", "S.", "a.md:4: front matter is nested too deeply: the limit is 8 levels"},
	{"alias bomb", bomb(), "S.", "a.md:4: unknown key \"a\": known keys are " + frontKeys +
		"\na.md:5: unknown key \"b\": known keys are " + frontKeys + "\na.md:6: aliases (*b) are not allowed here: write the value out"},
}

const frontKeys = "aliases, extends, facts, first_release, kind, language, latest, licence, links, owner, questions, reviewed, sources, title, unrelated"

func deepList(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func bomb() string {
	return "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\naliases: *b\n"
}

// TestHostilePages asserts that each is refused with its reason, not how long
// it takes: a page that is not refused here runs into the test's own deadline.
func TestHostilePages(t *testing.T) {
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			page, problems := index.ParsePage("a.md", []byte("---\ntitle: A\nkind: guide\n"+tt.front+"---\n"+tt.body))
			problems.Sort()
			if diff := cmp.Diff(tt.want, problems.Error()); diff != "" {
				t.Error(diff)
			}
			if page != nil {
				t.Error("a page was parsed all the same")
			}
		})
	}
}

// TestNearTheLimits are pages that an editor may well write.
func TestNearTheLimits(t *testing.T) {
	for name, body := range map[string]string{
		"a table":            strings.Repeat("| a ", 64) + "|\n" + strings.Repeat("|---", 64) + "|\n",
		"rules and bold":     "Summary.\n\n---\n\n***\n\n**bold** __bold__\n\n--- a\n",
		"quotes in a list":   "- a\n  - b\n    > c\n    > > d\n",
		"versions and years": "3.11 is newer than 3.9\n\n1999. A year begins a list.\n",
		"many links":         strings.Repeat("[a](b) ", 200) + "\n\n" + strings.Repeat("[a](b) ", 200),
		"a minus and a plus": "-1 +1 *x*\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, problems := index.ParsePage("a.md", []byte("---\ntitle: A\nkind: guide\n---\n"+body)); len(problems) > 0 {
				t.Errorf("refused: %v", problems)
			}
		})
	}
}
