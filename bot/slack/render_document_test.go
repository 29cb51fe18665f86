package slack

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/index"
	"frameworkbot/seeds"
)

// askDocument is the card of a document with that text.
func askDocument(t *testing.T, text string) *bot.Answer {
	t.Helper()
	p, problems := index.NewDocument(index.Text{ID: "failover", File: "failover.md", Title: "Failover runbook", Date: "2026-10", Body: text, Line: 1})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return askPages(t, []*index.Page{p}, "failover runbook")
}

// askPages asks pages of one's own.
func askPages(t *testing.T, pages []*index.Page, question string) *bot.Answer {
	t.Helper()
	x, err := index.New(pages)
	if err != nil {
		t.Fatal(err)
	}
	a, err := bot.NewAnswerer(x).Answer(t.Context(), &bot.Message{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// shown is an outline of all rich text of a card.
func shown(m message) string {
	var b strings.Builder
	for _, block := range m.Blocks {
		if r, ok := block.(*slack.RichTextBlock); ok {
			b.WriteString(outline(r.Elements))
		}
	}
	return b.String()
}

// The documents of which the cards are held, by name: what they say and what is shown.
var documents = []struct{ name, text, want string }{
	{
		"call-out", "What to do.\n\n## Danger\n\nDo it.\n\n> **Warning:** Never run this on Friday.\n\nThen stop.",
		"p [What to do.]\np [*Danger][\\n][Do it.]\n> [*Warning:][ Never run this on Friday.]\np [Then stop.]\n",
	},
	{
		"call-out in an item", "What to do.\n\n## Steps\n\n- Stop it.\n\n  > **Warning:** Never on Friday.\n\n- Start it.",
		"p [What to do.]\np [*Steps]\n- [Stop it.]\n> [*Warning:][ Never on Friday.]\n- [Start it.]\n",
	},
	{
		"call-out in the summary", "What to do.\n\n> Ask first.\n\n## Steps\n\nStop it.",
		"p [What to do.]\n> [Ask first.]\np [*Steps][\\n][Stop it.]\n",
	},
	{
		"call-out with more than text", "What to do.\n\n## Danger\n\n> Look:\n>\n> 1. one\n> 2. two\n>\n> ```\n> a\n>   b\n> ```",
		"p [What to do.]\np [*Danger]\n> [Look:][\\n][1. ][one][\\n][2. ][two][\\n][`a][\\n][`  b]\n",
	},
	{
		"code in an item", "What to do.\n\n## Steps\n\n1. Check:\n\n   ```sh\n   kubectl get pods -n db \\\n     | grep replica\n   ```\n\n2. Promote it.\n\n   Wait.\n\n   - for `ready`\n   - for all\n\n     1. of them\n\n3. Done.",
		"p [What to do.]\np [*Steps]\n1. [Check:]\n``` [kubectl get pods -n db \\\\n  | grep replica]\n2. [Promote it.][\\n][Wait.]\n  - [for ][`ready]\n  - [for all]\n    1. [of them]\n3. [Done.]\n",
	},
	{
		"YAML", "What to do.\n\n## Settings\n\nPoint the app to it:\n\n```yaml\ndb:\n  host: replica\n\n  port: 5432\n```",
		"p [What to do.]\np [*Settings][\\n][Point the app to it:]\n``` [db:\\n  host: replica\\n\\n  port: 5432]\n",
	},
	{
		"table", "What to do.\n\n## Contacts\n\n| who | phone |\n|---|---|\n| Ann | 123 |\n| Bob | 4567 |",
		"p [What to do.]\np [*Contacts]\n``` [who  phone\\n---  -----\\nAnn  123\\nBob  4567]\n",
	},
	{
		"wide table", "What to do.\n\n## Contacts\n\n| who | where |\n|---|---|\n| Ann | at [the desk](https://desk.example) beside the second window |\n| Bob |  |",
		"p [What to do.]\np [*Contacts]\n- [*Ann][ · ][where: ][at ][the desk->https://desk.example][ beside the second window]\n- [*Bob]\n",
	},
	{
		"heading", "What to do.\n\nMore of it.\n\n## Run `it` **now**\n\nText.\n\n### Below\n\n- **Named.** item\n- **Other.** item",
		"p [What to do.]\np [More of it.]\np [*Run it now][\\n][Text.][\\n\\n][*Below]\n- [*Named.][ item]\n- [*Other.][ item]\n",
	},
}

// TestDocuments: what a team wrote is shown as it wrote it.
func TestDocuments(t *testing.T) {
	var all []payload
	for _, d := range documents {
		m := render(askDocument(t, d.text), asPublic)
		if diff := cmp.Diff(d.want, shown(m)); diff != "" {
			t.Errorf("%s (-want +got): %s", d.name, diff)
		}
		text := textIn(t, m.Blocks)
		if never := regexp.MustCompile(correctedMark + "|Corrected|" + nothing + `|\d of \d|too long`); never.MatchString(text) {
			t.Errorf("%s: the card says %q: %s", d.name, never.FindString(text), text)
		}
		all = append(all, sent(d.name, m))
	}
	golden(t, "documents", all)
}

// TestLongDocument: a document that does not fit is cut behind a whole line of
// code, and the card says where the rest is.
func TestLongDocument(t *testing.T) {
	code := "```sh\n" + strings.Repeat("make the-next-thing --with-care\n", 60) + "```\n\n"
	a := askDocument(t, "What to do.\n\n"+strings.Repeat("Before the headings. ", 10)+"\n\n## First\n\n"+code+"## Second\n\n"+code+"## Third\n\nText.")
	m := render(a, asPublic)
	golden(t, "long-document", []payload{sent("long", m)})
	got := shown(m)
	if !strings.HasSuffix(got, `make the-next-thing --with-care\n…]`+"\n") {
		t.Errorf("the last command is not whole: %s", got[max(0, len(got)-200):])
	}
	text := textIn(t, m.Blocks)
	if n := units(text); n > longestText+longestCard/2 || n < longestText-leastText {
		t.Errorf("the card has %d characters", n)
	}
	for _, want := range []string{"This is too long to be shown here in full. The menu More… has its parts.", "First", "Second", "Third", "Source: Failover runbook, 2026-10"} {
		if !strings.Contains(text+string(encoded(t, m.Blocks)), want) {
			t.Errorf("the card does not say %q", want)
		}
	}
}

// TestLargestDocuments: whatever is too much of a document, Slack takes the card.
func TestLargestDocuments(t *testing.T) {
	var headings strings.Builder
	for i := range 300 {
		headings.WriteString("## A heading of some length, as there are " + strconv.Itoa(i) + "\n\nText.\n\n")
	}
	for name, text := range map[string]string{
		"no headings": strings.Repeat("Text.\n\n", 2000),
		"items":       "It.\n\n## List\n\n" + strings.Repeat("- a\n", 3000),
		"headings":    "It.\n\n" + headings.String(),
		"code":        "It.\n\n## Code\n\n```\n" + strings.Repeat("x", 9000) + "\n```",
		"paragraph":   "It.\n\n## Text\n\n" + strings.Repeat("word ", 4000),
		"table":       "It.\n\n## Table\n\n|a|b|\n|-|-|\n" + strings.Repeat("|c|"+strings.Repeat("long ", 30)+"|\n", 200),
		"quote":       "It.\n\n## Quote\n\n" + strings.Repeat("> said\n>\n", 2000),
		"escapes":     "It.\n\n## Escapes\n\n" + strings.Repeat("<&> ", 2500),
	} {
		m := render(askDocument(t, text), asPrivate)
		checkPayload(t, sent(name, m))
		got := textIn(t, m.Blocks)
		want := "This is too long to be shown here in full."
		if strings.Contains(text, "## ") {
			want += " The menu More… has its parts."
		}
		if !strings.Contains(got, want) || strings.Contains(got, nothing) {
			t.Errorf("%s: nothing says that there is more: %.300s", name, got)
		}
		if units(got) < 500 {
			t.Errorf("%s: the card has %d characters", name, units(got))
		}
	}
}

// TestLongCode: code that is longer than one piece of rich text loses nothing.
func TestLongCode(t *testing.T) {
	text := strings.Repeat("make the-next-thing\n", 200)
	r := richTextOf(parsed.of("```\n"+text+"```"), maxRichTexts, "")
	var got strings.Builder
	for _, e := range r.elements {
		for _, inline := range e.(*slack.RichTextPreformatted).Elements {
			got.WriteString(inline.(*slack.RichTextSectionTextElement).Text + "\n")
		}
	}
	if r.cut || len(r.elements) != 2 || got.String() != text {
		t.Errorf("%d pieces, cut %v, %d of %d characters", len(r.elements), r.cut, got.Len(), len(text))
	}
}

// What two teams say of a page.
const (
	jobs = "---\nextends: laravel\nowner: jobs team\nsources:\n  - {id: wiki, title: Jobs wiki, date: 2026-10, link: \"https://wiki.example/jobs\"}\n---\n" +
		"Queues run on the blue hosts. [^wiki]\n\n## Restart\n\nRun this:\n\n```sh\nphp artisan queue:restart \\\n  --all\n```\n\n> **Warning:** Never on Friday.\n"
	web = "---\nextends: laravel\nowner: web team\nsources:\n  - {id: wiki, title: Web wiki, date: 2026-09, link: \"https://wiki.example/web\"}\n---\n" +
		"We run version 12. [^wiki]\n\n## Deploy\n\nPush to main. [^wiki]\n"
)

// TestHere: what teams say of a page is there in full, with its sources and its
// owners, before what everybody may know.
func TestHere(t *testing.T) {
	laravel, err := fs.ReadFile(seeds.Pages, "laravel.md")
	if err != nil {
		t.Fatal(err)
	}
	page := func(name, text string) *index.Page {
		p, problems := index.ParsePage(name+".md", []byte(text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return p
	}
	card := func(teams ...*index.Page) message {
		extended := page("laravel", string(laravel)).With(teams...)
		return render(askPages(t, []*index.Page{extended}, "laravel"), asPublic)
	}
	golden(t, "here", []payload{sent("here", card(page("jobs", jobs)))})
	m := card(page("jobs", jobs), page("web", web))
	got := shown(m)
	for _, want := range []string{
		"p [*Here.][ Queues run on the blue hosts. (Jobs wiki, 2026-10) (jobs team)]\n",
		"``` [php artisan queue:restart \\\\n  --all]\n> [*Warning:][ Never on Friday.",
		"We run version 12. (Web wiki, 2026-09) (web team)", "[*Deploy.][ Push to main. (Web wiki, 2026-09)]",
		"[Laravel is an open-source framework", "> [Note (2026-08): Laravel is a framework of its own",
		"p [*Features", "- [*Security.]", "p [*Watch out",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not shown: %s", want, got)
		}
	}
	for _, want := range []string{"<https://wiki.example/jobs|Jobs wiki>, 2026-10", "<https://wiki.example/web|Web wiki>, 2026-09"} {
		if !strings.Contains(string(encoded(t, m.Blocks)), want) {
			t.Errorf("the source %s is not named", want)
		}
	}
}

// TestQuotes: only the notes of curated pages correct a claim.
func TestQuotes(t *testing.T) {
	for text, want := range map[string]bool{
		"- **Fast.** It is.\n  > Note (2026-08): is it?": true,
		"- **Fast.** It is.\n  > Note (2026): is it?":    true,
		"- **Fast.** It is.\n  > **Note:** is it?":       false,
		"- **Fast.** It is.\n  > Note: is it?":           false,
		"- **Fast.** It is.\n\n  ```\n  code\n  ```":     false,
		"1. First": false,
		"Text.":    false,
	} {
		if got := isClaims(parsed.of(text)); got != want {
			t.Errorf("%q: claims %v", text, got)
		}
	}
}

// TestBeforeTheHeadings: what no menu leads to has more room than the rest.
func TestBeforeTheHeadings(t *testing.T) {
	a := askDocument(t, "What to do.\n\n"+strings.Repeat("Before the headings there is much to say. ", 100)+"\n\n## Then\n\nText.")
	m := render(a, asPublic)
	if got := shown(m); !strings.Contains(got, "much to say. Before") || strings.Contains(got, "Then") || units(got) < longestText-leastText {
		t.Errorf("%d characters are shown: %.300s", units(got), got)
	}
	if text := string(encoded(t, m.Blocks)); !strings.Contains(text, `"Then"`) || strings.Contains(text, nothing) {
		t.Errorf("the menu has other parts: %s", text)
	}
}
