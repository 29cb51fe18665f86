package foreign

// What the front matter of a file may hold. They are checked before a parser
// sees a byte: anchors, deep nesting and long keys let a small file cost a
// parser gigabytes. The limits are those of our own pages, so that a file is
// not worse off for being made for another tool.
const (
	maxFrontBytes = 64 << 10
	maxFrontDepth = 8   // levels of brackets or indentation
	maxEntries    = 200 // top-level keys
	maxProblems   = 20  // problems that are told of one file
)

// What a page may say of itself. A title of a megabyte is none.
const (
	maxTitleRunes   = 200
	maxNameRunes    = 100 // of an alias, a tag, an owner
	maxNames        = 50  // of aliases, of tags
	maxSummaryRunes = 2000
	maxLinkBytes    = 2000
)

// What cleaning a body may cost.
const (
	maxPasses     = 6         // over a body that gives up its markup layer by layer
	maxLabelBytes = 200       // of the title of a box; a longer one is its text
	maxMarkBytes  = 2000      // of a line that begins a box, an import and the like
	maxTagBytes   = 8 << 10   // of one tag with its attributes
	maxLinkAdded  = 256 << 10 // bytes by which addresses of reference links may lengthen a body
	maxLinkBring  = 500       // bytes of an address that is written in place of a reference
)
