package slack

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
)

// nasty is what pages and people may write to do harm.
var nasty = []string{
	"<!channel> <!here|here> <@U012345> <#C012345|general> @everyone @here", "](javascript:alert(1)) [x](javascript:y) <javascript:z>",
	"```", "```\n<!channel>", "`a` *b* _c_ ~d~ **e** :smile: &lt;!channel&gt; &amp;amp;", "> quote\n> > deeper", strings.Repeat("- ", 40) + "x",
	"👩‍👩‍👧‍👦🏳️‍🌈", "世界は広いので折り返しが必要です。", "שלום עולם \u202etxet\u202c", "a\xffb\x00c\x1b[2J", "\u200b\ufeff", "",
	strings.Repeat("long", 300), strings.Repeat("界", 3100), strings.Repeat("<&>", 700), strings.Repeat(`"\`, 900), strings.Repeat("🙂", 1600),
	"|a|b|\n|-|-|\n|" + strings.Repeat("c", 400) + "|<!here>|", "1. one\n   > note\n7. two\n   - nested\n     ```\n     code\n     ```",
	"[label](https://example.com/?a=b|c>d) <https://example.com/" + strings.Repeat("y", 3200) + ">", "One. (docs, 2026-03) Two (MVC) (review, 2026-08).\n> Note (2026-08): three. (a, 2025)",
	"# Heading\n\ntext\n\n---\n\n<b>html</b>", "\n\n\n", " ", "A sentence. (the 2023 article)",
}

// makeAnswer makes an answer of any shape from a seed, with text wherever an answer has one.
func makeAnswer(seed uint64, text string) *bot.Answer {
	r := rand.New(rand.NewPCG(seed, 1))
	say := func() string {
		if r.IntN(4) == 0 {
			return text
		}
		s := nasty[r.IntN(len(nasty))]
		if r.IntN(3) == 0 {
			s += " " + text
		}
		return s
	}
	ref := func(kind string) bot.Ref { return bot.Ref(kind + ":" + strconv.Itoa(r.IntN(1000))) }
	several := func(most int, add func()) {
		n := r.IntN(4)
		if r.IntN(8) == 0 {
			n = r.IntN(most + 1)
		}
		for range n {
			add()
		}
	}
	kinds := []bot.Kind{bot.PageKind, bot.FactKind, bot.ListKind, bot.ComparisonKind, bot.NoneKind, bot.HelpKind, bot.BusyKind, bot.FailedKind}
	a := &bot.Answer{Kind: kinds[r.IntN(len(kinds))], Title: say(), URL: []string{"https://example.com", "", say()}[r.IntN(3)], Text: say(), Reviewed: []string{"reviewed 2026-11-22", say()}[r.IntN(2)], Ref: ref("page")}
	several(30, func() { a.Notes = append(a.Notes, say()) })
	several(60, func() { a.Facts = append(a.Facts, bot.Fact{Label: say(), Value: say()}) })
	several(40, func() { a.Sections = append(a.Sections, bot.Section{Heading: say(), Text: say() + "\n\n" + say()}) })
	several(150, func() { a.More = append(a.More, bot.Ask{Label: say(), Text: say(), Ref: ref("part")}) })
	several(150, func() {
		a.Results = append(a.Results, bot.Result{ID: say(), Title: say(), Text: say(), Group: say(), Ask: say(), Ref: ref("page")})
	})
	several(40, func() { a.Asks = append(a.Asks, bot.Ask{Label: say(), Text: say(), Ref: ref("vs")}) })
	several(40, func() { a.Sources = append(a.Sources, bot.Source{Title: say(), Date: say(), Link: say()}) })
	if r.IntN(3) == 0 {
		a.Table = &bot.Table{}
		several(30, func() { a.Table.Columns = append(a.Table.Columns, say()) })
		several(120, func() {
			row := bot.Row{Label: say(), Same: r.IntN(2) == 0}
			several(30, func() { row.Values = append(row.Values, say()) })
			a.Table.Rows = append(a.Table.Rows, row)
		})
	}
	if r.IntN(3) == 0 {
		a.NotThis = ref("not")
	}
	return a
}

// checkAll renders an answer in all ways and checks what comes of it.
func checkAll(t *testing.T, a *bot.Answer, text string) {
	t.Helper()
	o := asPrivate
	o.asked = bot.Echo(text)
	thanked := asThanked
	thanked.thanks = text
	for _, o := range []options{asPrivate, o, asPublic, asShared, thanked, asReplies, {}} {
		m := render(a, o)
		checkPayload(t, sent("message", m))
		actual, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		if size := measure(m.Blocks...); size.bytes < len(actual)-len("[]") {
			t.Errorf("%d bytes were measured, there are %d", size.bytes, len(actual))
		}
	}
	help := &bot.Answer{Kind: bot.HelpKind, Title: text, Text: text, Results: a.Results, Asks: a.Asks, Ref: bot.Help}
	checkPayload(t, payload{"view", "home", renderHome(help, a, asPrivate)})
	checkPayload(t, payload{"view", "browse", renderHome(help, nil, asPrivate)})
	checkPayload(t, sent("line", renderLine(text)))
}

// FuzzRender: whatever an answer holds, Slack takes it, and nothing in it is live.
func FuzzRender(f *testing.F) {
	for i, s := range nasty {
		f.Add(uint64(i), s)
	}
	f.Fuzz(func(t *testing.T, seed uint64, text string) { checkAll(t, makeAnswer(seed, text), text) })
}

// TestRandomAnswers does what the fuzzer does, for a while, the same each time.
func TestRandomAnswers(t *testing.T) {
	for seed := range uint64(40) {
		text := nasty[seed%uint64(len(nasty))]
		checkAll(t, makeAnswer(seed+1000, text), text)
		if t.Failed() {
			t.Fatalf("seed %d", seed+1000)
		}
	}
	for _, c := range bottest.Answers() {
		checkAll(t, withRefs(c.Answer), "x")
	}
}

// FuzzOptions: a menu that is searched fits into an acknowledgement.
func FuzzOptions(f *testing.F) {
	for _, s := range nasty {
		f.Add(s, 100)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		var found []bot.Suggestion
		for i := range n % 300 {
			found = append(found, bot.Suggestion{Ref: bot.Ref("page:" + strconv.Itoa(i)), Title: text, Hint: text, Page: "page:x"})
		}
		r := renderOptions(found, text, refOf, 100, 18<<10)
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 18<<10 || len(r.Options) > 100 || r.Options == nil {
			t.Errorf("%d options in %d bytes", len(r.Options), len(data))
		}
		c := checking{TB: t, as: "options", acts: map[string]bool{}, ids: map[string]bool{}}
		walk(decoded(t, r), func(v map[string]any) {
			if v["value"] != nil {
				c.object(v)
			}
		})
	})
}
