package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestSecretPipe: a pipe would be waited for, for ever.
func TestSecretPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readSecret(pipe); err == nil || !strings.Contains(err.Error(), "is not a file") {
		t.Errorf("got %v", err)
	}
}
