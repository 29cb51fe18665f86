package web

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"frameworkbot/bot"
)

var pictures = flag.String("pictures", "", "write pictures of the page into this `folder`")

// enough is what anything in the browser may take on a busy machine.
const enough = 30 * time.Second

// TestBrowser does in a real browser what a person does. It needs Chromium.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("the page is not tested in a browser: -short")
	}
	b := openBrowser(t)
	for _, test := range []struct {
		name string
		run  func(*tab)
	}{
		{"ask and follow up", asksInBrowser},
		{"looks of the services", switchesColours},
		{"why, and back", walksThrough},
		{"an edited page", followsEdits},
		{"an edited page without a stream", followsEditsByAsking},
		{"the filter", filtersWhileTyping},
		{"the keyboard", usesKeyboard},
		{"without JavaScript", worksWithoutScript},
		{"hostile words", staysInert},
		{"320 pixels", fitsNarrow},
		{"accessibility", isAccessible},
		{"speed", isFast},
		{"pictures", takesPictures},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(b.newTab(t)) })
	}
}

// A browser runs without a window.
type browser struct{ ctx context.Context }

func openBrowser(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("the page is not tested in a browser: there is no chromium on PATH")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("force-prefers-reduced-motion", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancelBrowser := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("the browser did not close by itself: %v", err)
		}
		cancelBrowser()
		cancel()
	})
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	return &browser{ctx}
}

// A tab looks at a site of its own. Whatever the browser complains of fails the test.
type tab struct {
	*testing.T
	ctx  context.Context
	site *site

	mu       sync.Mutex
	expected []string // parts of complaints that are no fault
}

func (b *browser) newTab(t *testing.T) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	tb := &tab{T: t, ctx: ctx, site: serve(t, nil)}
	t.Cleanup(cancel)
	if err := chromedp.Listen(ctx, tb.hear); err != nil {
		t.Fatal(err)
	}
	tb.do(chromedp.EmulateViewport(1440, 900))
	return tb
}

// hear fails the test for every error in the console.
func (tb *tab) hear(event any) {
	text := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text = fmt.Sprintf("%s %v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			text = string(e.Type)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			text = e.Entry.Text
		}
	}
	tb.mu.Lock()
	defer tb.mu.Unlock()
	for _, expected := range tb.expected {
		if strings.Contains(text, expected) {
			return
		}
	}
	if text != "" {
		tb.Errorf("the console says: %s", text)
	}
}

func (tb *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, enough)
	defer cancel()
	for i, step := range steps {
		if err := chromedp.Do(ctx, step); err != nil {
			tb.Fatalf("step %d: %v", i+1, err)
		}
	}
}

func (tb *tab) open(path string) {
	tb.Helper()
	tb.do(chromedp.Navigate(tb.site.server.URL + path))
}

// wait waits until the expression is true.
func (tb *tab) wait(expression string) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, enough)
	defer cancel()
	for ctx.Err() == nil {
		if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && yes {
			return
		}
		_ = chromedp.Do(ctx, chromedp.Sleep(10*time.Millisecond)) // the context ends it
	}
	tb.Fatalf("never true: %s", expression)
}

func eval[T any](tb *tab, expression string) T {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, enough)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		tb.Fatalf("%s: %v", bot.Shorten(expression, 100), err)
	}
	return v
}

