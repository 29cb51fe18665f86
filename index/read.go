package index

import (
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"
)

// ReadPages reads every *.md file at the top of fsys, in the order of their
// names. The error is [Problems]: all that is wrong, with file and line. Pages
// without a problem are returned even then.
func ReadPages(fsys fs.FS) ([]*Page, error) {
	go Prepare()
	names, err := fs.Glob(fsys, "*.md")
	if err != nil {
		return nil, fmt.Errorf("list pages: %w", err)
	}
	read, found := make([]*Page, len(names)), make([]Problems, len(names))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		group.Go(func() error {
			read[i], found[i] = readPage(fsys, name)
			return nil
		})
	}
	_ = group.Wait() // what is wrong is in found
	var pages []*Page
	var problems Problems
	for i, ps := range found {
		problems = append(problems, ps...)
		if len(ps) == 0 {
			pages = append(pages, read[i])
		}
	}
	if len(names) == 0 {
		problems.add(".", 0, "no pages here: a page is a file <id>.md with front matter")
	}
	return pages, problems.Err()
}

// readPage reads one file, never more of it than a page may have.
func readPage(fsys fs.FS, name string) (*Page, Problems) {
	info, err := fs.Stat(fsys, name) // before it is opened: a pipe would wait for a writer
	if err != nil {
		return nil, Problems{{name, 0, err.Error()}}
	}
	if !info.Mode().IsRegular() {
		return nil, Problems{{name, 0, "not a regular file"}}
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, Problems{{name, 0, err.Error()}}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxPageBytes+1))
	if err != nil {
		return nil, Problems{{name, 0, err.Error()}}
	}
	if id := strings.TrimSuffix(name, ".md"); !isID(id) {
		return nil, Problems{{name, 0, fmt.Sprintf("%q is not a page's id: use lower-case letters, digits and dashes", id)}}
	}
	return ParsePage(name, data)
}

func isID(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return s != ""
}
