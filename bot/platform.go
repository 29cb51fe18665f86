package bot

import (
	"slices"

	"frameworkbot/index"
)

// platforms are what several languages run on, by the key of a word: who asks
// for a "node framework" means those in TypeScript, too.
var platforms = map[string][]string{
	"node": {"JavaScript", "TypeScript"}, "nodejs": {"JavaScript", "TypeScript"},
	"jvm":    {"Java", "Kotlin", "Scala", "Groovy"},
	"dotnet": {"C#", "F#"}, "net": {"C#", "F#"},
}

// languagesOf are the languages that a word asks for.
func languagesOf(w *index.Word) []string {
	if several := platforms[w.Key]; several != nil {
		return several
	}
	return []string{w.Language}
}

// leadingLanguage reads the first word as a language where it may be a verb as
// well, and a framework is spoken of: "go full stack mvc framework".
func leadingLanguage(words []index.Word) {
	if len(words) < 2 || words[0].Language != "" || words[0].Name != nil || words[0].Void || words[1].Class == index.Neutral {
		return
	}
	language := index.LanguageOf(words[0].Key)
	if language != words[0].Key && slices.ContainsFunc(words, func(w index.Word) bool { return w.Stem == "framework" }) {
		words[0].Language = language
	}
}

// platform reads "which php version does laravel need" as a question about
// what Laravel runs on, not about its own version.
func (q *Question) platform() {
	if len(q.Names) == 0 {
		return
	}
	asks := slices.ContainsFunc(q.Attributes, func(at *attribute) bool { return at.key == "runtime" })
	for i := range q.Words {
		if !q.isPlatform(i) || !asks && !q.has(needing) && !q.has(versions) {
			continue
		}
		q.Attributes = slices.DeleteFunc(slices.Clone(q.Attributes), func(at *attribute) bool { return at.key == "latest" || at.key == "language" })
		if at := attributeOf("runtime"); !slices.Contains(q.Attributes, at) {
			q.Attributes = append(q.Attributes, at)
		}
		q.Languages = nil
		q.Rest = slices.DeleteFunc(q.Rest, func(w index.Word) bool { return w.Key == q.Words[i].Key })
		return
	}
}

// isPlatform reports whether the word at i is a language of a page that is
// named, and does not stand before what is written in it: "php framework".
func (q *Question) isPlatform(i int) bool {
	w := &q.Words[i]
	if w.Name != nil && index.Key(w.Name.Typed) == w.Key || i+1 < len(q.Words) && q.Words[i+1].Class == index.Web {
		return false
	}
	return slices.ContainsFunc(q.Names, func(n index.Name) bool {
		return n.Page.IsIn(append(languagesOf(w), index.LanguageOf(w.Key))...)
	})
}

var (
	needing  = setOf("need needs needed require requires required")
	versions = setOf("version versions")
)
