//go:build race

package foreign

// The race detector makes everything ten times slower, and keeps no memory for the next match.
const (
	hostileBytes = 1 << 16
	slowness     = 40
	memory       = 1024
)
