package bot_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"frameworkbot/bot"
)

func TestNormalise(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"plain":                   {"what is django?", "what is django?"},
		"nothing":                 {"", ""},
		"blanks":                  {" \t\n ", ""},
		"Slack mention":           {"<@U012345> rails", "rails"},
		"Slack mention with name": {"<@U012345|bot> rails", "rails"},
		"Discord mention":         {"<@!123456> rails", "rails"},
		"Discord role":            {"<@&123456> rails", "rails"},
		"Slack channel":           {"flask <#C1|general>", "flask"},
		"Slack broadcast":         {"<!channel> flask", "flask"},
		"Slack user group":        {"<!subteam^S1|@devs> flask", "flask"},
		"Slack date":              {"<!date^1392734382^{date}|today> flask", "flask"},
		"Slack link":              {"<https://flask.example>", "flask.example"},
		"Slack link with label":   {"see <https://x.example/a?b=c|Flask>", "see Flask"},
		"Slack e-mail":            {"<mailto:a@flask.example|Flask>", "Flask"},
		"Discord emoji":           {"<:snake:123> flask", "flask"},
		"Discord moving emoji":    {"<a:snake:123> flask", "flask"},
		"Discord time":            {"<t:1618953630:R> flask", "flask"},
		"Discord command":         {"flask </ask:123>", "flask"},
		"everyone":                {"@everyone what is flask", "what is flask"},
		"here and channel":        {"flask @here @channel", "flask"},
		"entities":                {"Q&amp;A on 1 &lt; 2", "Q&A on 1 < 2"},
		"an entity is read once":  {"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
		"command":                 {"/framework laravel", "laravel"},
		"command alone":           {"/framework", ""},
		"at the bot":              {"@frameworkbot laravel", "laravel"},
		"mention and command":     {"<@U1> /ask laravel", "laravel"},
		"path":                    {"/etc/passwd", "/etc/passwd"},
		"HTML":                    {"<b>laravel</b>", "laravel"},
		"HTML with attributes":    {"<img src=x onerror=alert(1)> cakephp", "cakephp"},
		"angles that are no tag":  {"<laravel>", "laravel"},
		"less than":               {"1 < 2 > 0", "1 < 2 > 0"},
		"terminal colours":        {"\x1b[31mlaravel\x1b[0m", "laravel"},
		"terminal cursor":         {"\x1b[2Jrails", "rails"},
		"address":                 {"https://www.djangoproject.com/start/?a=b#c", "djangoproject.com"},
		"address with a port":     {"http://rails.example:80/", "rails.example:80"},
		"line breaks":             {"what is\r\nflask\n?", "what is flask ?"},
		"zero width":              {"dj\u200bango", "django"},
		"direction":               {"\u202elaravel\u202c", "laravel"},
		"full width":              {"ＤＪＡＮＧＯ", "DJANGO"},
		"NUL":                     {"express\x00", "express"},
		"broken encoding":         {"\xff\xfe cakephp", "cakephp"},
	} {
		if got := strings.Join(strings.Fields(bot.Normalise(tt.text)), " "); got != tt.want { // blanks inside say nothing
			t.Errorf("%s: Normalise(%q) = %q, want %q", name, tt.text, got, tt.want)
		}
	}
}

func TestNormaliseReadsSoMuch(t *testing.T) {
	for _, word := range []string{"a", "界", "🐍"} {
		got := bot.Normalise(strings.Repeat(word, 3*bot.MaxText))
		if n := utf8.RuneCountInString(got); n != bot.MaxText {
			t.Errorf("%d characters of %q are left, want %d", n, word, bot.MaxText)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := bot.Normalise(s)
		if !utf8.ValidString(got) || got != strings.TrimSpace(got) {
			t.Errorf("Normalise(%q) = %q is not UTF-8 or has blanks around it", s, got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }); i >= 0 {
			t.Errorf("Normalise(%q) = %q has a control character at %d", s, got, i)
		}
		if !norm.NFKC.IsNormalString(got) {
			t.Errorf("Normalise(%q) = %q is not in NFKC", s, got)
		}
		if again := bot.Normalise(s); again != got {
			t.Errorf("Normalise(%q) = %q, then %q", s, got, again)
		}
	})
}
