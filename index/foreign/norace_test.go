//go:build !race

package foreign

const (
	hostileBytes = 1 << 20
	slowness     = 5 // tests run beside others
	memory       = 64
)
