package main

import (
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

var everywhere = flag.Bool("everywhere", false, "build for all systems of a release, twice, not only for this one")

// A target is what a release has a program for.
type target struct {
	os, arch string
	check    func(t *testing.T, file string)
}

// targets are those of .goreleaser.yaml; the image is the first two.
var targets = []target{
	{"linux", "amd64", isStatic(elf.EM_X86_64)},
	{"linux", "arm64", isStatic(elf.EM_AARCH64)},
	{"darwin", "amd64", isMachO(macho.CpuAmd64)},
	{"darwin", "arm64", isMachO(macho.CpuArm64)},
	{"windows", "amd64", isPE(pe.IMAGE_FILE_MACHINE_AMD64)},
	{"windows", "arm64", isPE(pe.IMAGE_FILE_MACHINE_ARM64)},
}

// TestBuilds builds what a release holds: for Linux, a program that needs no C
// library and no loader.
func TestBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	for _, on := range targets {
		t.Run(on.os+"-"+on.arch, func(t *testing.T) {
			if (on.os != runtime.GOOS || on.arch != runtime.GOARCH) && !*everywhere {
				t.Skip("compiles all packages again: go test ./cmd/frameworkbot -run Builds -everywhere")
			}
			file := filepath.Join(t.TempDir(), "frameworkbot")
			goTool(t, ".", []string{"GOOS=" + on.os, "GOARCH=" + on.arch}, "build", "-ldflags=-s -w", "-o", file, ".")
			on.check(t, file)
		})
	}
}

// TestVetsEverywhere looks for mistakes in what is compiled for other systems
// alone, tests among it.
func TestVetsEverywhere(t *testing.T) {
	if !*everywhere {
		t.Skip("compiles all packages again: go test ./cmd/frameworkbot -run Vets -everywhere")
	}
	for _, system := range []string{"darwin", "windows"} {
		t.Run(system, func(t *testing.T) {
			goTool(t, "../..", []string{"GOOS=" + system, "GOARCH=amd64"}, "vet", "./...")
		})
	}
}

// goTool runs the Go command without cgo, in a folder.
func goTool(t *testing.T, dir string, env []string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off"), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %v: %v\n%s", args, err, out)
	}
}

func isStatic(machine elf.Machine) func(*testing.T, string) {
	return func(t *testing.T, file string) {
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
}

func isMachO(cpu macho.Cpu) func(*testing.T, string) {
	return func(t *testing.T, file string) {
		t.Helper()
		f, err := macho.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if f.Cpu != cpu || f.Type != macho.TypeExec {
			t.Errorf("a %v for %v, want a program for %v", f.Type, f.Cpu, cpu)
		}
	}
}

func isPE(machine uint16) func(*testing.T, string) {
	return func(t *testing.T, file string) {
		t.Helper()
		f, err := pe.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if f.Machine != machine {
			t.Errorf("built for %#x, want %#x", f.Machine, machine)
		}
	}
}
