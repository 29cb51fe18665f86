package discord

import (
	"slices"
	"strings"
	"testing"

	"frameworkbot/bot"
)

// seen is all text of a message, its components in order.
func seen(m message) string {
	var all []string
	if m.Content != nil {
		all = append(all, *m.Content)
	}
	for _, e := range m.Embeds {
		all = append(all, e.Title, e.Description)
		for _, f := range e.Fields {
			all = append(all, f.Name, f.Value)
		}
		if e.Footer != nil {
			all = append(all, e.Footer.Text)
		}
	}
	for _, c := range flat(m.Components) {
		all = append(all, c.Content, c.Label, c.Placeholder)
	}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "\n")
}

// flat are components and all that is within them.
func flat(list []component) []component {
	var all []component
	for _, c := range list {
		all = append(append(all, c), flat(c.Components)...)
		if c.Accessory != nil {
			all = append(all, flat([]component{*c.Accessory})...)
		}
	}
	return all
}

// presses are what a message's buttons and menus do, by what they are called.
func presses(m message) map[string]press {
	out := map[string]press{}
	for _, c := range flat(m.Components) {
		if c.CustomID != "" {
			out[c.Label+c.Placeholder] = decode(c.CustomID)
		}
	}
	return out
}

func long() *bot.Answer {
	return &bot.Answer{
		Kind: bot.PageKind, Title: "Rails", URL: "https://rubyonrails.org", Ref: "page:rails", Pages: []string{"rails"},
		Text: "It *helps*. (the article)\n> Note: it does not. (a review)",
		Facts: []bot.Fact{
			{Label: "Language", Value: "Ruby"},
			{Label: "Kind", Value: "full-stack"},
			{Label: "ORM", Value: "Active_Record"},
			{Label: "Used by", Value: strings.Repeat("somebody, who is not sure, ", 5)},
		},
		Sections: []bot.Section{
			{Heading: "Features", Text: "- **Testing.** Runs tests. (the article)\n  > Note: the developer does. (a review)\n- **I18n.** Combines code. (the article)"},
			{Heading: "Good for", Text: "- one (a)\n- two (b)\n- three (c)\n- four (d)\n- five (e)"},
		},
		More: []bot.Ask{{Label: "Features", Ref: "part:rails:features"}, {Label: "All facts", Ref: "fact:rails:all"}},
	}
}

func TestCardIsShortAndHonest(t *testing.T) {
	for _, style := range styles {
		got := seen(render(long(), options{style: style}))
		for _, want := range []string{
			"Ruby · full-stack", "**ORM:** Active\\_Record", "under All facts: Used by", "Testing · I18n", "in the menu",
			"It *helps*. (the article)\n> Note: it does not. (a review)", "- three (c)", "2 more in the menu", "Sections of this page",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", style, want, got)
			}
		}
		for _, not := range []string{"Runs tests", "somebody", "four"} {
			if strings.Contains(got, not) {
				t.Errorf("%s: %q on a short card:\n%s", style, not, got)
			}
		}
	}
}

