package bot_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"frameworkbot/bot"
)

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		text string
		most int
		want string
	}{
		{"", 0, ""},
		{"", 5, ""},
		{"django", 6, "django"},
		{"django", 7, "django"},
		{"django", 5, "djan…"},
		{"django", 1, "…"},
		{"django", 0, ""},
		{"django", -1, ""},
		{"Compare with Ruby on Rails", 20, "Compare with Ruby…"},
		{"Compare Rubyonrails", 12, "Compare Rub…"},
		{"one two    three", 10, "one two…"},
		{"ケストリクスとは何ですか", 6, "ケストリク…"},
		{"🐍🐍🐍", 2, "🐍…"},
		{"a\xffb", 3, "a\ufffdb"},
		{"a\xff\xfeb", 9, "a\ufffdb"},
	} {
		if got := bot.Shorten(tt.text, tt.most); got != tt.want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", tt.text, tt.most, got, tt.want)
		}
	}
}

func TestEcho(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"photoshop", "photoshop"},
		{"what is C#?", "what is C#"},
		{"learn C++", "learn C++"},
		{"C++ or C#", "C++ or C#"},
		{"23.82 %", "23.82"},
		{"# heading", "heading"},
		{"café déjà vu", "café déjà vu"},
		{"ジャンゴとは", "ジャンゴとは"},
		{"@everyone", "everyone"},
		{"<@U012345> <!channel> <#C1|general>", "U012345 !channel C1 general"},
		{"[label](https://evil.example/a)", "label https evil.example a"},
		{"*bold* _soft_ ~gone~ `code` ||spoiler||", "bold soft gone code spoiler"},
		{"<:snake:123> :smile:", "snake 123 smile"},
		{"a\\nb", "a nb"},
		{"\x1b[31mred\x1b[0m", "31mred 0m"},
		{"one\ntwo\r\nthree\tfour", "one two three four"},
		{"full ＠ｗｉｄｔｈ", "full width"},
		{"a\u200bb\u202ec", "abc"},
		{"a\xffb", "ab"},
		{"- list, of. things -", "list, of. things"},
		{"  ", ""},
		{"🐍", ""},
	} {
		if got := bot.Echo(tt.text); got != tt.want {
			t.Errorf("Echo(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestEchoIsShort(t *testing.T) {
	got := bot.Echo(strings.Repeat("word ", 100))
	if n := utf8.RuneCountInString(got); n > 80 || n < 60 || !strings.HasSuffix(got, "word…") {
		t.Errorf("got %q of %d characters, want about 80, cut at a word", got, n)
	}
}

var nasty = []string{
	"", "django", "@everyone", "<@U1>", "<!channel>", "<https://x.example|label>", "a\xff\xfeb", "\x1b[2J", "e\u0301\u0302\u0303\u0304\u0305\u0306",
	"🏳️‍🌈 👩‍👩‍👧", "\u202eabc\u202c", "ｆｕｌｌ ＜＠Ｕ１＞", "*_~`|[]()\\:", strings.Repeat("long", 100), strings.Repeat("界 ", 90), "﹫everyone ＊x＊", "a\u2028b\u0085c", "A\xff\u0302", "A<https://x.example|\u0302>",
}

func FuzzShorten(f *testing.F) {
	for i, s := range nasty {
		f.Add(s, i*7-2)
	}
	f.Fuzz(func(t *testing.T, s string, most int) {
		got := bot.Shorten(s, most)
		valid := strings.ToValidUTF8(s, "\ufffd")
		if !utf8.ValidString(got) {
			t.Errorf("Shorten(%q, %d) = %q is not UTF-8", s, most, got)
		}
		n, fits := utf8.RuneCountInString(got), utf8.RuneCountInString(valid) <= most
		if n > max(most, 0) {
			t.Errorf("Shorten(%q, %d) = %q has %d characters", s, most, got, n)
		}
		if fits && got != valid {
			t.Errorf("Shorten(%q, %d) = %q changed a text that fits", s, most, got)
		}
		if begin, cut := strings.CutSuffix(got, "…"); !fits && most > 0 && (!cut || !strings.HasPrefix(valid, begin)) {
			t.Errorf("Shorten(%q, %d) = %q is not the beginning with a mark", s, most, got)
		}
	})
}

// live are the characters that could begin a mention, a link, markup or an escape.
const live = "@<>`*_~|[]():\\"

func FuzzEcho(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := bot.Echo(s)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 80 {
			t.Errorf("Echo(%q) = %q is not UTF-8 or too long", s, got)
		}
		if i := strings.IndexFunc(got, isLive); i >= 0 {
			t.Errorf("Echo(%q) = %q has a live character at %d", s, got, i)
		}
		if got != strings.TrimSpace(got) || strings.Contains(got, "  ") {
			t.Errorf("Echo(%q) = %q has blanks that say nothing", s, got)
		}
		if again := bot.Echo(s); again != got {
			t.Errorf("Echo(%q) = %q, then %q", s, got, again)
		}
	})
}

func isLive(r rune) bool {
	return strings.ContainsRune(live, r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == utf8.RuneError
}
