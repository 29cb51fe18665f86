package index

import bleveindex "github.com/blevesearch/bleve_index_api"

// freqs hands out Bleve's counts, which are made many at a time.
type freqs struct {
	spare  []bleveindex.TokenFreq
	kept   bool                     // whether blocks are kept, for [freqs.again]
	blocks [][]bleveindex.TokenFreq // that were made
	used   int                      // of the blocks
}

const freqsBlock = 128

// next is a count of nothing.
func (f *freqs) next() *bleveindex.TokenFreq {
	if len(f.spare) == 0 {
		f.spare = f.block()
	}
	one := &f.spare[0]
	f.spare = f.spare[1:]
	*one = bleveindex.TokenFreq{}
	return one
}

func (f *freqs) block() []bleveindex.TokenFreq {
	if f.used < len(f.blocks) {
		f.used++
		return f.blocks[f.used-1]
	}
	b := make([]bleveindex.TokenFreq, freqsBlock)
	if f.kept {
		f.blocks, f.used = append(f.blocks, b), f.used+1
	}
	return b
}

// again makes all that were handed out free to be used for others.
func (f *freqs) again() { f.spare, f.used = nil, 0 }
