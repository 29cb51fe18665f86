package index_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"

	"frameworkbot/index"
)

// zipf draws words as English text has them: few often, most hardly ever, the
// n-th in the share of 1/(n+2.7). The commonest are those of our lists; as many
// as nobody ever wrote, which stand for names and jargon, come after them.
type zipf struct {
	*rand.Rand
	words []string
	upTo  []float64
}

const inventedWords = 60_000

var vocabulary = sync.OnceValues(func() ([]string, []float64) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"the", "of", "and", "to", "a", "in", "is", "it", "for", "that", "with", "on", "as", "by", "are", "this", "or", "from", "be", "an"}
	var listed []string
	for _, file := range []string{"english", "computing", "web"} {
		data, err := os.ReadFile("words/" + file + ".txt")
		if err != nil {
			panic(err)
		}
		for line := range strings.Lines(string(data)) {
			if !strings.HasPrefix(line, "#") {
				listed = append(listed, strings.Fields(line)...)
			}
		}
	}
	slices.Sort(listed)
	listed = slices.Compact(listed)
	r.Shuffle(len(listed), func(i, j int) { listed[i], listed[j] = listed[j], listed[i] })
	words = append(words, listed...)
	for range inventedWords {
		words = append(words, inventedWord(r))
	}
	upTo, sum := make([]float64, len(words)), 0.0
	for i := range words {
		sum += 1 / math.Pow(float64(i)+2.7, 1)
		upTo[i] = sum
	}
	return words, upTo
})

func inventedWord(r *rand.Rand) string {
	const onsets, vowels, codas = "b c d f g h j k l m n p r s t v w z br cr dr fl gr pl pr sl st tr", "a e i o u ai ea ou", "n r s t l m nd rk st x"
	var b strings.Builder
	for range 2 + r.IntN(3) {
		for _, of := range []string{onsets, vowels} {
			parts := strings.Fields(of)
			b.WriteString(parts[r.IntN(len(parts))])
		}
	}
	parts := strings.Fields(codas)
	return b.String() + parts[r.IntN(len(parts))]
}

func newZipf(seed uint64) zipf {
	words, upTo := vocabulary()
	return zipf{rand.New(rand.NewPCG(seed, 3)), words, upTo}
}

func (z zipf) rank() int {
	return min(sort.SearchFloat64s(z.upTo, z.Float64()*z.upTo[len(z.upTo)-1]), len(z.words)-1)
}

func (z zipf) word() string { return z.words[z.rank()] }

// rare is a word that is not among the commonest.
func (z zipf) rare(from int) string {
	for {
		if n := z.rank(); n >= from {
			return z.words[n]
		}
	}
}

// text is sentences of about so many bytes.
func (z zipf) text(bytes int) string {
	var b strings.Builder
	for b.Len() < bytes {
		for i := range 6 + z.IntN(14) {
			w := z.word()
			if i == 0 {
				w = strings.ToUpper(w[:1]) + w[1:]
			} else {
				b.WriteByte(' ')
			}
			b.WriteString(w)
		}
		b.WriteString(". ")
	}
	return b.String()
}

// bigPage is a document of about 2.5 kB, the n-th of a set.
func bigPage(n int) *index.Page {
	z := newZipf(uint64(n) + 100)
	title := z.rare(200) + " " + z.rare(2000)
	var body strings.Builder
	fmt.Fprintf(&body, "%s\n", z.text(400))
	for range 3 {
		fmt.Fprintf(&body, "\n## %s %s\n\n%s\n", z.word(), z.rare(100), z.text(670))
	}
	p, problems := index.NewDocument(index.Text{
		ID: fmt.Sprintf("page-%06d", n), File: fmt.Sprintf("page-%06d.md", n), Title: fmt.Sprintf("%s %d", title, n),
		Aliases: []string{z.rare(5000) + " " + z.rare(5000)}, Body: body.String(), Line: 1,
	})
	if err := problems.Err(); err != nil {
		panic(err)
	}
	return p
}

func bigPages(n int) []*index.Page {
	pages := make([]*index.Page, n)
	for i := range pages {
		pages[i] = bigPage(i)
	}
	return pages
}

// bigQuestions are asked of such pages: what people write, with two to six
// words that say what is meant.
func bigQuestions(n int) []string {
	frames := []string{"how do i %s", "what is %s", "%s", "why does %s not work", "where is %s described", "which page explains %s", "can we use %s"}
	questions := make([]string, n)
	for i := range questions {
		z := newZipf(uint64(i) + 7_000_000)
		words := make([]string, 2+z.IntN(5))
		for j := range words {
			words[j] = z.rare(60)
		}
		questions[i] = fmt.Sprintf(frames[z.IntN(len(frames))], strings.Join(words, " "))
	}
	return questions
}
