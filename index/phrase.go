package index

import "strings"

// mergePhrases makes one word of each phrase that is a synonym.
func mergePhrases(words []Word) []Word {
	l, out := lex(), words[:0]
	for i := 0; i < len(words); i++ {
		n := 0
		var to string
		if free(&words[i]) {
			n, to = longestPhrase(l, words[i:])
		}
		w := words[i]
		if n > 1 {
			w.Stem, w.Class, w.Known = to, l.phraseClass(to), true
			w.Text = joinTexts(words[i : i+n])
			i += n - 1
		}
		out = append(out, w)
	}
	return out
}

// phraseClass is the class of a phrase: that of the word that stands for it, if it is in a list.
func (l *lexicon) phraseClass(to string) Class {
	if c := l.classOf(to, to); c != Unknown && c != Ordinary {
		return c
	}
	return Computing
}

func free(w *Word) bool { return w.Name == nil && !w.Void && w.Language == "" }

// longestPhrase is the number of words of the longest synonym at the beginning of words.
func longestPhrase(l *lexicon, words []Word) (n int, to string) {
	var buf [4 * MaxWordRunes]byte
	key := append(buf[:0], stem(words[0].Key)...)
	for i := 1; i < min(len(words), l.longest) && free(&words[i]); i++ {
		key = append(append(key, ' '), stem(words[i].Key)...)
		if t, ok := l.synonym[string(key)]; ok {
			n, to = i+1, t
		}
	}
	return n, to
}

func joinTexts(words []Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
}
