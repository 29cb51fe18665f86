//go:build !unix

package main

import "os"

// reload are the signals that ask to look for changes at once: there is none here.
var reload = []os.Signal{noSignal{}}

type noSignal struct{}

func (noSignal) String() string { return "none" }
func (noSignal) Signal()        {}
