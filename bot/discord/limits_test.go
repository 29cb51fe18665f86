package discord

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func TestUnits(t *testing.T) {
	for _, s := range []string{"", "a", "é", "界", "𝒜", "👩‍👩‍👧‍👦", strings.Repeat("a𝒜", 100)} {
		if got, want := units(s), len(utf16.Encode([]rune(s))); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("one two three", 8)
	f.Add("𝒜𝒜𝒜", 3)
	f.Add("👩‍👩‍👧‍👦 family", 4)
	f.Add("a\xffb", 2)
	f.Add("", 0)
	f.Fuzz(func(t *testing.T, s string, most int) {
		most %= 5000
		got, whole := cut(s, most), strings.ToValidUTF8(s, "\uFFFD")
		if units(got) > max(0, most) || !utf8.ValidString(got) || strings.HasSuffix(strings.TrimSuffix(got, "…"), "\u200d") && got != whole {
			t.Errorf("cut(%q, %d) is %q", s, most, got)
		}
		if units(whole) <= most && got != whole {
			t.Errorf("cut(%q, %d) is %q, though there is room", s, most, got)
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		s    string
		most int
		want string
	}{
		{"one two three", 13, "one two three"},
		{"one two three", 12, "one two thr…"},
		{"𝒜𝒜𝒜𝒜", 7, "𝒜𝒜…"},
		{"𝒜", 1, ""},
		{"x👩‍👧y", 4, "x👩…"},
	} {
		if got := cut(c.s, c.most); got != c.want {
			t.Errorf("cut(%q, %d) is %q, want %q", c.s, c.most, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		s    string
		most int
		want string
	}{
		{"", 5, ""},
		{"one two", 7, "one two"},
		{"one two", 6, "one|two"},
		{"abcdefghij", 4, "abcd|efgh|ij"},
		{"a abcdefghij", 4, "a|abcd|efgh|ij"},
		{"界界界", 4, "界界|界"},
		{"界", 1, "界"},
	} {
		if got := strings.Join(wrap(c.s, c.most), "|"); got != c.want {
			t.Errorf("wrap(%q, %d) is %q, want %q", c.s, c.most, got, c.want)
		}
	}
}
