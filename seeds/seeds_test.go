package seeds_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/index"
	"frameworkbot/seeds"
)

// claimed are the features that the article names of its six frameworks, as our
// pages call them. The pages on other frameworks have features of our own choice.
var claimed = map[string][]string{
	"django":  {"Security", "Scalability", "Asynchronous Programming"},
	"rails":   {"Convention Over Configuration", "Automated Testing", "Localization"},
	"express": {"Rapid Development of Server-Side", "Middleware", "Routing"},
	"flask":   {"In-Built Development Server", "Templating and WSGI Assistance", "Minimalistic"},
	"laravel": {"Template Engine", "Security", "MVC Architecture"},
	"cakephp": {"Compatibility", "Handling Several Components", "Flexible Licensing"},
}

// TestPages has a subtest for each page.
func TestPages(t *testing.T) {
	files, err := fs.Glob(seeds.Pages, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	checkCatalogue(t, files)
	today := lastReview(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(file, ".md"), func(t *testing.T) {
			p := parse(t, file)
			for _, problem := range index.Lint([]*index.Page{p}, today) {
				t.Error(problem)
			}
			checkSummary(t, p)
			checkBullets(t, p)
			checkSources(t, p)
			if p.Kind != index.Guide {
				checkFramework(t, p)
			}
		})
	}
}

// checkCatalogue: the article's six frameworks, sixty more, and the guide.
func checkCatalogue(t *testing.T, files []string) {
	t.Helper()
	if len(files) != 67 {
		t.Errorf("%d pages, not 67", len(files))
	}
	for _, id := range slices.Concat(slices.Collect(maps.Keys(claimed)), []string{"choosing"}) {
		if !slices.Contains(files, id+".md") {
			t.Errorf("no page %s", id)
		}
	}
}

func parse(t *testing.T, file string) *index.Page {
	t.Helper()
	data, err := fs.ReadFile(seeds.Pages, file)
	if err != nil {
		t.Fatal(err)
	}
	p, problems := index.ParsePage(file, data)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return p
}

// lastReview is the day as of which the pages are linted: that of the latest
// review, so that the test needs no clock. A page is overdue when it was left
// out of the reviews of a year.
func lastReview(t *testing.T, files []string) time.Time {
	t.Helper()
	var last time.Time
	for _, file := range files {
		if p := parse(t, file); p.Reviewed.After(last) {
			last = p.Reviewed
		}
	}
	return last
}

// TestPagesTogether lints what only shows when all pages are read: names that two claim.
func TestPagesTogether(t *testing.T) {
	pages, err := index.ReadPages(seeds.Pages)
	if err != nil {
		t.Fatal(err)
	}
	var today time.Time
	asked := map[string]string{}
	for _, p := range pages {
		if p.Reviewed.After(today) {
			today = p.Reviewed
		}
		for _, q := range p.Body().Questions {
			if first, twice := asked[index.Fold(q.Text)]; twice {
				t.Errorf("%s:%d: the question %q is claimed by %s as well", p.File, q.Line, q.Text, first)
			}
			asked[index.Fold(q.Text)] = p.ID
		}
	}
	for _, problem := range index.Lint(pages, today) {
		t.Error(problem)
	}
}

// TestCatalogueDocument: docs/catalogue.md says of each framework what its page says.
func TestCatalogueDocument(t *testing.T) {
	data, err := os.ReadFile("../docs/catalogue.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(seeds.Pages, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		p := parse(t, file)
		if !p.IsFramework() {
			continue
		}
		latest := p.Fact("latest")
		row := fmt.Sprintf("| %s | `%s` | %s | %s | %s | %s |\n", p.Title, p.ID, strings.Join(p.Languages, ", "), p.Fact("licence").Value, latest.Value, latest.Date)
		if !strings.Contains(string(data), row) {
			t.Errorf("docs/catalogue.md lacks the row %s", row)
		}
		if n := strings.Count(string(data), "| `"+p.ID+"` |"); n != 2 {
			t.Errorf("docs/catalogue.md speaks of %s %d times, not in both tables", p.ID, n)
		}
	}
}

