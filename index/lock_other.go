//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package index

import (
	"errors"
	"os"
)

// canLock says that files cannot be locked: all indexes are in memory.
const canLock = false

func lockFile(*os.File, bool) error { return errors.ErrUnsupported }
