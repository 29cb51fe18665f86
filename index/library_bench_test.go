//go:build linux || darwin

package index_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"golang.org/x/sys/unix"
	_ "modernc.org/sqlite" // for the comparison with FTS5

	"frameworkbot/index"
)

// How large the library of the benchmarks is. 100,000 pages take minutes.
var libraryPages = flag.Int("pages", 10_000, "pages of the library that BenchmarkLibrary builds")

// pagesEnv tells a child how many pages there are.
const pagesEnv = "INDEX_TEST_PAGES"

func pagesInEnv() int {
	n, err := strconv.Atoi(os.Getenv(pagesEnv))
	if err != nil {
		panic(err)
	}
	return n
}

// BenchmarkLibrary measures a library of many pages of 2.5 kB, beside raw Bleve
// and SQLite over the same text. Each comparison takes turns in one run.
func BenchmarkLibrary(b *testing.B) {
	dir := b.TempDir()
	b.Run("build", func(b *testing.B) { benchmarkBuild(b, min(*libraryPages, 10_000)) })
	b.Run("memory", func(b *testing.B) { benchmarkMemory(b, dir) })
	if len(entriesIn(b, dir)) == 0 {
		if err := benchBuild(dir, *libraryPages); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("open", func(b *testing.B) { benchmarkOpen(b, dir) })
	x, err := index.Open(dir, "bench")
	if err != nil {
		b.Fatal(err)
	}
	defer closeIndex(b, x)
	b.Run("question", func(b *testing.B) { benchmarkQuestion(b, x) })
	b.Run("name", func(b *testing.B) { benchmarkName(b, x) })
	b.Run("change", func(b *testing.B) { benchmarkChange(b, x) })
}

// processorTime is what this process has used.
func processorTime() time.Duration {
	var r unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// benchmarkBuild builds the same pages with ours and with raw Bleve, in turn.
func benchmarkBuild(b *testing.B, n int) {
	pages := bigPages(n)
	var ours, raw, oursWork, rawWork time.Duration
	for b.Loop() {
		runtime.GC()
		began, work := time.Now(), processorTime()
		closeIndex(b, onDisk(b, b.TempDir(), "bench", pages))
		ours, oursWork = ours+time.Since(began), oursWork+processorTime()-work
		runtime.GC()
		began, work = time.Now(), processorTime()
		rawBleve(b, b.TempDir(), pages)
		raw, rawWork = raw+time.Since(began), rawWork+processorTime()-work
	}
	b.ReportMetric(float64(n*b.N)/ours.Seconds(), "pages/s")
	b.ReportMetric(float64(n*b.N)/raw.Seconds(), "bleve-pages/s")
	b.ReportMetric(raw.Seconds()/ours.Seconds(), "rate/bleve")
	b.ReportMetric(oursWork.Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(rawWork.Seconds()/float64(b.N), "bleve-cpu-s/op")
}

// rawBleve indexes the pages as Bleve's documentation shows it: batches of
// 1,000 into an index on disk, one field, with our analysis of its text.
func rawBleve(b *testing.B, dir string, pages []*index.Page) {
	b.Helper()
	field := bleve.NewTextFieldMapping()
	field.Analyzer, field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = "frameworkbot", false, false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", field)
	m := mapping.NewIndexMapping()
	m.DefaultMapping = doc
	x, err := bleve.NewUsing(filepath.Join(dir, "raw"), m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	for some := range slices.Chunk(pages, 1000) {
		batch := x.NewBatch()
		for _, p := range some {
			if err := batch.Index(p.ID, map[string]any{"text": plainText(p)}); err != nil {
				b.Fatal(err)
			}
		}
		if err := x.Batch(batch); err != nil {
			b.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
}

// plainText is all of a page that is searched, in one text.
func plainText(p *index.Page) string {
	var t strings.Builder
	fmt.Fprintln(&t, p.Title, p.Title, p.Body().Summary)
	for _, s := range p.Body().Sections {
		fmt.Fprintln(&t, s.Part, s.Heading, s.Heading, s.Body)
	}
	return t.String()
}

// benchBuild makes pages and builds an index of them, keeping none.
func benchBuild(dir string, n int) error {
	b, err := index.NewBuilder(context.Background(), dir, nil)
	if err != nil {
		return err
	}
	for i := range n {
		if err := b.Add(bigPage(i)); err != nil {
			return err
		}
	}
	x, err := b.Finish("bench", nil)
	if err != nil {
		return err
	}
	return x.Close()
}

// benchServe opens the index, asks it 1,000 questions and reads 1,000 bodies,
// and prints how much memory the process has then.
func benchServe(dir string) error {
	x, err := index.Open(dir, "bench")
	if err != nil {
		return err
	}
	for _, text := range bigQuestions(1000) {
		if _, err := x.Search(context.Background(), index.Query{Text: text}); err != nil {
			return err
		}
	}
	for i := range 1000 {
		x.Pages()[i*len(x.Pages())/1000].Body()
	}
	debug.FreeOSMemory()
	return errors.Join(printMemory(), x.Close())
}

// printMemory prints how many KiB the process has now, and had at most: what
// the system says of a child that has ended counts its parent's, too.
func printMemory() error {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); f[0] == "VmHWM:" || f[0] == "VmRSS:" {
			fmt.Println(f[1])
		}
	}
	return nil
}

// memoryOf runs a child and returns its peak and what it had at its end, in MiB.
func memoryOf(b *testing.B, cmd *exec.Cmd) (peak, end float64) {
	b.Helper()
	out, err := cmd.CombinedOutput()
	if _, scanErr := fmt.Sscan(string(out), &peak, &end); err != nil || scanErr != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return peak / 1024, end / 1024
}

// benchmarkMemory builds in one process and serves from another.
func benchmarkMemory(b *testing.B, dir string) {
	if runtime.GOOS != "linux" {
		b.Skip("reads /proc")
	}
	for b.Loop() { // once: each process after the first would only open what that built
		if len(entriesIn(b, dir)) > 0 {
			continue
		}
		build := child(b, "bench-build", dir)
		build.Env = append(build.Env, fmt.Sprint(pagesEnv, "=", *libraryPages))
		began := time.Now()
		peak, _ := memoryOf(b, build)
		b.ReportMetric(time.Since(began).Seconds(), "build-s")
		b.ReportMetric(build.ProcessState.UserTime().Seconds()+build.ProcessState.SystemTime().Seconds(), "build-cpu-s")
		b.ReportMetric(peak, "build-peak-MiB")
		peak, serving := memoryOf(b, child(b, "bench-serve", dir))
		b.ReportMetric(serving, "serving-MiB")
		b.ReportMetric(peak, "serving-peak-MiB")
	}
}

func benchmarkOpen(b *testing.B, dir string) {
	work := processorTime()
	for b.Loop() {
		x, err := index.Open(dir, "bench")
		if err != nil {
			b.Fatal(err)
		}
		closeIndex(b, x)
	}
	b.ReportMetric((processorTime()-work).Seconds()*1e3/float64(b.N), "cpu-ms/op")
}

// benchmarkQuestion asks the same questions of ours and of SQLite's FTS5, in turn.
func benchmarkQuestion(b *testing.B, x *index.Index) {
	db := fts5(b, x.Pages())
	questions := bigQuestions(300)
	var ours, theirs []time.Duration
	for b.Loop() {
		for _, text := range questions {
			began := time.Now()
			if _, err := x.Search(b.Context(), index.Query{Text: text}); err != nil {
				b.Fatal(err)
			}
			ours = append(ours, time.Since(began))
			match := ftsQuery(x, text)
			began = time.Now()
			askFTS5(b, db, match)
			theirs = append(theirs, time.Since(began))
		}
	}
	report(b, ours, "")
	report(b, theirs, "fts5-")
	b.ReportMetric(sum(theirs).Seconds()/sum(ours).Seconds(), "times-faster")
}

// report gives the median and the 99th percentile, in milliseconds.
func report(b *testing.B, took []time.Duration, prefix string) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, prefix+"p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1e3, prefix+"p99-ms")
}

func sum(all []time.Duration) (total time.Duration) {
	for _, d := range all {
		total += d
	}
	return total
}

// fts5 is a database with the same text, stemmed by Porter's algorithm as ours is.
func fts5(b *testing.B, pages []*index.Page) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "fts5.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(b.Context(), `CREATE VIRTUAL TABLE pages USING fts5(text, content='', tokenize='porter unicode61')`); err != nil {
		b.Fatal(err)
	}
	tx, err := db.BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	for i, p := range pages {
		if _, err := tx.ExecContext(b.Context(), `INSERT INTO pages(rowid, text) VALUES (?, ?)`, i, plainText(p)); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	if _, err := db.ExecContext(b.Context(), `INSERT INTO pages(pages) VALUES ('optimize')`); err != nil {
		b.Fatal(err)
	}
	return db
}

// ftsQuery asks for pages with any of the words that ours scores pages by:
// words such as "the", which stand in all of them, would cost FTS5 most.
func ftsQuery(x *index.Index, text string) string {
	var words []string
	a := x.Analyze(text)
	for i := range a.Words {
		if w := &a.Words[i]; w.Class != index.Function {
			words = append(words, `"`+strings.ReplaceAll(w.Text, `"`, "")+`"`)
		}
	}
	return strings.Join(words, " OR ")
}

func askFTS5(b *testing.B, db *sql.DB, match string) {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), `SELECT rowid, bm25(pages) FROM pages WHERE pages MATCH ? ORDER BY bm25(pages) LIMIT 5`, match)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		var score float64
		if err := rows.Scan(&id, &score); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}

