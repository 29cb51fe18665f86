package main

import (
	"math"
	"slices"
	"time"
)

// rankingMeasures are sums over queries, as trec_eval computes them
// (https://github.com/usnistgov/trec_eval).
type rankingMeasures struct {
	ndcg, precision, recall float64
	times                   []time.Duration
}

// ndcgDepth is the 10 of nDCG@10.
const ndcgDepth = 10

// add takes in one query: the gains of what was found, in order, and of all
// documents that are relevant.
func (m *rankingMeasures) add(found []float64, relevant map[string]float64) {
	if len(relevant) == 0 {
		return
	}
	ideal := make([]float64, 0, len(relevant))
	for _, gain := range relevant {
		ideal = append(ideal, gain)
	}
	slices.Sort(ideal)
	slices.Reverse(ideal)
	m.ndcg += discounted(found) / discounted(ideal)
	met := 0.0
	for i, gain := range found {
		if gain > 0 {
			met++
			m.precision += met / float64(i+1) / float64(len(relevant))
		}
	}
	m.recall += met / float64(len(relevant))
}

// discounted is the sum of the first gains, each the less the later it comes.
func discounted(gains []float64) (sum float64) {
	for i, gain := range gains[:min(len(gains), ndcgDepth)] {
		sum += gain / math.Log2(float64(i+2))
	}
	return sum
}
