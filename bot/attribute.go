package bot

import (
	"cmp"
	"slices"

	"frameworkbot/index"
)

// An attribute is something that can be asked about a framework in one line.
type attribute struct {
	key   string // of the fact, or of a link; "" if no page states such a thing
	label string
	// cues are sets of words that ask for it; of several sets that occur the
	// largest decides, then the order of this list.
	cues []string
	// list is set if having it can be a condition: "a framework with an ORM".
	list bool
}

// attributes are what facts can be asked by. Their words are understood with
// all their forms and synonyms.
var attributes = []attribute{
	{key: "orm", label: "ORM", list: true, cues: []string{"orm", "database layer", "database abstraction"}},
	{key: "templating", label: "Templating", list: true, cues: []string{"template", "templating", "template engine", "template language", "view engine", "view layer"}},
	{key: "admin", label: "Admin interface", list: true, cues: []string{"admin", "admin panel", "admin interface", "admin site", "admin dashboard", "back office", "administration"}},
	{key: "async", label: "Async", list: true, cues: []string{"async", "asynchronous", "asyncio"}},
	{key: "authentication", label: "Authentication", list: true, cues: []string{"authentication", "user accounts", "user management"}},
	{key: "command_line", label: "Command line", list: true, cues: []string{"command line", "command line tool", "cli", "console"}},
	{key: "testing", label: "Testing", list: true, cues: []string{"testing", "test", "unit test", "test tools", "test runner", "automated test"}},
	{key: "licence", label: "Licence", cues: []string{"licence", "open source", "free", "cost", "price"}},
	{key: "first_release", label: "First release", cues: []string{
		"first release", "initial release", "first version", "when release", "when create",
		"when come out", "when came out", "when start", "when launch", "how old", "release year", "year release", "year create", "age", "date release", "since when", "when first", "when made", "what year", "first release date", "oldest", "newest framework", "youngest", "older", "newer",
	}},
	{key: "latest", label: "Latest release", cues: []string{
		"latest version", "latest release", "newest version", "newest release", "current version",
		"current release", "recent version", "recent release", "last version", "last release", "version", "which version", "what version", "up to date", "latest",
		"maintained", "still maintained", "actively maintained", "still developed", "abandoned", "discontinued", "unmaintained",
	}},
	{key: "runtime", label: "Minimum runtime", cues: []string{
		"minimum version", "require version", "version need", "runtime", "requirement", "php version", "python version",
		"ruby version", "node version", "language version", "minimum php", "minimum python", "minimum ruby", "minimum node", "require php", "require python", "require ruby", "require node", "need php", "need python", "version php require", "version python require", "version php need", "version python need", "version node need", "version ruby need", "version run",
	}},
	{key: "used_by", label: "Used by", cues: []string{
		"who use", "used by", "which company use", "company", "companies use", "which site use", "website use", "app built with",
		"famous", "famous app", "known app", "big name", "in production at", "big sites", "apps made with", "customer",
	}},
	{key: "usage", label: "Usage", cues: []string{
		"percent", "survey", "popularity", "how popular", "popular survey", "how many developer", "how many people", "respondent",
		"how widely", "widely used", "market share", "usage", "statistic", "how many respondent", "stack overflow", "stackoverflow",
	}},
	{key: "language", label: "Language", cues: []string{"language", "which language", "programming language", "written in", "what written in", "which lang"}},
	{key: "kind", label: "Kind", cues: []string{"micro or full", "micro", "full stack", "what kind", "what type", "which kind", "which type", "batteries included"}},
	{key: "docs", label: "Documentation", cues: []string{"docs", "documentation", "docs link", "documentation link", "manual", "official docs", "official documentation", "where docs"}},
	{key: "source", label: "Source code", cues: []string{"source code", "github", "repo", "repository", "git repo", "source repository"}},
	{key: "home", label: "Home page", cues: []string{"home page", "homepage", "official site", "official website", "website of", "site of", "url", "link", "web address", "website link", "what website", "website"}},
	{key: "", label: "Creator", cues: []string{"who create", "who made", "creator", "author", "inventor", "founder", "who wrote", "who invent", "who develop", "who maintain", "maintainer team", "who behind", "who built"}},
	{key: "", label: "Speed", cues: []string{"how fast", "speed", "performance", "benchmark", "how slow", "faster", "slower"}},
	{key: "all", label: "All facts", cues: []string{"all fact", "fact"}},
}

// A cue is a set of stems that asks for an attribute.
type cue struct {
	stems []string // at most maxCue
	at    *attribute
	order int // of the attribute in its list
}

const maxCue = 4

// newCues reduces the attributes' words as questions are, and files each set
// under its longest stem, which is in the fewest questions.
func newCues(x *index.Index) map[string][]*cue {
	cues := map[string][]*cue{}
	for i := range attributes {
		for _, words := range attributes[i].cues {
			c := &cue{stems(x, words), &attributes[i], i}
			longest := slices.MaxFunc(c.stems, func(a, b string) int { return len(a) - len(b) })
			cues[longest] = append(cues[longest], c)
		}
	}
	return cues
}

// stems are those of a phrase's words, each once.
func stems(x *index.Index, words string) []string {
	var out []string
	for _, w := range x.Analyze(words).Words {
		if !slices.Contains(out, w.Stem) {
			out = append(out, w.Stem)
		}
	}
	return out
}

// attributes finds what the words ask for, and marks the words that ask for it as used.
func (v *vocabulary) attributes(q *Question, used []*attribute) {
	for _, c := range v.cuesOf(q.Words) {
		first := c.in(q.Words, used)
		switch {
		case first < 0 || slices.Contains(q.Attributes, c.at):
		case c.at.list && negated(q.Words, first):
			q.Without = append(q.Without, c.at)
			fallthrough
		default:
			q.Attributes = append(q.Attributes, c.at)
		}
	}
	// The order of the question, not of the list.
	slices.SortStableFunc(q.Attributes, func(x, y *attribute) int { return slices.Index(used, x) - slices.Index(used, y) })
}

// cuesOf are the cues whose rarest stem occurs among words, the largest first.
func (v *vocabulary) cuesOf(words []index.Word) []*cue {
	var found []*cue
	for i := range words {
		found = append(found, v.cues[words[i].Stem]...)
	}
	slices.SortStableFunc(found, func(a, b *cue) int { return cmp.Or(len(b.stems)-len(a.stems), a.order-b.order) })
	return slices.Compact(found)
}

// in returns where the stems of c begin among words that no cue of another
// attribute has used, and marks them; -1 if one is missing.
func (c *cue) in(words []index.Word, used []*attribute) int {
	var at [maxCue]int
	for i, stem := range c.stems {
		at[i] = slices.IndexFunc(words, func(w index.Word) bool { return w.Stem == stem && w.Name == nil && !w.Void })
		if at[i] < 0 || used[at[i]] != nil && used[at[i]] != c.at && words[at[i]].Informative() {
			return -1
		}
	}
	for _, i := range at[:len(c.stems)] {
		used[i] = c.at
	}
	return slices.Min(at[:len(c.stems)])
}

// negated reports whether the condition that begins at word i is denied:
// "without an orm", "no admin".
func negated(words []index.Word, i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if lacking[words[j].Key] {
			return true
		}
	}
	return false
}