// benchmarkName looks names and aliases up, as a whole.
func benchmarkName(b *testing.B, x *index.Index) {
	pages := x.Pages()
	var took []time.Duration
	for b.Loop() {
		for i := range 2000 {
			p := pages[i*7919%len(pages)]
			text := p.Title
			if i%2 == 1 {
				text = p.Aliases[0]
			}
			began := time.Now()
			_, _, ok := x.Lookup(text)
			took = append(took, time.Since(began))
			if !ok {
				b.Fatalf("%q is no name", text)
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
}

// benchmarkChange changes one page and answers from what comes of it.
func benchmarkChange(b *testing.B, x *index.Index) {
	work, n := processorTime(), 0
	for b.Loop() {
		n++
		p := bigPage(len(x.Pages()) + n)
		p.ID = x.Pages()[n*7919%len(x.Pages())].ID
		y, err := x.Update([]*index.Page{p}, nil)
		if err != nil {
			b.Fatal(err)
		}
		r, err := y.Search(b.Context(), index.Query{Text: p.Title})
		if err != nil || len(r.Hits) == 0 || r.Hits[0].Page != p {
			b.Fatalf("%q: %+v, %v", p.Title, r, err)
		}
		closeIndex(b, y)
	}
	b.ReportMetric((processorTime()-work).Seconds()*1e3/float64(b.N), "cpu-ms/op")
}
