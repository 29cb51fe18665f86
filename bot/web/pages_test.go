package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"frameworkbot/bot"
	"frameworkbot/index"
)

func TestPages(t *testing.T) {
	s := serve(t, nil)
	s.get("/pages").has(t, 200, "7 pages", `href="/pages/rails"`, "Ruby on Rails", `href="/pages?language=PHP"`, "reviewed <time>2026-11-22</time>")
	got := s.get("/pages?language=PHP")
	got.has(t, 200, "2 pages in PHP", "CakePHP", "Laravel")
	got.lacks(t, `href="/pages/flask"`)
	s.get("/pages?q=RoR").has(t, 200, "1 page with “RoR”", "Ruby on Rails")
	s.get("/pages?q=zzz&language=PHP").has(t, 200, "No page in PHP with “zzz”")
	s.get("/pages?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").lacks(t, "<script>alert")
	s.get("/pages?page=-3").has(t, 200, "7 pages")
	s.get("/pages?page=99999999999999999999").has(t, 200, "7 pages")
	s.get("/pages").lacks(t, "review overdue")
}

func TestOverdue(t *testing.T) {
	s := serve(t, nil, func(c *Config) { c.Now = func() time.Time { return today.AddDate(2, 0, 0) } })
	s.get("/pages").has(t, 200, "review overdue")
	s.get("/pages/flask").has(t, 200, "review overdue")
}

func TestPage(t *testing.T) {
	s := serve(t, nil)
	s.get("/pages/flask").has(t, 200, "<h1>Flask</h1>", "in date", "kept by frameworkbot maintainers", "flask.md", "BSD-3-Clause", "Jinja",
		"https://flask.palletsprojects.com/en/stable/design/", "wins all", `class="sign good"`, "Watch out", "line 6")
}

func TestPageThatLoses(t *testing.T) {
	s := serve(t, nil)
	s.shelf.put(t, edited(t, func(text string) string {
		return strings.Replace(text, "questions:\n", "questions:\n  - laravel\n  - what is the\n", 1)
	}), bot.Problem{File: "pages/flask.md", Line: 3, Text: "a <b>problem</b>"}, bot.Problem{File: "flask.md", Text: "as a whole"}, bot.Problem{File: "pages\\rails.md", Line: 1, Text: "elsewhere"})
	got := s.get("/pages/flask")
	got.has(t, 200, "2 of ", `first is <a href="/pages/laravel">laravel</a>`, "nothing is found", "pages/flask.md:3", "a &lt;b&gt;problem&lt;/b&gt;", "2 problems")
	got.lacks(t, "elsewhere")
	s.get("/pages").has(t, 200, "2 problems")
}

// TestPageThatCannotBeRead: while an editor writes, a page may be broken.
func TestPageThatCannotBeRead(t *testing.T) {
	s := serve(t, nil)
	s.shelf.put(t, seven()[:3], bot.Problem{File: "rails.md", Line: 7, Text: "unknown key"})
	s.get("/pages/rails").has(t, 404, "cannot be read at the moment", "unknown key", "rails.md:7", "data-live")
	s.get("/pages/laravel").has(t, 404, "There is no such page")
}

func TestProblems(t *testing.T) {
	s := serve(t, nil)
	s.get("/problems").has(t, 200, "No problems")
	var all []bot.Problem
	for i := range maxProblems + 20 {
		all = append(all, bot.Problem{File: fmt.Sprintf("pages/p%03d.md", i/4), Line: i % 4, Text: "wrong"})
	}
	s.shelf.put(t, seven(), append(slices.Clip(all), bot.Problem{File: "questions.txt", Line: 2, Text: "not a page"})...)
	s.get("/problems").has(t, 200, "521 problems", `href="/pages/p000"`, "line 3", "<code>file</code>", "And 21 more")
	s.shelf.put(t, seven(), bot.Problem{File: "questions.txt", Line: 2, Text: "<script>alert(1)</script>"})
	got := s.get("/problems")
	got.has(t, 200, "1 problem,", "questions.txt")
	got.lacks(t, "<script>alert", `href="/pages/questions`)
}

