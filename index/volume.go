package index

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"sync/atomic"
	"unsafe"
)

// castagnoli is CRC-32C, which processors compute by themselves.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// record is where a volume has something, and what it must be.
type record struct {
	at       uint64
	size     uint32
	checksum uint32 // CRC-32C
}

// volume is a file of records that are read one by one, when they are wanted.
type volume struct {
	file    *os.File
	records []record // by number of the page
	damaged *atomic.Bool
}

// read returns the record of a page, into buf if that is large enough; nil if
// it cannot be read or is not what was written. A volume that was closed has no
// records any more, which is no damage.
func (v *volume) read(number uint32, buf []byte) []byte {
	r := v.records[number]
	if uint64(cap(buf)) < uint64(r.size) {
		buf = make([]byte, r.size)
	}
	buf = buf[:r.size]
	_, err := v.file.ReadAt(buf, int64(r.at))
	switch {
	case errors.Is(err, os.ErrClosed):
		return nil
	case err != nil || crc32.Checksum(buf, castagnoli) != r.checksum:
		v.damaged.Store(true)
		return nil
	}
	return buf
}

// asText is data as a text that shares its memory, which must not change any more.
func asText(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

// volumeWriter writes a volume.
type volumeWriter struct {
	file    *os.File
	out     *bufio.Writer
	at      uint64
	records []record
}

func newVolumeWriter(name string) (*volumeWriter, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &volumeWriter{file: file, out: bufio.NewWriterSize(file, 1<<18)}, nil
}

// write adds the record of a page; pages come in any order.
func (w *volumeWriter) write(number int, data []byte) error {
	w.records = grown(w.records, number+1)
	w.records[number] = record{w.at, uint32(len(data)), crc32.Checksum(data, castagnoli)}
	w.at += uint64(len(data))
	_, err := w.out.Write(data)
	return err
}

func (w *volumeWriter) close() error {
	return errors.Join(w.out.Flush(), w.file.Close())
}

func (e *encoder) records(all []record) {
	e.number(uint64(len(all)))
	for _, r := range all {
		e.number(r.at)
		e.number(uint64(r.size))
		e.number(uint64(r.checksum))
	}
}

// records reads where the records of a volume of that size are.
func (d *decoder) records(size int64) []record {
	return listOf(d, 3, func(r *record) {
		r.at, r.size, r.checksum = d.number(), uint32(d.number()), uint32(d.number())
		if r.at > uint64(size) || uint64(r.size) > uint64(size)-r.at {
			d.fail()
		}
	})
}

// checksumOf is the CRC-32C of a file.
func checksumOf(name string) (uint32, error) {
	sum := crc32.New(castagnoli)
	err := sumFile(sum, name)
	return sum.Sum32(), err
}

// sha256Of is the SHA-256 of a file.
func sha256Of(name string) (string, error) {
	sum := sha256.New()
	err := sumFile(sum, name)
	return hex.EncodeToString(sum.Sum(nil)), err
}

func sumFile(sum io.Writer, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.CopyBuffer(struct{ io.Writer }{sum}, struct{ io.Reader }{file}, make([]byte, 1<<18))
	return err
}
