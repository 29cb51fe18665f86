package index

import "strings"

// languages are the programming languages that people name, first the name to
// show, then other spellings. Runtimes stand for their language: who asks for
// "node" means JavaScript.
var languages = [][]string{
	{"Python", "py", "python3", "cpython", "パイソン", "питон"},
	{"PHP", "php7", "php8", "php5"},
	{"Ruby", "rb", "ルビー"},
	{"JavaScript", "js", "node", "nodejs", "node js", "ecmascript", "java script"},
	{"TypeScript", "ts", "type script"},
	{"Java", "jvm"},
	{"Kotlin"},
	{"Scala"},
	{"Groovy"},
	{"Clojure"},
	{"Haskell"},
	{"Erlang"},
	{"Elixir"},
	{"Go", "golang"},
	{"Rust", "rustlang"},
	{"C#", "c sharp", "csharp", "dotnet", ".net", "asp.net", "vb.net"},
	{"F#", "fsharp"},
	{"C++", "cpp", "cplusplus"},
	{"C"},
	{"D"},
	{"R"},
	{"Dart"},
	{"Swift"},
	{"Crystal"},
	{"Julia"},
	{"Nim"},
	{"Zig"},
	{"Lua"},
	{"Perl"},
	{"OCaml"},
	{"Lisp"},
	{"COBOL"},
	{"Fortran"},
	{"Pascal"},
	{"Delphi"},
	{"Objective-C"},
}

// wordy are languages whose name is an ordinary word or a single letter: they
// are meant only beside a word such as "framework", or after "in".
var wordy = map[string]bool{
	"go": true, "c": true, "d": true, "r": true, "dart": true, "swift": true, "crystal": true,
	"julia": true, "ts": true, "basic": true, "lisp": true, "pascal": true, "delphi": true,
}

// gems are languages whose name is also a thing that one can have one of.
var gems = map[string]bool{"ruby": true, "python": true, "java": true}

// languageByKey finds a language by the key of any of its spellings.
var languageByKey = func() map[string]string {
	m := map[string]string{}
	for _, spellings := range languages {
		for _, s := range spellings {
			m[Key(s)] = spellings[0]
		}
	}
	return m
}()

// LanguageOf returns the usual name of a programming language in any of its
// spellings: "js" is "JavaScript". A language that is not known is returned as it is.
func LanguageOf(s string) string {
	if l, ok := languageByKey[Key(s)]; ok {
		return l
	}
	return strings.TrimSpace(s)
}
