package library

import (
	"context"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"frameworkbot/index"
	"frameworkbot/index/foreign"
)

// take reads the listed files whose stamp changed, and forgets those that are gone.
func (f *folder) take(ctx context.Context, fsys fs.FS, progress func(done, all int)) (changed bool) {
	stamps := f.listed
	if f.files == nil {
		f.files = make(map[string]*file, len(stamps))
	}
	for name := range f.files {
		if _, ok := stamps[name]; !ok {
			delete(f.files, name)
			changed = true
		}
	}
	due := f.due()
	read := make([]*file, len(due))
	var mu sync.Mutex
	done := 0
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range due {
		group.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			read[i] = f.readFile(fsys, name, stamps[name], f.files[name])
			if progress == nil || f.fsys != nil {
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done, len(due))
			return nil
		})
	}
	_ = group.Wait() // what is wrong with a file is kept with it
	for i, name := range due {
		if read[i] != nil {
			f.files[name], changed = read[i], true
		}
	}
	return changed
}

// due are the names of the listed files that are not as they were read.
func (f *folder) due() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(f.listed)) {
		if old := f.files[name]; old == nil || old.stamp != f.listed[name] {
			names = append(names, name)
		}
	}
	return names
}

// readFile reads one file. If what it holds is no page, or one that cannot be
// read in full any more, the last good one stays.
func (f *folder) readFile(fsys fs.FS, name string, s stamp, old *file) *file {
	now := &file{stamp: s, ours: f.fsys != nil || old != nil && old.ours}
	now.page, now.problems = f.parse(fsys, name, now)
	now.good = len(now.problems) == 0
	if !now.good && old != nil && (now.page == nil || old.good) {
		now.page, now.good = old.page, old.good
	}
	return now
}

// parse reads a page of ours, or of another tool. A draft is no page.
func (f *folder) parse(fsys fs.FS, name string, now *file) (*index.Page, index.Problems) {
	data, err := readAll(fsys, name)
	if err != nil {
		return nil, index.Problems{{File: f.path(name), Text: "cannot be read: " + reason(err)}}
	}
	if len(data) > index.MaxPageBytes {
		return nil, index.Problems{{File: f.path(name), Text: "more than 1 MiB: split it"}}
	}
	if now.ours = now.ours || foreign.Strict(data); now.ours {
		page, problems := index.ParsePage(name, data)
		if len(problems) > 0 {
			return nil, f.named(problems)
		}
		return f.filed(page, name), nil
	}
	text, odd := foreign.ReadLinked(data, abroad)
	if text.Draft {
		return nil, nil
	}
	if text.Date == "" && !now.stamp.changed.IsZero() {
		text.Date = now.stamp.changed.UTC().Format(time.DateOnly)
	}
	page, problems := index.NewDocument(index.Text{
		ID: idOf(name), File: name, Title: text.Title, Aliases: text.Aliases, Words: text.Words, Summary: text.Summary,
		Owner: text.Owner, Date: text.Date, Link: text.Link, Body: text.Body, Line: text.Line,
	})
	for _, o := range odd {
		problems = append(problems, index.Problem{File: name, Line: o.Line, Text: o.Text})
	}
	if page == nil {
		return nil, f.named(problems)
	}
	return f.filed(page, name), f.named(problems)
}

// abroad keeps addresses that lead somewhere from a chat: those within a site are of no use there.
func abroad(to string) string {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if len(to) > len(scheme) && strings.EqualFold(to[:len(scheme)], scheme) {
			return to
		}
	}
	return ""
}

// filed gives a page the name of its file by which people know it.
func (f *folder) filed(page *index.Page, name string) *index.Page {
	page.File = f.path(name)
	return page
}

// named gives problems the names of files by which people know them.
func (f *folder) named(problems index.Problems) index.Problems {
	for i := range problems {
		problems[i].File = f.path(problems[i].File)
	}
	return problems
}

// readAll reads a file, no more of it than tells that it is too large.
func readAll(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, index.MaxPageBytes+1))
}
