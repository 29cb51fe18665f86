package web

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"strings"
	"testing"

	"frameworkbot/bot"
	"frameworkbot/bot/bottest"
)

func TestAsk(t *testing.T) {
	s := serve(t, nil)
	s.get("/").has(t, 200, "Ask the library", `name="ref" value="page:flask"`)
	got := s.ask("laravel")
	got.has(t, 200, `id="turn-1"`, "Eloquent, built in", "Only visible to you", "Only you can see", `fill="#777bb4"`,
		"https://app.slack.com/block-kit-builder/#%7B%22blocks%22:", "Size against the limits", "What a screen reader says", "Exact JSON", "reviewed 2026-11-22")
	if got.url.RequestURI() != "/?turn=1" {
		t.Errorf("leads to %s", got.url)
	}
}

// TestPress presses one of each thing that can be pressed, as it stands on the page.
func TestPress(t *testing.T) {
	s := serve(t, nil)
	s.ask("lavarel")
	for ref, want := range map[bot.Ref]string{
		"vs:laravel,cakephp": `<th scope="col">CakePHP</th>`, "part:laravel:features/security": "Security", "list:lPHP": "Frameworks written in PHP",
		"fact:laravel:all": "All facts", "not:laravel": "turn selected", "help": "What I can tell you",
	} {
		page := s.get("/?turn=1").body
		if ref != "help" && !strings.Contains(page, `name="ref" value="`+string(ref)+`"`) {
			t.Errorf("there is no button for %s", ref)
		}
		s.press(ref).has(t, 200, want, "You pressed")
	}
	s.ask("php frameworks").has(t, 200, `<button class="plain strong" name="ref" value="page:laravel">Laravel</button>`)
	s.press("page:laravel").has(t, 200, `<span class="words">Laravel</span>`)
	s.ask("flaks orm").has(t, 200, "Showing", "Not what I meant")
	s.ask("flusk").has(t, 200, "Flask")
	s.press("page:~garbage~").has(t, 200, `class="turn selected"`)
	s.press(bot.Ref(strings.Repeat("x", 65))).has(t, 200) // no Ref: nothing was asked
}

func TestPressLabel(t *testing.T) {
	s := serve(t, nil)
	s.ask("laravel")
	s.press("vs:laravel,cakephp").has(t, 200, `<span class="words">Compare with CakePHP</span>`)
	s.press("part:laravel:watchout").has(t, 200, `<span class="words">Watch out</span>`)
}

func TestLookBack(t *testing.T) {
	s := serve(t, nil)
	for _, q := range []string{"laravel", "django", "flask", "express", "rails", "cakephp"} {
		s.ask(q)
	}
	got := s.get("/?turn=1")
	got.has(t, 200, `<li class="turn selected" id="turn-1"`, "Eloquent, built in")
	if n := strings.Count(got.body, `class="facts brief"`); n != wholeTurns+1 {
		t.Errorf("%d answers are whole, want %d", n, wholeTurns+1)
	}
	s.get("/?turn=99").has(t, 200, `<li class="turn selected" id="turn-6"`)
	s.get("/?turn=-1&view=nonsense").has(t, 200, `<li class="turn selected" id="turn-6"`)
	for range maxTurns {
		s.ask("flask")
	}
	if n := strings.Count(s.get("/").body, `<li class="turn`); n != maxTurns {
		t.Errorf("%d turns are kept, want %d", n, maxTurns)
	}
}

func TestSessionsAreApart(t *testing.T) {
	s := serve(t, nil)
	s.ask("laravel")
	first := s.client
	s.browser()
	s.get("/").has(t, 200, "Ask the library")
	s.get("/turns/1/slack.json").has(t, 404)
	s.client = first
	s.get("/").has(t, 200, "Eloquent")
	s.do(http.MethodPost, "/forget", "").has(t, 200, "Ask the library")
	s.get("/").has(t, 200, "Ask the library")
}

func TestSessionCookie(t *testing.T) {
	s := serve(t, nil)
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	got := s.ask("laravel")
	cookie := got.header.Get("Set-Cookie")
	if got.status != http.StatusSeeOther || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || strings.Contains(got.header.Get("Location"), "laravel") {
		t.Errorf("%d %q %q", got.status, cookie, got.header.Get("Location"))
	}
	jar, _ := cookiejar.New(nil) // a new one cannot fail
	s.client.Jar = jar
	if got := s.do(http.MethodGet, "/", "", func(r *http.Request) { r.Header.Set("Cookie", sessionCookie+"=guessed") }); strings.Contains(got.body, "turn-1") {
		t.Error("a session that nobody began")
	}
}

