// Package seeds holds the built-in pages and the questions that they are
// measured by.
package seeds

import "embed"

// Pages are the built-in pages, <id>.md each.
//
//go:embed *.md
var Pages embed.FS

// Questions are real questions with the pages that they must find.
//
//go:embed questions.txt
var Questions string