func (tb *tab) is(expression, want string) {
	tb.Helper()
	if got := eval[string](tb, "String("+expression+")"); got != want {
		tb.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// ask types a question and waits for its answer.
func (tb *tab) ask(text string) {
	tb.Helper()
	turns := eval[int](tb, "document.querySelectorAll('.turn').length")
	shown := eval[int](tb, "Number(document.body.dataset.shown || 0)")
	tb.do(chromedp.SendKeys("#question", text+"\r"))
	tb.wait(fmt.Sprintf("document.querySelectorAll('.turn').length === %d && document.body.dataset.shown > %d", turns+1, shown))
}

const shownTitle = "document.querySelector('.turn.selected h2').textContent"

func asksInBrowser(tb *tab) {
	tb.open("/")
	eval[bool](tb, "window.sameDocument = true")
	tb.ask("laravel")
	tb.is(shownTitle, "Laravel")
	tb.is("document.querySelector('.surface.slack .n-title').textContent", "Laravel")
	tb.is("document.querySelector('.surface.discord .n-heading').textContent", "Laravel")
	tb.is("document.activeElement.id + document.activeElement.value", "question")
	tb.is("location.pathname + location.search", "/?turn=1")
	tb.is("document.getElementById('status').textContent", "Answer: Laravel")
	tb.do(chromedp.Click(".turn.selected button[value='vs:laravel,cakephp']"))
	tb.wait("document.getElementById('turn-2')")
	tb.is(shownTitle, "Laravel and CakePHP")
	tb.is("document.activeElement.id", "turn-2")
	tb.is("document.querySelectorAll('.surface.slack table th').length > 2", "true")
	tb.do(chromedp.Click("#turn-1 a[href^='/?turn=1']"))
	tb.wait(shownTitle + " === 'Laravel'")
	tb.do(chromedp.Click("#more-1 summary"), chromedp.Click("#more-1 button[value='part:laravel:watchout']"))
	tb.wait("document.getElementById('turn-3')")
	tb.is("document.querySelector('#turn-3 .words').textContent", "Watch out")
	tb.is("window.sameDocument", "true")
	tb.do(chromedp.SendKeys("#question", "fl"))
	tb.wait("[...document.querySelectorAll('#suggestions option')].some(o => o.value === 'Flask')")
}

func switchesColours(tb *tab) {
	tb.open("/")
	tb.ask("django")
	const slack, discord = "getComputedStyle(document.querySelector('.surface.slack')).backgroundColor", "getComputedStyle(document.querySelector('.surface.discord')).backgroundColor"
	tb.is(slack, "rgb(255, 255, 255)")
	tb.do(chromedp.Click("label:has(#scheme-slack-dark)"))
	tb.is(slack, "rgb(26, 29, 33)")
	tb.is(discord, "rgb(255, 255, 255)")
	tb.do(chromedp.Click("label:has(#scheme-discord-dark)"))
	tb.is(discord, "rgb(49, 51, 56)")
	tb.do(chromedp.Click(".themes button[value=dark]"))
	tb.wait("document.documentElement.dataset.theme === 'dark'")
	tb.is(slack, "rgb(26, 29, 33)")
	tb.do(chromedp.Click("label:has(#scheme-slack-light)"))
	tb.is(slack, "rgb(255, 255, 255)")
	tb.is("getComputedStyle(document.body).backgroundColor", "rgb(21, 22, 24)")
}

func walksThrough(tb *tab) {
	tb.open("/")
	tb.ask("which framework handles components such as cookie email and sessions")
	tb.do(chromedp.Click(".tabs a:last-child"))
	tb.wait("document.querySelector('.why .won')")
	tb.ask("kubernetes operators")
	tb.wait("document.querySelector('.why .panel')")
	tb.do(chromedp.NavigateBack())
	tb.wait("document.querySelector('.why .won')")
	tb.do(chromedp.Click(".tabs a:first-child"))
	tb.wait("document.querySelector('.surface.slack')")
	tb.do(chromedp.Click("#json-slack summary"), chromedp.Click("#size-slack summary"), chromedp.Click("#spoken-slack summary"))
	tb.is("JSON.parse(document.getElementById('json-text-slack').textContent).response_type", "ephemeral")
	tb.is("document.querySelectorAll('#size-slack meter').length", "6")
	tb.ask("flask")
	tb.is("document.getElementById('json-slack').open", "true")
	tb.do(chromedp.Click(".forget button"))
	tb.wait("document.querySelector('.welcome')")
}

func (tb *tab) edit() {
	tb.site.shelf.put(tb, edited(tb, func(text string) string {
		return strings.Replace(text, "Flask is a back-end framework", "Flask is an entirely new framework", 1)
	}), bot.Problem{File: "flask.md", Line: 4, Text: "a new problem"})
}

func followsEdits(tb *tab) {
	tb.open("/pages/flask")
	tb.wait("document.getElementById('live').classList.contains('on')")
	eval[bool](tb, "window.sameDocument = true")
	tb.edit()
	tb.wait("document.querySelector('.prose').textContent.includes('entirely new framework')")
	tb.wait("document.querySelector('.panel.bad').textContent.includes('a new problem')")
	tb.is("document.querySelector('.menu-bar .badge').textContent", "1")
	tb.is("document.getElementById('status').textContent", "The pages changed.")
	tb.is("window.sameDocument", "true")
	tb.open("/")
	tb.ask("flask")
	tb.do(chromedp.Click("#json-slack summary"), chromedp.Click("label:has(#scheme-slack-dark)"), chromedp.SendKeys("#question", "half a ques"))
	tb.site.shelf.put(tb, edited(tb, func(text string) string { return text }))
	tb.wait("document.querySelector('.surface.slack').textContent.includes('Flask is a back-end framework')")
	tb.is("document.getElementById('json-slack').open", "true")
	tb.is("document.getElementById('scheme-slack-dark').checked", "true")
	tb.is("document.activeElement.value", "half a ques")
}

func followsEditsByAsking(tb *tab) {
	tb.expected = []string{"503"}
	for range maxStreams {
		tb.site.web.streams <- struct{}{}
	}
	tb.open("/pages/flask")
	tb.wait("document.getElementById('live').classList.contains('on')")
	tb.edit()
	tb.wait("document.querySelector('.prose').textContent.includes('entirely new framework')")
}

func filtersWhileTyping(tb *tab) {
	tb.open("/pages")
	tb.do(chromedp.SendKeys("#filter", "cake"))
	tb.wait("document.querySelectorAll('.cards li').length === 1")
	tb.is("location.search", "?q=cake")
	tb.is("document.activeElement.id", "filter")
}

func usesKeyboard(tb *tab) {
	tb.open("/pages")
	tb.do(chromedp.KeyEvent("\t"))
	tb.is("document.activeElement.className", "skip")
	tb.do(chromedp.KeyEvent("\r"))
	tb.wait("document.activeElement.id === 'main'")
	tb.open("/")
	tb.ask("laravel")
	tb.do(chromedp.Focus(".turn.selected .press"), chromedp.KeyEvent("\r"))
	tb.wait("document.getElementById('turn-2')")
	tb.do(chromedp.Focus("#scheme-slack-page"), chromedp.KeyEvent(" "))
	tb.is("getComputedStyle(document.querySelector('#scheme-slack-page + span')).outlineStyle", "solid")
	tb.do(chromedp.Focus("#json-slack summary"), chromedp.KeyEvent("\r"))
	tb.wait("document.getElementById('json-slack').open")
}

func worksWithoutScript(tb *tab) {
	if _, err := chromedp.Call(tb.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		tb.Fatal(err)
	}
	tb.open("/")
	tb.do(chromedp.SendKeys("#question", "laravel\r"), chromedp.WaitVisible("#turn-1 .facts"))
	tb.do(chromedp.Click("#turn-1 button[value='vs:laravel,cakephp']"), chromedp.WaitVisible("#turn-2 .n-table"))
	tb.do(chromedp.Click(".tabs a:last-child"), chromedp.WaitVisible(".why"))
	tb.do(chromedp.Click(".themes button[value=dark]"), chromedp.WaitVisible("html[data-theme=dark] .why"))
	tb.open("/pages")
	tb.do(chromedp.SendKeys("#filter", "rails\r"), chromedp.WaitVisible(".cards li:only-child"))
}

func staysInert(tb *tab) {
	tb.open("/")
	eval[bool](tb, "window.alert = () => { window.hit = true }; true")
	for _, words := range hostileWords[:4] {
		tb.ask(words)
	}
	tb.is("window.hit", "undefined")
	tb.is("document.querySelectorAll('#main script, #main img').length", "0")
}

// ways lead to a page of each kind.
var ways = []string{"/", "/pages", "/pages/flask", "/problems", "/nowhere"}

func (tb *tab) everywhere(look func(name string)) {
	tb.Helper()
	tb.expected = []string{"404"}
	tb.edit()
	for _, path := range ways {
		tb.open(path)
		look(path)
	}
	tb.open("/")
	for _, q := range []string{"laravel", "django vs flask", "php frameworks", "kubernetes operators"} {
		tb.ask(q)
		look(q)
	}
	eval[bool](tb, "document.querySelectorAll('details').forEach(d => { d.open = true }); true")
	look("all opened")
	tb.open("/?turn=4&view=why")
	look("why")
}

func fitsNarrow(tb *tab) {
	tb.do(chromedp.EmulateViewport(320, 640))
	tb.everywhere(func(name string) {
		if width := eval[int](tb, "document.documentElement.scrollWidth"); width > 320 {
			tb.Errorf("%s is %d pixels wide: %s", name, width, eval[string](tb, `[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > 321 && getComputedStyle(e.parentElement).overflowX === "visible").map(e => e.tagName + "." + e.className).slice(0, 5).join(" ")`))
		}
	})
}

// A violation is what axe-core found.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ Target []any }
}

func isAccessible(tb *tab) {
	axe := axeCore(tb.T)
	for scheme, rules := range map[string]string{"light": "{}", "dark": "{runOnly: ['color-contrast', 'link-in-text-block']}"} {
		tb.colours(scheme)
		tb.everywhere(func(name string) {
			eval[bool](tb, axe+"; true")
			var found []violation
			raw := eval[json.RawMessage](tb, "axe.run("+rules+").then(r => r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map(n => ({Target: n.target}))})))")
			if err := json.Unmarshal(raw, &found); err != nil {
				tb.Fatal(err)
			}
			for _, v := range found {
				tb.Errorf("%s, %s: %s (%s): %s at %v", name, scheme, v.ID, v.Impact, v.Help, v.Nodes[:min(3, len(v.Nodes))])
			}
		})
		tb.site.do("POST", "/forget", "")
	}
}

func (tb *tab) colours(scheme string) {
	tb.Helper()
	_, err := chromedp.Call(tb.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	if err != nil {
		tb.Fatal(err)
	}
}

// axeVersion is the release of axe-core that judges the page.
const axeVersion = "4.14.1"

// axeCore is the source of axe-core, from a cache or from npm. It is no part of
// the program.
func axeCore(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skipf("accessibility is not checked: %v", err)
	}
	dir := filepath.Join(cache, "frameworkbot-test", "axe-core-"+axeVersion)
	file := filepath.Join(dir, "node_modules", "axe-core", "axe.min.js")
	if source, err := os.ReadFile(file); err == nil {
		return string(source)
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("accessibility is not checked: axe-core comes from npm, which is not on PATH")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	install := exec.CommandContext(ctx, npm, "install", "--prefix", dir, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "axe-core@"+axeVersion)
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("accessibility is not checked: npm cannot get axe-core: %v %s", err, out)
	}
	source, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("accessibility is not checked: %v", err)
	}
	return string(source)
}