func TestManySessions(t *testing.T) {
	s := serve(t, nil)
	for range maxSessions + 5 {
		s.browser()
		s.ask("flask")
		s.client.CloseIdleConnections()
	}
	if n := len(s.web.sessions.byID); n != maxSessions || len(s.web.sessions.order) != n {
		t.Errorf("%d sessions are kept, want %d", n, maxSessions)
	}
	s.get("/").has(t, 200, "turn-1")
}

func TestPayload(t *testing.T) {
	s := serve(t, nil)
	s.ask("laravel")
	a, err := s.shelf.Answer(t.Context(), &bot.Message{Text: "laravel"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range previews() {
		want, err := p.Render(a)
		if err != nil {
			t.Fatal(err)
		}
		got := s.get("/turns/1/" + slugOf(p.Name) + ".json")
		if got.body != string(want) || got.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %s", p.Name, got.body)
		}
	}
	s.get("/turns/1/teams.json").has(t, 404)
}

// TestScript: our script gets the page at once, and its address.
func TestScript(t *testing.T) {
	s := serve(t, nil)
	got := s.do(http.MethodPost, "/ask", "q=laravel&view=why", func(r *http.Request) { r.Header.Set(scriptHeader, "1") })
	got.has(t, 200, `id="turn-1"`, "is a name of one page", `name="here" value="/?turn=1&amp;view=why"`)
	if got.url.Path != "/ask" || got.header.Get("Content-Location") != "/?turn=1&view=why" {
		t.Errorf("%s, %v", got.url, got.header)
	}
}

func TestWhy(t *testing.T) {
	s := serve(t, nil)
	s.ask("which framework handles components such as cookie email and sessions")
	s.get("/?turn=1&view=why").has(t, 200, "the section that covers the question", "Handling Several Components", "<td>heading</td>", "answers", `class="won"`, "does not say which page")
	s.ask("kubernetes operators")
	s.get("/?turn=2&view=why").has(t, 200, "Why nothing was found", "No page uses: kubernetes and operators", "product")
	s.ask("tell me about lavarel")
	s.get("/?turn=3&view=why").has(t, 200, "corrected spelling", "“lavarel”")
	s.press("vs:laravel,cakephp")
	s.get("/?view=why").has(t, 200, "A button or a menu named this answer")
	s.do(http.MethodPost, "/ask", "q=laravel&view=why").has(t, 200, "is a name of one page", "exact name")
}

func TestWithoutWhatIsOptional(t *testing.T) {
	s := serve(t, nil, func(c *Config) { *c = Config{} })
	s.get("/").lacks(t, "/problems", "datalist", "data-generation")
	got := s.do(http.MethodPost, "/ask", "q=laravel&view=why")
	got.has(t, 200, "Eloquent")
	got.lacks(t, "Why this answer", "Exact JSON")
	s.get("/pages").has(t, 200, "There are no pages yet")
	s.get("/problems").has(t, 200, "No problems")
	s.get("/pages/flask").has(t, 404)
	s.get("/suggest?q=x").has(t, 200, "[]")
}

func TestSuggest(t *testing.T) {
	s := serve(t, nil)
	s.get("/suggest?q=la").has(t, 200, `"Laravel"`)
	s.get("/suggest?q=%3Cscript%3E").lacks(t, "<script>")
	s.get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").lacks(t, "<script>alert")
}

// hostileWords are what somebody might write to break the page.
var hostileWords = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'-alert(1)-'`, `{{.Web}}`, `</textarea></form><form action=//evil>`, `javascript:alert(1)`,
	"@everyone <!channel> <@U123>", "\u202egnp.exe", `${alert(1)}`, `<svg/onload=alert(1)>`, "[x](javascript:alert(1))",
}

