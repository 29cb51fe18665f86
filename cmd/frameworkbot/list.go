package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
	"frameworkbot/index"
)

// longestList is how many pages a search returns at most.
const longestList = 1000

func (p *program) listCommand() *cobra.Command {
	var language, search string
	var folder string
	var limit, from int
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the pages",
		Long: `Lists all pages by language, a line each: its ID, title, kind, licence and
latest release. With --search it lists the pages that the words are found in,
the best first.

Ends with 0 if there are any, with 1 if there are none.`,
		Example: `  frameworkbot list
  frameworkbot list --language go
  frameworkbot list --folder runbooks --limit 50 --from 51
  frameworkbot list --search "event loop" --limit 5`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case limit < 0:
				return fmt.Errorf("--limit is %d: it must not be negative", limit)
			case from < 1:
				return fmt.Errorf("--from is %d: the first page is 1", from)
			}
			return p.list(cmd.Context(), listed{language, folder, search, from, limit})
		},
	}
	cmd.Flags().StringVar(&language, "language", "", "only pages on frameworks in this `language`")
	cmd.Flags().StringVar(&folder, "folder", "", "only pages in this `folder` and those below")
	cmd.Flags().IntVar(&from, "from", 1, "the `number` of the first page that is shown")
	cmd.Flags().StringVar(&search, "search", "", "only pages that have these `words`")
	cmd.Flags().IntVar(&limit, "limit", 0, "at most this `number` of pages; 0 means all")
	must(cmd.RegisterFlagCompletionFunc("language", cobra.NoFileCompletions), cmd.RegisterFlagCompletionFunc("search", cobra.NoFileCompletions))
	return cmd
}

// listed is which pages are listed.
type listed struct {
	language, folder, search string
	from, limit              int
}

func (l *listed) has(page *index.Page) bool {
	return (l.language == "" || page.IsIn(l.language)) && (l.folder == "" || strings.HasPrefix(page.ID, strings.Trim(l.folder, "/")+"/"))
}

func (p *program) list(ctx context.Context, l listed) error {
	g, err := p.read(ctx)
	if err != nil {
		return err
	}
	defer g.Index.Close()
	all := g.Index.Pages()
	pages, ranked := slices.Clone(all), l.search != ""
	if ranked {
		if pages, err = searched(ctx, g.Index, l.search); err != nil {
			return wrong("%w", err)
		}
	}
	pages = slices.DeleteFunc(pages, func(page *index.Page) bool { return !l.has(page) })
	if l.from > len(pages) {
		return exit{exitNo, fmt.Errorf("no page is listed: %d were looked at", len(all))}
	}
	if !ranked {
		pages = byLanguage(pages)
	}
	return p.printPages(pages[l.from-1:], l.limit, ranked)
}

// searched are the pages that words are found in, the best first.
func searched(ctx context.Context, x *index.Index, words string) ([]*index.Page, error) {
	var out []*index.Page
	if page, _, ok := x.Lookup(words); ok {
		out = append(out, page)
	}
	found, err := x.Search(ctx, index.Query{Text: words, Limit: longestList, Loose: true})
	if err != nil {
		return nil, err
	}
	for _, h := range found.Hits {
		if !slices.Contains(out, h.Page) {
			out = append(out, h.Page)
		}
	}
	return out, nil
}

// byLanguage sorts pages by their main language, then by title; those that
// have none, such as guides, come last.
func byLanguage(pages []*index.Page) []*index.Page {
	key := func(page *index.Page) string {
		if page.Language() == "" {
			return "\uffff" + strings.ToLower(page.Title)
		}
		return page.Language() + "\x00" + strings.ToLower(page.Title)
	}
	sorted := slices.Clone(pages)
	slices.SortStableFunc(sorted, func(a, b *index.Page) int { return strings.Compare(key(a), key(b)) })
	return sorted
}

// printPages prints a line for each page, under headings unless they are ranked.
func (p *program) printPages(pages []*index.Page, limit int, ranked bool) error {
	shown := pages
	if limit > 0 && limit < len(pages) {
		shown = pages[:limit]
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for i, page := range shown {
		if !ranked && (i == 0 || page.Language() != shown[i-1].Language()) {
			fmt.Fprintf(w, "%s\n", heading(i > 0, page.Language()))
		}
		indent := "  "
		if ranked {
			indent = ""
		}
		fmt.Fprintf(w, "%s%s\t%s\t%s\t%s\t%s\t%s\n", indent, markdown.OneLine(page.ID), bot.Shorten(markdown.OneLine(page.Title), longestTitle), strings.Join(page.Languages, ", "), page.Kind, factOf(page, "licence"), factOf(page, "latest"))
	}
	if err := w.Flush(); err != nil {
		return wrong("write the list: %w", err)
	}
	if hidden := len(pages) - len(shown); hidden > 0 {
		fmt.Fprintf(p.out, "\nand %s\n", count(hidden, "more page"))
	}
	return nil
}

// longestTitle is how many characters of a title are listed.
const longestTitle = 80

func heading(again bool, language string) string {
	if language == "" {
		language = "Other pages"
	}
	if again {
		return "\n" + language
	}
	return language
}

// factOf is the value of a fact, a dash if the page does not state it.
func factOf(page *index.Page, key string) string {
	if f := page.Fact(key); f != nil {
		return f.Value
	}
	return "-"
}
