package index_test

import (
	"context"
	"fmt"
	"log"
	"testing/fstest"

	"frameworkbot/index"
)

func ExampleIndex_Search() {
	library := fstest.MapFS{
		"flask.md": {Data: []byte(`---
title: Flask
language: Python
kind: micro
---
Flask is a small Python web framework.

## Features

- **Templates.** Pages are written in Jinja.
`)},
		"rails.md": {Data: []byte(`---
title: Ruby on Rails
aliases: [RoR]
language: Ruby
kind: full-stack
---
Rails is a web framework with many choices made.

## Features

- **Conventions.** Names say where a file belongs, so that little configuration is needed.
`)},
	}
	pages, err := index.ReadPages(library)
	if err != nil {
		log.Fatal(err) // all that is wrong with the pages, with file and line
	}
	x, err := index.New(pages)
	if err != nil {
		log.Fatal(err)
	}
	defer x.Close()

	page, why, _ := x.Lookup("ror")
	fmt.Printf("%s, by its %s\n", page.Title, why)

	for _, text := range []string{"which framework uses jinja templates?", "little configuration", "chocolate cake"} {
		r, err := x.Search(context.Background(), index.Query{Text: text})
		if err != nil {
			log.Fatal(err)
		}
		if len(r.Hits) == 0 {
			fmt.Println("nothing about", r.Missing)
		}
		for _, h := range r.Hits {
			fmt.Printf("%s, %s: %s\n", h.Page.Title, h.Section.Heading, h.Section.Body)
		}
	}

	// Output:
	// Ruby on Rails, by its alias
	// Flask, Templates: Pages are written in Jinja.
	// Ruby on Rails, Conventions: Names say where a file belongs, so that little configuration is needed.
	// nothing about [chocolate cake]
}
