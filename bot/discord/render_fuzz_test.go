package discord

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
)

// bad are pieces of what could do harm, and of what is hard to count.
var bad = []string{
	"@everyone", "@here", "@EVERYONE", "<@1234567890>", "<@!1>", "<@&2>", "<#3>", "</framework:4>", "<:smile:5>", "<a:b:6>", "<t:7:R>", "<id:browse>",
	"&commat;everyone", "&lt;@8&gt;", "@**everyone**", "<**@1>**", "@\u200deveryone", "@\u200beveryone",
	"```", "`", "``", "````js\n", "\n```\nx", "~~~\ncode @everyone\n~~~", "    code ``` @here\n", "`a``b`", "`<@1>`",
	"[x](https://example.com)", "[x](javascript:alert(1))", "[example.org](https://example.com)", "[https://example.org](https://example.com/)",
	"[x](https://example.com/a_(b))", "[a](<https://example.com/ x>)", "[x][y]", "](https://example.com)", "<https://example.com>", "https://example.com", "![p](http://x.example/p.png)",
	"discord.gg/abc", "https://discord.gg/abc", "[`x`](https://example.com)", "[[a]](https://example.com)", "[x](https://user@example.com)", "[x](https://exämple.com)", "<a@b.example>", "mailto:a@b.example", "steam://run",
	"**", "*", "__", "_", "~~", "||spoiler||", "# ", "- ", "-# ", "> ", ">>> ", "1. ", "+ ", "***", "|a|b|\n|-|-|\n|c|d|\n", "\\", "\\\\", ":tada:", "a:b:c",
	"\n", "\n\n", "  \n", "\t", " ", "\u00a0", "\u2028", "\x00", "\x1b[31m", "\u202e", "\u2066", "\xff", "\r\n",
	"界", "👩‍👩‍👧‍👦", "🏳️‍🌈", "e\u0301", "שלום", "𝒜", "\U000e0041", "long" + strings.Repeat("long", 60), strings.Repeat("界", 300), strings.Repeat("𝒜", 200), strings.Repeat("> ", 40),
	"word ", "Note (2026-08): ", "(the 2023 article)", "<script>", "<!-- x -->", "&amp;lt;", "1)", "C++", "C#", ".NET",
}

// A maker makes answers up.
type maker struct{ *rand.Rand }

