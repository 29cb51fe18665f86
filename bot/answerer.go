package bot

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"frameworkbot/index"
)

// An Answerer answers questions from an index. It is a [Handler]: pure, without
// network or clock, and safe for use by several goroutines.
type Answerer struct {
	index *index.Index
	words *vocabulary
	cards cards // whole pages
	help  *Answer

	documents, frameworks bool // some of the pages are

	tokens      map[string]*index.Page // by what stands for a page in a [Ref]
	related     *related
	suggestions func() *suggestions // made when somebody types for the first time
	folders     func() folders      // those that pages are in
}

// NewAnswerer returns an Answerer over x, which must stay open as long as it is used.
func NewAnswerer(x *index.Index) *Answerer {
	a := &Answerer{index: x, words: newVocabulary(x), related: newRelated(x), tokens: make(map[string]*index.Page, len(x.Pages()))}
	for _, p := range x.Pages() {
		a.tokens[token(p.ID)] = p
		a.documents = a.documents || p.Kind == index.Document
		a.frameworks = a.frameworks || p.IsFramework()
	}
	a.help = newHelp(x)
	a.folders = sync.OnceValue(func() folders { return newFolders(x.Pages()) })
	a.suggestions = sync.OnceValue(func() *suggestions { return newSuggestions(x) })
	return a
}

// Answer implements [Handler].
func (a *Answerer) Answer(ctx context.Context, m *Message) (*Answer, error) {
	if m.Ref != "" {
		return a.again(ctx, m)
	}
	if strings.EqualFold(strings.TrimSpace(m.Text), refHelp) {
		return a.help, nil // also where a page is called so
	}
	if page, _, ok := a.index.Lookup(shortText(m.Text)); ok {
		return a.card(page), nil
	}
	text := Normalise(m.Text)
	if page, _, ok := a.index.Lookup(text); ok {
		return a.card(page), nil
	}
	if folder, rest, ok := a.folders().cut(text); ok {
		return a.below(ctx, folder, rest)
	}
	if name := a.folders().unknown(text); name != "" {
		return a.noFolder(name), nil
	}
	if isHelp(text) {
		if text == "" && !isCall(m.Text) {
			return a.nothing(&Question{}), nil // noise, and nothing but noise
		}
		return a.help, nil
	}
	answer, err := a.answer(ctx, a.words.Parse(text))
	if err != nil {
		return nil, fmt.Errorf("answer %s: %w", m.ID, err)
	}
	return answer, nil
}

// again answers a button that was pressed.
func (a *Answerer) again(ctx context.Context, m *Message) (*Answer, error) {
	answer, err := a.recall(ctx, m.Ref)
	if err != nil {
		return nil, fmt.Errorf("answer %s: %w", m.ID, err)
	}
	return answer, nil
}

// longestName bounds the texts that are looked up as a name before anything else is tried.
const longestName = 80

func shortText(s string) string {
	if len(s) > longestName {
		return ""
	}
	return s
}

// answer is the table of what is asked and which function answers it.
func (a *Answerer) answer(ctx context.Context, q *Question) (*Answer, error) {
	answer, err := a.onFrameworks(ctx, q)
	if err != nil || !a.documents || answer.Kind != NoneKind {
		return answer, err
	}
	own, err := a.inDocuments(ctx, q)
	if own == nil {
		return answer, err
	}
	return own, err
}

// onFrameworks answers from what the pages on frameworks have that others do not
// have: names, facts, languages.
func (a *Answerer) onFrameworks(ctx context.Context, q *Question) (*Answer, error) {
	switch {
	case !a.frameworks && len(q.Names) == 0:
		return a.nothing(q), nil
	case len(q.Names) > 1 && len(q.Except) == 0:
		return a.compare(ctx, q)
	case len(q.Names) == 1 && q.Alike && !q.is(comparing):
		return a.like(q, q.Names[0].Page), nil
	case len(q.Names) == 1 && q.Neighbour:
		return a.neighbour(ctx, q)
	case len(q.Names) == 1:
		return a.named(ctx, q)
	case q.hasConditions():
		return a.list(ctx, q)
	case len(q.Rest) == 0:
		return a.general(q), nil
	}
	return a.find(ctx, q)
}
