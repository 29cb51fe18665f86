// Package bot is the core of frameworkbot: a message in, an answer out. It
// knows no chat platform.
//
// A tour of the house, from the bottom up:
//
// Package seeds holds the built-in pages, one Markdown file each. Package index
// reads pages ([index.ReadPages]), keeps their sections in a Bleve index, takes
// a question apart into words, names and languages ([index.Index.Analyze]) and
// finds the sections that cover it ([index.Index.Search]).
//
// This package turns a [Message] into a [Question] and a Question into an
// [Answer]:
//
//	normalise.go   takes mentions, links and markup off what was typed
//	question.go    Question: names, attributes, conditions, what the words do
//	meant.go       which of the names in the text are meant: "express delivery" is not Express
//	vocabulary.go  what words do in a question: compare, recommend, list
//	attribute.go   what can be asked about a framework in one line
//	platform.go    node and the JVM are several languages; "php version" is no version of a framework
//	answerer.go    the table of what is asked and which function answers it
//	named.go       … one page: a section, a fact, or the card (card.go)
//	compare.go     … several pages side by side
//	list.go        … the pages that meet conditions (condition.go, relax.go, order.go)
//	neighbour.go   … what is like a page that is named, or built on it (related.go: without being asked)
//	find.go        … the page whose section covers the question, or nothing
//	help.go        … what there is; grouped.go: by language, where it is much
//
// An Answer has a name, its [Ref], which a button carries and which gives it
// again, made from the pages as they are by then:
//
//	ref.go         what a Ref is made of
//	recall.go      from a Ref to its answer; relist.go does it for lists
//	instead.go     what is said when a page is gone, or another one was meant
//	suggest.go     answers while somebody types (beginnings.go: by the first letters)
//	choices.go     answers to somebody else's message, to choose from
//
// An Answer holds no platform's markup. Each [Platform] is a package below
// this one (bot/console is the terminal) that turns its events into Messages
// and renders Answers; [Run] runs them. Package bot/markdown takes the
// CommonMark of answers apart for all of them. What they need around an answer
// is here, so that each of them does it in the same way:
//
//	guard.go       [Middleware]: Observe, Recover, Deadline
//	trace.go       the parts of a question's way, for who follows it
//	health.go      what a platform says of itself; vitals.go keeps it
//	limit.go       Limit, the middleware by which nobody starves a team
//	remember.go    Remember, the middleware that thinks about a question once
//	reply.go       always something to say; prompt.go: now, or later
//	pool.go        so many answers at once, and no more
//	seen.go        what is delivered twice is answered once
//	secret.go      tokens that cannot be shown; redact.go: errors that hold them
//	fault.go       what is wrong with a platform's settings
//
// Package bot/bottest is what every Platform must pass. Package main in
// cmd/frameworkbot puts the rooms together.
//
// Arrows point one way: cmd → platforms → bot → index. A test holds them.
package bot
