package bot

// An Answer is what the bot says back. It holds no platform's markup: texts
// are CommonMark, and each [Platform] renders them as it can. An Answer may be
// shared between goroutines; nobody changes it once a [Handler] returned it.
type Answer struct {
	Kind        Kind
	Title       string       // plain text
	URL         string       // what Title links to, "" if nothing
	Notes       []string     // one line each, before the text: "Showing **Laravel** for *lavarel*", the conditions of a list
	Text        string       // the answer itself
	Facts       []Fact       // labelled values, columns where there are columns
	Sections    []Section    // the rest of a card: features, good for, watch out
	More        []Ask        // the parts of the page that can be shown alone: a menu
	Results     []Result     // a list to choose from
	Table       *Table       // a comparison
	Asks        []Ask        // follow-up questions: buttons where there are buttons
	Sources     []Source     // what the answer rests on
	Reviewed    string       // "reviewed 2026-11-22", "" if the answer is about no page
	Pages       []string     // IDs of the pages that answer, best first; empty if Kind is None or Help
	Suggestions []string     // IDs of pages with a name near to what was typed, when Kind is None
	Corrected   []Correction // names that were understood in spite of their spelling
	Private     bool         // for the asker alone where the platform can do that
	Again       bool         // says what was said a moment ago: repeat it only where silence would look like a failure
	Ref         Ref          // names this answer, "" if it cannot be given again
	NotThis     Ref          // the answer for who did not mean the name that was understood, "" if it was typed so
}

// A Kind is the shape of an [Answer].
type Kind string

// The kinds of answer.
const (
	PageKind       Kind = "page"
	FactKind       Kind = "fact"
	ListKind       Kind = "list"
	ComparisonKind Kind = "comparison"
	NoneKind       Kind = "none"
	HelpKind       Kind = "help"
	BusyKind       Kind = "busy"   // the question was not looked at: too many at once
	FailedKind     Kind = "failed" // the bot failed, see [Apology]
)

// A Fact is a labelled value, plain text.
type Fact struct{ Label, Value string }

// A Section is a headed part of a card. Text is CommonMark.
type Section struct{ Heading, Text string }

// A Result is one entry of a list of pages.
type Result struct {
	ID    string // the page
	Title string
	Text  string // one line of plain text: why it is in the list
	Group string // heading over this and the following results: a language; "" for none
	Ask   string // the question that shows all of it
	Ref   Ref    // names the answer to Ask
}

// A Table is a comparison: a row for each fact, a column for each page.
// The rows in which the pages differ come first.
type Table struct {
	Columns []string // titles of the pages
	Rows    []Row
}

// A Row is one fact of each page; the value of a page that is silent is [NotStated].
type Row struct {
	Label  string
	Values []string // plain text, one for each column
	Same   bool     // all pages state the same
}

// An Ask is a follow-up question that can be pressed.
type Ask struct {
	Label string // at most 34 characters, what buttons have room for on every platform
	Text  string // the question that it asks
	Ref   Ref    // names the answer to Text
}

// A Source is where an answer is from, and of when.
type Source struct {
	Title string `json:"title"`
	Date  string `json:"date"`
	Link  string `json:"link,omitempty"`
}

// A Correction is a name that was typed wrongly and understood anyway.
type Correction struct {
	Typed string `json:"typed"`
	Meant string `json:"meant"` // the page's title
}

// NotStated is shown where a page is silent on a fact.
const NotStated = "not stated"

// Apology is what a person sees when the bot failed; the log has the reason.
const Apology = "Something went wrong on my side. Please try again."
