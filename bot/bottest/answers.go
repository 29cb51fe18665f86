// Package bottest holds what every platform must pass, and one answer of each
// shape to render.
package bottest

import (
	"strings"

	"frameworkbot/bot"
)

// A Case is an answer with the name of its golden file.
type Case struct {
	Name   string
	Answer *bot.Answer
}

// Answers returns one answer of each shape that the bot gives, always in the
// same order. They are made anew by each call.
func Answers() []Case {
	return []Case{
		{"page", page()},
		{"page-quoted-section", quoted()},
		{"page-corrected", corrected()},
		{"fact", fact()},
		{"fact-not-stated", notStated()},
		{"list", list()},
		{"list-relaxed", relaxed()},
		{"comparison-two", two()},
		{"comparison-three", three()},
		{"none", none()},
		{"none-suggestions", suggestions()},
		{"help", help()},
		{"hostile", hostile()},
	}
}

var article = bot.Source{Title: "Top Backend Frameworks For Web App Development in 2023", Date: "2023"}

func page() *bot.Answer {
	return &bot.Answer{
		Kind: bot.PageKind, Title: "Laravel", URL: "https://laravel.com",
		Text: "Laravel is an open-source PHP framework. (the 2023 article)\n\nIt helps to build apps on Symfony's parts. (the 2023 article)\n> Note (2026-08): Symfony is a framework of its own. (Laravel repository, 2026-08-18)",
		Facts: []bot.Fact{
			{Label: "Language", Value: "PHP"},
			{Label: "Licence", Value: "MIT"},
			{Label: "Latest release", Value: "13.26.1 (2026-08-18)"},
			{Label: "ORM", Value: "Eloquent, built in"},
		},
		Sections: []bot.Section{
			{Heading: "Features", Text: "- **Template engine.** Lightweight templates for layouts and content. (the 2023 article)\n  > Note (2026-08): the engine is *Blade*; see `php artisan view:cache`. (Laravel documentation, 2026-03)\n- **Security.** Salted and hashed passwords. (the 2023 article)"},
			{Heading: "Watch out", Text: "- A new major version every year\n- Each of them needs a newer PHP:\n  1. Laravel 12: PHP 8.2\n  2. Laravel 13: PHP 8.3"},
		},
		Asks: []bot.Ask{
			{Label: "Compare with CakePHP", Text: "laravel vs cakephp"},
			{Label: "More PHP frameworks", Text: "php frameworks"},
		},
		Sources: []bot.Source{article, {Title: "endoflife.date: Laravel", Date: "2026-08-22", Link: "https://endoflife.date/laravel"}},
		Pages:   []string{"laravel"}, Reviewed: "reviewed 2026-11-22",
	}
}

func quoted() *bot.Answer {
	return &bot.Answer{
		Kind: bot.PageKind, Title: "Ruby on Rails", URL: "https://rubyonrails.org",
		Text:    "**Security.** Guards against CSRF by default. (the 2023 article)\n> Note (2026-08): since Rails 5.2; before that it had to be switched on. (Rails guides, 2026-08)",
		Asks:    []bot.Ask{{Label: "All about Ruby on Rails", Text: "ruby on rails"}},
		Sources: []bot.Source{article}, Pages: []string{"rails"}, Reviewed: "reviewed 2026-11-22",
	}
}

func corrected() *bot.Answer {
	a := page()
	a.Notes = []string{"Showing **Laravel** for *lavarel*"}
	a.Corrected = []bot.Correction{{Typed: "lavarel", Meant: "Laravel"}}
	return a
}

func fact() *bot.Answer {
	return &bot.Answer{
		Kind: bot.FactKind, Title: "Laravel", URL: "https://laravel.com",
		Text:    "Licence of Laravel: **MIT** (Laravel repository, 2026-08-18)",
		Asks:    []bot.Ask{{Label: "All about Laravel", Text: "laravel"}},
		Sources: []bot.Source{{Title: "laravel/framework: composer.json", Date: "2026-08-18", Link: "https://github.com/laravel/framework/blob/v13.26.1/composer.json"}},
		Pages:   []string{"laravel"}, Reviewed: "reviewed 2026-11-22",
	}
}

func notStated() *bot.Answer {
	return &bot.Answer{
		Kind: bot.FactKind, Title: "Flask", URL: "https://flask.palletsprojects.com",
		Text:  "The Flask page does not state this: who uses it.",
		Asks:  []bot.Ask{{Label: "All about Flask", Text: "flask"}},
		Pages: []string{"flask"}, Reviewed: "reviewed 2026-11-22",
	}
}

func list() *bot.Answer {
	return &bot.Answer{
		Kind: bot.ListKind, Title: "2 frameworks", Notes: []string{"Language: **Python**"},
		Results: []bot.Result{
			{ID: "django", Title: "Django", Text: "full-stack, ORM built in", Group: "Python", Ask: "django"},
			{ID: "flask", Title: "Flask", Text: "micro, no ORM of its own", Group: "Python", Ask: "flask"},
		},
		Asks:  []bot.Ask{{Label: "Compare Django and Flask", Text: "django vs flask"}, {Label: "Django", Text: "django"}},
		Pages: []string{"django", "flask"},
	}
}

