package index_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
)

// TestDecodeYAML is about the decoder itself, which reads the configuration as well.
func TestDecodeYAML(t *testing.T) {
	type inner struct {
		Deadline string `yaml:"deadline"`
	}
	type config struct {
		Name   string   `yaml:"name"`
		Count  int      `yaml:"count"`
		Inner  inner    `yaml:"inner"`
		List   []string `yaml:"list"`
		Hidden string   `yaml:"-"`
	}
	tests := []struct {
		name, yaml string
		want       config
		problems   string
	}{
		{
			name: "values", yaml: "name: a\ncount: 3\ninner: {deadline: 2s}\nlist: [x, y]\n",
			want: config{Name: "a", Count: 3, Inner: inner{"2s"}, List: []string{"x", "y"}}, problems: "no problems\n",
		},
		{name: "empty", yaml: "", problems: "no problems\n"},
		{name: "all commented out", yaml: "# name: a\n\n# count: 3\n", problems: "no problems\n"},
		{name: "unknown", yaml: "nam: a\ninner: {dedline: 1}\n", problems: "f.yaml:10: unknown key \"nam\": did you mean \"name\"?\n" +
			"f.yaml:11: unknown key \"dedline\" in inner: did you mean \"deadline\"?\n"},
		{name: "nothing near", yaml: "zzzzzz: a\n", problems: "f.yaml:10: unknown key \"zzzzzz\": known keys are count, inner, list, name\n"},
		{name: "not a key", yaml: "hidden: a\n", problems: "f.yaml:10: unknown key \"hidden\": known keys are count, inner, list, name\n"},
		{name: "alias in an unknown place", yaml: "name: &a x\nlist: [*a]\n", problems: "f.yaml:11: aliases (*a) are not allowed here: write the value out\n"},
		{name: "alias as a mapping", yaml: "name: &a x\ninner: *a\n", problems: "f.yaml:11: aliases (*a) are not allowed here: write the value out\n"},
		{name: "merge key", yaml: "inner: &i {deadline: 1s}\n<<: *i\n", problems: "f.yaml:11: unknown key \"<<\": known keys are count, inner, list, name\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got config
			problems := index.DecodeYAML("f.yaml", 10, []byte(tt.yaml), &got)
			if diff := cmp.Diff(tt.problems, lines(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" && len(problems) == 0 {
				t.Errorf("value (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	if err := index.Problems(nil).Err(); err != nil {
		t.Errorf("no problems are an error: %v", err)
	}
	err := index.Problems{{"b.md", 2, "second"}, {"b.md", 1, "first"}, {"a.md", 0, "whole file"}}.Err()
	if diff := cmp.Diff("a.md: whole file\nb.md:1: first\nb.md:2: second", err.Error()); diff != "" {
		t.Error(diff)
	}
}
