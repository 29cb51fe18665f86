package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"frameworkbot/index"
)

// A judged is a set of documents and queries with judgements, in the layout of
// the BEIR benchmark (https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset).
type judged struct {
	pages   []*index.Page
	queries []judgedQuery
}

// A judgedQuery is a query and how relevant the documents are that somebody judged.
type judgedQuery struct {
	id, text string
	gains    map[string]float64 // by document
}

// beirDepth is how many documents of each query are looked at.
const beirDepth = 100

// evalBEIR measures the ranking on a set in BEIR's layout.
func (p *program) evalBEIR(ctx context.Context, dir string) error {
	set, err := readJudged(dir)
	if err != nil {
		return wrong("%w", err)
	}
	began := time.Now()
	x, err := index.New(set.pages)
	if err != nil {
		return wrong("%w", err)
	}
	defer x.Close()
	built := time.Since(began)
	var m rankingMeasures
	for _, q := range set.queries {
		began := time.Now()
		found, err := x.Search(ctx, index.Query{Text: q.text, Loose: true, Limit: beirDepth + 1})
		if err != nil {
			return wrong("query %s: %w", q.id, err)
		}
		m.times = append(m.times, time.Since(began))
		m.add(q.gainsOf(found), q.gains)
	}
	m.print(p.out, len(set.pages), built)
	return nil
}

// gainsOf are the gains of the documents found, in their order, without the
// document that is the query itself.
func (q *judgedQuery) gainsOf(found *index.Result) []float64 {
	gains := make([]float64, 0, len(found.Hits))
	for _, h := range found.Hits {
		if h.Page.ID != q.id && len(gains) < beirDepth {
			gains = append(gains, q.gains[h.Page.ID])
		}
	}
	return gains
}

func (m *rankingMeasures) print(out io.Writer, documents int, built time.Duration) {
	slices.Sort(m.times)
	at := func(share float64) time.Duration {
		return m.times[int(share*float64(len(m.times)-1))].Round(10 * time.Microsecond)
	}
	n := float64(len(m.times))
	fmt.Fprintf(out, "documents %d, queries %d\n", documents, len(m.times))
	fmt.Fprintf(out, "nDCG@10     %.4f\nMAP         %.4f\nrecall@100  %.4f\n", m.ndcg/n, m.precision/n, m.recall/n)
	fmt.Fprintf(out, "build %v; a query p50 %v, p99 %v\n", built.Round(time.Millisecond), at(0.5), at(0.99))
}

// readJudged reads corpus.jsonl, queries.jsonl and qrels/test.tsv. Queries that
// nobody judged are left out, as everybody does who publishes figures.
func readJudged(dir string) (*judged, error) {
	set := &judged{}
	gains, err := readGains(filepath.Join(dir, "qrels", "test.tsv"))
	if err != nil {
		return nil, err
	}
	err = eachLine(filepath.Join(dir, "corpus.jsonl"), func(d beirLine) {
		set.pages = append(set.pages, index.PlainPage(d.ID, d.Title, d.Text))
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(filepath.Join(dir, "queries.jsonl"), func(d beirLine) {
		if of := gains[d.ID]; len(of) > 0 {
			set.queries = append(set.queries, judgedQuery{d.ID, d.Text, of})
		}
	})
	if err == nil && (len(set.pages) == 0 || len(set.queries) == 0) {
		err = fmt.Errorf("%s: %d documents and %d judged queries: there is nothing to measure", dir, len(set.pages), len(set.queries))
	}
	return set, err
}

// beirLine is a document or a query.
type beirLine struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// eachLine decodes the lines of a file.
func eachLine(name string, use func(beirLine)) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := json.NewDecoder(bufio.NewReader(file))
	for number := 1; ; number++ {
		var d beirLine
		err := lines.Decode(&d)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s:%d: %w", name, number, err)
		case d.ID == "":
			return fmt.Errorf("%s:%d: no _id", name, number)
		}
		use(d)
	}
}

// readGains reads judgements: query, document and gain, with a line of headings.
func readGains(name string) (map[string]map[string]float64, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	gains := map[string]map[string]float64{}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		fields := strings.Fields(line)
		if number == 1 || len(fields) == 0 {
			continue
		}
		if len(fields) != 3 {
			return nil, fmt.Errorf("%s:%d: a query, a document and a gain are needed", name, number)
		}
		gain, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: the gain %q is no number", name, number, fields[2])
		}
		if gains[fields[0]] == nil {
			gains[fields[0]] = map[string]float64{}
		}
		if gain > 0 {
			gains[fields[0]][fields[1]] = gain
		}
	}
	return gains, nil
}
