package imports

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// An entry is one file of a source.
type entry struct {
	path     string // in the source, with slashes
	modified time.Time
	open     func() (io.ReadCloser, error)
}

// bundle is what is imported, with the files in it that may be pages.
type bundle struct {
	pages    []entry
	skipped  []Skipped
	other    int
	seen     int   // files of any kind
	read     int64 // bytes of pages
	unpacked int64 // bytes of archives in archives
	closers  []io.Closer
	temp     []string
	target   os.FileInfo // the folder that is written to, nil if there is none yet
}

var (
	errFiles = fmt.Errorf("more than %d files: import a part of it", MaxFiles)
	errBytes = fmt.Errorf("more than %d GiB of text: import a part of it", MaxBytes>>30)
	errSame  = errors.New("the pages would be written into their own source: choose another folder")
)

// open lists the files of a folder or an archive.
func open(ctx context.Context, name, to string) (*bundle, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, plainError(err)
	}
	s := &bundle{}
	if s.target, err = os.Stat(to); err == nil && os.SameFile(info, s.target) {
		return nil, errSame
	}
	switch {
	case info.IsDir():
		err = s.folder(ctx, name)
	case info.Mode().IsRegular() && strings.EqualFold(path.Ext(name), ".zip"):
		err = s.archiveFile(ctx, name)
	default:
		err = errors.New("neither a folder nor a .zip file")
	}
	if err != nil {
		s.close()
		return nil, err
	}
	slices.SortFunc(s.pages, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return s, nil
}

// plainError leaves the path out, which is told already.
func plainError(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

func (s *bundle) close() {
	for _, c := range slices.Backward(s.closers) {
		_ = c.Close()
	}
	for _, name := range s.temp {
		_ = os.Remove(name)
	}
}

// folder lists a folder. Links in it are not followed.
func (s *bundle) folder(ctx context.Context, name string) error {
	root, err := os.OpenRoot(name)
	if err != nil {
		return plainError(err)
	}
	s.closers = append(s.closers, root)
	files := root.FS()
	return fs.WalkDir(files, ".", func(at string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			s.skip(at, "cannot be read: %v", plainError(err))
			return nil
		case d.IsDir():
			return s.enter(at, d)
		case d.Type()&fs.ModeSymlink != 0:
			s.skip(at, "a link: links are not followed")
			return nil
		case !d.Type().IsRegular():
			s.skip(at, "not a regular file")
			return nil
		}
		e := entry{path: at, open: func() (io.ReadCloser, error) { return files.Open(at) }}
		if info, err := d.Info(); err == nil {
			e.modified = info.ModTime()
		}
		return s.add(e)
	})
}

// enter reports whether a folder is one of pages.
func (s *bundle) enter(at string, d fs.DirEntry) error {
	if at != "." && isHidden(d.Name()) {
		return fs.SkipDir
	}
	if info, err := d.Info(); err == nil && s.target != nil && os.SameFile(info, s.target) {
		return fs.SkipDir
	}
	return nil
}

// isHidden reports whether a name is one of a tool's own files.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || name == "__MACOSX" || name == "node_modules"
}

// add files one file by what it is.
func (s *bundle) add(e entry) error {
	if s.seen++; s.seen > MaxFiles {
		return errFiles
	}
	switch name := path.Base(e.path); strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx":
		if !isHidden(name) {
			s.pages = append(s.pages, e)
		}
	case ".csv":
		s.skip(e.path, "a table: the pages of a database are imported, the table of them is not")
	case ".html", ".htm":
		s.skip(e.path, "HTML: export it as Markdown")
	case ".docx", ".doc", ".pdf", ".adoc", ".rst", ".txt":
		s.skip(e.path, "not Markdown")
	default:
		if !isHidden(name) {
			s.other++
		}
	}
	return nil
}

func (s *bundle) skip(file, format string, args ...any) {
	s.skipped = append(s.skipped, Skipped{file, fmt.Sprintf(format, args...)})
}

// text reads one page, never more of it than a page may have. why is not empty
// if the page is left out.
func (s *bundle) text(e entry) (data []byte, why string, err error) {
	r, err := e.open()
	if err != nil {
		return nil, "cannot be read: " + plainError(err).Error(), nil
	}
	defer r.Close()
	data, err = io.ReadAll(io.LimitReader(r, MaxPageBytes+1))
	switch s.read += int64(len(data)); {
	case s.read > 2*MaxBytes: // each page is read twice
		return nil, "", errBytes
	case err != nil:
		return nil, "cannot be read: " + plainError(err).Error(), nil
	case len(data) > MaxPageBytes:
		return nil, fmt.Sprintf("more than %d bytes: split it", MaxPageBytes), nil
	case !utf8.Valid(data):
		return nil, "not UTF-8: save it as UTF-8", nil
	}
	return data, "", nil
}

// isNotion reports whether the source is an export of Notion, whose files have
// the identifiers of pages in their names.
func (s *bundle) isNotion() bool {
	n := 0
	for _, e := range s.pages {
		if notionID(stem(e.path)) != "" {
			n++
		}
	}
	return n > 0 && 2*n >= len(s.pages)
}

// archiveFile lists a zip archive.
func (s *bundle) archiveFile(ctx context.Context, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return plainError(err)
	}
	s.closers = append(s.closers, f)
	info, err := f.Stat()
	if err != nil {
		return plainError(err)
	}
	return s.archive(ctx, f, info.Size(), "", 0)
}

// readZip lists the files of an archive.
func readZip(r io.ReaderAt, size int64) (*zip.Reader, error) {
	limited := &limitedReaderAt{r: r, left: maxDirectory}
	z, err := zip.NewReader(limited, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // paths are looked at one by one
		return nil, err
	}
	limited.left = -1
	return z, nil
}
