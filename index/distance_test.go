package index

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"", "", 2, 0},
		{"", "ab", 2, 2},
		{"flask", "flask", 0, 0},
		{"flask", "flaks", 2, 1}, // a swap
		{"flask", "flsak", 2, 1},
		{"django", "dajgno", 2, 2},
		{"ab", "ba", 1, 1},
		{"ca", "abc", 3, 3}, // a swap is not edited again: that would be 2
		{"laravel", "larvel", 1, 1},
		{"laravel", "laraavel", 1, 1},
		{"laravel", "laruvel", 1, 1},
		{"laravel", "django", 2, 3},
		{"laravel", "lara", 2, 3}, // lengths alone decide
		{"джанго", "джагно", 2, 1},
		{"東京", "京東", 2, 1},
		{strings.Repeat("a", 65), strings.Repeat("a", 65), 2, 3}, // too long to be compared
		{strings.Repeat("a", 64), strings.Repeat("a", 64), 2, 0},
	} {
		if got := distance(tt.a, tt.b, tt.limit); got != tt.want {
			t.Errorf("distance(%q, %q, %d) = %d, want %d", tt.a, tt.b, tt.limit, got, tt.want)
		}
	}
}

// TestDistanceProperties compares random words of few letters, so that many are near.
func TestDistanceProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const far = 20
	for range 5000 {
		a, b := randomWord(r), randomWord(r)
		d := distance(a, b, far)
		if back := distance(b, a, far); back != d {
			t.Errorf("distance(%q, %q) = %d, the other way %d", a, b, d, back)
		}
		if (d == 0) != (a == b) {
			t.Errorf("distance(%q, %q) = %d", a, b, d)
		}
		if want := slowDistance([]rune(a), []rune(b)); d != want {
			t.Errorf("distance(%q, %q) = %d, by the definition %d", a, b, d, want)
		}
		for limit := range 4 {
			if got := distance(a, b, limit); got != min(d, limit+1) {
				t.Errorf("distance(%q, %q, %d) = %d, without limit %d", a, b, limit, got, d)
			}
		}
		if i, w := r.IntN(len(a)), []byte(a); i > 0 && w[i] != w[i-1] {
			w[i], w[i-1] = w[i-1], w[i]
			if got := distance(a, string(w), far); got != 1 {
				t.Errorf("the swap of %q to %q counts %d", a, w, got)
			}
		}
	}
}

func randomWord(r *rand.Rand) string {
	w := make([]byte, 1+r.IntN(7))
	for i := range w {
		w[i] = "abc"[r.IntN(3)]
	}
	return string(w)
}

// slowDistance is the definition of the distance, word for word.
func slowDistance(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	i, j := len(a)-1, len(b)-1
	cost := 1
	if a[i] == b[j] {
		cost = 0
	}
	d := min(slowDistance(a[:i], b[:j])+cost, slowDistance(a[:i], b)+1, slowDistance(a, b[:j])+1)
	if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
		d = min(d, slowDistance(a[:i-1], b[:j-1])+1)
	}
	return d
}

func TestSameLetters(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{{"rails", "rials", true}, {"rails", "liars", true}, {"rails", "rail", false}, {"aab", "abb", false}, {"", "", true}} {
		if got := sameLetters(tt.a, tt.b); got != tt.want {
			t.Errorf("sameLetters(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}

// TestSpellingNear: what a slip is, and what is another word.
func TestSpellingNear(t *testing.T) {
	words := map[string]uint32{}
	for _, w := range []string{"template", "templates", "routing", "admin", "framework", "tests", "orm", "1234567"} {
		words[w] = 1
	}
	s := newSpelling(words)
	for typed, want := range map[string]string{
		"templtae":    "template",  // two letters swapped
		"templte":     "template",  // one left out
		"templatte":   "template",  // nearer than the longer form
		"templatess":  "templates", // one too many
		"roating":     "routing",
		"adimn":       "admin", // short words forgive a swap
		"admim":       "",      // and nothing else
		"etsts":       "",      // nor a slip in the first letter
		"gemplate":    "",
		"frmaewrok":   "framework", // two swaps
		"omr":         "",          // too short
		"1234576":     "",          // numbers have no spelling
		"watermelons": "",
		"":            "",
	} {
		if got := s.near(typed, nil); got != want {
			t.Errorf("near(%q) = %q, want %q", typed, got, want)
		}
	}
}
