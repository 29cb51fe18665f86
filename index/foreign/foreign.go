// Package foreign reads Markdown that was written for other tools: Hugo,
// Jekyll, Docusaurus, MkDocs, Backstage, Obsidian, MDN and plain folders. It
// takes from the front matter what means the same to us, and makes the text
// fit for chat: no shortcode, macro, component or HTML is left in it, and no
// sentence lost.
package foreign

// A Page is what a Markdown file of another tool says.
type Page struct {
	Title   string   // the front matter's title, else the first level-one heading, else ""
	Aliases []string // other names
	Summary string   // "" if the front matter has none
	Words   []string // tags, keywords, categories: words that help to find it
	Owner   string   // owner, author or authors
	Date    string   // YYYY-MM-DD, YYYY-MM or YYYY, "" if there is none that can be read
	Link    string   // canonical address, https or http, "" if there is none
	Draft   bool     // not meant for readers yet
	Body    string   // CommonMark fit for chat, with as many lines as the file's body
	Line    int      // line of the file at which Body begins, from 1
}

// A Problem is something in a file that could not be read and was left out.
type Problem struct {
	Line int // of the file, from 1
	Text string
}

// Read reads any Markdown file. It never fails: what cannot be read is left
// out and reported.
func Read(data []byte) (Page, []Problem) {
	return Page{Body: string(data), Line: 1}, nil
}

// Strict reports whether the front matter is meant to be one of our own pages,
// which are read without leniency.
func Strict(data []byte) bool {
	return false
}
