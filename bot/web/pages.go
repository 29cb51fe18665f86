package web

import (
	"cmp"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"frameworkbot/bot"
)

// onePage is how many pages of the library are listed at once.
const onePage = 50

// A pagesPage is what the template of "/pages" shows.
type pagesPage struct {
	layout
	Filter, Language string
	Languages        []languageCount
	All, Found       int
	Listed           []listedPage
	From, To         int
	Previous, Next   string // addresses, "" where there is none
}

// A languageCount is how many pages there are in a language.
type languageCount struct {
	Name     string
	Count    int
	Link     string
	Selected bool
}

// A listedPage is a page with what its editor has to do.
type listedPage struct {
	bot.PageInfo
	Due      bool // its review is overdue
	Problems int
}

// noLanguage is where pages are counted that are about no language.
const noLanguage = "(none)"

// pages lists the pages, by language and by what was typed.
func (w *Web) pages(out http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p := pagesPage{layout: w.layout(r, "Pages", "/pages"), Filter: strings.TrimSpace(bot.Shorten(q.Get("q"), maxAsked)), Language: bot.Shorten(q.Get("language"), maxAsked)}
	var all []bot.PageInfo
	if w.cfg.Library != nil {
		all = w.cfg.Library.Pages()
	}
	p.All = len(all)
	p.Languages = countLanguages(all, p.Language)
	found := slices.DeleteFunc(slices.Clone(all), func(info bot.PageInfo) bool {
		return p.Language != "" && languageOf(&info) != p.Language || !meets(&info, p.Filter)
	})
	p.Found = len(found)
	n, _ := strconv.Atoi(q.Get("page"))
	n = max(1, min(n, (len(found)+onePage-1)/onePage))
	p.From, p.To = (n-1)*onePage, min(n*onePage, len(found))
	p.Listed = w.listed(found[p.From:p.To])
	if n > 1 {
		p.Previous = listLink(p.Language, p.Filter, n-1)
	}
	if p.To < p.Found {
		p.Next = listLink(p.Language, p.Filter, n+1)
	}
	p.From = min(p.From+1, p.To)
	w.render(out, http.StatusOK, "pages", p)
}

func languageOf(p *bot.PageInfo) string {
	if len(p.Languages) == 0 {
		return noLanguage
	}
	return p.Languages[0]
}

// meets reports whether a title, ID or alias holds the words.
func meets(p *bot.PageInfo, filter string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(filter)) {
		if !strings.Contains(strings.ToLower(p.Title+"\n"+p.ID+"\n"+strings.Join(p.Aliases, "\n")), word) {
			return false
		}
	}
	return true
}

// countLanguages are the languages with their pages, the largest first.
func countLanguages(all []bot.PageInfo, selected string) []languageCount {
	counts := map[string]int{}
	for i := range all {
		counts[languageOf(&all[i])]++
	}
	var out []languageCount
	for name, n := range counts {
		out = append(out, languageCount{name, n, listLink(name, "", 1), name == selected})
	}
	slices.SortFunc(out, func(a, b languageCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Name, b.Name))
	})
	return out
}

func listLink(language, filter string, page int) string {
	v := url.Values{}
	for key, value := range map[string]string{"language": language, "q": filter} {
		if value != "" {
			v.Set(key, value)
		}
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	if len(v) == 0 {
		return "/pages"
	}
	return "/pages?" + v.Encode()
}

func (w *Web) listed(pages []bot.PageInfo) []listedPage {
	count := map[string]int{}
	for _, problem := range w.allProblems() {
		count[base(problem.File)]++
	}
	out := make([]listedPage, len(pages))
	for i, p := range pages {
		out[i] = listedPage{p, p.Overdue(w.cfg.Now()), count[base(p.File)]}
	}
	return out
}

// base is the name of a file in any system's spelling.
func base(file string) string { return path.Base(filepath.ToSlash(file)) }

func (w *Web) allProblems() []bot.Problem {
	if w.cfg.Library == nil {
		return nil
	}
	return w.cfg.Library.Problems()
}

// A onePageView is what the template of "/pages/<id>" shows.
type onePageView struct {
	layout
	ID       string
	Page     *bot.PageView // nil if there is none, or none that can be read
	Due      bool
	Summary  []node
	Parts    []pagePart
	Lost     int
	Problems []bot.Problem
}

// A pagePart is a part of a page with its items.
type pagePart struct {
	Heading string
	Items   []pageItem
}

// A pageItem is one named item of a part, or its text.
type pageItem struct {
	Heading string
	Body    []node
	Line    int
}

// page shows one page as its editor wants to see it.
func (w *Web) page(out http.ResponseWriter, r *http.Request) {
	v := onePageView{ID: r.PathValue("id")}
	if w.cfg.Library != nil {
		var err error
		if v.Page, err = w.cfg.Library.Page(r.Context(), v.ID); err != nil {
			w.log.Error("web: a page could not be shown", "err", bot.Redact(err))
			w.refuse(out, r, http.StatusInternalServerError, "That did not work", "The page could not be shown. The log has the reason.")
			return
		}
	}
	for _, problem := range w.allProblems() {
		if base(problem.File) == v.ID+".md" {
			v.Problems = append(v.Problems, problem)
		}
	}
	switch {
	case v.Page == nil && len(v.Problems) == 0:
		w.refuse(out, r, http.StatusNotFound, "There is no such page", "No page has this name. It may have been renamed or taken away.")
		return
	case v.Page == nil:
		v.layout = w.layout(r, v.ID, "/pages")
		w.render(out, http.StatusNotFound, "page", v)
		return
	}
	v.layout = w.layout(r, v.Page.Title, "/pages")
	v.fill()
	v.Due = v.Page.Overdue(w.cfg.Now())
	w.render(out, http.StatusOK, "page", v)
}

// fill takes the page's texts apart.
func (v *onePageView) fill() {
	v.Summary = commonMark(v.Page.Summary)
	for _, s := range v.Page.Sections {
		if last := len(v.Parts) - 1; last < 0 || v.Parts[last].Heading != s.Part {
			v.Parts = append(v.Parts, pagePart{Heading: s.Part})
		}
		p := &v.Parts[len(v.Parts)-1]
		p.Items = append(p.Items, pageItem{s.Heading, commonMark(s.Text), s.Line})
	}
	for _, q := range v.Page.Questions {
		if !q.Wins {
			v.Lost++
		}
	}
}

// A problemsPage is what the template of "/problems" shows.
type problemsPage struct {
	layout
	Files []problemFile
	More  int // problems that are not shown
}

// A problemFile is a file with its problems.
type problemFile struct {
	File     string
	ID       string // of the page that it holds, "" if it holds none
	Problems []bot.Problem
}

// maxProblems is how many problems are shown; who has more mends some first.
const maxProblems = 500

// problems shows what is wrong with the files.
func (w *Web) problems(out http.ResponseWriter, r *http.Request) {
	p := problemsPage{layout: w.layout(r, "Problems", "/problems")}
	all := w.allProblems()
	p.More = max(0, len(all)-maxProblems)
	for _, one := range all[:len(all)-p.More] {
		if last := len(p.Files) - 1; last < 0 || p.Files[last].File != one.File {
			id, isPage := strings.CutSuffix(base(one.File), ".md")
			if !isPage {
				id = ""
			}
			p.Files = append(p.Files, problemFile{File: one.File, ID: id})
		}
		f := &p.Files[len(p.Files)-1]
		f.Problems = append(f.Problems, one)
	}
	w.render(out, http.StatusOK, "problems", p)
}
