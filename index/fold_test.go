package index_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "What is Django?", "What is Django?"},
		{"full width", "ＤＪＡＮＧＯ　５", "DJANGO 5"},
		{"ligature", "ﬂask", "flask"},
		{"half-width katakana", "ｼﾞｬﾝｺﾞ", "ジャンゴ"},
		{"composed", "Cafe\u0301", "Café"},
		{"line breaks", "a\nb\tc\r\nd\u2028e", "a b c  d e"},
		{"controls", "a\x00b\x1b[31mc\x7f\u0085", "ab[31mc"},
		{"zero width", "dj\u200ban\u200dgo\ufeff\u2060", "django"},
		{"bidi", "\u202elaravel\u202c \u2066x\u2069\u200f", "laravel x"},
		{"soft hyphen", "lara\u00advel", "laravel"},
		{"tags", "a\U000e0041\U000e007f", "a"},
		{"private use", "a\ue000\U000f0000b", "ab"},
		{"bad UTF-8", "a\xff\xfeb\xc3", "ab"},
		{"replacement character", "a\ufffdb", "ab"},
		{"strike-through", "f\u0336l\u0336", "f\u0336l\u0336"},
		{"zalgo", "a" + strings.Repeat("\u0316", 1000) + "b", "a" + strings.Repeat("\u0316", 4) + "b"},
		{"enclosing marks", "a" + strings.Repeat("\u20dd", 1000) + "b", "a" + strings.Repeat("\u20dd", 4) + "b"},
		{"a mark kept apart", "e\u200d\u0301", "é"},
		{"Hindi", "\u095e\u094dला", "\u092b\u093c\u094dला"}, // Unicode writes the dotted letter in two
		{"Thai", "คืออะไร", "คืออะไร"},
		{"Vietnamese", "là gì", "là gì"},
		{"emoji", "🐍", "🐍"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, index.Clean(tt.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Express.JS":      "express.js",
		"ＦＬＡＳＫ":           "flask",
		"Café Ångström":   "cafe angstrom",
		"Straße ǣ Łódź":   "strasse ae lodz",
		"İstanbul ılık":   "istanbul ilik",
		"Django’s":        "django's",
		"back‑end – x":    "back-end - x",
		"ПИТОН ё":         "питон е",
		"Τζάνγκο":         "τζανγκο",
		"ジャンゴ":            "ジャンゴ",
		"루비":              "루비",
		"f\u0336l\u0336a": "fla",
		"a\u0301\u0327":   "a",
		"x²":              "x2",
		"C#\u200b":        "c#",
	} {
		if diff := cmp.Diff(want, index.Fold(in)); diff != "" {
			t.Errorf("Fold(%+q): %s", in, diff)
		}
	}
}

func TestKey(t *testing.T) {
	for key, spellings := range map[string][]string{
		"expressjs":   {"Express.js", "express-js", "EXPRESS JS", "express_js", "Express. JS!", "Ｅｘｐｒｅｓｓ．ｊｓ"},
		"nodejs":      {"node.js", "Node JS", "node-js"},
		"csharp":      {"C#", "c#", "C Sharp", "c-sharp", "CSharp"},
		"fsharp":      {"F#", "F sharp"},
		"cplusplus":   {"C++", "c++", "c plus plus"},
		"dotnet":      {".NET", ".net", "dotnet", "dot net"},
		"aspnetcore":  {"ASP.NET Core", "asp.net-core"},
		"mvc":         {"MVC", "M.V.C.", "m-v-c"},
		"orm":         {"ORM", "O.R.M."},
		"c":           {"C", "c.", "(c)"},
		"net":         {"net", "NET", "'net"},
		"rubyonrails": {"Ruby on Rails", "ruby-on-rails", "RubyOnRails", "rubyonrails\u200b"},
		"2382":        {"23.82", "23 82", "23.82 %"},
		"ルビーオンレイルズ":   {"ルビーオンレイルズ", "ルビー・オン・レイルズ", "ﾙﾋﾞｰｵﾝﾚｲﾙｽﾞ"},
		"루비온레일즈":      {"루비 온 레일즈", "루비온레일즈"},
		"":            {"", " ", "!!!", "...", "🐍", "\x00"},
	} {
		for _, s := range spellings {
			if diff := cmp.Diff(key, index.Key(s)); diff != "" {
				t.Errorf("Key(%+q): %s", s, diff)
			}
		}
	}
}

// FuzzClean: what is clean is valid, safe, and stays as it is when cleaned again.
func FuzzClean(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) {
		got := index.Clean(s)
		if again := index.Clean(got); again != got {
			t.Errorf("Clean(%+q) = %+q, cleaned again %+q", s, got, again)
		}
		checkSafe(t, s, got)
	})
}

// FuzzFold: the same of folding, and keys hold nothing but letters, digits and marks.
func FuzzFold(f *testing.F) {
	seedTexts(f)
	f.Fuzz(func(t *testing.T, s string) {
		got := index.Fold(s)
		if again := index.Fold(got); again != got {
			t.Errorf("Fold(%+q) = %+q, folded again %+q", s, got, again)
		}
		checkSafe(t, s, got)
		key := index.Key(s)
		if again := index.Key(key); again != key {
			t.Errorf("Key(%+q) = %+q, its key is %+q", s, key, again)
		}
		if strings.ContainsFunc(key, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) }) {
			t.Errorf("Key(%+q) = %+q", s, key)
		}
	})
}

// seedTexts are texts in which something went wrong once, somewhere.
func seedTexts(f *testing.F) {
	for _, s := range []string{
		"", "what is express.js", "C# and .NET", "Django’s ORM", "ＤＪＡＮＧＯ", "Café", "İı ẞ ǣ ſ K Å", "ﷺ ½ ㎒ ﬁ ㋿",
		"e\u200d\u0301", "e\u0301\u00ad\u0316", "a\u20dd\u20dd\u20dd\u20dd\u20dd", "\u1f82\u0316\u0316\u0316\u0316\u0316",
		"\u0301", "\u1100\u1161\u11a8", "가\u11a8", "ｼﾞ", "\xff\xc3\x28", "\ufffd", "\u202ea\u202c", "\x00\x1b[0m", "🐍👨\u200d👩\u200d👧", "\U000e0041",
	} {
		f.Add(s)
	}
}

func checkSafe(t *testing.T, in, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%+q became %+q, which is not valid UTF-8", in, out)
	}
	marks := 0
	for _, r := range out {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) {
			t.Errorf("%+q became %+q, which has the control character %U", in, out, r)
		}
		if marks++; !unicode.In(r, unicode.Mn, unicode.Me) {
			marks = 0
		}
		if marks > 4 {
			t.Fatalf("%+q became %+q, with a pile of marks", in, out)
		}
	}
}
