package bot

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"frameworkbot/index"
)

// helpTexts ask for the browse card, as keys: without spaces, case or punctuation.
var helpTexts = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range []string{
		"", "help", "help me", "help please", "please help", "h", "menu", "start", "browse", "commands", "command list", "usage", "manual", "options", "list commands",
		"what do you know", "what can you do", "what can i ask", "what can i ask you", "what can you help with", "what can you help me with",
		"what can you tell me", "what can you answer", "what do you do", "how do you work", "how does this work", "how does this bot work", "how do i use this",
		"how do i use you", "how to use this bot", "how to use", "how do i use this bot", "what is this", "what is this bot", "what does this bot do", "what are you",
		"what topics do you know", "what topics do you cover", "what do you cover", "what do you have", "what do you know about",
		"what questions can i ask", "what can this bot do", "show help", "show menu", "show commands", "need help", "i need help", "can you help", "can you help me",
		"show me what you know", "show me what you have", "show me everything", "what else do you know", "what else", "list", "list all", "list all pages", "list pages", "all pages", "index", "pages", "topics", "contents", "show all pages", "which pages do you have", "what pages do you have", "what is in the library", "whats in the library", "what is available", "whats available", "what stuff do you know",
		"what kind of questions can you answer", "what questions can you answer", "show me the commands", "what commands do you have", "what commands are there", "which commands do you know",
		"examples", "example", "example questions", "what can i type", "bot help", "help bot", "hilfe", "ayuda", "aide", "aiuto", "ajuda", "помощь", "帮助", "ヘルプ", "도움말",
	} {
		m[index.Key(s)] = true
	}
	return m
}()

func isHelp(text string) bool {
	if len(text) > 64 {
		return false
	}
	if key := index.Key(text); key != "" {
		return helpTexts[key]
	}
	return len(text) <= 3 && strings.Trim(text, "?!. ") == ""
}

// newHelp is the browse card: all pages by language, and what can be asked.
func newHelp(x *index.Index) *Answer {
	groups, documents := byLanguage(x), documentsOf(x)
	a := &Answer{Kind: HelpKind, Title: "What I can tell you", Private: true, Asks: browseAsks(groups), Ref: Help}
	a.Text = "Ask by name (also misspelt), by language, by what a framework can do, or compare two or three. " +
		"I answer from reviewed pages, with their source and date, and say so when I have nothing."
	frameworks := sizeOf(groups)
	if frameworks == 0 {
		a.Text = "Ask by name (also misspelt), in a sentence, or for several pages at once. I answer from the pages, with their source and date, and say so when I have nothing."
	}
	if frameworks > maxListed {
		a.Text += " I know " + count(frameworks, "framework") + " in " + count(len(groups), "language") + ": ask for “" + groups[0].language + " frameworks”, and so on, to see what each of them is."
	}
	for _, g := range groups {
		a.Results = append(a.Results, g.browse(frameworks)...)
	}
	for _, p := range x.Pages() {
		if p.Kind == index.Guide && len(a.Results) < maxBrowsed {
			a.Results = append(a.Results, pageResult(p, "Guides"))
		}
	}
	a.Results = append(a.Results, documentResults(documents, maxBrowsed-len(a.Results))...)
	a.Text += foldersText(documents)
	return a
}

// documentsOf are the documents, those at the top first, in the order of their folders.
func documentsOf(x *index.Index) []*index.Page {
	documents := slices.DeleteFunc(slices.Clone(x.Pages()), func(p *index.Page) bool { return p.Kind != index.Document })
	slices.SortStableFunc(documents, func(a, b *index.Page) int { return strings.Compare(folderOf(a), folderOf(b)) })
	return documents
}

// folderOf is the folder that a page is in, "" at the top.
func folderOf(p *index.Page) string { return p.ID[:max(0, strings.LastIndexByte(p.ID, '/'))] }

// documentResults are the first documents, under their folders.
func documentResults(documents []*index.Page, most int) (results []Result) {
	for _, p := range documents[:max(0, min(len(documents), maxListed, most))] {
		group := folderOf(p)
		if group == "" {
			group = "Pages"
		}
		r := pageResult(p, group)
		r.Text = ""
		results = append(results, r)
	}
	return results
}

// foldersText says how many documents there are, and in which folders most of them.
func foldersText(documents []*index.Page) string {
	if len(documents) <= maxListed {
		return ""
	}
	in := map[string]int{}
	for _, p := range documents {
		top, _, _ := strings.Cut(folderOf(p), "/")
		in[top]++
	}
	delete(in, "")
	names := slices.SortedFunc(maps.Keys(in), func(a, b string) int { return cmp.Or(in[b]-in[a], strings.Compare(a, b)) })
	text := " I have " + count(len(documents), "document")
	if len(names) == 0 {
		return text + "."
	}
	var shown []string
	for _, name := range names[:min(len(names), maxFolders)] {
		shown = append(shown, name+" ("+strconv.Itoa(in[name])+")")
	}
	return text + ", most of them in these folders: " + strings.Join(shown, ", ") + ". Ask “" + names[0] + "/” for what is in one, “" + names[0] + ": …” for an answer from it alone."
}

// maxFolders is how many folders the browse card names.
const maxFolders = 12

// pageResult is a page in a list, with the first sentence of its summary.
func pageResult(p *index.Page, group string) Result {
	return Result{p.ID, p.Title, opening(p), group, p.Title, PageRef(p.ID)}
}

// browseAsks are examples of what can be asked, made from the pages that there are.
func browseAsks(groups []group) []Ask {
	if len(groups) == 0 {
		return nil
	}
	first := groups[0].pages[0]
	asks := []Ask{pageAsk(first.Title, first)}
	for _, g := range groups {
		if len(g.pages) > 1 {
			text := g.pages[0].Title + " vs " + g.pages[1].Title
			asks = append(asks, ask(text, text, versusRef(g.pages[:2], nil)), written(g.language))
			fact := "Does " + g.pages[1].Title + " have an ORM?"
			return append(asks, ask(fact, fact, newRef(refFact, token(g.pages[1].ID), "orm")))
		}
	}
	return asks
}
