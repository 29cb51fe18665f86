package bot_test

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
	"frameworkbot/index"
)

// questions are those of seeds/questions.txt, without what they expect.
var questions = sync.OnceValues(func() (all []string, err error) {
	data, err := os.ReadFile("../seeds/questions.txt")
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		i := strings.LastIndex(line, "=>")
		if i < 0 || strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "== ") {
			continue
		}
		all = append(all, strings.TrimSpace(line[:i]))
	}
	return all, nil
})

// allQuestions are the least that the committed set of questions must have.
func allQuestions(t *testing.T) []string {
	t.Helper()
	lines, err := questions()
	if err != nil || len(lines) < 300 {
		t.Fatalf("%d questions, error %v", len(lines), err)
	}
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = literal(t, line)
	}
	return all
}

// TestEveryAnswer holds what is true of the answer to any question.
func TestEveryAnswer(t *testing.T) {
	a := builtIn(t)
	ids := map[string]bool{}
	for _, p := range mustPages(t) {
		ids[p.ID] = true
	}
	asked := map[string]bool{}
	for _, question := range allQuestions(t) {
		answer := ask(t, a, question)
		if again := ask(t, a, question); !reflect.DeepEqual(answer, again) {
			t.Errorf("%q is answered differently the second time (-first +second):\n%s", question, cmp.Diff(answer, again))
		}
		checkPages(t, question, answer, ids)
		checkTexts(t, question, answer)
		checkSources(t, question, answer)
		checkAsks(t, a, question, answer, asked)
	}
	if len(asked) < 30 {
		t.Errorf("only %d follow-up questions were found and asked", len(asked))
	}
}

func mustPages(t *testing.T) []*index.Page {
	t.Helper()
	x, err := builtInPages()
	if err != nil {
		t.Fatal(err)
	}
	return x.Pages()
}

// checkPages: nothing and help answer with no page, all else with pages that exist, each once.
func checkPages(t *testing.T, question string, answer *bot.Answer, ids map[string]bool) {
	t.Helper()
	if empty := answer.Kind == bot.NoneKind || answer.Kind == bot.HelpKind; empty != (len(answer.Pages) == 0) {
		t.Errorf("%q: kind %s with pages %v", question, answer.Kind, answer.Pages)
	}
	if len(answer.Suggestions) > 0 && answer.Kind != bot.NoneKind {
		t.Errorf("%q: kind %s with suggestions %v", question, answer.Kind, answer.Suggestions)
	}
	for _, list := range [][]string{answer.Pages, answer.Suggestions} {
		seen := map[string]bool{}
		for _, id := range list {
			if !ids[id] || seen[id] {
				t.Errorf("%q: page %q does not exist or is there twice in %v", question, id, list)
			}
			seen[id] = true
		}
	}
}

var mention = regexp.MustCompile(`(?i)@(?:everyone|here|channel)\b|<[!@#][^>]*>`)

func checkTexts(t *testing.T, question string, answer *bot.Answer) {
	t.Helper()
	for _, text := range texts(reflect.ValueOf(answer)) {
		if !utf8.ValidString(text) {
			t.Errorf("%q: %q is not UTF-8", question, text)
		}
		if mention.MatchString(text) {
			t.Errorf("%q: %q mentions somebody", question, text)
		}
	}
	if answer.Title == "" {
		t.Errorf("%q: the answer has no title", question)
	}
	if answer.Text == "" && len(answer.Results) == 0 {
		t.Errorf("%q: the answer says nothing", question)
	}
}

// texts are all the strings in v.
func texts(v reflect.Value) (all []string) {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Pointer:
		if !v.IsNil() {
			return texts(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			all = append(all, texts(v.Index(i))...)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			all = append(all, texts(field)...)
		}
	}
	return all
}

func checkSources(t *testing.T, question string, answer *bot.Answer) {
	t.Helper()
	seen := map[bot.Source]bool{}
	for _, s := range answer.Sources {
		if s.Title == "" || s.Date == "" || seen[s] {
			t.Errorf("%q: source %+v lacks its title or date, or is there twice", question, s)
		}
		seen[s] = true
	}
}

// checkAsks asks what the answer offers to ask, each text once in all.
func checkAsks(t *testing.T, a *bot.Answerer, question string, answer *bot.Answer, asked map[string]bool) {
	t.Helper()
	var follow []string
	for _, one := range answer.Asks {
		if n := utf8.RuneCountInString(one.Label); n == 0 || n > 34 {
			t.Errorf("%q: label %q has %d characters, want 1 to 34", question, one.Label, n)
		}
		follow = append(follow, one.Text)
	}
	for _, r := range answer.Results {
		follow = append(follow, r.Ask)
	}
	for _, text := range follow {
		if asked[text] {
			continue
		}
		asked[text] = true
		if got := ask(t, a, text); got.Kind == bot.NoneKind {
			t.Errorf("%q offers to ask %q, and that is answered with: %s", question, text, got.Text)
		}
	}
}
