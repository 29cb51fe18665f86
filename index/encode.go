package index

import (
	"encoding/binary"
	"errors"
	"slices"
	"time"
)

// encoder writes values one after another, each number as short as it is and
// each text and list after its length.
type encoder struct {
	out    []byte
	others []*Source // of other pages, that the page under way names
}

// again makes the encoder new, with the space it has.
func (e *encoder) again() { *e = encoder{out: e.out[:0]} }

func (e *encoder) number(n uint64) { e.out = binary.AppendUvarint(e.out, n) }

func (e *encoder) text(s string) {
	e.number(uint64(len(s)))
	e.out = append(e.out, s...)
}

func (e *encoder) texts(list []string) {
	e.number(uint64(len(list)))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) hashes(list []uint32) {
	e.number(uint64(len(list)))
	for _, h := range list {
		e.out = binary.LittleEndian.AppendUint32(e.out, h)
	}
}

// errShort means that encoded data ended too soon, or is none.
var errShort = errors.New("encoded data is damaged")

// decoder reads what encoder wrote. After an error it reads zeros; no input
// makes it read outside its data, or allocate much more than that holds.
type decoder struct {
	in     string // texts share its memory
	err    error
	others []*Source // of other pages, that the page under way names
}

func (d *decoder) fail() { d.in, d.err = "", errShort }

func (d *decoder) number() uint64 {
	n, shift := uint64(0), 0
	for i := range len(d.in) {
		c := d.in[i]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			d.in = d.in[i+1:]
			return n
		}
		if shift += 7; shift > 63 {
			break
		}
	}
	d.fail()
	return 0
}

// count reads how many values follow, each of at least that many bytes.
func (d *decoder) count(bytes int) int {
	n := d.number()
	if n > uint64(len(d.in)/bytes) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) text() string {
	n := d.count(1)
	s := d.in[:n]
	d.in = d.in[n:]
	return s
}

func (d *decoder) texts() []string {
	n := d.count(1)
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.text()
	}
	return list
}

// hashes reads hashes into the space that buf has left, and returns them and buf with them.
func (d *decoder) hashes(buf []uint32) (list, all []uint32) {
	n := d.count(4)
	buf = slices.Grow(buf, n)
	for i := range n {
		at := d.in[4*i : 4*i+4]
		buf = append(buf, uint32(at[0])|uint32(at[1])<<8|uint32(at[2])<<16|uint32(at[3])<<24)
	}
	d.in = d.in[4*n:]
	return buf[len(buf)-n : len(buf) : len(buf)], buf
}

// end reports whether all was read, and nothing else was there.
func (d *decoder) end() error {
	if d.err == nil && d.in != "" {
		d.fail()
	}
	return d.err
}

// day writes a day, which may be unknown.
func (e *encoder) day(t time.Time) {
	if t.IsZero() {
		e.number(0)
		return
	}
	e.text(t.UTC().Format(time.RFC3339Nano))
}

func (d *decoder) day() time.Time {
	s := d.text()
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		d.fail()
	}
	return t
}
