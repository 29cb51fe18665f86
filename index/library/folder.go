package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"frameworkbot/index"
)

// What a folder may hold. Beyond it the first files, by name, are read.
const (
	MaxFiles = 200_000
	MaxBytes = 2 << 30
)

// A folder is a set of files, and what was last read of each.
type folder struct {
	dir      string // "" for the built-in pages
	fsys     fs.FS  // the built-in pages
	files    map[string]*file
	listed   map[string]stamp // what was there when it was last looked at
	problems index.Problems   // of the folder as a whole
}

// A file is what was last read of one.
type file struct {
	stamp    stamp
	ours     bool        // it is, or once was, a page of ours, which is read strictly
	page     *index.Page // the last good one; nil if there never was one, or if it is no page
	good     bool        // it was read without a problem
	problems index.Problems
}

// A stamp tells whether a file changed.
type stamp struct {
	size    int64
	changed time.Time
	mode    fs.FileMode
}

// path is the name of a file as people know it.
func (f *folder) path(name string) string {
	if f.dir == "" {
		return name
	}
	return filepath.Join(f.dir, filepath.FromSlash(name))
}

// read looks at all files and reads those that changed. It reports whether any
// page, or what is wrong with one, is another than before.
func (f *folder) read(ctx context.Context, progress func(done, all int)) (changed bool) {
	before := f.problems
	if !f.look() {
		return !slices.Equal(before, f.problems)
	}
	fsys, done, err := f.open()
	if err != nil {
		f.keep(err.Error())
		return !slices.Equal(before, f.problems)
	}
	defer done()
	return f.take(ctx, fsys, progress) || !slices.Equal(before, f.problems)
}

// look lists the files and reports whether that went well. A folder that cannot
// be read, or is empty all of a sudden, keeps what it had: that is a disk that
// went away or a checkout under way far more often than the wish to have nothing.
func (f *folder) look() bool {
	f.problems = nil
	fsys, done, err := f.open()
	if err != nil {
		return f.keep(err.Error())
	}
	defer done()
	stamps, err := f.list(fsys)
	switch {
	case err != nil:
		return f.keep(err.Error())
	case len(stamps) == 0 && len(f.files) > 0:
		return f.keep("the folder is empty all of a sudden: its pages stay until it has some, or until the program starts anew")
	case len(stamps) == 0:
		return f.keep("no pages here: a page is a Markdown file, *.md or *.mdx")
	}
	f.listed = stamps
	return true
}

// keep notes why the folder is as it was.
func (f *folder) keep(why string) bool {
	name := f.dir
	if name == "" {
		name = "."
	}
	f.problems = index.Problems{{File: name, Text: why}}
	return false
}

// open gives access to the folder's files and to nothing else: links that lead
// out of it are not followed. The folder is opened anew each time, because it
// may be a link that was changed.
func (f *folder) open() (fs.FS, func(), error) {
	if f.fsys != nil {
		return f.fsys, func() {}, nil
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		if path, ok := errors.AsType[*fs.PathError](err); ok {
			err = path.Err
		}
		return nil, nil, fmt.Errorf("the folder cannot be opened: %w", err)
	}
	return root.FS(), func() { _ = root.Close() }, nil
}

// list finds the pages' files. Hidden folders are left out, such as those of
// version control, and folders that are links: what they lead to is in the
// folder already, or must not be. Files that are links are followed as far as
// they stay inside: that is how a ConfigMap is mounted.
func (f *folder) list(fsys fs.FS) (map[string]stamp, error) {
	stamps, total := map[string]stamp{}, int64(0)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			f.problems = append(f.problems, index.Problem{File: f.path(name), Text: "cannot be read: " + reason(err)})
			return nil
		case name != "." && strings.HasPrefix(d.Name(), "."), d.IsDir() && d.Name() == "node_modules":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || !isPage(name):
			return nil
		}
		s, ok := f.stampOf(fsys, name, d)
		if !ok {
			return nil
		}
		if total += s.size; len(stamps) == MaxFiles || total > MaxBytes {
			f.problems = append(f.problems, index.Problem{File: f.path("."), Text: fmt.Sprintf("too much: no more than %d files and %d MiB of a folder are read", MaxFiles, MaxBytes>>20)})
			return fs.SkipAll
		}
		stamps[name] = s
		return nil
	})
	if err != nil {
		return nil, errors.New("the folder cannot be read: " + reason(err))
	}
	return stamps, nil
}

// stampOf looks at a file; one that is no regular file is reported.
func (f *folder) stampOf(fsys fs.FS, name string, d fs.DirEntry) (stamp, bool) {
	info, err := d.Info()
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = fs.Stat(fsys, name)
	}
	switch {
	case err != nil:
		if !errors.Is(err, fs.ErrNotExist) || d.Type()&fs.ModeSymlink != 0 {
			f.problems = append(f.problems, index.Problem{File: f.path(name), Text: "cannot be read: " + reason(err)})
		}
	case info.IsDir(): // a link to a folder
	case !info.Mode().IsRegular():
		f.problems = append(f.problems, index.Problem{File: f.path(name), Text: "not a regular file"})
	default:
		return stamp{info.Size(), info.ModTime(), info.Mode()}, true
	}
	return stamp{}, false
}

func isPage(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".mdx" || ext == ".markdown"
}

// reason is why a file could not be used, without the path that stands before it.
func reason(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err.Error()
	}
	return err.Error()
}
