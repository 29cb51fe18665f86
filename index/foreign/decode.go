package foreign

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// decode makes UTF-8 of UTF-16 that says so, and reports what is not UTF-8:
// whoever wrote it sees other letters than a reader will.
func (f *front) decode(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		f.problem(0, "the file is UTF-16: save it as UTF-8")
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		f.problem(0, "the file is UTF-16: save it as UTF-8")
		return fromUTF16(data[2:], binary.BigEndian)
	}
	if at := firstInvalid(data); at >= 0 {
		f.problem(lineAt(data, at), "the file is not UTF-8: save it as UTF-8")
	}
	if at := bytes.IndexByte(data, 0); at >= 0 {
		f.problem(lineAt(data, at), "a NUL byte: this may be no text")
	}
	return data
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// firstInvalid is where the first byte is that is not UTF-8, -1 if there is none.
func firstInvalid(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for at := 0; ; {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size < 2 {
			return at
		}
		at += size
	}
}

// lineAt is the line, counted from 1, that holds an offset.
func lineAt(data []byte, at int) int { return bytes.Count(data[:at], []byte("\n")) + 1 }
