package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMeasures counts by hand what trec_eval would.
func TestMeasures(t *testing.T) {
	var m rankingMeasures
	m.add([]float64{0, 2, 0, 1}, map[string]float64{"a": 2, "b": 1, "c": 1})
	dcg := 2/math.Log2(3) + 1/math.Log2(5)
	ideal := 2 + 1/math.Log2(3) + 1/math.Log2(4)
	for name, pair := range map[string][2]float64{
		"nDCG": {m.ndcg, dcg / ideal}, "MAP": {m.precision, (1.0/2 + 2.0/4) / 3}, "recall": {m.recall, 2.0 / 3},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
	before := m
	m.add([]float64{0}, nil) // nobody judged it
	if m.ndcg != before.ndcg || m.recall != before.recall {
		t.Error("a query without judgements counts")
	}
}

// TestEvalBEIR measures a set of three documents, of which one is the query itself.
func TestEvalBEIR(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "corpus.jsonl"), `{"_id":"1","title":"Zorblax","text":"quimfet vantrop"}
{"_id":"2","title":"","text":"skelbim drofnar quimfet"}
{"_id":"q","title":"","text":"zorblax quimfet"}
`)
	write(t, filepath.Join(dir, "queries.jsonl"), `{"_id":"q","text":"zorblax quimfet"}
{"_id":"unjudged","text":"skelbim"}
`)
	write(t, filepath.Join(dir, "qrels", "test.tsv"), "query-id\tcorpus-id\tscore\nq\t1\t1\nq\t2\t0\n")
	var out, errs strings.Builder
	code := run([]string{"eval", "--beir", dir}, nil, strings.NewReader(""), &out, &errs)
	if code != 0 || !strings.HasPrefix(out.String(), "documents 3, queries 1\nnDCG@10     1.0000\nMAP         1.0000\nrecall@100  1.0000\n") {
		t.Errorf("%d %s%s", code, out.String(), errs.String())
	}
}

// TestEvalBEIRWrong: what cannot be read is named with its line.
func TestEvalBEIRWrong(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "corpus.jsonl"), `{"_id":"1","text":"a"}`)
	for file, tt := range map[string]struct{ data, want string }{
		"queries.jsonl":  {`{"text":"a"}`, "queries.jsonl:1: no _id"},
		"qrels/test.tsv": {"q\td\ts\nq\t1\n", "test.tsv:2: a query, a document and a gain are needed"},
	} {
		write(t, filepath.Join(dir, "queries.jsonl"), `{"_id":"q","text":"a"}`)
		write(t, filepath.Join(dir, "qrels", "test.tsv"), "query-id\tcorpus-id\tscore\nq\t1\t1\n")
		write(t, filepath.Join(dir, filepath.FromSlash(file)), tt.data)
		var out, errs strings.Builder
		if code := run([]string{"eval", "--beir", dir}, nil, strings.NewReader(""), &out, &errs); code != exitWrong || !strings.Contains(errs.String(), tt.want) {
			t.Errorf("%s: %d %s", file, code, errs.String())
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
