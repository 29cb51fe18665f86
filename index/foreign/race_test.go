//go:build race

package foreign

// The race detector makes everything ten times slower.
const (
	hostileBytes = 1 << 16
	slowness     = 40
)
