package index

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// distance is the optimal-string-alignment distance between a and b: the least
// number of characters to insert, delete, replace or swap with their neighbour.
// It gives up and returns limit+1 once the distance is known to be larger.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x) > maxDistanceRunes || len(y) > maxDistanceRunes || abs(len(x)-len(y)) > limit {
		return limit + 1
	}
	var rows [3][maxDistanceRunes + 1]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(y) + 1 {
		last[j] = j
	}
	for i := range x {
		now[0] = i + 1
		least := now[0]
		for j := range y {
			d := last[j]
			if x[i] != y[j] {
				d++
			}
			d = min(d, last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d = min(d, before[j-1]+1)
			}
			now[j+1] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(y)], limit+1)
}

// isOneEdit reports whether the distance between a and b is one at most.
func isOneEdit(a, b string) bool {
	if abs(len(a)-len(b)) > utf8.UTFMax {
		return false
	}
	for i := range max(len(a), len(b)) {
		if i < len(a) && a[i] >= utf8.RuneSelf || i < len(b) && b[i] >= utf8.RuneSelf {
			return distance(a, b, 1) <= 1
		}
	}
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// maxDistanceRunes bounds the words that are compared: as long as a word of a
// question may be.
const maxDistanceRunes = MaxWordRunes

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// sameLetters reports whether a and b are the same letters in another order.
func sameLetters(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}

func joinSorted(names []string) string {
	slices.Sort(names)
	return strings.Join(names, ", ")
}
