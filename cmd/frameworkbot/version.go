package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version tells the build apart from others: its version, commit and date, as
// far as the Go command recorded them, and the version of Go.
func version() string {
	number, commit, date := revision()
	return fmt.Sprintf("%s, commit %s, date %s, %s", number, commit, date, runtime.Version())
}

// revision is the version, commit and date of the build.
func revision() (number, commit, date string) {
	number, vcs := "(devel)", map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		number = cmp.Or(info.Main.Version, number)
		for _, s := range info.Settings {
			vcs[s.Key] = s.Value
		}
	}
	commit = cmp.Or(vcs["vcs.revision"], "unknown")
	if vcs["vcs.modified"] == "true" {
		commit += " with changes"
	}
	return number, commit, cmp.Or(vcs["vcs.time"], "unknown")
}
