package index

import (
	"errors"
	"os"
	"path/filepath"
)

// ErrCrashed is what [Open] returns once if the last process that opened an
// index in the folder did not survive it: the index may be why.
var ErrCrashed = errors.New("the process that opened the index before this one died while it did")

// markOpening leaves a mark in the folder that an index is being opened, until
// done is called. It returns [ErrCrashed] if there are marks of processes that
// are no more, and removes them. A folder that cannot be written to has no marks.
func markOpening(dir string) (done func(), err error) {
	old, _ := filepath.Glob(filepath.Join(dir, markPrefix+"*"))
	for _, name := range old {
		if isAbandoned(name) && os.Remove(name) == nil {
			err = ErrCrashed
		}
	}
	if err != nil {
		return nil, err
	}
	mark, err := os.CreateTemp(dir, markPrefix)
	if err != nil {
		return func() {}, nil //nolint:nilerr // a full disk, or one that must not be written to, is no reason not to read
	}
	if err := lockFile(mark, true); err != nil {
		return nil, errors.Join(err, mark.Close(), os.Remove(mark.Name()))
	}
	return func() {
		_ = os.Remove(mark.Name()) // before it is unlocked: others would take it for abandoned
		_ = mark.Close()
	}, nil
}

// isAbandoned reports whether nobody holds the lock of a mark.
func isAbandoned(name string) bool {
	mark, err := os.Open(name)
	if err != nil {
		return false
	}
	defer mark.Close()
	return lockFile(mark, true) == nil
}
