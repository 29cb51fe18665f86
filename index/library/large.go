package library

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
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

// fromDisk makes the index of many files: from the cache if it has one of
// exactly these, else by reading them all, one after another, without keeping
// their texts. Files are not read again that are as they were.
func (l *Library) fromDisk(ctx context.Context) (*index.Index, error) {
	x := l.open()
	if x == nil {
		var err error
		if x, err = l.readAnew(ctx); err != nil {
			return nil, err
		}
	}
	for _, f := range l.folders {
		if err := f.adopt(x); err != nil {
			return nil, errors.Join(err, x.Close())
		}
	}
	return l.completed(ctx, x)
}

// open opens what the cache has of exactly these files, nil if that is nothing.
func (l *Library) open() *index.Index {
	x, err := index.Open(l.config.Cache, l.fingerprint())
	if err != nil {
		if !errors.Is(err, index.ErrNotKept) {
			l.log.Warn("the pages that were kept cannot be used: they are read anew", "err", err.Error())
		}
		return nil
	}
	return x
}

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

// fingerprint stands for all that was listed: other files, other sizes or times
// make another.
func (l *Library) fingerprint() string {
	h := sha256.New()
	for _, f := range l.folders {
		fmt.Fprintf(h, "%q\n", f.dir)
		for _, name := range slices.Sorted(maps.Keys(f.listed)) {
			s := f.listed[name]
			fmt.Fprintf(h, "%q %d %d\n", name, s.size, s.changed.UnixNano())
		}
	}
	return hex.EncodeToString(h.Sum(nil))
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
	return b.Finish(l.fingerprint())
}

// stream reads the listed files one by one and lets go of each.
func (f *folder) stream(ctx context.Context, progress func(done, all int), use func(*index.Page) error) error {
	fsys, done, err := f.open()
	if err != nil {
		return err
	}
	defer done()
	for i, name := range slices.Sorted(maps.Keys(f.listed)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(f.listed))
		}
		if page, _ := f.parse(fsys, name, &file{stamp: f.listed[name]}); page != nil {
			if err := use(page); err != nil {
				return err
			}
		}
	}
	return nil
}

// adopt takes the pages of an index for what the files hold, and reads the
// others: those that are no page, that cannot be read, that extend a page, and
// those that come with the program.
func (f *folder) adopt(x *index.Index) error {
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
		p := kept[f.path(name)]
		if p == nil || f.fsys != nil {
			f.files[name] = f.readFile(fsys, name, s, nil)
			continue
		}
		f.files[name] = &file{stamp: s, page: p, ours: p.Kind != index.Document}
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
	x, err := b.Finish(l.fingerprint())
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