// checkSummary: the first sentence is shown alone, so it names the page and says what it is.
func checkSummary(t *testing.T, p *index.Page) {
	t.Helper()
	first, _, _ := strings.Cut(p.Body().Summary, ". ")
	name, _, _ := strings.Cut(strings.TrimPrefix(p.Title, "Choosing a "), " on ")
	name, _, _ = strings.Cut(name, " and ")
	if !strings.Contains(strings.ToLower(first), strings.ToLower(name)) || !strings.Contains(first, "framework") {
		t.Errorf("the first sentence does not say what %s is: %q", p.Title, first)
	}
	if n := utf8.RuneCountInString(first); n < 40 || n > 250 {
		t.Errorf("the first sentence has %d characters: %q", n, first)
	}
	for _, word := range []string{"It ", "This ", "These ", "They ", "However", "- ", "> ", "[^"} {
		if strings.HasPrefix(first, word) || strings.Contains(first, "[^") {
			t.Errorf("the first sentence does not stand alone: %q", first)
		}
	}
	if len(p.Body().Rests) == 0 {
		t.Error("the summary names no source")
	}
}

var shownSource = regexp.MustCompile(` \([^()]*\)$`)

// checkBullets: the lists for skimming are short, and each point names its source.
func checkBullets(t *testing.T, p *index.Page) {
	t.Helper()
	for _, part := range []string{"Good for", "Watch out"} {
		sections := p.Part(part)
		if p.Kind != index.Guide && (len(sections) != 1 || len(bullets(sections[0])) < 2) {
			t.Errorf("%s is not one list of at least two points", part)
		}
		for _, s := range sections {
			for _, b := range bullets(s) {
				text := shownSource.ReplaceAllString(b, "")
				if text == b {
					t.Errorf("line %d: %q names no source", s.Line, b)
				}
				if n := utf8.RuneCountInString(text); n > 90 {
					t.Errorf("line %d: %d characters, the limit is 90: %q", s.Line, n, text)
				}
			}
		}
	}
}

func bullets(s index.Section) []string {
	var list []string
	for line := range strings.Lines(s.Body) {
		if b, ok := strings.CutPrefix(line, "- "); ok {
			list = append(list, strings.TrimSpace(b))
		}
	}
	return list
}

// checkSources: each source is used, and each but the article and our own review has an address.
func checkSources(t *testing.T, p *index.Page) {
	t.Helper()
	used := map[*index.Source]bool{}
	for _, s := range p.Body().Rests {
		used[s] = true
	}
	for _, f := range p.Facts {
		used[f.Source] = true
	}
	for _, section := range p.Body().Sections {
		for _, s := range section.Rests {
			used[s] = true
		}
	}
	for i := range p.Sources {
		s := &p.Sources[i]
		if !used[s] {
			t.Errorf("nothing rests on the source %s", s.ID)
		}
		if s.Link == "" && s.ID != "article" && s.ID != "review" {
			t.Errorf("the source %s has no address", s.ID)
		}
	}
}

func checkFramework(t *testing.T, p *index.Page) {
	t.Helper()
	checkFeatures(t, p)
	for _, key := range []string{"home", "docs", "source"} {
		if !strings.HasPrefix(p.Link(key), "https://") {
			t.Errorf("the link %s is %q", key, p.Link(key))
		}
	}
	// What could not be verified is left out; docs/catalogue.md lists it.
	stated := []string{"language", "kind", "licence", "latest", "runtime"}
	if claimed[p.ID] != nil {
		stated = append(stated, "first_release")
	}
	for _, key := range stated {
		if p.Fact(key) == nil {
			t.Errorf("no %s", key)
		}
	}
	if f := p.Fact("latest"); f != nil && claimed[p.ID] != nil && len(f.Date) != len(time.DateOnly) {
		t.Errorf("the latest release has the date %q", f.Date)
	}
	if len(p.Facts) < 7 {
		t.Errorf("%d facts", len(p.Facts))
	}
}

// checkFeatures: three of them, each with a claim that names its source. A
// correction below a claim is dated, and has a source other than the article.
func checkFeatures(t *testing.T, p *index.Page) {
	t.Helper()
	var features []string
	for _, s := range p.Part("Features") {
		features = append(features, s.Heading)
		claim, note, _ := strings.Cut(s.Body, "\n> ")
		switch {
		case !shownSource.MatchString(claim):
			t.Errorf("line %d: the claim under %s names no source: %q", s.Line, s.Heading, claim)
		case claimed[p.ID] != nil && !strings.Contains(claim, "(the 2023 article)"):
			t.Errorf("line %d: the claim under %s does not name the article: %q", s.Line, s.Heading, claim)
		}
		if note != "" && (!strings.HasPrefix(note, "Note (2") || !shownSource.MatchString(note) || strings.Contains(note, "(the 2023 article)")) {
			t.Errorf("line %d: the note under %s is not dated, or names no source: %q", s.Line, s.Heading, note)
		}
	}
	if diff := cmp.Diff(claimed[p.ID], features); claimed[p.ID] != nil && diff != "" {
		t.Errorf("features (-want +got):\n%s", diff)
	}
	if len(features) != 3 {
		t.Errorf("%d features: %q", len(features), features)
	}
}

