package main

import (
	"debug/elf"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

var everywhere = flag.Bool("everywhere", false, "build for all architectures of the image, not only for this one")

// TestStaticBinary builds what the container image holds: a program that needs
// no C library and no loader.
func TestStaticBinary(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	for arch, machine := range map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64} {
		t.Run(arch, func(t *testing.T) {
			if arch != runtime.GOARCH && !*everywhere {
				t.Skip("compiles all packages again: go test ./cmd/frameworkbot -run StaticBinary -everywhere")
			}
			file := filepath.Join(t.TempDir(), "frameworkbot")
			cmd := exec.CommandContext(t.Context(), "go", "build", "-ldflags=-s -w", "-o", file, ".")
			cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+arch)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			checkStatic(t, file, machine)
		})
	}
}

func checkStatic(t *testing.T, file string, machine elf.Machine) {
	t.Helper()
	f, err := elf.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Machine != machine {
		t.Errorf("built for %v, want %v", f.Machine, machine)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary needs a loader: it is not static")
		}
	}
	if libs, err := f.ImportedLibraries(); err != nil || len(libs) > 0 {
		t.Errorf("the binary needs the libraries %v (%v)", libs, err)
	}
}
