package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "accept the output as it is now")

// today is the day on which the stories take place: built-in pages become
// overdue for a review, but no test fails because of that.
var today = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"frameworkbot": func() {
			p := newProgram(os.Environ(), os.Stdin, os.Stdout, os.Stderr)
			p.now = func() time.Time { return today }
			os.Exit(p.run(os.Args[1:]))
		},
	})
}

// TestScripts runs testdata/script/*.txtar, each a story of somebody who uses the program.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program many times, which takes a minute under the race detector")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TERM", "xterm")
			return nil
		},
	})
}

// outcome is what a run of the program left behind.
type outcome struct {
	code      int
	out, errs string
}

func frameworkbot(in string, args ...string) outcome { return frameworkbotIn(nil, in, args...) }

// frameworkbotIn runs the program in an environment.
func frameworkbotIn(env []string, in string, args ...string) outcome {
	var out, errs bytes.Buffer
	p := newProgram(env, strings.NewReader(in), &out, &errs)
	p.now = func() time.Time { return today }
	code := p.run(args)
	return outcome{code, out.String(), errs.String()}
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), -update accepts it:\n%s", file, diff)
	}
}

func TestQuestionsThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"bad UTF-8":  {[]string{"ask", "what", "is\xff"}, "frameworkbot: word 2 of the question is not valid UTF-8: byte 3 is 0xFF\n"},
		"ten MB":     {[]string{"ask", strings.Repeat("x", 10<<20)}, "frameworkbot: the question has 10485760 bytes: the limit is 65536\n"},
		"many words": {append([]string{"ask"}, strings.Split(strings.Repeat("word ", 20000), " ")...), "frameworkbot: the question has 100000 bytes: the limit is 65536\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(outcome{exitWrong, "", test.want}, frameworkbot("", test.args...), cmp.AllowUnexported(outcome{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLinesThatCannotBeRead(t *testing.T) {
	got := frameworkbot("laravel\nfl\xffask\n\n"+strings.Repeat("x", longestQuestion+1)+"\nflask", "ask")
	want := "frameworkbot: line 2 is not valid UTF-8: byte 3 is 0xFF\nframeworkbot: line 4 is longer than 65536 bytes\n"
	if got.code != exitNo || got.errs != want {
		t.Errorf("ended with %d and said %q, want %d and %q", got.code, got.errs, exitNo, want)
	}
	if !strings.Contains(got.out, "Laravel") || !strings.Contains(got.out, "Flask") {
		t.Errorf("the good lines were not answered: %q", got.out)
	}
}

// TestEval keeps the numbers of the built-in questions: a change to a page or
// to the search shows in this file what it does to all of them.
func TestEval(t *testing.T) {
	got := frameworkbot("", "eval")
	if got.code != 0 || got.errs != "" {
		t.Fatalf("ended with %d: %s", got.code, got.errs)
	}
	compare(t, filepath.Join("testdata", "eval.golden"), got.out)
}