// TestFigures: the article's two figures are shown with what they measure, when,
// and the doubt about them: as a fact, and in the text with a note.
func TestFigures(t *testing.T) {
	for file, want := range map[string]struct{ figure, by string }{
		"express.md": {"23.82 %", "Stack Overflow"}, "flask.md": {"16.14 %", "Statista"},
	} {
		p := parse(t, file)
		fact := p.Fact("usage")
		if fact == nil {
			t.Errorf("%s: no usage", file)
			continue
		}
		for _, words := range []string{want.figure, want.by, "2021", "share of respondents", "not a rating", "as the 2023 article reports", "most likely"} {
			if !strings.Contains(fact.Value, words) {
				t.Errorf("%s: the fact does not say %q: %s", file, words, fact.Value)
			}
		}
		_, claim, found := strings.Cut(p.Body().Summary, want.figure)
		claim, note, _ := strings.Cut(claim, "\n> Note (2026-08):")
		if !found || !strings.Contains(claim, "(the 2023 article)") {
			t.Errorf("%s: the summary does not give %s with its source", file, want.figure)
		}
		for _, words := range []string{"2021", "not confirmed", "respondents", "not a rating"} {
			if !strings.Contains(note, words) {
				t.Errorf("%s: the note behind %s does not say %q: %s", file, want.figure, words, note)
			}
		}
	}
}

var kinds = []string{"@page", "@fact", "@list", "@comparison", "@none", "@help"}

// TestQuestions checks the form of questions.txt, and that no category is missing.
// What the bot answers is measured in cmd.
func TestQuestions(t *testing.T) {
	ids := pageIDs(t)
	found, seen, category, all := map[string]int{}, map[string]int{}, "", 0
	number := 0
	for line := range strings.Lines(seeds.Questions) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "== "); ok {
			category = name
			continue
		}
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		question, expect, ok := cut(line)
		if first, twice := seen[question]; twice {
			t.Errorf("questions.txt:%d: %q stands on line %d already", number, question, first)
		}
		seen[question] = number
		if why := wrong(expect, ids); !ok || category == "" || why != "" {
			t.Errorf("questions.txt:%d: %s %s", number, line, why)
		}
		found[category]++
		all++
	}
	if all < 1500 {
		t.Errorf("%d questions, at least 1,500 are wanted", all)
	}
	for _, name := range []string{
		"names", "aliases", "sentences", "typos", "languages", "features", "figures", "facts", "comparisons",
		"recommendations", "lists", "help", "outside", "near-miss", "hostile", "foreign",
	} {
		if found[name] < 10 {
			t.Errorf("the category %s has %d questions", name, found[name])
		}
		delete(found, name)
	}
	if len(found) > 0 {
		t.Errorf("categories that are not known: %v", found)
	}
}

func pageIDs(t *testing.T) (ids []string) {
	t.Helper()
	files, err := fs.Glob(seeds.Pages, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		ids = append(ids, strings.TrimSuffix(file, ".md"))
	}
	return ids
}

// cut takes a line apart into the question, unquoted, and what is expected.
func cut(line string) (question, expect string, ok bool) {
	if quoted, err := strconv.QuotedPrefix(line); err == nil && line[0] == '"' {
		question, err = strconv.Unquote(quoted)
		expect, ok = strings.CutPrefix(line[len(quoted):], " => ")
		return question, expect, ok && err == nil
	}
	return strings.Cut(line, " => ")
}

var visible = regexp.MustCompile(`"[^"]+"`)

// wrong says what is wrong with an expectation, "" if nothing is.
func wrong(expect string, ids []string) string {
	pages, kind := 0, ""
	for word := range strings.FieldsSeq(visible.ReplaceAllString(expect, "")) {
		switch {
		case slices.Contains(ids, word):
			pages++
		case slices.Contains(kinds, word) && kind == "":
			kind = word
		default:
			return fmt.Sprintf("%q is not a page or a kind", word)
		}
	}
	if nothing := kind == "@none" || kind == "@help"; nothing != (pages == 0) {
		return "either pages are expected, or @none or @help"
	}
	return ""
}