func (m maker) text(most int) string {
	var b strings.Builder
	for range m.IntN(most + 1) {
		b.WriteString(bad[m.IntN(len(bad))])
		if m.IntN(3) == 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func (m maker) ref() bot.Ref {
	if m.IntN(4) == 0 {
		return ""
	}
	return bot.Ref("page:" + strings.Repeat("x", m.IntN(40)) + strconv.Itoa(m.IntN(30)))
}

func (m maker) asks(most int) []bot.Ask {
	out := make([]bot.Ask, m.IntN(most+1))
	for i := range out {
		label := m.text(3)
		if m.IntN(3) == 0 {
			label = comparePrefix + label
		}
		out[i] = bot.Ask{Label: label, Text: m.text(4), Ref: m.ref()}
	}
	return out
}

func many[T any](m maker, most int, one func() T) []T {
	out := make([]T, m.IntN(most+1))
	for i := range out {
		out[i] = one()
	}
	return out
}

func (m maker) answer() *bot.Answer {
	kinds := []bot.Kind{bot.PageKind, bot.FactKind, bot.ListKind, bot.ComparisonKind, bot.NoneKind, bot.HelpKind, bot.BusyKind, bot.FailedKind}
	size := 1 + m.IntN(12) // of its texts
	a := &bot.Answer{
		Kind: kinds[m.IntN(len(kinds))], Title: m.text(4), URL: m.text(2), Text: m.text(4 * size), Reviewed: m.text(2),
		Notes: many(m, 3, func() string { return m.text(size) }),
		Facts: many(m, 8, func() bot.Fact { return bot.Fact{Label: m.text(2), Value: m.text(size)} }),
		Sections: many(m, 30, func() bot.Section {
			return bot.Section{Heading: m.text(2), Text: strings.Repeat("- **"+m.text(1)+".** "+m.text(size)+"\n  > Note: "+m.text(size)+"\n", m.IntN(5))}
		}),
		More: m.asks(40), Asks: m.asks(8), Ref: m.ref(), NotThis: m.ref(), Private: m.IntN(3) == 0,
		Results: many(m, 30, func() bot.Result {
			return bot.Result{Title: m.text(2), Text: m.text(4), Group: m.text(1), Ref: m.ref()}
		}),
		Sources: many(m, 20, func() bot.Source {
			return bot.Source{Title: m.text(3), Date: m.text(1), Link: "https://example.com/" + strconv.Itoa(m.IntN(9))}
		}),
		Pages: many(m, 2, func() string { return "x" }),
	}
	if m.IntN(3) == 0 {
		columns := m.IntN(7)
		a.Table = &bot.Table{Columns: make([]string, columns)}
		for i := range a.Table.Columns {
			a.Table.Columns[i] = m.text(2)
		}
		a.Table.Rows = many(m, 20, func() bot.Row {
			return bot.Row{Label: m.text(2), Values: many(m, columns, func() string { return m.text(size) }), Same: m.IntN(3) == 0}
		})
	}
	return a
}

func (m maker) options() options {
	pick := func(s ...string) string { return s[m.IntN(len(s))] }
	return options{
		style: pick(Components, Embed, Text), private: m.IntN(2) == 0, share: m.IntN(2) == 0, deletable: m.IntN(2) == 0,
		asker: pick("", "100000000000000001"), asked: pick("", bot.Echo(m.text(4)), m.text(4)),
		sharedBy: pick("", "", "100000000000000002", "<@3>"), mention: pick("", "", "100000000000000003", "everyone"),
		replyTo: pick("", "", "", "100000000000000004"), thanks: pick("", "", "Thank you.", m.text(3)),
	}
}

// check renders and reports what is wrong.
func check(t *testing.T, a *bot.Answer, o options) {
	t.Helper()
	for _, fault := range inspect(render(a, o), o) {
		t.Errorf("%s card: %s", o.style, fault)
	}
}

func TestWhateverIsAnsweredFits(t *testing.T) {
	n := uint64(1000)
	if testing.Short() {
		n = 100
	}
	for seed := range n {
		m := maker{rand.New(rand.NewPCG(seed, 1))}
		check(t, m.answer(), m.options())
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// The largest of everything: each limit is met by something.
func TestTooMuchOfEverythingFits(t *testing.T) {
	for _, piece := range []string{"word ", "界", "𝒜", "*_", "```", "@everyone "} {
		long := strings.Repeat(piece, 900)
		a := &bot.Answer{Kind: bot.PageKind, Title: long, URL: "https://example.com/" + long, Text: long + "\n> Note: " + long, Reviewed: long, Ref: "page:a", NotThis: "not:a", Pages: []string{"a"}}
		a.Table = &bot.Table{Columns: []string{long, long}}
		for i := range 30 {
			n := strconv.Itoa(i)
			ref := bot.Ref(strings.Repeat("r", bot.MaxRef-len(n)) + n)
			a.Notes = append(a.Notes, long)
			a.Facts = append(a.Facts, bot.Fact{Label: long, Value: long})
			a.Sections = append(a.Sections, bot.Section{Heading: long, Text: "- " + long + "\n- " + long})
			a.More = append(a.More, bot.Ask{Label: long, Ref: ref})
			a.Asks = append(a.Asks, bot.Ask{Label: "Compare with " + long, Ref: ref}, bot.Ask{Label: long, Text: long, Ref: "x" + ref[1:]}, bot.Ask{Text: long})
			a.Results = append(a.Results, bot.Result{Title: long, Text: long, Group: long + n, Ref: "y" + ref[1:]})
			a.Sources = append(a.Sources, bot.Source{Title: long, Date: long, Link: "https://example.com/" + long})
			a.Table.Rows = append(a.Table.Rows, bot.Row{Label: long, Values: []string{long, long}})
		}
		for _, style := range []string{Components, Embed, Text} {
			for _, replyTo := range []string{"", "100000000000000004"} {
				check(t, a, options{
					style: style, share: true, deletable: true, asker: "18446744073709551615", asked: long, thanks: long,
					sharedBy: "18446744073709551615", mention: "18446744073709551615", replyTo: replyTo,
				})
			}
		}
	}
}

func TestNothingIsStillSomething(t *testing.T) {
	for _, a := range []*bot.Answer{{}, {Kind: bot.NoneKind, Title: " \u200b "}, {Text: "\n\n"}, {Table: &bot.Table{}}, {Results: []bot.Result{{}}}, {Asks: []bot.Ask{{}}}, {Sections: []bot.Section{{}}}} {
		for _, style := range []string{Components, Embed, Text} {
			check(t, a, options{style: style})
		}
	}
}

func FuzzRender(f *testing.F) {
	for i, c := range bottest.Answers() {
		f.Add(uint64(i), c.Answer.Title, c.Answer.Text, "")
	}
	for i, s := range bad {
		f.Add(uint64(i), s, s+s, s)
	}
	f.Fuzz(func(t *testing.T, seed uint64, title, text, piece string) {
		m := maker{rand.New(rand.NewPCG(seed, 2))}
		a, o := m.answer(), m.options()
		a.Title, a.Text = title, text
		a.Notes = append(a.Notes, piece)
		a.Facts = append(a.Facts, bot.Fact{Label: piece, Value: title})
		a.Sections = append(a.Sections, bot.Section{Heading: piece, Text: "- " + piece + text})
		a.Sources = append(a.Sources, bot.Source{Title: piece, Date: piece, Link: piece})
		a.Results = append(a.Results, bot.Result{Title: piece, Text: text, Ref: "page:x"})
		check(t, a, o)
	})
}
