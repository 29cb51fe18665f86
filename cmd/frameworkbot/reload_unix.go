//go:build unix

package main

import (
	"os"
	"syscall"
)

// reload are the signals that ask to look for changes at once.
var reload = []os.Signal{syscall.SIGHUP}
