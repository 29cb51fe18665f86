package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"frameworkbot/bot"
	"frameworkbot/seeds"
)

func (p *program) evalCommand() *cobra.Command {
	var strict bool
	var beir string
	cmd := &cobra.Command{
		Use:   "eval [FILE]",
		Short: "Measure the answers to known questions",
		Long: `Asks the questions of FILE, or the built-in ones, and counts how many are
answered as the file expects, for each category and in total; then it lists
every miss.

  success@1      the first page is the right one (all pages, for comparisons and lists)
  recall@5       the part of the expected pages that is among the first five
  MRR            mean of 1/rank of the first expected page
  visible        the part of the quoted texts that the answer shows
  kind           the part of the answers that have the expected kind
  false answers  the part of the questions without an answer that got pages

With --beir, the ranking alone is measured, on a public set of documents and
judged queries: DIR holds corpus.jsonl, queries.jsonl and qrels/test.tsv.`,
		Example: `  frameworkbot eval
  frameworkbot eval --pages ./pages --strict questions.txt
  frameworkbot eval --beir ./scifact`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			if beir != "" {
				return p.evalBEIR(cmd.Context(), beir)
			}
			return p.eval(cmd.Context(), files, strict)
		},
	}
	cmd.Flags().StringVar(&beir, "beir", "", "measure the ranking on the set in this `folder`")
	cmd.Flags().BoolVar(&strict, "strict", false, "end with 1 if there are misses")
	cmd.MarkFlagsMutuallyExclusive("beir", "strict")
	return cmd
}

func (p *program) eval(ctx context.Context, files []string, strict bool) error {
	file, all, err := readQuestions(files)
	if err != nil {
		return err
	}
	g, err := p.readFrom(ctx, p.config.content())
	if err != nil {
		return err
	}
	defer g.Index.Close()
	if problems := slices.Concat(g.Problems, checkPages(file, all, g.Index.Pages())); len(problems) > 0 {
		return wrong("the questions cannot be asked:\n%w", problems)
	}
	r, err := evaluate(ctx, bot.NewAnswerer(g.Index), all)
	if err != nil {
		return wrong("%w", err)
	}
	r.print(p.out, file)
	if strict && len(r.misses) > 0 {
		return exit{code: exitNo}
	}
	return nil
}

// readQuestions reads the file that is named, or the built-in questions.
func readQuestions(files []string) (name string, all []expectation, err error) {
	name, text := "questions.txt", seeds.Questions
	if len(files) > 0 {
		name = files[0]
		data, err := os.ReadFile(name)
		if err != nil {
			return "", nil, wrong("%w", err)
		}
		text = string(data)
	}
	all, problems := parseQuestions(name, text)
	if len(problems) > 0 {
		return "", nil, wrong("the questions cannot be read:\n%w", problems)
	}
	return name, all, nil
}

// A report is the outcome of an evaluation.
type report struct {
	categories []string // in the order of the file
	scores     map[string]*score
	misses     []miss
}

func evaluate(ctx context.Context, h bot.Handler, all []expectation) (*report, error) {
	r := &report{scores: map[string]*score{}}
	for _, e := range all {
		a, err := h.Answer(ctx, message(e.Line, e.Text))
		if err != nil {
			return nil, fmt.Errorf("question %q: %w", e.Text, err)
		}
		if reasons := r.score(e.Category).add(e, a); len(reasons) > 0 {
			r.misses = append(r.misses, miss{e, a, reasons})
		}
	}
	return r, nil
}

func (r *report) score(category string) *score {
	if r.scores[category] == nil {
		r.scores[category] = &score{}
		r.categories = append(r.categories, category)
	}
	return r.scores[category]
}

func (r *report) print(out io.Writer, file string) {
	r.table(out)
	fmt.Fprintf(out, "\nmisses: %d\n", len(r.misses))
	for _, m := range r.misses {
		m.print(out, file)
	}
}

// table prints the scores: figures to the right, names, made equally long, to the left.
func (r *report) table(out io.Writer) {
	longest := len("category")
	for _, category := range r.categories {
		longest = max(longest, len(category))
	}
	name := func(s string) string { return fmt.Sprintf("%-*s", longest, s) }
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\tquestions\tsuccess@1\trecall@5\tMRR\tvisible\tkind\tfalse answers\t\n", name("category"))
	var total score
	for _, category := range r.categories {
		total.merge(r.scores[category])
		r.scores[category].row(w, name(cmp.Or(category, "-")))
	}
	total.row(w, name("total"))
	w.Flush()
}

func (s *score) row(w io.Writer, name string) {
	fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t\n", name, s.questions, s.first,
		mean(s.recall, s.first.of), mean(s.reciprocal, s.first.of), s.visible, s.kinds, s.presented)
}

func mean(sum float64, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", sum/float64(of))
}

func (m miss) print(out io.Writer, file string) {
	fmt.Fprintf(out, "%s:%d: %q: %s; answered @%s", file, m.Line, bot.Shorten(m.Text, 120), strings.Join(m.reasons, ", "), m.answer.Kind)
	for _, id := range m.answer.Pages {
		fmt.Fprint(out, " ", id)
	}
	fmt.Fprintln(out)
}
