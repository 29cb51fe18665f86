package library

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"frameworkbot/index"
)

// A note tells, beside an index in the cache, what the files were like that it
// was built of: those that changed since are read again, and no others.
type note struct {
	Folders map[string]map[string]noted // by folder and name
}

// noted is one file.
type noted struct {
	Size     int64
	Changed  int64           // nanoseconds of Unix time
	Problems []index.Problem `json:",omitempty"`
}

// identity is what an index in the cache is an index of: the same for as long as
// the same folders are read, whatever they hold.
func (l *Library) identity() string {
	h := sha256.New()
	for _, f := range l.folders {
		fmt.Fprintf(h, "%q\n", f.dir)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// noteOf describes what was read.
func (l *Library) noteOf() *note {
	n := &note{map[string]map[string]noted{}}
	for _, f := range l.folders {
		if f.fsys != nil {
			continue
		}
		files := make(map[string]noted, len(f.files))
		for name, read := range f.files {
			files[name] = noted{read.stamp.size, read.stamp.changed.UnixNano(), read.problems}
		}
		n.Folders[f.dir] = files
	}
	return n
}

// is reports whether the file is as it was.
func (n *noted) is(s stamp) bool { return n.Size == s.size && time.Unix(0, n.Changed).Equal(s.changed) }

// readNote is the note of an index.
func readNote(x *index.Index) (*note, error) {
	data, err := x.Note()
	if err != nil {
		return nil, err
	}
	n := &note{}
	return n, json.Unmarshal(data, n)
}

// changes is how many of the listed files are not as the note says.
func (l *Library) changes(n *note) (changed, all int) {
	for _, f := range l.folders {
		if f.fsys != nil {
			continue
		}
		all += len(f.listed)
		for name, s := range f.listed {
			if was, ok := n.Folders[f.dir][name]; !ok || !was.is(s) {
				changed++
			}
		}
	}
	return changed, all
}
