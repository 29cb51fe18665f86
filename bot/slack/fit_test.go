package slack

import (
	"strings"
	"testing"

	"frameworkbot/bot"
)

// typesOf are the types of the blocks, in order.
func typesOf(t *testing.T, m message) []string {
	t.Helper()
	var out []string
	for _, b := range list(decoded(t, m.Blocks)) {
		out = append(out, b["type"].(string))
	}
	return out
}

// TestTooLong: what Slack would refuse is cut at its end, and the card says so.
func TestTooLong(t *testing.T) {
	a := withRefs(&bot.Answer{Kind: bot.PageKind, Title: "Long", Ref: "page:long"})
	for range 60 {
		a.Sections = append(a.Sections, bot.Section{Heading: "A part", Text: strings.Repeat("Some words. ", 30)})
	}
	a = withRefs(a)
	m := render(a, asPrivate)
	checkPayload(t, sent("long", m))
	text := textIn(t, m.Blocks)
	if !strings.Contains(text, "This is too long to be shown here in full. The menu More… has its parts.") {
		t.Errorf("nothing says that the card is cut: %.300s", text)
	}
	if got := labels(t, m.Blocks); len(got) == 0 || got[0] != "Share here" {
		t.Errorf("the buttons are lost: %q", got)
	}
}

// TestLongText: a text without parts is cut as well, and the card says so.
func TestLongText(t *testing.T) {
	m := render(&bot.Answer{Kind: bot.FactKind, Title: "Long", Text: strings.Repeat("A line of a fact.\n\n", 500)}, asPublic)
	checkPayload(t, sent("long", m))
	if text := textIn(t, m.Blocks); !strings.Contains(text, "This is too long to be shown here in full.") {
		t.Errorf("nothing says that the card is cut: %.300s", text)
	}
}

// TestManyOptions: a menu takes what fits, not more.
func TestManyOptions(t *testing.T) {
	a := &bot.Answer{Kind: bot.ListKind, Title: "All", Ref: "list"}
	for range 300 {
		a.Results = append(a.Results, bot.Result{Title: strings.Repeat("界", 80), Text: "a page", Ref: bot.Ref("page:" + strings.Repeat("x", len(a.Results)%50))})
	}
	checkPayload(t, sent("many", render(a, asPrivate)))
}

// TestTables: a comparison is Slack's table where that fits, else lines below each other.
func TestTables(t *testing.T) {
	comparison := func(columns, rows int, value string) *bot.Answer {
		table := &bot.Table{}
		for range columns {
			table.Columns = append(table.Columns, "Page")
		}
		for range rows {
			table.Rows = append(table.Rows, bot.Row{Label: "Fact", Values: []string{value, "界"}})
		}
		return &bot.Answer{Kind: bot.ComparisonKind, Title: "Both", Text: "They differ.", Table: table, Ref: "vs:a,b"}
	}
	for name, c := range map[string]struct {
		a    *bot.Answer
		want string
	}{
		"two pages":        {comparison(2, 15, "a value"), "table"},
		"six pages":        {comparison(6, 15, "a value"), "table"},
		"too many columns": {comparison(20, 2, "a value"), "rich_text"},
		"too many rows":    {comparison(2, 100, "a"), "rich_text"},
		"too much text":    {comparison(2, 60, strings.Repeat("word ", 100)), "rich_text"},
		"nothing":          {comparison(0, 0, ""), "actions"},
	} {
		m := render(c.a, asPrivate)
		checkPayload(t, sent(name, m))
		if got := typesOf(t, m)[2]; got != c.want {
			t.Errorf("%s: a block of the type %s, not %s", name, got, c.want)
		}
		if text := textIn(t, m.Blocks); c.want != "actions" && !strings.Contains(text, bot.NotStated) && len(c.a.Table.Columns) > 2 {
			t.Errorf("%s: missing values are not shown: %.200s", name, text)
		}
	}
}

func TestAligned(t *testing.T) {
	want := "Fact\n  Django  full-stack\n  世界    micro\n"
	if got := alignedFacts([][]string{{"", "Django", "世界"}, {"Fact", "full-stack", "micro"}}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := alignedTexts([][]string{{"a", "b"}, {"cc", "d", "e"}}), "a   b\n--  -  -\ncc  d  e\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
