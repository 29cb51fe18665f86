package slack

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

// TestPageCards: a page's card can be taken in, whoever sees it.
func TestPageCards(t *testing.T) {
	for _, r := range ask(t, "help").Results {
		for _, o := range []options{asPrivate, asPublic, asShared, asThanked} {
			m := render(ask(t, r.Title), o)
			seen := 0
			var buttons []string
			walk(decoded(t, m.Blocks), func(v map[string]any) {
				seen += units(visible(v))
				if v["type"] == "button" {
					buttons = append(buttons, v["text"].(map[string]any)["text"].(string))
				}
			})
			if seen < 900 || seen > 1500 {
				t.Errorf("the card of %s shows %d characters, not 900 to 1,500", r.Title, seen)
			}
			if len(buttons) > maxButtons {
				t.Errorf("the card of %s has the buttons %q", r.Title, buttons)
			}
		}
	}
}

// TestCardsSayWhereFrom: no card of a page is without a source and its date,
// and none shows a corrected claim as if it stood.
func TestCardsSayWhereFrom(t *testing.T) {
	for _, r := range ask(t, "help").Results {
		a := ask(t, r.Title)
		text := textIn(t, render(a, asPublic).Blocks)
		if !strings.Contains(text, "[1] ") || !strings.Contains(text, a.Sources[0].Date) || !strings.Contains(text, a.Reviewed) {
			t.Errorf("the card of %s does not say where it is from", r.Title)
		}
		for _, s := range a.Sections {
			for _, c := range claimed.of(s.Text) {
				i := strings.Index(text, textOfSpans(c.name))
				if len(c.note) == 0 || len(c.name) == 0 || i < 0 {
					continue
				}
				if line, _, _ := strings.Cut(text[i:], "\n\n"); !strings.Contains(line, correctedMark) {
					t.Errorf("%s: nothing says that this is corrected: %s", r.Title, line)
				}
				if !strings.Contains(text, correctedClaims+" → "+s.Heading) {
					t.Errorf("%s: the card does not say where the corrections are", r.Title)
				}
			}
		}
	}
}

// TestFallbackSaysIt: what screen readers and notifications read is the answer.
func TestFallbackSaysIt(t *testing.T) {
	for question, wants := range map[string][]string{
		"lavarel":             {"Showing Laravel for lavarel.", "Laravel is an open-source framework", "Source: Top Backend Frameworks", "2023", "reviewed 20"},
		"does flask have orm": {"Flask: ORM", "none built in", "Source: Flask: Design Decisions in Flask, 2026-04"},
		"django vs flask":     {"Django and Flask", "They differ in", "Kind: Django full-stack; Flask micro.", "Source: "},
		"php frameworks":      {"Frameworks written in PHP", "CakePHP is a", "Laravel is an", "Source: "},
		"photoshop":           {"Nothing found", "I have nothing on photoshop"},
		"help":                {"What I can tell you", "PHP: API Platform, CakePHP, CodeIgniter, Laminas and Mezzio, Laravel"},
		"laravel security":    {"Security. Password methods", "Note (2026-08)", "and 3 more sources"},
	} {
		text := render(ask(t, question), asPublic).Text
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%q: %q is not in the text: %s", question, want, text)
			}
		}
	}
}

// TestOffers: what is offered depends on who sees the card.
func TestOffers(t *testing.T) {
	laravel := ask(t, "lavarel")
	for _, c := range []struct {
		name string
		o    options
		want []string
	}{
		{"private", asPrivate, []string{"Not this", "Share here", "Helpful", "Not right", "Dismiss"}},
		{"public", asPublic, []string{"Not this", "Helpful", "Not right", "Dismiss"}},
		{"shared", asShared, []string{"Not this", "Compare with Symfony", "Compare with Yii", "Dismiss"}},
		{"thanked", asThanked, []string{"Not this", "Share here", "Compare with Symfony", "Dismiss"}},
	} {
		if diff := cmp.Diff(c.want, labels(t, render(laravel, c.o).Blocks)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	choices := bot.Choices(t.Context(), answerer(), answerer(), &bot.Message{Text: "does flask have an orm?"})
	if got := labels(t, render(choices, asReplies).Blocks); len(got) < 2 || slices.ContainsFunc(got[:len(got)-1], func(s string) bool { return s != "Post as reply" }) {
		t.Errorf("the choices offer %q", got)
	}
	for _, a := range []*bot.Answer{bot.Busy(), {Kind: bot.FailedKind, Title: "Sorry", Text: bot.Apology}} {
		if got := labels(t, render(a, asPrivate).Blocks); len(got) > 0 {
			t.Errorf("%s offers %q", a.Kind, got)
		}
	}
	home := renderHome(ask(t, "help"), laravel, asPrivate)
	if got := labels(t, home.Blocks.BlockSet); slices.Contains(got, "Share here") || slices.Contains(got, "Dismiss") || slices.Contains(got, "Helpful") || got[0] != "All pages" {
		t.Errorf("the App Home offers %q", got)
	}
}

// TestPressesLead: what is pressed leads to the answers that are offered.
func TestPressesLead(t *testing.T) {
	m := render(ask(t, "laravel"), asPublic)
	menus := map[action]string{}
	walk(decoded(t, m.Blocks), func(v map[string]any) {
		for _, e := range list(v["elements"]) {
			id, _ := v["block_id"].(string)
			if kind := e["type"]; kind == "static_select" || kind == "external_select" {
				menus[decode(id).do] = id
			}
		}
	})
	for do, want := range map[action]string{doMore: "more|page:laravel|U0ASKER", doCompare: "compare|page:laravel|U0ASKER"} {
		if menus[do] != want {
			t.Errorf("the menu is %q, want %q", menus[do], want)
		}
	}
	p := press{do: doShare, ref: "page:laravel", user: "U0ASKER", asked: "what was asked"}
	if !strings.Contains(string(encoded(t, render(ask(t, "laravel"), asPrivate).Blocks)), p.encode()) {
		t.Error("sharing does not carry what was asked")
	}
}

// TestMentions: nobody is mentioned but who shared.
func TestMentions(t *testing.T) {
	for _, c := range []struct{ by, want string }{
		{"U0SHARER", `"mrkdwn","text":"Shared by <@U0SHARER>, who asked: _what was asked_"`},
		{"<!channel>", `"plain_text","text":"Shared by &lt;!channel&gt;, who asked: what was asked"`},
		{"U1> <!here", `"plain_text"`},
	} {
		o := asShared
		o.sharedBy = c.by
		m := render(ask(t, "laravel"), o)
		if got := string(encoded(t, m.Blocks[:1])); !strings.Contains(got, c.want) {
			t.Errorf("%q is shown as %s, want %s", c.by, got, c.want)
		}
		checkPayload(t, sent(c.by, m))
	}
}
