package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

func TestScore(t *testing.T) {
	pages := func(ids ...string) []string { return ids }
	for name, test := range map[string]struct {
		want expectation
		got  bot.Answer
		row  []string // success@1, recall@5, MRR, visible, kind, false answers
		miss int      // reasons
	}{
		"right":                  {expectation{Pages: pages("a")}, bot.Answer{Pages: pages("a", "b")}, []string{"100.0 %", "1.000", "1.000", "-", "-", "-"}, 0},
		"second":                 {expectation{Pages: pages("a")}, bot.Answer{Pages: pages("b", "a")}, []string{"0.0 %", "1.000", "0.500", "-", "-", "-"}, 1},
		"nothing":                {expectation{Pages: pages("a")}, bot.Answer{}, []string{"0.0 %", "0.000", "0.000", "-", "-", "-"}, 1},
		"sixth":                  {expectation{Pages: pages("a")}, bot.Answer{Pages: pages("1", "2", "3", "4", "5", "a")}, []string{"0.0 %", "0.000", "0.167", "-", "-", "-"}, 1},
		"comparison":             {expectation{Pages: pages("a", "b"), Kind: bot.ComparisonKind}, bot.Answer{Kind: bot.ComparisonKind, Pages: pages("b", "a")}, []string{"100.0 %", "1.000", "1.000", "-", "100.0 %", "-"}, 0},
		"comparison with others": {expectation{Pages: pages("a", "b"), Kind: bot.ComparisonKind}, bot.Answer{Kind: bot.ComparisonKind, Pages: pages("a", "b", "c")}, []string{"0.0 %", "1.000", "1.000", "-", "100.0 %", "-"}, 1},
		"list":                   {expectation{Pages: pages("a", "b"), Kind: bot.ListKind}, bot.Answer{Kind: bot.ListKind, Pages: pages("b", "c", "a")}, []string{"100.0 %", "1.000", "1.000", "-", "100.0 %", "-"}, 0},
		"list in wrong order":    {expectation{Pages: pages("a", "b"), Kind: bot.ListKind}, bot.Answer{Kind: bot.ListKind, Pages: pages("c", "b", "a")}, []string{"0.0 %", "1.000", "0.500", "-", "100.0 %", "-"}, 1},
		"list, kind open":        {expectation{Pages: pages("a", "b")}, bot.Answer{Kind: bot.ListKind, Pages: pages("b", "a")}, []string{"100.0 %", "1.000", "1.000", "-", "-", "-"}, 0},
		"half a list":            {expectation{Pages: pages("a", "b"), Kind: bot.ListKind}, bot.Answer{Kind: bot.PageKind, Pages: pages("a")}, []string{"0.0 %", "0.500", "1.000", "-", "0.0 %", "-"}, 2},
		"none":                   {expectation{Kind: bot.NoneKind}, bot.Answer{Kind: bot.NoneKind, Suggestions: pages("a")}, []string{"-", "-", "-", "-", "100.0 %", "0.0 %"}, 0},
		"false answer":           {expectation{Kind: bot.NoneKind}, bot.Answer{Kind: bot.PageKind, Pages: pages("a")}, []string{"-", "-", "-", "-", "0.0 %", "100.0 %"}, 1},
		"help":                   {expectation{Kind: bot.HelpKind}, bot.Answer{Kind: bot.HelpKind}, []string{"-", "-", "-", "-", "100.0 %", "-"}, 0},
		"visible":                {expectation{Visible: pages("mit", "BSD")}, bot.Answer{Text: "**MIT** licence"}, []string{"-", "-", "-", "50.0 %", "-", "-"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var s, twice score
			reasons := s.add(test.want, &test.got)
			twice.merge(&s)
			twice.merge(&s)
			if len(reasons) != test.miss {
				t.Errorf("reasons %q, want %d", reasons, test.miss)
			}
			for _, s := range []score{s, twice} {
				row := []string{s.first.String(), mean(s.recall, s.first.of), mean(s.reciprocal, s.first.of), s.visible.String(), s.kinds.String(), s.presented.String()}
				if diff := cmp.Diff(test.row, row); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}
