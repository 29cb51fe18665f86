package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReproducible builds twice as a release is built, in different folders and
// with nothing that was compiled before, and compares the bytes: whoever has the
// sources can tell whether a program was made of them.
func TestReproducible(t *testing.T) {
	if !*everywhere {
		t.Skip("compiles all packages twice: go test ./cmd/frameworkbot -run Reproducible -everywhere")
	}
	first := releaseIn(t, filepath.Join(t.TempDir(), "a"))
	second := releaseIn(t, filepath.Join(t.TempDir(), "another place", "further down"))
	if !bytes.Equal(first, second) {
		t.Errorf("two builds of the same sources differ: %d and %d bytes", len(first), len(second))
	}
}

// releaseIn copies the sources to a folder and builds there. The program must
// not tell where that was.
func releaseIn(t *testing.T, dir string) []byte {
	t.Helper()
	for _, room := range []string{"bot", "cmd", "index", "seeds"} {
		if err := os.CopyFS(filepath.Join(dir, room), os.DirFS(filepath.Join("../..", room))); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "frameworkbot")
	// Without version control: there is none in the copy.
	goTool(t, dir, []string{"GOCACHE=" + t.TempDir(), "GOFLAGS="},
		"build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", file, "./cmd/frameworkbot")
	program, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{dir, strings.TrimSuffix(home, "/") + "/"} {
		if bytes.Contains(program, []byte(place)) {
			t.Errorf("the program tells of the folder %s", place)
		}
	}
	return program
}
