package main

import (
	"fmt"
	"slices"
	"strings"

	"frameworkbot/bot"
	"frameworkbot/bot/console"
)

// A share counts how many of some questions did well.
type share struct{ good, of int }

func (s *share) count(good bool) {
	s.of++
	if good {
		s.good++
	}
}

// String is the share in per cent, or a dash if there was nothing to count.
func (s share) String() string {
	if s.of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(s.good)/float64(s.of))
}

// A score is how well the questions of one category were answered.
type score struct {
	questions  int
	first      share   // success@1, of the questions that have pages
	recall     float64 // sum of recall@5 over the same
	reciprocal float64 // sum of the reciprocal ranks, for the MRR
	visible    share   // of the texts that must be seen
	kinds      share   // of the questions that expect a kind
	presented  share   // of the questions that expect none: those with pages
}

// A miss is a question that was not answered as expected, with the reasons.
type miss struct {
	expectation
	answer  *bot.Answer
	reasons []string
}

// add scores one answer and returns what is wrong with it.
func (s *score) add(e expectation, a *bot.Answer) (reasons []string) {
	s.questions++
	if len(e.Pages) > 0 {
		good := firstIsRight(e, a)
		s.first.count(good)
		s.recall += recall(e.Pages, a.Pages)
		s.reciprocal += reciprocal(e.Pages, a.Pages)
		if !good {
			reasons = append(reasons, "expected "+strings.Join(e.Pages, " "))
		}
	}
	if e.Kind == bot.NoneKind {
		s.presented.count(len(a.Pages) > 0)
	}
	if e.Kind != "" {
		s.kinds.count(a.Kind == e.Kind)
		if a.Kind != e.Kind {
			reasons = append(reasons, "expected @"+string(e.Kind))
		}
	}
	return append(reasons, s.look(e.Visible, a)...)
}

// look counts which texts can be seen, whatever their case.
func (s *score) look(texts []string, a *bot.Answer) (reasons []string) {
	if len(texts) == 0 {
		return nil
	}
	shown := strings.ToLower(console.Text(a))
	for _, text := range texts {
		seen := strings.Contains(shown, strings.ToLower(text))
		s.visible.count(seen)
		if !seen {
			reasons = append(reasons, fmt.Sprintf("%q is not seen", text))
		}
	}
	return reasons
}

// merge adds the counts of another category.
func (s *score) merge(o *score) {
	s.questions += o.questions
	s.recall += o.recall
	s.reciprocal += o.reciprocal
	for _, p := range []struct{ to, from *share }{
		{&s.first, &o.first}, {&s.visible, &o.visible}, {&s.kinds, &o.kinds}, {&s.presented, &o.presented},
	} {
		p.to.good += p.from.good
		p.to.of += p.from.of
	}
}

// firstIsRight is success@1: the first page is the first one expected. A
// comparison needs all the pages and no other, a list all of them. Where the
// file leaves the kind open and names several pages, the answer's kind counts.
func firstIsRight(e expectation, a *bot.Answer) bool {
	kind := e.Kind
	if kind == "" && len(e.Pages) > 1 {
		kind = a.Kind
	}
	switch got := a.Pages; {
	case len(got) == 0:
		return false
	case kind == bot.ComparisonKind:
		return len(got) == len(e.Pages) && contains(got, e.Pages)
	case kind == bot.ListKind:
		return contains(got, e.Pages) && slices.Contains(e.Pages, got[0])
	default:
		return got[0] == e.Pages[0]
	}
}

func contains(all, some []string) bool {
	for _, s := range some {
		if !slices.Contains(all, s) {
			return false
		}
	}
	return true
}

// recall is the part of the expected pages that is among the first five.
func recall(want, got []string) float64 {
	found := 0
	for _, id := range want {
		if slices.Contains(got[:min(5, len(got))], id) {
			found++
		}
	}
	return float64(found) / float64(len(want))
}

// reciprocal is 1 for an expected page in the first place, 1/2 in the second.
func reciprocal(want, got []string) float64 {
	for i, id := range got {
		if slices.Contains(want, id) {
			return 1 / float64(i+1)
		}
	}
	return 0
}
