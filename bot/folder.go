package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"frameworkbot/index"
)

// folders are those that pages are in, by key: a person may ask one of them
// alone, as "runbooks: restart the database" or "restart the database in:runbooks".
type folders map[string]string

func newFolders(pages []*index.Page) folders {
	f := folders{}
	for _, p := range pages {
		for i := strings.LastIndexByte(p.ID, '/'); i > 0; i = strings.LastIndexByte(p.ID[:i], '/') {
			path := p.ID[:i]
			if _, known := f[path]; known {
				break // and those above it
			}
			f[path] = path
		}
	}
	f.shorten()
	return f
}

// shorten lets a folder be called by its last part where no other has it.
func (f folders) shorten() {
	by := map[string][]string{}
	for _, path := range f {
		if last := path[strings.LastIndexByte(path, '/')+1:]; last != path {
			by[last] = append(by[last], path)
		}
	}
	for last, paths := range by {
		if _, taken := f[last]; !taken && len(paths) == 1 {
			f[last] = paths[0]
		}
	}
}

// inWord is what precedes a folder's name within a question.
const inWord = "in:"

// cut takes a folder's name off a question.
func (f folders) cut(text string) (folder, rest string, ok bool) {
	if len(f) == 0 {
		return "", "", false
	}
	if before, after, found := strings.Cut(text, ":"); found {
		if path, is := f[f.key(before)]; is {
			return path, strings.TrimSpace(after), true
		}
	}
	words := strings.Fields(text)
	for i, word := range words {
		name, is := strings.CutPrefix(word, inWord)
		if path, known := f[f.key(name)]; is && known {
			return path, strings.Join(slices.Delete(words, i, i+1), " "), true
		}
	}
	if path, is := f[f.key(text)]; is && strings.HasSuffix(text, "/") {
		return path, "", true
	}
	return "", "", false
}

// unknown is the folder that a question is to be asked in and that is not there.
func (f folders) unknown(text string) string {
	if len(f) == 0 {
		return ""
	}
	for word := range strings.FieldsSeq(text) {
		if name, is := strings.CutPrefix(word, inWord); is && name != "" && f[f.key(name)] == "" {
			return name
		}
	}
	return ""
}

// noFolder says which folders there are instead.
func (a *Answerer) noFolder(name string) *Answer {
	answer := a.nothing(&Question{Text: name})
	var tops []string
	for name, path := range a.folders() {
		if name == path && !strings.Contains(path, "/") {
			tops = append(tops, path)
		}
	}
	slices.Sort(tops)
	answer.Text = "There is no folder *" + Echo(name) + "*. There are: " + and(tops[:min(len(tops), maxFolders)]) + "."
	return answer
}

func (folders) key(name string) string { return strings.Trim(index.Fold(strings.TrimSpace(name)), "/") }

// below answers from one folder: what is asked, or with what there is.
func (a *Answerer) below(ctx context.Context, folder, text string) (*Answer, error) {
	q := a.words.Parse(text)
	found, err := a.index.Search(ctx, index.Query{Words: q.Words, Under: folder})
	if err != nil {
		return nil, err
	}
	if len(found.Hits) > 0 {
		return a.hits(found.Hits), nil
	}
	pages := slices.DeleteFunc(slices.Clone(a.index.Pages()), func(p *index.Page) bool { return !strings.HasPrefix(p.ID, folder+"/") })
	if text != "" {
		answer := a.nothing(q)
		answer.Text = "I have nothing on this in " + folder + ": I looked in " + count(len(pages), "page") + "."
		return answer, nil
	}
	shown := pages[:min(len(pages), maxInFolder)]
	answer := &Answer{Kind: ListKind, Title: "Pages in " + folder, Pages: ids(shown)}
	for _, p := range shown {
		answer.Results = append(answer.Results, pageResult(p, ""))
	}
	if more := len(pages) - len(shown); more > 0 {
		answer.Notes = []string{"The first " + strconv.Itoa(len(shown)) + " of " + count(len(pages), "page") + ": ask for what you look for after “" + folder + ":”."}
	}
	return answer, nil
}

// maxInFolder is how many pages of a folder are listed.
const maxInFolder = 25
