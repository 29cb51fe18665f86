package index

import (
	"container/list"
	"errors"
	"os"
	"sync"
	"sync/atomic"
)

// disk is what of a segment's pages is read when it is wanted. It is safe for
// use by several goroutines.
type disk struct {
	bodies, entries volume
	damaged         atomic.Bool // something could not be read
	lock            *os.File    // held shared: the folder is in use
	path            string      // of the folder

	mu     sync.Mutex
	recent map[uint32]*list.Element // of order
	order  list.List                // of *recentBody, the last used first
	bytes  int
}

// recentBytes is how much of the bodies that were read last is kept.
const recentBytes = 4 << 20

type recentBody struct {
	number uint32
	bytes  int
	body   *Body
}

// body reads the body of a page; it is empty if that cannot be done.
func (d *disk) body(p *Page) *Body {
	if b := d.remembered(p.number); b != nil {
		return b
	}
	data := d.bodies.read(p.number, nil)
	if data == nil {
		return &Body{}
	}
	in := decoder{in: asText(data)}
	b := in.body(p)
	if in.end() != nil {
		d.damaged.Store(true)
		return &Body{}
	}
	d.remember(&recentBody{p.number, len(data), b})
	return b
}

func (d *disk) remembered(number uint32) *Body {
	d.mu.Lock()
	defer d.mu.Unlock()
	at, ok := d.recent[number]
	if !ok {
		return nil
	}
	d.order.MoveToFront(at)
	return at.Value.(*recentBody).body
}

// remember keeps a body, and forgets those that were used longest ago.
func (d *disk) remember(b *recentBody) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.recent[b.number]; ok || b.bytes > recentBytes/8 {
		return
	}
	if d.recent == nil {
		d.recent = map[uint32]*list.Element{}
	}
	d.recent[b.number] = d.order.PushFront(b)
	for d.bytes += b.bytes; d.bytes > recentBytes; {
		last := d.order.Remove(d.order.Back()).(*recentBody)
		delete(d.recent, last.number)
		d.bytes -= last.bytes
	}
}

// entriesOf reads the entries of a page, into space; none if that cannot be done.
func (d *disk) entriesOf(number uint32, space *entrySpace) []entry {
	space.data = d.entries.read(number, space.data)
	if space.data == nil {
		return nil
	}
	in := decoder{in: asText(space.data)}
	all := in.entries(space)
	if in.end() != nil {
		d.damaged.Store(true)
		return nil
	}
	return all
}

func (d *disk) close() error {
	var errs []error
	for _, f := range []*os.File{d.bodies.file, d.entries.file, d.lock} {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}
