package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
)

// manifestName is the file in which a folder remembers what was imported into it.
const manifestName = ".frameworkbot-import.json"

// A folder is where pages are written. Nothing outside of it is touched.
type folder struct {
	root     *os.Root // nil if there is none yet and none is to be made
	o        Options
	manifest manifest
	changed  bool
	index    map[[2]string]string // where pages of the manifest are, by source and key
}

// A manifest says which pages of a folder were imported, and how they looked.
type manifest struct {
	Note  string          `json:"note"`
	Pages map[string]mark `json:"pages"` // by path in the folder
}

type mark struct {
	Source string `json:"source"` // title of the source
	Key    string `json:"key"`    // of the page in the source
	Sum    string `json:"sum"`    // SHA-256 of what was written
	found  bool
}

func openFolder(name string, o Options) (*folder, error) {
	f := &folder{o: o, manifest: manifest{Pages: map[string]mark{}}}
	root, err := os.OpenRoot(name)
	if o.DryRun && errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, err
	}
	f.root = root
	data, err := f.read(manifestName, 256<<20)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, nil
	case err == nil:
		err = json.Unmarshal(data, &f.manifest)
	}
	if err != nil {
		f.close()
		return nil, fmt.Errorf("%s cannot be read: %w; without that file, pages that are there already are left alone", path.Join(name, manifestName), err)
	}
	if f.manifest.Pages == nil {
		f.manifest.Pages = map[string]mark{}
	}
	return f, nil
}

func (f *folder) close() {
	if f.root != nil {
		_ = f.root.Close()
	}
}

// read reads a regular file of the folder.
func (f *folder) read(name string, most int64) ([]byte, error) {
	if f.root == nil {
		return nil, fs.ErrNotExist
	}
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", name)
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, most+1))
}

// targetOf is where an earlier import wrote a page, "" if it did not.
func (f *folder) targetOf(source, key string) string {
	if f.index == nil {
		f.index = map[[2]string]string{}
		for name, m := range f.manifest.Pages {
			if !fs.ValidPath(name) || path.Ext(name) != ".md" { // written by somebody else
				continue
			}
			f.index[[2]string{m.Source, m.Key}] = name
		}
	}
	return trimEnding(f.index[[2]string{source, key}])
}

func trimEnding(name string) string { return name[:len(name)-len(path.Ext(name))] }

// put writes a page, unless a person changed what is there.
func (j *job) put(p *page, written []byte) error {
	name := p.target + ".md"
	m, ours := j.folder.manifest.Pages[name]
	there, err := j.folder.read(name, MaxPageBytes*2)
	switch {
	case err == nil && string(there) == string(written):
		j.report.Unchanged = append(j.report.Unchanged, name)
		j.folder.remember(name, mark{Source: j.o.Title, Key: p.key, Sum: sum(written), found: true})
		return nil
	case err == nil && (!ours || m.Sum != sum(there)) && !j.o.Force:
		j.report.Kept = append(j.report.Kept, name)
		if ours {
			m.found = true
			j.folder.manifest.Pages[name] = m
		}
		return nil
	case err == nil:
		j.report.Updated = append(j.report.Updated, name)
	case errors.Is(err, fs.ErrNotExist):
		j.report.New = append(j.report.New, name)
	default:
		j.skip(p.path, "cannot be written: %v", plainError(err))
		return nil
	}
	if err := j.folder.write(name, written); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	j.folder.remember(name, mark{Source: j.o.Title, Key: p.key, Sum: sum(written), found: true})
	return nil
}

func (f *folder) remember(name string, m mark) {
	if old := f.manifest.Pages[name]; old.Source != m.Source || old.Key != m.Key || old.Sum != m.Sum {
		f.changed = true
	}
	f.manifest.Pages[name] = m
}

// gone are pages of the source that an earlier import wrote and this one did not meet.
func (f *folder) gone(source string) (names []string) {
	for name, m := range f.manifest.Pages {
		if m.Source != source || m.found {
			continue
		}
		if _, err := f.read(name, 0); err == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// save writes the manifest.
func (f *folder) save() error {
	if !f.changed {
		return nil
	}
	f.manifest.Note = "Pages that frameworkbot import wrote. Those that a person changed since are not overwritten."
	data, err := json.MarshalIndent(&f.manifest, "", " ")
	if err != nil {
		return err
	}
	if err := f.write(manifestName, append(data, '\n')); err != nil {
		return fmt.Errorf("write %s: %w", manifestName, err)
	}
	return nil
}

// write replaces a file as a whole, so that nobody reads half of it.
func (f *folder) write(name string, data []byte) error {
	if f.o.DryRun {
		return nil
	}
	if dir := path.Dir(name); dir != "." {
		if err := f.root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	temp := path.Join(path.Dir(name), ".frameworkbot-import.tmp")
	if err := f.root.WriteFile(temp, data, 0o644); err != nil {
		_ = f.root.Remove(temp)
		return err
	}
	if err := f.root.Rename(temp, name); err != nil {
		_ = f.root.Remove(temp)
		return err
	}
	return nil
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
