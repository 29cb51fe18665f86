//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package index

import (
	"os"

	"golang.org/x/sys/unix"
)

// canLock says that files can be locked, so that indexes can be kept on disk.
const canLock = true

// lockFile locks a file for one (exclusive) or for several users, without
// waiting. The lock ends with the process, or when the file is closed.
func lockFile(f *os.File, exclusive bool) error {
	how := unix.LOCK_SH
	if exclusive {
		how = unix.LOCK_EX
	}
	for {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		if err != unix.EINTR { //nolint:errorlint // a system call's error is never wrapped
			return err
		}
	}
}
