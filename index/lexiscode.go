package index

// lexis writes the words and terms of a segment.
func (e *encoder) lexis(l *lexis) {
	e.hashes(l.terms)
	e.hashes(l.pages)
	e.texts(l.spelling.words)
	e.hashes(l.spelling.pages)
}

func (d *decoder) lexis() *lexis {
	l := &lexis{spelling: &spelling{}}
	l.terms, _ = d.hashes(nil)
	l.pages, _ = d.hashes(nil)
	l.spelling.words = d.texts()
	l.spelling.pages, _ = d.hashes(nil)
	if len(l.terms) != len(l.pages) || len(l.spelling.words) != len(l.spelling.pages) {
		d.fail()
		return l
	}
	l.spelling.file()
	return l
}
