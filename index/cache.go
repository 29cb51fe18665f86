package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// In the folder of a cache, an index under construction, a finished one, and
// the mark of a process that is opening one are called
//
//	build-<random>           a folder
//	index-<key>-<time>       a folder, which was under construction before
//	opening-<random>         a file
//
// Each folder holds a file called lock, locked by those that use it; a mark is
// locked itself. What can be locked by others belongs to nobody any more.
const (
	buildPrefix = "build-"
	indexPrefix = "index-"
	markPrefix  = "opening-"
	lockName    = "lock"
)

// prefixOf is how the names of finished indexes begin that were built for a key.
func prefixOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return indexPrefix + hex.EncodeToString(sum[:8]) + "-"
}

// newBuildFolder makes a folder for an index under construction, and locks it.
func newBuildFolder(dir string) (path string, lock *os.File, err error) {
	if !canLock {
		return "", nil, fmt.Errorf("indexes on disk: %w", errors.ErrUnsupported)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, err
	}
	for range 10 {
		if path, err = os.MkdirTemp(dir, buildPrefix); err != nil {
			return "", nil, err
		}
		if lock, err = lockFolder(path, true); err == nil {
			return path, lock, nil
		}
		// Another process may have taken the folder for a dead one before it was locked.
		_ = os.RemoveAll(path)
	}
	return "", nil, fmt.Errorf("lock %s: %w", path, err)
}

// lockFolder locks a folder for a process that builds in it (exclusive) or
// that reads it. The lock ends when the file is closed.
func lockFolder(path string, exclusive bool) (*os.File, error) {
	name, flag := filepath.Join(path, lockName), os.O_RDONLY
	if exclusive {
		flag = os.O_RDWR | os.O_CREATE
	}
	file, err := os.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(lockFile(file, exclusive), isStill(file, name)); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// isStill reports whether the file has that name: it may have been deleted
// between being opened and being locked.
func isStill(file *os.File, name string) error {
	opened, err := file.Stat()
	if err != nil {
		return err
	}
	now, err := os.Stat(name)
	if err != nil {
		return err
	}
	if !os.SameFile(opened, now) {
		return fs.ErrNotExist
	}
	return nil
}

// publish gives a finished index its name, after which it is there for
// others; its lock must be held. The name is new, so that nothing is replaced.
func publish(dir, path, key string) (string, error) {
	if err := syncTree(path); err != nil {
		return path, err
	}
	to := filepath.Join(dir, fmt.Sprintf("%s%016x", prefixOf(key), uint64(time.Now().UnixNano())))
	if err := os.Rename(path, to); err != nil {
		return path, err
	}
	return to, syncFile(dir)
}

// syncTree sees to it that all files of a folder, and the folder, are on disk.
func syncTree(path string) error {
	return filepath.WalkDir(path, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncFile(name)
	})
}

func syncFile(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// newest is the latest of the finished indexes for a key, "" if there is none.
func newest(dir, key string) (string, error) {
	names, err := filepath.Glob(filepath.Join(dir, prefixOf(key)+"*"))
	if err != nil || len(names) == 0 {
		return "", err
	}
	return slices.Max(names), nil
}

// sweep deletes from the folder of a cache what begins with a prefix, is not to
// be kept, and is used by nobody.
func sweep(dir, prefix, keep string) error {
	found, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range found {
		if f.IsDir() && strings.HasPrefix(f.Name(), prefix) && f.Name() != keep {
			errs = append(errs, deleteUnused(filepath.Join(dir, f.Name())))
		}
	}
	return errors.Join(errs...)
}

// deleteUnused deletes a folder unless a process uses it.
func deleteUnused(path string) error {
	lock, err := lockFolder(path, true)
	if err != nil {
		return nil //nolint:nilerr // in use, or being deleted by another process
	}
	// Half a folder is no index: whoever ends now leaves what is swept later.
	if gone := filepath.Join(filepath.Dir(path), buildPrefix+filepath.Base(path)); os.Rename(path, gone) == nil {
		path = gone
	}
	return errors.Join(os.RemoveAll(path), lock.Close())
}
