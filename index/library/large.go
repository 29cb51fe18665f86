package library

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"frameworkbot/index"
)

// large is from how many files on the index is kept on disk, if there is a
// folder for it: fewer are read sooner than an index of them is verified.
const large = 3000

// isLarge reports whether the folders, as they were just listed, are kept on disk.
func (l *Library) isLarge() bool {
	files := 0
	for _, f := range l.folders {
		files += len(f.listed)
	}
	return l.config.Cache != "" && files >= cmp.Or(l.config.large, large)
}

// fromDisk makes the index of many files: from the cache if most of them are as
// they were, else by reading them all, one after another, without keeping their
// texts.
func (l *Library) fromDisk(ctx context.Context) (*index.Index, error) {
	from := l.opened
	if l.opened = nil; from == nil {
		from = l.open()
	}
	if from == nil {
		x, err := l.readAnew(ctx)
		if err != nil {
			return nil, err
		}
		from = &cached{x, l.noteOf()}
	}
	for _, f := range l.folders {
		if err := f.adopt(from.index, from.note.Folders[f.dir]); err != nil {
			return nil, errors.Join(err, from.index.Close())
		}
	}
	return l.completed(ctx, from.index)
}

// cached is an index in the cache, with what is noted beside it.
type cached struct {
	index *index.Index
	note  *note
}

// open opens what the cache has of these folders, nil if that is nothing or if
// so many files changed since that it is of no use.
func (l *Library) open() *cached {
	x, err := index.Open(l.config.Cache, l.identity())
	if err != nil {
		if !errors.Is(err, index.ErrNotKept) {
			l.log.Warn("the pages that were kept cannot be used: they are read anew", "err", err.Error())
		}
		return nil
	}
	if n, err := readNote(x); err == nil {
		if changed, all := l.changes(n); changed <= all/few {
			return &cached{x, n}
		}
	}
	_ = x.Close()
	return nil
}

// few is the share of the files that may change before all are read anew: a tenth.
const few = 10

// completed is an index with what it lacks of the folders: pages that come with
// the program, and pages as others extend them.
func (l *Library) completed(ctx context.Context, x *index.Index) (*index.Index, error) {
	pages, _ := merge(l.folders)
	changed, gone := differences(x, pages)
	if len(changed)+len(gone) == 0 {
		return x, ctx.Err()
	}
	y, err := x.Update(changed, gone)
	return y, errors.Join(err, ctx.Err(), x.Close())
}

// readAnew reads all files of the folders outside the program into a new index
// in the cache. Of two pages with one ID the one in the later folder is taken.
func (l *Library) readAnew(ctx context.Context) (*index.Index, error) {
	b, err := index.NewBuilder(ctx, l.config.Cache, nil)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, f := range slices.Backward(l.folders) {
		if f.fsys == nil {
			err = errors.Join(err, f.stream(ctx, l.config.Progress, func(p *index.Page) error {
				if id := index.Fold(p.ID); p.Extends == "" && !seen[id] {
					seen[id] = true
					return b.Add(p)
				}
				return nil
			}))
		}
	}
	if err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	return l.finish(b)
}

// finish ends a build with a note on what was read.
func (l *Library) finish(b *index.Builder) (*index.Index, error) {
	n, err := json.Marshal(l.noteOf())
	if err != nil {
		return nil, errors.Join(err, b.Abort())
	}
	return b.Finish(l.identity(), n)
}

// stream reads the listed files one by one and lets go of each. What is known of
// them afterwards is what they were like, and what is wrong with them.
func (f *folder) stream(ctx context.Context, progress func(done, all int), use func(*index.Page) error) error {
	fsys, done, err := f.open()
	if err != nil {
		return err
	}
	defer done()
	f.files = make(map[string]*file, len(f.listed))
	for i, name := range slices.Sorted(maps.Keys(f.listed)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(f.listed))
		}
		now := &file{stamp: f.listed[name]}
		var page *index.Page
		page, now.problems = f.parse(fsys, name, now)
		f.files[name] = now
		if page != nil {
			if err := use(page); err != nil {
				return err
			}
		}
	}
	return nil
}

// adopt takes the pages of an index for what those files hold that are as the
// index noted them, and reads the others: those that changed, that are no page,
// that extend a page, and those that come with the program.
func (f *folder) adopt(x *index.Index, was map[string]noted) error {
	fsys, done, err := f.open()
	if err != nil {
		return err
	}
	defer done()
	kept := make(map[string]*index.Page, len(x.Pages()))
	for _, p := range x.Pages() {
		kept[p.File] = p
	}
	f.files = make(map[string]*file, len(f.listed))
	for name, s := range f.listed {
		p, noted := kept[f.path(name)], was[name]
		if p == nil || f.fsys != nil || !noted.is(s) {
			f.files[name] = f.readFile(fsys, name, s, nil)
			continue
		}
		f.files[name] = &file{stamp: s, page: p, ours: p.Kind != index.Document, problems: noted.Problems, good: len(noted.Problems) == 0}
	}
	return nil
}

// rebuild makes a new index in the cache, of pages of which most have their
// text in the last one.
func (l *Library) rebuild(ctx context.Context) (*index.Index, error) {
	b, err := index.NewBuilder(ctx, l.config.Cache, nil)
	if err != nil {
		return nil, err
	}
	for _, p := range gather(l.folders).pages {
		if err := b.Add(p); err != nil {
			return nil, errors.Join(err, b.Abort())
		}
	}
	x, err := l.finish(b)
	if err != nil {
		return nil, err
	}
	for _, f := range l.folders {
		for _, file := range f.files {
			if file.page == nil || f.fsys != nil {
				continue
			}
			if p, ok := x.Page(file.page.ID); ok && p.File == file.page.File {
				file.page = p
			}
		}
	}
	return l.completed(ctx, x)
}
