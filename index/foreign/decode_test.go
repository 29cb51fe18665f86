package foreign

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEncodings: what is not UTF-8 is read as far as it can be, and told.
func TestEncodings(t *testing.T) {
	for name, test := range map[string]struct {
		in, body string
		problems []Problem
	}{
		"UTF-8":                 {in: "\ufeffé", body: "é"},
		"Latin-1":               {in: "a\nb\xe9\n", body: "a\nb\ufffd\n", problems: []Problem{{2, "the file is not UTF-8: save it as UTF-8"}}},
		"UTF-16, little-endian": {in: "\xff\xfea\x00\xe9\x00\x3d\xd8\x00\xde", body: "aé😀", problems: []Problem{{0, "the file is UTF-16: save it as UTF-8"}}},
		"UTF-16, big-endian":    {in: "\xfe\xff\x00a\x00", body: "a", problems: []Problem{{0, "the file is UTF-16: save it as UTF-8"}}},
		"NUL":                   {in: "a\n\nb\x00", body: "a\n\nb\ufffd", problems: []Problem{{3, "a NUL byte: this may be no text"}}},
		"a letter of its own":   {in: "a \ufffd b", body: "a \ufffd b"},
	} {
		p, problems := Read([]byte(test.in))
		if diff := cmp.Diff(test.body, p.Body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(test.problems, problems); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