func TestCardWithoutAMenuIsWhole(t *testing.T) {
	a := long()
	a.More = nil
	got := seen(render(a, options{style: Components}))
	for _, want := range []string{"- **Testing.** Runs tests. (the article)\n  - Note: the developer does. (a review)", "somebody", "- five (e)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// A claim whose note has no room is left out with it.
func TestNoClaimWithoutItsNote(t *testing.T) {
	a := long()
	a.More = nil
	for n := range 60 {
		a.Sections[0].Text = "- " + strings.Repeat("word ", 20*n) + "\n- CLAIM (a)\n  > NOTE " + strings.Repeat("long ", 100)
		for _, style := range styles {
			got := seen(render(a, options{style: style}))
			if strings.Contains(got, "CLAIM") != strings.Contains(got, "NOTE") {
				t.Fatalf("%s, %d: one without the other:\n%s", style, n, got)
			}
			if shown := strings.Contains(got, "CLAIM"); !shown && !strings.Contains(got, "This is not all") {
				t.Fatalf("%s, %d: nothing says that something is left out:\n%s", style, n, got)
			}
		}
	}
}

func TestButtons(t *testing.T) {
	a := long()
	a.Asks = []bot.Ask{
		{Label: "Compare with Django", Ref: "vs:rails,django"},
		{Label: "Compare with Flask", Ref: "vs:rails,flask"},
		{Label: "Ruby frameworks", Ref: "list:lRuby"},
		{Label: "Unpressed", Text: "what cannot be pressed"},
		{Label: "The same", Ref: "list:lRuby"},
	}
	a.NotThis = "not:rails"
	m := render(a, options{style: Components, private: true, share: true, asker: asker})
	want := map[string]press{
		"Sections of this page": {do: doMore, ref: "page:rails"},
		"Compare with…":         {do: doCompare, ref: "page:rails"},
		"Ruby frameworks":       {do: doAsk, ref: "list:lRuby"},
		"Share":                 {do: doShare, ref: "page:rails"},
		"Not this":              {do: doAsk, ref: "not:rails"},
		"Helpful":               {do: doHelpful, ref: "page:rails"},
		"Not right":             {do: doWrong, ref: "page:rails"},
	}
	got := presses(m)
	if len(got) != len(want) {
		t.Errorf("%d things to press, want %d: %v", len(got), len(want), got)
	}
	for name, p := range want {
		if got[name] != p {
			t.Errorf("%s: %+v, want %+v", name, got[name], p)
		}
	}
	if text := seen(m); !strings.Contains(text, "You can also ask: “what cannot be pressed”") {
		t.Errorf("a question without a button is not shown:\n%s", text)
	}
	for _, c := range flat(m.Components) {
		if c.Placeholder == "Compare with…" && (c.Options[0] != menuOption{Label: "Django", Value: "vs:rails,django"}) {
			t.Errorf("compared with %+v", c.Options[0])
		}
	}

	public := presses(render(a, options{style: Components, deletable: true, asker: asker, thanks: "Thank you."}))
	if p := public["Delete"]; p != (press{do: doDelete, user: asker}) {
		t.Errorf("Delete: %+v", p)
	}
	if p := public["Ruby frameworks"]; p.user != asker {
		t.Errorf("in public, a button does not say who asked: %+v", p)
	}
	for _, not := range []string{"Share", "Helpful", "Not right"} {
		if _, there := public[not]; there {
			t.Errorf("%s is offered", not)
		}
	}
}

func TestNothingPrivateIsShared(t *testing.T) {
	a := &bot.Answer{Kind: bot.HelpKind, Title: "Help", Ref: bot.Help, Private: true}
	if got := presses(render(a, options{style: Components, private: true, share: true})); len(got) > 0 {
		t.Errorf("to press: %v", got)
	}
}

func TestChoicesOfAList(t *testing.T) {
	a := &bot.Answer{Kind: bot.ListKind, Title: "Which one?"}
	for i := range 30 {
		id := string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		a.Results = append(a.Results, bot.Result{Title: "Page " + id, Ref: bot.PageRef(id)})
		buttons, lines := 0, 0
		for _, c := range flat(render(a, options{style: Embed}).Components) {
			if c.Type == buttonKind && decode(c.CustomID).do == doChoose {
				buttons++
			}
			lines += len(c.Options)
		}
		n := i + 1
		switch {
		case n <= maxButtons && (buttons != n || lines != 0):
			t.Errorf("%d results: %d buttons, %d options", n, buttons, lines)
		case n > maxButtons && (buttons != 0 || lines != min(n, maxOptions)):
			t.Errorf("%d results: %d buttons, %d options", n, buttons, lines)
		}
	}
}

func TestPostAsReply(t *testing.T) {
	a := &bot.Answer{Kind: bot.ListKind, Title: "Answers", Ref: "list:x", Asks: []bot.Ask{{Label: "Other", Ref: "help"}}, Results: []bot.Result{
		{Title: "Flask", Text: "Flask is **micro**.", Ref: "page:flask"}, {Title: "Rails", Ref: "page:rails"}, {Title: "None"},
	}}
	for _, style := range styles {
		m := render(a, options{style: style, private: true, share: true, asker: asker, replyTo: onThis})
		var got []press
		for _, c := range flat(m.Components) {
			if c.CustomID != "" {
				got = append(got, decode(c.CustomID))
			}
		}
		want := []press{{do: doPost, ref: "page:flask", user: onThis}, {do: doPost, ref: "page:rails", user: onThis}}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %+v, want %+v", style, got, want)
		}
		if text := seen(m); !strings.Contains(text, "**Flask** is micro.") {
			t.Errorf("%s:\n%s", style, text)
		}
	}
}

func TestWhomItIsFor(t *testing.T) {
	a := find(t, "fact")
	for _, style := range styles {
		m := render(a, options{style: style, mention: pinged, sharedBy: sharer, asked: "licence of laravel"})
		if text := seen(m); !strings.HasPrefix(text, "For <@"+pinged+"> · Shared by <@"+sharer+">, who asked: “licence of laravel”") {
			t.Errorf("%s:\n%s", style, text)
		}
		if got := m.AllowedMentions.Users; !slices.Equal(got, []string{pinged}) {
			t.Errorf("%s pings %v", style, got)
		}
		m = render(a, options{style: style, mention: "everyone", sharedBy: "@everyone", asked: "@everyone <@1>"})
		if got := m.AllowedMentions.Users; len(got) > 0 || strings.Contains(seen(m), "For <@") || strings.Contains(seen(m), "Shared by") {
			t.Errorf("%s pings %v:\n%s", style, got, seen(m))
		}
	}
}

func TestAccents(t *testing.T) {
	const dark, light, least = 0x2B2D31, 0xFFFFFF, 3 // https://www.w3.org/TR/WCAG22/#non-text-contrast
	contrast := func(a, b int) float64 {
		x, y := luminance(a)+0.05, luminance(b)+0.05
		return max(x, y) / min(x, y)
	}
	languages := []string{"", "Zig", "OCaml", "F#", "Objective-C", "Crystal", "Nim", "Julia", "R", "D", "Ada", "日本語"}
	for name := range accents {
		languages = append(languages, name)
	}
	for i := range 500 {
		languages = append(languages, strings.Repeat("x", i))
	}
	for _, name := range languages {
		c := accent(name)
		if contrast(c, dark) < least || contrast(c, light) < least || c <= 0 || c > 0xFFFFFF {
			t.Errorf("%q: #%06x has contrasts of %.1f and %.1f", name, c, contrast(c, dark), contrast(c, light))
		}
	}
	if accent("PHP") != accents["php"] || accent("Zig") == neutral || accent("Zig") != accent(" zig ") {
		t.Error("the accent of a language is not its own")
	}
}