func TestHostileQuestions(t *testing.T) {
	echo := bot.HandlerFunc(func(_ context.Context, m *bot.Message) (*bot.Answer, error) {
		return &bot.Answer{
			Kind: bot.PageKind, Title: m.Text, URL: m.Text, Text: m.Text, Notes: []string{m.Text}, Facts: []bot.Fact{{Label: m.Text, Value: m.Text}},
			Sections: []bot.Section{{Heading: m.Text, Text: m.Text}}, Asks: []bot.Ask{{Label: m.Text, Text: m.Text}}, More: []bot.Ask{{Label: m.Text, Ref: bot.Ref(m.Text)}},
			Results: []bot.Result{{ID: m.Text, Title: m.Text, Text: m.Text, Group: m.Text}}, Table: &bot.Table{Columns: []string{m.Text}, Rows: []bot.Row{{Label: m.Text, Values: []string{m.Text}}}},
			Sources: []bot.Source{{Title: m.Text, Date: m.Text, Link: m.Text}}, Reviewed: m.Text, NotThis: bot.Ref(m.Text),
		}, nil
	})
	s := serve(t, echo)
	for _, words := range hostileWords {
		got := s.ask(words)
		inert(t, got.body)
		inert(t, s.get("/?view=why").body)
		s.do(http.MethodPost, "/forget", "")
	}
}

var (
	tagLike   = regexp.MustCompile(`(?i)<(script|img|svg|form|textarea|iframe|a)\b[^>]*`)
	eventLike = regexp.MustCompile(`(?i)\son\w+\s*=`)
)

// inert reports markup that only somebody's words can have brought in.
func inert(t *testing.T, page string) {
	t.Helper()
	for _, tag := range tagLike.FindAllString(page, -1) {
		lower := strings.ToLower(tag)
		switch {
		case eventLike.MatchString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(tag, `""`)), strings.Contains(lower, `href="javascript`), strings.Contains(lower, `href="data:`), strings.Contains(lower, "//evil"):
			t.Errorf("an active tag: %s", tag)
		case strings.HasPrefix(lower, "<script") && !strings.HasPrefix(lower, `<script src="/assets/`), strings.HasPrefix(lower, "<img") && !strings.HasPrefix(lower, `<img src="/assets/`):
			t.Errorf("a tag of somebody's: %s", tag)
		}
	}
	if strings.Contains(page, "alert(1)</script>") || strings.Contains(page, "<svg/") {
		t.Error("markup came through")
	}
	if strings.Contains(page, `class="mention"`) {
		t.Error("somebody would be called")
	}
}

// TestHostileAnswers shows the worst answers that there are.
func TestHostileAnswers(t *testing.T) {
	for _, c := range bottest.Answers() {
		s := serve(t, bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) { return c.Answer, nil }))
		got := s.ask(c.Name)
		got.has(t, 200, html.EscapeString("Size against the limits"))
		got.lacks(t, "The message is not what", "cannot be drawn", "n-unknown")
		inert(t, got.body)
	}
}

func TestFailing(t *testing.T) {
	s := serve(t, bot.HandlerFunc(func(context.Context, *bot.Message) (*bot.Answer, error) { return nil, errors.New("secret detail") }))
	got := s.ask("laravel")
	got.has(t, 200, bot.Apology, "kind-failed")
	got.lacks(t, "secret detail")
}

func TestBusy(t *testing.T) {
	s := serve(t, nil)
	for range maxAnswering {
		s.web.slots <- struct{}{}
	}
	s.ask("laravel").has(t, 200, "I am busy right now")
	for range maxAnswering {
		<-s.web.slots
	}
}

// TestMessages holds what the bot is told of who asks.
func TestMessages(t *testing.T) {
	var got []*bot.Message
	s := serve(t, bot.HandlerFunc(func(_ context.Context, m *bot.Message) (*bot.Answer, error) {
		got = append(got, m)
		return &bot.Answer{Kind: bot.PageKind, Title: "x"}, nil
	}))
	s.ask(" a\r\nb ")
	s.press("page:flask")
	if len(got) != 2 || got[0].User == "" || got[0].User != got[1].User || got[0].ID == got[1].ID || got[0].Platform != "web" || got[1].Ref != "page:flask" || got[1].Text != "" || !got[0].Time.Equal(today) {
		t.Errorf("%+v", got)
	}
}

// TestAnsweredAgain: the answer that is looked at follows the pages.
func TestAnsweredAgain(t *testing.T) {
	s := serve(t, nil)
	s.ask("flask")
	s.get("/").lacks(t, "entirely new", "answered again")
	s.shelf.put(t, edited(t, func(text string) string {
		return strings.Replace(text, "Flask is a back-end framework", "Flask is an entirely new framework", 1)
	}))
	s.get("/").has(t, 200, "entirely new", "answered again")
	s.get("/").has(t, 200, fmt.Sprintf(`data-generation="%d"`, 2))
}