func relaxed() *bot.Answer {
	a := list()
	a.Title = "Nothing has all of that"
	a.Notes = []string{"Language: **Python**, command line: **none**"}
	a.Text = "Without *command line: none* there are two:"
	return a
}

func two() *bot.Answer {
	return &bot.Answer{
		Kind: bot.ComparisonKind, Title: "Django and Flask",
		Table: &bot.Table{Columns: []string{"Django", "Flask"}, Rows: []bot.Row{
			{Label: "Kind", Values: []string{"full-stack", "micro"}},
			{Label: "ORM", Values: []string{"built in", "none; extensions such as Flask-SQLAlchemy add one, and each has its own release cycle"}},
			{Label: "Used by", Values: []string{"Instagram", bot.NotStated}},
			{Label: "Language", Values: []string{"Python", "Python"}, Same: true},
		}},
		Asks:    []bot.Ask{{Label: "All about Django", Text: "django"}, {Label: "All about Flask", Text: "flask"}},
		Sources: []bot.Source{article}, Pages: []string{"django", "flask"},
	}
}

func three() *bot.Answer {
	a := two()
	a.Title = "Django, Flask and Laravel"
	a.Table.Columns = append(a.Table.Columns, "Laravel")
	for i, value := range []string{"full-stack", "Eloquent, built in", bot.NotStated, "PHP"} {
		a.Table.Rows[i].Values = append(a.Table.Rows[i].Values, value)
		a.Table.Rows[i].Same = false
	}
	a.Pages = append(a.Pages, "laravel")
	return a
}

func none() *bot.Answer {
	return &bot.Answer{
		Kind: bot.NoneKind, Title: "Nothing on this",
		Text: "I have nothing on *photoshop*. I looked in 7 pages about back-end frameworks.",
		Asks: []bot.Ask{{Label: "What I know", Text: "help"}},
	}
}

func suggestions() *bot.Answer {
	a := none()
	a.Text = "I have nothing on *flasket*. I looked in 7 pages about back-end frameworks. Near in spelling: Flask."
	a.Asks = []bot.Ask{{Label: "Flask", Text: "flask"}, {Label: "What I know", Text: "help"}}
	a.Suggestions = []string{"flask"}
	return a
}

func help() *bot.Answer {
	return &bot.Answer{
		Kind: bot.HelpKind, Title: "What I know", Private: true,
		Text: "Ask by name, by feature, or compare:",
		Results: []bot.Result{
			{ID: "express", Title: "Express", Text: "Express is a micro framework.", Group: "JavaScript", Ask: "express"},
			{ID: "cakephp", Title: "CakePHP", Text: "full-stack", Group: "PHP", Ask: "cakephp"},
			{ID: "laravel", Title: "Laravel", Text: "full-stack", Group: "PHP", Ask: "laravel"},
			{ID: "choosing", Title: "Choosing a framework", Text: "a guide", Group: "Guides", Ask: "choosing"},
		},
		Asks: []bot.Ask{{Label: "does flask have an orm", Text: "does flask have an orm"}, {Label: "django vs flask", Text: "django vs flask"}},
	}
}

// hostile holds what must do no harm on any platform: mentions, fences, escape
// sequences, very long words, turned writing, joined emoji, broken encoding.
func hostile() *bot.Answer {
	long := strings.Repeat("long", 100)
	return &bot.Answer{
		Kind: bot.NoneKind, Title: "@everyone \x1b[31m<!channel>\x1b[0m\x07 \u202etxet\u202c",
		URL:   "https://example.com/" + long,
		Notes: []string{"Nothing on *<@U012345> \\@here* \x1b]0;owned\x07", "```", "a\xffb\x00c &#27;[2J &#x9b;1m &amp;lt;"},
		Text:  "```\n\x1b[2J unclosed fence @everyone\n\n" + long,
		Facts: []bot.Fact{{Label: "Label\r\nInjected: yes", Value: long}, {Label: strings.Repeat("界", 40), Value: "שלום עולם, مرحبا"}},
		Sections: []bot.Section{
			{Heading: "# \x1b[1m", Text: "<script>alert(1)</script>\n\n<!-- seen -->\n\n[label](javascript:alert(1)) ![picture](http://x.example/p.png) <https://example.com> 世界は広いので折り返しが必要です。これは長い文です。"},
			{Heading: "", Text: "|a|b|\n|-|-|\n|👩‍👩‍👧‍👦|🏳️‍🌈 é e\u0301|\n\n***\n\n> > > deep\n\n    code  with   blanks\t\x1b[5m\n\nhard  \nbreak\\\nhere"},
		},
		Results: []bot.Result{{ID: "x", Title: "\u200b\ufeff" + long, Text: "one\ntwo", Ask: "x"}},
		Table:   &bot.Table{Columns: []string{"A|B", "\x1b[7m"}, Rows: []bot.Row{{Label: "```", Values: []string{"<@&1>"}}, {Label: "", Values: []string{long, "界界界"}, Same: true}}},
		Asks:    []bot.Ask{{Label: "@everyone\n1. fake", Text: "\x1b[A"}},
		Sources: []bot.Source{{Title: "</b>\u2066", Date: "\x7f", Link: "file:///etc/passwd"}},
	}
}