// isFast measures; how fast the machine is, is not the page's fault.
func isFast(tb *tab) {
	var paints, asks, requests []float64
	for i := range 5 {
		tb.open("/pages") // another page before, so that it is drawn anew
		tb.open("/")
		tb.wait("performance.getEntriesByName('first-contentful-paint').length")
		paints = append(paints, eval[float64](tb, "performance.getEntriesByName('first-contentful-paint')[0].startTime"))
		tb.ask([]string{"laravel", "django vs flask", "php frameworks", "flask", "rails"}[i])
		tb.wait("performance.getEntriesByName('answer').length")
		asks = append(asks, eval[float64](tb, "performance.getEntriesByName('answer')[0].duration"))
		requests = append(requests, eval[float64](tb, "performance.getEntriesByType('resource').filter(e => e.name.endsWith('/ask')).at(-1).duration"))
	}
	tb.Logf("first paint, ms: %.0f (wanted under 300); answer, ms: %.0f (wanted under 50), of that the request: %.0f", paints, asks, requests)
}

func takesPictures(tb *tab) {
	if *pictures == "" {
		tb.Skip("no pictures are wanted")
	}
	shoot := func(name string) {
		ctx, cancel := context.WithTimeout(tb.ctx, enough)
		defer cancel()
		picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*pictures, name+".png"), picture, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	quiet := func() { eval[bool](tb, "document.activeElement.blur(); true") }
	tb.open("/")
	tb.ask("laravel")
	tb.do(chromedp.Click("label:has(#scheme-discord-dark)"))
	quiet()
	shoot("preview-answer")
	tb.colours("dark")
	tb.ask("django vs flask")
	quiet()
	shoot("preview-comparison-dark")
	tb.colours("light")
	tb.ask("which framework handles components such as cookie email and sessions")
	tb.do(chromedp.Click(".tabs a:last-child"))
	tb.wait("document.querySelector('.why .won')")
	quiet()
	shoot("preview-why")
	tb.site.shelf.put(tb, edited(tb, func(text string) string { return text }), bot.Problem{
		File: "flask.md", Line: 68, Text: `"Minimalistic" states no source: end the claim with [^id]`,
	})
	tb.open("/pages/flask")
	shoot("preview-page")
	tb.do(chromedp.EmulateViewport(320, 640))
	tb.open("/")
	shoot("preview-narrow")
}
