package bot_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

// seven answers from seven of the built-in pages, however many there are.
func seven(t *testing.T) *bot.Answerer {
	t.Helper()
	pages, err := index.ReadPages(seeds.Pages)
	if err != nil {
		t.Fatal(err)
	}
	pages = slices.DeleteFunc(pages, func(p *index.Page) bool {
		return !slices.Contains([]string{"cakephp", "choosing", "django", "express", "flask", "laravel", "rails"}, p.ID)
	})
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return bot.NewAnswerer(x)
}

func explain(t *testing.T, text string) *bot.Explanation {
	t.Helper()
	e, err := seven(t).Explain(t.Context(), &bot.Message{ID: "1", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		ask, rule string
		check     func(*bot.Explanation) bool
	}{
		{"laravel", "as a whole is a name", func(e *bot.Explanation) bool { return e.Names[0].ID == "laravel" && e.Names[0].Why == "exact name" }},
		{"ror", "as a whole is a name", func(e *bot.Explanation) bool { return e.Names[0].ID == "rails" && e.Names[0].Why == "alias" }},
		{"tell me about lavarel", "nothing remains", func(e *bot.Explanation) bool {
			return e.Names[0].Typed == "lavarel" && e.Names[0].Why == "corrected spelling" && e.Names[0].Meant
		}},
		{"django vs flask", "compared", func(e *bot.Explanation) bool { return len(e.Names) == 2 && len(e.Hits) == 0 }},
		{"alternatives to django", "Others like", func(e *bot.Explanation) bool { return e.Names[0].ID == "django" }},
		{"flask orm", "nothing remains", func(e *bot.Explanation) bool { return slices.Equal(e.Attributes, []string{"ORM"}) }},
		{"laravel security", "searched for in it", func(e *bot.Explanation) bool {
			return e.Hits[0].Section == "Features › Security" && e.Hits[0].Field == "heading" && e.Hits[0].Outcome == "answers" && len(e.Hits) == 1
		}},
		{"php frameworks with an orm", "meet the conditions", func(e *bot.Explanation) bool { return len(e.Conditions) == 2 && e.Conditions[0] == "written in PHP" }},
		{"which framework handles components such as cookie email and sessions", "covers the question", func(e *bot.Explanation) bool {
			return e.Hits[0].ID == "cakephp" && e.Hits[0].Outcome == "answers" && e.Hits[0].Coverage > 0.9 && len(e.Nothing) == 0
		}},
		{"help", "call for help", func(e *bot.Explanation) bool { return e.Kind == bot.HelpKind }},
		{"  !!!???!!!  ", "no word says", func(e *bot.Explanation) bool { return len(e.Nothing) == 1 }},
		{"terraform operators", "covers the question", func(e *bot.Explanation) bool {
			return strings.Contains(e.Nothing[0], "No page uses: terraform") && e.Words[0].Class == "product" && e.Words[0].Searched
		}},
		{"express delivery times", "covers the question", func(e *bot.Explanation) bool {
			return e.Names[0].ID == "express" && !e.Names[0].Meant && strings.Contains(e.Nothing[0], "means something else")
		}},
		{"how do I boil water for cookies", "covers the question", func(e *bot.Explanation) bool {
			return len(e.Nothing) > 0 && !slices.ContainsFunc(e.Hits, func(h bot.ExplainedHit) bool { return h.Outcome == "answers" })
		}},
	} {
		e := explain(t, c.ask)
		if !strings.Contains(e.Rule, c.rule) || !c.check(e) {
			t.Errorf("%q: want the rule %q and what the test looks for, got %+v", c.ask, c.rule, e)
		}
	}
}

func TestExplainRef(t *testing.T) {
	e, err := seven(t).Explain(t.Context(), &bot.Message{ID: "1", Text: "not looked at", Ref: bot.PageRef("flask")})
	if err != nil || e.Text != "" || !strings.Contains(e.Rule, "button") || !slices.Equal(e.Pages, []string{"flask"}) {
		t.Errorf("got %+v, %v", e, err)
	}
}

// TestExplainAgrees: for every listed question, the explanation says that the page that answers is what was found or named.
func TestExplainAgrees(t *testing.T) {
	text, err := os.ReadFile("../seeds/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	a, told := seven(t), 0
	for line := range strings.Lines(string(text)) {
		question, _, ok := strings.Cut(line, "=>")
		if !ok || strings.HasPrefix(line, "#") || strings.HasPrefix(line, `"`) {
			continue
		}
		e, err := a.Explain(t.Context(), &bot.Message{ID: "1", Text: strings.TrimSpace(question)})
		if err != nil {
			t.Fatal(err)
		}
		told++
		if e.Rule == "" {
			t.Errorf("%q: no rule", question)
		}
		if none := e.Kind == bot.NoneKind; none != (len(e.Nothing) > 0) && e.Rule != "Several pages are named: they are compared." && len(e.Conditions) == 0 {
			t.Errorf("%q: kind %s, but the reasons for nothing are %q", question, e.Kind, e.Nothing)
		}
	}
	if told < 100 {
		t.Errorf("only %d questions were asked", told)
	}
}

func TestLibraryOfAnswerer(t *testing.T) {
	a := seven(t)
	pages := a.Pages()
	if len(pages) != 7 || !slices.IsSortedFunc(pages, func(x, y bot.PageInfo) int {
		return strings.Compare(strings.ToLower(x.Title), strings.ToLower(y.Title))
	}) {
		t.Fatalf("pages by title: %+v", pages)
	}
	p, err := a.Page(t.Context(), "flask")
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	if p.Title != "Flask" || p.Summary == "" || len(p.Facts) == 0 || len(p.Sections) == 0 || len(p.Sources) == 0 || len(p.Links) == 0 || len(p.Questions) == 0 {
		t.Errorf("the page is not whole: %+v", p)
	}
	for _, q := range p.Questions {
		if !q.Wins || q.Line == 0 {
			t.Errorf("the question in line %d is won by %v", q.Line, q.Won)
		}
	}
	if p, err := a.Page(t.Context(), "../../etc/passwd"); p != nil || err != nil {
		t.Errorf("an unknown page: %v, %v", p, err)
	}
	reviewed := p.Reviewed
	if p.Overdue(reviewed.AddDate(0, 6, 0)) || !p.Overdue(reviewed.AddDate(1, 1, 0)) || !(&bot.PageInfo{}).Overdue(reviewed) {
		t.Error("a review is overdue after a year, or if there was none")
	}
}
