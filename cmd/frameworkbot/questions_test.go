package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

func TestParseQuestions(t *testing.T) {
	text := "# comment\n#\nfirst=>laravel\n\n== names \n laravel  =>  laravel  cakephp\t@list \"a b\" \"c\\\"\" \r\n" +
		`"a\nb\u202e => c" => @none` + "\n" + `"" => @help` + "\n#django => django"
	got, problems := parseQuestions("q.txt", text)
	want := []expectation{
		{Line: 3, Text: "first", Pages: []string{"laravel"}},
		{Line: 6, Category: "names", Text: "laravel", Pages: []string{"laravel", "cakephp"}, Kind: bot.ListKind, Visible: []string{"a b", `c"`}},
		{Line: 7, Category: "names", Text: "a\nb\u202e => c", Kind: bot.NoneKind},
		{Line: 8, Category: "names", Text: "", Kind: bot.HelpKind},
		{Line: 9, Category: "names", Text: "#django", Pages: []string{"django"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || problems != nil {
		t.Errorf("problems %v (-want +got):\n%s", problems, diff)
	}
}

func TestBuiltInQuestionsCanBeAsked(t *testing.T) {
	all, problems := parseQuestions("questions.txt", seeds.Questions)
	pages, err := index.ReadPages(seeds.Pages)
	if err != nil {
		t.Fatal(err)
	}
	problems = append(problems, checkPages("questions.txt", all, pages)...)
	if len(problems) > 0 {
		t.Errorf("problems:\n%v", problems)
	}
	if len(all) < 300 {
		t.Errorf("only %d questions", len(all))
	}
}

func FuzzParseQuestions(f *testing.F) {
	f.Add("== a\nlaravel => laravel @page \"x\"\n\"\\n\" => @none")
	f.Add("x => \"\\")
	f.Fuzz(func(t *testing.T, text string) {
		all, problems := parseQuestions("q.txt", text)
		for _, e := range all {
			if len(e.Pages) == 0 && e.Kind == "" && len(e.Visible) == 0 {
				t.Errorf("nothing is expected of %+v", e)
			}
		}
		for _, p := range problems {
			if p.Line < 1 || p.Text == "" {
				t.Errorf("problem without a line or text: %+v", p)
			}
		}
	})
}