const hostilePage = `---
title: "Evil <script>alert(1)</script>"
aliases: ["\"><img src=x onerror=alert(1)>"]
kind: document
links: {home: "https://example.com/\"><script>"}
sources:
  - {id: a, title: "<b>source</b>", label: "x\" onclick=\"alert(1)", date: 2026, link: "https://example.com/?a=%3Cscript%3E"}
reviewed: 2026-11-22
owner: "<i>me</i>"
questions: ["<script>alert(1)</script> question"]
---
<script>alert(1)</script> and <img src=x onerror=alert(1)> [link](javascript:alert(1)) ![image](data:text/html,x) <!-- comment --> @everyone <!channel> [^a]

## Features

- **<svg/onload=alert(1)>.** [x](data:text/html;base64,xx) <iframe src=//evil> [^a]
`

func TestHostilePage(t *testing.T) {
	pages, err := index.ReadPages(mapFS(map[string]string{"evil.md": hostilePage}))
	if len(pages) == 0 {
		t.Skipf("the page is refused before it can do harm: %v", err)
	}
	s := serve(t, nil)
	s.shelf.put(t, pages)
	for _, got := range []reply{s.get("/pages/evil"), s.get("/pages"), s.ask("evil"), s.get("/?view=why")} {
		got.has(t, 200, "Evil &lt;script&gt;")
		inert(t, got.body)
	}
}

// many are that many pages.
func many(tb testing.TB, n int) []bot.PageInfo {
	tb.Helper()
	all := make([]bot.PageInfo, n)
	for i := range all {
		all[i] = bot.PageInfo{ID: fmt.Sprintf("p%05d", i), Title: fmt.Sprintf("Page %05d", i), Kind: "document", Languages: []string{[]string{"Go", "Rust", "PHP"}[i%3]}, Reviewed: today}
	}
	return all
}

// A large library has pages without a text.
type large struct {
	*shelf
	all []bot.PageInfo
}

func (l large) Pages() []bot.PageInfo { return l.all }

func TestTenThousandPages(t *testing.T) {
	var l large
	s := serve(t, nil, func(c *Config) {
		l = large{newShelf(t), many(t, 10_000)}
		c.Library = l
	})
	got := s.get("/pages")
	got.has(t, 200, "1 to 50 of 10\u202f000 pages", `rel="next" href="/pages?page=2"`)
	got.lacks(t, `rel="prev"`)
	if n := strings.Count(got.body, `class="name"`); n != onePage || len(got.body) > 64<<10 {
		t.Errorf("%d pages in %d bytes", n, len(got.body))
	}
	s.get("/pages?page=200").has(t, 200, "9\u202f951 to 10\u202f000 of", "page=199", "Page 09999")
	s.get("/pages?page=201").has(t, 200, "Page 09999")
	s.get("/pages?language=Rust&q=page+0002&page=1").has(t, 200, "3 pages in Rust with “page 0002”", "Page 00022")
	s.get("/pages?language=Rust&page=2").has(t, 200, "/pages?language=Rust&amp;page=3", `href="/pages?language=Rust"`)
}

func BenchmarkTenThousandPages(b *testing.B) {
	s := serve(b, nil, func(c *Config) { c.Library = large{newShelf(b), many(b, 10_000)} })
	for b.Loop() {
		if got := s.get("/pages?q=page+0099"); got.status != http.StatusOK {
			b.Fatal(got.status)
		}
	}
}

// BenchmarkAnswer is a question until the whole page with its previews is there.
func BenchmarkAnswer(b *testing.B) {
	s := serve(b, nil)
	for b.Loop() {
		if got := s.ask("laravel"); got.status != http.StatusOK {
			b.Fatal(got.status)
		}
	}
}
