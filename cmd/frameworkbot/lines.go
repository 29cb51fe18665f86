package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// keptLine is how large a buffer may be to be kept for the next line.
const keptLine = 1 << 20

// lines reads lines of at most max bytes. A longer one is read to its end
// without being kept.
type lines struct {
	in     *bufio.Reader
	max    int
	number int // of the line that next returned, from 1
	text   []byte
}

func newLines(in io.Reader, longest int) *lines {
	return &lines{in: bufio.NewReaderSize(in, 64<<10), max: longest}
}

// next returns a line without its end; the slice is good until the next call.
// The last line need not have an end. After it, the error is io.EOF.
func (l *lines) next() (text []byte, tooLong bool, err error) {
	if cap(l.text) > keptLine {
		l.text = nil
	}
	l.text = l.text[:0]
	for {
		part, err := l.in.ReadSlice('\n')
		tooLong = tooLong || len(l.text)+len(bytes.TrimRight(part, "\r\n")) > l.max
		if tooLong {
			l.text = nil
		} else {
			l.text = append(l.text, part...)
		}
		switch {
		case err == nil, errors.Is(err, io.EOF) && (tooLong || len(l.text) > 0):
			l.number++
			return bytes.TrimRight(l.text, "\r\n"), tooLong, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, err
		}
	}
}
