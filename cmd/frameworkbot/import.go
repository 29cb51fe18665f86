package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"frameworkbot/index/imports"
)

func (p *program) importCommand() *cobra.Command {
	var to string
	var o imports.Options
	cmd := &cobra.Command{
		Use:   "import SOURCE --to DIR",
		Short: "Make pages of a folder or an archive of Markdown",
		Long: `Makes pages of what a team has written already. SOURCE is a folder of Markdown
or a zip archive of it: a documentation site, a vault of notes, an export of
Notion ("Markdown & CSV"), of Confluence or of another wiki as Markdown.

Each page keeps its source, its date and, with --link, its address. Shortcodes,
components and HTML are left out, and links between the pages lead to the new
ones. Importing again brings the changes; a page that somebody changed in DIR is
left alone. DIR remembers in .frameworkbot-import.json what was imported.

Ends with 0 if there are pages, with 1 if SOURCE has none, with 2 if it cannot
be read.`,
		Example: `  frameworkbot import ./wiki --to pages/wiki --title "Team wiki" --link https://wiki.example
  frameworkbot import Export.zip --to pages/notion --owner "platform team"
  frameworkbot import ./docs --to pages/docs --dry-run`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkLink(o.Link); err != nil {
				return err
			}
			o.Now = p.now()
			return p.importFrom(cmd.Context(), args[0], to, o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&to, "to", "", "write the pages into `DIR`")
	flags.StringVar(&o.Title, "title", "", "what the source is called, as answers say it (default its file name)")
	flags.StringVar(&o.Link, "link", "", "`URL` under which the source's files are found")
	flags.StringVar(&o.Owner, "owner", "", "who keeps the pages right that name nobody")
	flags.BoolVar(&o.Force, "force", false, "overwrite pages that were changed in DIR")
	flags.BoolVar(&o.DryRun, "dry-run", false, "say what would be done, write nothing")
	must(cmd.MarkFlagRequired("to"), cmd.MarkFlagDirname("to"))
	return cmd
}

// checkLink refuses what could not be the beginning of an address.
func checkLink(link string) error {
	u, err := url.Parse(link)
	if link != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		return fmt.Errorf("--link is %q: it must begin with https:// or http://", link)
	}
	return nil
}

func (p *program) importFrom(ctx context.Context, source, to string, o imports.Options) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	r, err := imports.Import(ctx, source, to, o)
	switch {
	case errors.Is(err, context.Canceled):
		return wrong("import: stopped; start it again to import the rest")
	case err != nil:
		return wrong("import: %w", err)
	}
	p.tellImport(r, to, o)
	if r.Pages() == 0 {
		return exit{exitNo, fmt.Errorf("%s has no page that could be imported", source)}
	}
	return nil
}

// mostNamed is how many files are named of one kind before the rest is counted.
const mostNamed = 50

// tellImport says in sentences what became of each file.
func (p *program) tellImport(r *imports.Report, to string, o imports.Options) {
	verb := "imported"
	if o.DryRun {
		verb = "would be imported"
	}
	fmt.Fprintf(p.out, "%s %s into %s: %d new, %d updated, %d unchanged.\n",
		count(len(r.New)+len(r.Updated)+len(r.Unchanged), "page"), verb, to, len(r.New), len(r.Updated), len(r.Unchanged))
	p.tellNames("was changed in "+to+" and is left alone (--force overwrites)", "were changed in "+to+" and are left alone (--force overwrites)", "page", r.Kept)
	p.tellNames("is no longer in the source; delete it if nobody needs it", "are no longer in the source; delete them if nobody needs them", "page", r.Gone)
	p.tellSkipped("skipped", r.Skipped)
	p.tellSkipped("read without some of its front matter", r.Notes)
	if r.Other > 0 {
		fmt.Fprintf(p.out, "%s of other kinds, such as images, left out.\n", count(r.Other, "file"))
	}
}

// tellNames says something of files that share a reason.
func (p *program) tellNames(one, many, noun string, names []string) {
	if len(names) == 0 {
		return
	}
	what := many
	if len(names) == 1 {
		what = one
	}
	fmt.Fprintf(p.out, "%s %s:\n", count(len(names), noun), what)
	for _, name := range names[:min(len(names), mostNamed)] {
		fmt.Fprintf(p.out, "  %s\n", name)
	}
	p.tellRest(len(names))
}

func (p *program) tellSkipped(what string, files []imports.Skipped) {
	if len(files) == 0 {
		return
	}
	fmt.Fprintf(p.out, "%s %s:\n", count(len(files), "file"), what)
	for _, s := range files[:min(len(files), mostNamed)] {
		fmt.Fprintf(p.out, "  %s: %s\n", printable(s.File), printable(s.Why))
	}
	p.tellRest(len(files))
}

func (p *program) tellRest(n int) {
	if n > mostNamed {
		fmt.Fprintf(p.out, "  and %d more\n", n-mostNamed)
	}
}

// printable is a name from somebody else's archive without what a terminal would obey.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(name, "?"))
}
