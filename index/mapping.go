package index

import (
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// Fields of an indexed section.
const (
	textField     = "text"     // all its words, in one field: prose ranks better so than in several boosted ones
	languageField = "language" // filters
	kindField     = "kind"
	pageField     = "page"
)

// analyzerName is how Bleve knows our analysis of text.
const analyzerName = "frameworkbot"

func init() {
	err := registry.RegisterAnalyzer(analyzerName, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return analyzer{}, nil
	})
	if err != nil {
		panic(err) // cannot happen: the name is ours
	}
}

// analyzer turns text into the terms that are indexed: stems, with phrases and
// synonyms reduced to the stem of their class. A compound such as "express.js"
// is indexed as its parts and as a whole at the position of the first.
type analyzer struct{}

// Analyze implements Bleve's analysis.Analyzer.
func (analyzer) Analyze(input []byte) analysis.TokenStream {
	folded := Fold(string(input))
	terms := expand(tokenize(folded))
	stream := make(analysis.TokenStream, 0, len(terms))
	for _, t := range terms {
		stream = append(stream, &analysis.Token{
			Term: []byte(t.term), Start: t.start, End: t.end, Position: t.position, Type: analysis.AlphaNumeric,
		})
	}
	return stream
}

// A term is one entry of the index with its place in the text.
type term struct {
	term       string
	start, end int
	position   int
}

// expand turns tokens into terms.
func expand(tokens []token) []term {
	plain := make([]term, 0, len(tokens))
	var extra []term
	for _, t := range tokens {
		text := possessive(t.text)
		position := len(plain) + 1
		ps := parts(text)
		if ps == nil {
			plain = append(plain, term{stemOf(text), t.start, t.end, position})
			continue
		}
		extra = append(extra, term{canonical(stemOf(text)), t.start, t.end, position})
		for i, part := range ps {
			plain = append(plain, term{stemOf(part), t.start, t.end, position + i})
		}
	}
	return append(mergeTerms(plain), extra...)
}

func stemOf(text string) string {
	if text == "%" {
		return text
	}
	return stem(Key(text))
}

func canonical(stem string) string {
	if to, ok := lex().synonym[stem]; ok {
		return to
	}
	return stem
}

// mergeTerms replaces each phrase that is a synonym by its class, and keeps the
// words of longer phrases as well: "request" finds "cross-site request forgery".
func mergeTerms(plain []term) []term {
	l, out := lex(), make([]term, 0, len(plain))
	for i := range plain {
		if to, ok := l.synonym[plain[i].term]; ok {
			plain[i].term = to
		}
	}
	var buf [4 * MaxWordRunes]byte
	for i := range plain {
		out = append(out, plain[i])
		key := append(buf[:0], plain[i].term...)
		for n := 1; n < l.longest && i+n < len(plain); n++ {
			key = append(append(key, ' '), plain[i+n].term...)
			if to, ok := l.synonym[string(key)]; ok {
				out = append(out, term{to, plain[i].start, plain[i+n].end, plain[i].position})
			}
		}
	}
	return out
}

// newMapping says how sections are indexed: nothing is stored, because the
// pages are in memory, and positions are left out, because nothing asks for them.
func newMapping() mapping.IndexMapping {
	text := bleve.NewTextFieldMapping()
	text.Analyzer, text.Store, text.IncludeInAll, text.IncludeTermVectors, text.DocValues = analyzerName, false, false, false, false
	filter := bleve.NewTextFieldMapping()
	filter.Analyzer, filter.Store, filter.IncludeInAll, filter.IncludeTermVectors, filter.DocValues = keyword.Name, false, false, false, false

	section := bleve.NewDocumentStaticMapping()
	section.AddFieldMappingsAt(textField, text)
	for _, field := range []string{languageField, kindField, pageField} {
		section.AddFieldMappingsAt(field, filter)
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultAnalyzer, m.DefaultField = section, analyzerName, textField
	return m
}

// filterKeys are the values of a filter that has several.
func filterKeys(values []string) []string {
	keys := make([]string, len(values))
	for i, v := range values {
		keys[i] = filterKey(v)
	}
	return keys
}

// filterKey is how a value of a filter is indexed and asked for.
func filterKey(s string) string { return strings.ToLower(s) }
