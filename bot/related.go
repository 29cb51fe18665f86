package bot

import (
	"slices"

	"frameworkbot/index"
)

// maxLevel is how many pages that are equally near are compared by what they have.
const maxLevel = 100

// related finds the frameworks that are like another one, without looking at
// all of them for each.
type related struct {
	all    []*index.Page            // the frameworks, in the order of the index
	place  map[*index.Page]int      // where each of them stands in it
	spoken map[string][]*index.Page // those in a language, by its usual name
}

func newRelated(x *index.Index) *related {
	r := &related{place: map[*index.Page]int{}, spoken: map[string][]*index.Page{}}
	for _, p := range x.Pages() {
		if !p.IsFramework() {
			continue
		}
		r.place[p] = len(r.all)
		r.all = append(r.all, p)
		for _, l := range p.Languages {
			l = index.LanguageOf(l)
			r.spoken[l] = append(r.spoken[l], p)
		}
	}
	return r
}

// nearest are the frameworks most like p: same language first, then one of its
// languages, then same kind; among equals those first that have, and lack, the same.
func (r *related) nearest(p *index.Page, most int) []*index.Page {
	var out []*index.Page
	taken := map[*index.Page]bool{p: true}
	take := func(from []*index.Page, like func(*index.Page) bool) {
		var level []*index.Page
		for _, o := range from {
			if len(level) < max(most-len(out), maxLevel) && !taken[o] && like(o) {
				level = append(level, o)
			}
		}
		slices.SortStableFunc(level, func(a, b *index.Page) int { return common(p, b) - common(p, a) })
		for _, o := range level[:min(len(level), most-len(out))] {
			taken[o] = true
			out = append(out, o)
		}
	}
	main := index.LanguageOf(p.Language())
	sameKind := func(o *index.Page) bool { return o.Kind == p.Kind }
	sameMain := func(o *index.Page) bool { return o.Language() == p.Language() }
	every := func(*index.Page) bool { return true }
	take(r.spoken[main], func(o *index.Page) bool { return sameMain(o) && sameKind(o) })
	take(r.spoken[main], sameMain)
	for _, like := range []func(*index.Page) bool{sameKind, every} {
		for _, l := range p.Languages {
			take(r.spoken[index.LanguageOf(l)], like)
		}
	}
	take(r.all, sameKind)
	take(r.all, every)
	return out
}

// common is in how many things two frameworks agree, less those in which they do not.
func common(a, b *index.Page) (n int) {
	for i := range a.Facts {
		f := &a.Facts[i]
		if f.Has == nil {
			continue
		}
		if o := b.Fact(f.Key); o != nil && o.Has != nil {
			n += 2*btoi(*o.Has == *f.Has) - 1
		}
	}
	return n
}
