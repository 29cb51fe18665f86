package index

import (
	"strings"
	"unicode/utf8"
)

// findUnrelated marks phrases such as "express delivery".
func (x *Index) findUnrelated(a *Analysis) {
	if len(x.names.unrelated) == 0 {
		return
	}
	a.runs(2, 4, func(from, to int, key string) bool {
		page, ok := x.names.unrelated[key]
		if ok {
			a.Void = append(a.Void, page)
			for i := from; i < to; i++ {
				a.Words[i].Void, a.Words[i].Stem, a.Words[i].Known = true, "", false
			}
		}
		return ok
	})
}

// findNames looks for names of at least that many words, the longest first,
// and in runs of scripts without spaces.
func (x *Index) findNames(a *Analysis, least int) {
	a.runs(least, x.names.longest+1, func(from, to int, key string) bool {
		nm, ok := x.names.byWord[key]
		if !ok && to-from == 1 {
			nm, ok = x.names.byWord[strings.TrimRight(key, "0123456789")]
		}
		if !ok && to-from == 1 && a.Words[from].unspaced {
			nm, ok = x.names.inRun(key)
		}
		if ok {
			a.name(from, to, nm, nm.why)
		}
		return ok
	})
}

// inRun finds a name in a run of words that are not separated, the one that
// was added first. In Hangul a name stands at the beginning, before its particle.
func (n *names) inRun(run string) (found *name, ok bool) {
	if len(n.native) == 0 {
		return nil, false
	}
	for from := range run {
		for to := range run[from:] {
			found = n.nativeAt(run, from, from+to, found)
		}
		found = n.nativeAt(run, from, len(run), found)
	}
	return found, found != nil
}

// nativeAt is the name at that place of a run, unless one was found that was added before it.
func (n *names) nativeAt(run string, from, to int, found *name) *name {
	nm, ok := n.native[run[from:to]]
	if !ok || found != nil && found.at < nm.at {
		return found
	}
	if first, _ := utf8.DecodeRuneInString(nm.key); from > 0 && isHangul(first) {
		return found
	}
	return nm
}

func isHangul(r rune) bool { return r >= 0xac00 && r <= 0xd7a3 }

// findMisspelt reads unknown words as slips of a name of at least that many words.
func (x *Index) findMisspelt(a *Analysis, least int) {
	a.runs(least, x.names.longest, func(from, to int, key string) bool {
		strange, taken := a.strange(from, to)
		if taken || !strange && to-from < 3 || to-from > 1 && (a.Words[from].Class.neutral() || a.Words[to-1].Class.neutral()) {
			return false
		}
		nm := x.names.near(key)
		if nm == nil || !strange && distance(key, nm.key, 1) > 1 { // "ruby on rail" is one edit off
			return false
		}
		a.name(from, to, nm, BySpelling)
		return true
	})
}

// correct reads words that are still unknown as slips of words that pages or questions use.
func (x *Index) correct(a *Analysis) {
	for i := range a.Words {
		w := &a.Words[i]
		if !w.strange(minTypo) {
			continue
		}
		if meant := x.respell(w.Key); meant != "" {
			w.Key, w.Meant = meant, meant
			x.classify(w)
			w.Language = languageByKey[meant]
		}
	}
}

// strange reports whether a run of words has one that is unknown everywhere,
// and whether one of them has a meaning of its own, so that the run is no name.
func (a *Analysis) strange(from, to int) (strange, taken bool) {
	for i := from; i < to; i++ {
		w := &a.Words[i]
		strange = strange || w.strange(minTypo) || to-from > 1 && w.strange(2)
		taken = taken || w.Void || w.Name != nil || to-from > 1 && (w.Class == Web || w.Class == Product)
	}
	return strange, taken
}

// strange reports whether the word is unknown everywhere and at least that long.
func (w *Word) strange(least int) bool {
	return w.Class == Unknown && !w.Known && !w.listed && !w.Number && !w.Void && w.Name == nil && w.Language == "" && len(w.Key) >= least
}

// name marks words as a page's name and notes the page.
func (a *Analysis) name(from, to int, nm *name, why Why) {
	typed := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		typed = append(typed, a.Words[i].Text)
	}
	found := Name{nm.page, strings.Join(typed, " "), why, nm.weak, !nm.weak && !nm.homonym && why != BySpelling}
	for i := from; i < to; i++ {
		a.Words[i].Name = &found
	}
	if to < len(a.Words) && a.Words[to].Number {
		a.Words[to].Name = &found // "Django 5"
	}
	for i, n := range a.Names {
		if n.Page == nm.page {
			a.Names[i].Weak, a.Names[i].Only = n.Weak && nm.weak, n.Only || found.Only
			return
		}
	}
	a.Names = append(a.Names, found)
}

// runs calls try with the joined key of each run of most to least words, from
// left to right, longest first; where try says yes the run is skipped. Words
// that belong to a name or to an unrelated phrase are in no run.
func (a *Analysis) runs(least, most int, try func(from, to int, key string) bool) {
	var buf [4 * MaxWordRunes]byte
	for from := 0; from < len(a.Words); from++ {
		for to := min(from+most, len(a.Words)); to >= from+least; to-- {
			key := buf[:0]
			for i := from; i < to && key != nil; i++ {
				if w := &a.Words[i]; w.Name != nil || w.Void || len(key)+len(w.Key) > len(buf) {
					key = nil
				} else {
					key = append(key, w.Key...)
				}
			}
			if len(key) > 0 && try(from, to, string(key)) {
				from = to - 1
				break
			}
		}
	}
}

// findLanguages marks programming languages. One that is an ordinary word
// counts only beside a word of the field: "go framework", "in go".
func (x *Index) findLanguages(a *Analysis) {
	a.runs(1, 2, func(from, to int, key string) bool {
		language, ok := languageByKey[key]
		if !ok || wordy[key] && !a.besideWeb(from, to) {
			return false
		}
		if gems[key] && a.isThing(from, to) {
			a.Words[from].Void, a.Words[from].Stem = true, ""
			return true
		}
		for i := from; i < to; i++ {
			a.Words[i].Language = language
		}
		return true
	})
}

// isThing reports whether "a ruby" or "the python" means the stone or the snake.
func (a *Analysis) isThing(from, to int) bool {
	return from > 0 && strings.Contains(" a an my ball your ", " "+a.Words[from-1].Key+" ") &&
		(to == len(a.Words) || a.Words[to].Class != Web && a.Words[to].Key != "shop")
}

func (a *Analysis) besideWeb(from, to int) bool {
	return to < len(a.Words) && a.Words[to].Class == Web || from > 0 && a.Words[from-1].Class == Web ||
		from > 0 && a.Words[from-1].Key == "in" || len(a.Words) == to-from
}
