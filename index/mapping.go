package index

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
)

// textField is the one field of a page in Bleve: prose ranks better in one field
// than in several boosted ones.
const textField = "text"

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

// analyzer turns the text of Bleve's own queries into the terms that are indexed: stems, with phrases and
// synonyms reduced to the stem of their class. A compound such as "express.js"
// is indexed as its parts and as a whole at the position of the first.
type analyzer struct{}

// Analyze implements Bleve's analysis.Analyzer.
func (analyzer) Analyze(input []byte) analysis.TokenStream {
	folded := Fold(string(input))
	terms := expand(tokenize(folded))
	return appendTokens(make(analysis.TokenStream, 0, len(terms)), terms)
}

func appendTokens(stream analysis.TokenStream, terms []term) analysis.TokenStream {
	tokens := make([]analysis.Token, len(terms))
	for i, t := range terms {
		tokens[i] = analysis.Token{Term: []byte(t.term), Position: len(stream) + 1, Type: analysis.AlphaNumeric}
		stream = append(stream, &tokens[i])
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
		for n := 1; n < l.begins[plain[i].term] && i+n < len(plain); n++ {
			key = append(append(key, ' '), plain[i+n].term...)
			if to, ok := l.synonym[string(key)]; ok {
				out = append(out, term{to, plain[i].start, plain[i+n].end, plain[i].position})
			}
		}
	}
	return out
}

// newMapping is for Bleve's bookkeeping alone: pages are made into its documents
// by us, with one field that is neither stored nor has positions.
func newMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultField, m.DefaultAnalyzer = bleve.NewDocumentStaticMapping(), textField, analyzerName
	return m
}
