// Package library keeps folders of pages: it reads them, whatever tool they were
// written for, watches them, and makes a new generation of the index when they
// change. What is being answered from is never written to: a generation is built
// aside and takes the place of the last one as a whole.
package library

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"frameworkbot/index"
)

// A Config says where the pages are.
type Config struct {
	Builtin fs.FS    // pages that come with the program, nil for none
	Dirs    []string // folders of Markdown; a page in a later one takes the place of one with its name before
	Cache   string   // folder to keep large sets in, "" to keep all in memory
	// Soon makes [Open] return with the built-in pages alone where the others are
	// so many that reading them takes long; [Library.Watch] reads them then.
	Soon bool
	// Progress is told how many pages of how many are read during the first
	// build; nil for nobody.
	Progress func(done, all int)

	large int // other than the constant, for tests
}

// A Generation is one state of all pages, ready to answer from.
type Generation struct {
	Index    *index.Index
	Number   int // 1 for the first
	Problems index.Problems
	Built    time.Time
	Took     time.Duration
}

// A Library reads and watches pages. It is safe for use by several goroutines.
type Library struct {
	config Config
	log    *slog.Logger

	mu      sync.Mutex // over everything below
	folders []*folder  // the built-in pages first
	last    *Generation
	settled time.Duration // how long the folders must have been quiet
	took    time.Duration // by the last look at them
	cache   useOfCache
	opened  *cached                // what the cache had when the program started, until it is used
	owing   bool                   // the folders changed, and no generation was built of it yet
	told    map[index.Problem]bool // problems that were logged
}

// useOfCache is whether the index is in the cache.
type useOfCache uint8

const (
	unused useOfCache = iota
	inUse
	broken // it could not be written or read: it is left alone until the program starts anew
)

// ErrNothing means that there is no page to answer from.
var ErrNothing = errors.New("no page could be read")

// Open reads all folders and builds the first generation. Pages that cannot be
// read are left out; the generation says why. The error is [ErrNothing] if no
// page is left, or tells why no index could be made.
func Open(ctx context.Context, c Config, log *slog.Logger) (*Library, error) {
	go index.Prepare()
	l := &Library{config: c, log: log, settled: settled, told: map[index.Problem]bool{}}
	if c.Builtin != nil {
		l.folders = append(l.folders, &folder{fsys: c.Builtin})
	}
	for _, dir := range c.Dirs {
		l.folders = append(l.folders, &folder{dir: dir})
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.first(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// first makes the first generation. Where that will take long, one of the pages
// that come with the program answers meanwhile, if that is wanted.
func (l *Library) first(ctx context.Context) (*Generation, error) {
	for _, f := range l.folders {
		f.look()
	}
	if !l.isLarge() {
		l.look(ctx)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return l.build(ctx)
	}
	if l.opened = l.open(); l.opened == nil && l.config.Soon && l.config.Builtin != nil {
		l.folders[0].read(ctx, nil)
		l.owing = true
	}
	return l.build(ctx)
}

// Current is the generation to answer from.
func (l *Library) Current() *Generation {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

// look reads what changed in the folders, and reports whether anything did.
func (l *Library) look(ctx context.Context) (changed bool) {
	defer func(began time.Time) { l.took = time.Since(began) }(time.Now())
	for _, f := range l.folders {
		changed = f.read(ctx, l.config.Progress) || changed
	}
	return changed
}

// build makes a generation of what the folders hold, unless nothing is left.
func (l *Library) build(ctx context.Context) (*Generation, error) {
	began := time.Now()
	x, problems, err := l.index(ctx)
	if err != nil {
		return nil, err
	}
	g := &Generation{Index: x, Number: 1, Problems: problems, Built: time.Now(), Took: time.Since(began)}
	if l.last != nil {
		g.Number = l.last.Number + 1
	}
	l.tell(problems)
	l.last = g
	return g, nil
}

// index makes the index of the next generation: from the last one where little changed.
func (l *Library) index(ctx context.Context) (*index.Index, index.Problems, error) {
	if l.isLarge() && l.cache == unused && (l.last != nil || !l.owing) {
		x, err := l.fromDisk(ctx)
		switch {
		case err == nil:
			l.cache = inUse
			_, problems := merge(l.folders)
			return x, problems, nil
		case ctx.Err() != nil:
			return nil, nil, ctx.Err()
		}
		l.cache = broken
		l.log.Warn("the cache cannot be used: all is kept in memory", "err", err.Error())
		l.look(ctx)
	}
	pages, problems := merge(l.folders)
	if len(pages) == 0 {
		return nil, nil, fmt.Errorf("%w:\n%w", ErrNothing, problems.Err())
	}
	x, err := l.next(ctx, pages)
	return x, problems, err
}

// next is an index over pages of which many may be in the last one.
func (l *Library) next(ctx context.Context, pages []*index.Page) (*index.Index, error) {
	if l.last == nil {
		return index.New(pages)
	}
	changed, gone := differences(l.last.Index, pages)
	switch {
	case len(changed)+len(gone) <= len(pages)/10 && !l.last.Index.Stale():
	case l.cache == inUse:
		return l.rebuild(ctx)
	default:
		return index.New(pages)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return l.last.Index.Update(changed, gone)
}

// differences are the pages that are new to an index, and the IDs of those that it has in vain.
func differences(x *index.Index, pages []*index.Page) (changed []*index.Page, gone []string) {
	now := make(map[string]bool, len(pages))
	for _, p := range pages {
		now[p.ID] = true
		if old, ok := x.Page(p.ID); !ok || old != p {
			changed = append(changed, p)
		}
	}
	for _, p := range x.Pages() {
		if !now[p.ID] {
			gone = append(gone, p.ID)
		}
	}
	return changed, gone
}

// maxTold is how many problems are logged one by one; check shows all of them.
const maxTold = 50

// tell logs each problem once, and again if it went and came back.
func (l *Library) tell(problems index.Problems) {
	now := make(map[index.Problem]bool, len(problems))
	fresh := 0
	for _, p := range problems {
		now[p] = true
		if l.told[p] {
			continue
		}
		if fresh++; fresh <= maxTold {
			l.log.Warn("page with a problem", "file", p.File, "line", p.Line, "problem", p.Text)
		}
	}
	if fresh > maxTold {
		l.log.Warn("more pages with problems: check lists them all", "more", fresh-maxTold)
	}
	l.told = now
}
