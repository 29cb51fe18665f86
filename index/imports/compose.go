package imports

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"frameworkbot/index"
	"frameworkbot/index/foreign"
)

func number(n int) string { return strconv.Itoa(n) }

// write makes the page of a file and writes it.
func (j *job) write(p *page) error {
	data, why, err := j.source.text(p.entry)
	switch {
	case err != nil:
		return err
	case why != "":
		j.skip(p.path, "%s", why)
		return nil
	}
	read, _ := foreign.ReadLinked(data, func(to string) string { return j.find.link(p, to) })
	written, why := j.compose(p, &read)
	if why != "" {
		j.skip(p.path, "%s", why)
		return nil
	}
	return j.put(p, written)
}

// compose is the page that is written, or why there is none.
func (j *job) compose(p *page, read *foreign.Page) (written []byte, why string) {
	title := read.Title
	if title == "" {
		title = p.title
	}
	t := takeTitle(read.Body, title, p.id != "")
	summary, rest := summarise(read.Summary, t.body)
	if summary == "" && len(t.properties) == 0 {
		return nil, "has no text"
	}
	if summary == "" {
		summary = strings.TrimRight(p.title, ".") + ", from " + j.o.Title + "."
	}
	var b bytes.Buffer
	j.front(&b, p, read, &t)
	b.WriteString(summary + " [^origin]\n")
	if rest != "" {
		b.WriteString("\n" + rest + "\n")
	}
	if len(t.properties) > 0 {
		b.WriteString("\n## Properties\n\n- " + strings.Join(t.properties, "\n- ") + "\n")
	}
	return valid(p.target, b.Bytes())
}

// valid returns a page that can be read, or why this one cannot.
func valid(target string, written []byte) ([]byte, string) {
	_, problems := index.ParsePage(path.Base(target)+".md", written)
	if len(problems) == 0 {
		return written, ""
	}
	// Code such as [^a-z] is taken for the mark of a source, which a character that nobody sees prevents.
	marked := bytes.ReplaceAll(written, []byte("[^"), []byte("[\u2060^"))
	marked = bytes.Replace(marked, []byte("[\u2060^origin]"), []byte("[^origin]"), 1)
	if _, again := index.ParsePage(path.Base(target)+".md", marked); len(again) == 0 {
		return marked, ""
	}
	return nil, "would be no page that can be read: " + problems[0].Text
}

// front writes the front matter.
func (j *job) front(b *bytes.Buffer, p *page, read *foreign.Page, t *text) {
	b.WriteString("---\ntitle: " + quote(p.title) + "\nkind: document\n")
	if len(p.aliases) > 0 {
		quoted := make([]string, len(p.aliases))
		for i, alias := range p.aliases {
			quoted[i] = quote(alias)
		}
		b.WriteString("aliases: [" + strings.Join(quoted, ", ") + "]\n")
	}
	b.WriteString("sources:\n  - {id: origin, title: " + quote(j.o.Title+": "+shown(p)) + ", label: " + quote(j.o.Title) +
		", date: " + quote(day(read.Date, t.date, p.modified, j.o.Now)))
	if link := j.origin(p, read); link != "" {
		b.WriteString(", link: " + quote(link))
	}
	b.WriteString("}\n")
	for _, owner := range []string{read.Owner, t.owner, j.o.Owner} {
		if owner != "" {
			b.WriteString("owner: " + quote(owner) + "\n")
			break
		}
	}
	b.WriteString("---\n")
}

// shown is where a page is in its source, as people would say it.
func shown(p *page) string {
	if p.id == "" {
		return p.path
	}
	parts := strings.Split(p.path, "/")
	for i, part := range parts {
		parts[i] = strings.TrimSpace(withoutID(part))
	}
	parts[len(parts)-1] = strings.TrimSpace(withoutID(stem(p.path)))
	return strings.Join(parts, " / ")
}

// origin is the address of what a page was made from.
func (j *job) origin(p *page, read *foreign.Page) string {
	base := strings.TrimRight(j.o.Link, "/")
	switch {
	case base == "":
		return read.Link
	case p.id != "":
		return base + "/" + p.id
	}
	parts := strings.Split(p.path, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return base + "/" + strings.Join(parts, "/")
}

// quote is a text as YAML has it between quotes, which is what JSON has.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(strings.Map(func(r rune) rune { // a string can always be encoded
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
	return strings.TrimSpace(b.String())
}

// summarise finds what stands for the page in one paragraph, and the rest:
// what the front matter says, what stands before the first heading, or the
// first paragraph that there is.
func summarise(said, body string) (summary, rest string) {
	blocks := strings.SplitN(body, "\n\n", 2)
	first := strings.TrimSpace(blocks[0])
	if len(blocks) > 1 {
		rest = strings.TrimSpace(blocks[1])
	}
	switch {
	case said != "" && !begins(first, said):
		return escaped(said), body
	case isParagraph(first):
		return first, rest
	case isParagraph(unquoted(first)):
		return unquoted(first), rest
	}
	for paragraph := range strings.SplitSeq(body, "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); isParagraph(paragraph) {
			return firstSentences(paragraph), body
		}
	}
	return "", body
}

// unquoted is the text of a block quote, "" if the block is none.
func unquoted(block string) string {
	lines := strings.Split(block, "\n")
	for i, line := range lines {
		text, ok := strings.CutPrefix(line, ">")
		if !ok {
			return ""
		}
		lines[i] = strings.TrimPrefix(text, " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// label is a line such as "**Note:**", which says nothing by itself.
var label = regexp.MustCompile("^(?:\\*\\*[^*\n]*:\\*\\*|`[^`\n]*`)$")

// isParagraph reports whether a block is text, not a heading, a list, code or a table.
func isParagraph(s string) bool {
	if s == "" || strings.HasPrefix(s, "    ") || strings.HasPrefix(s, "[^") || label.MatchString(s) {
		return false
	}
	isText := strings.HasPrefix(s, "**") || s[0] == '`' && !strings.HasPrefix(s, "```")
	if strings.IndexByte("#>-*+|`~=<", s[0]) >= 0 && !isText {
		return false
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') {
		return false
	}
	if strings.Contains(s, "\n#") || strings.Contains(s, "\n```") || strings.Contains(s, "\n- ") || strings.Contains(s, "\n|") || strings.Contains(s, "\n=") || strings.Contains(s, "\n---") {
		return false
	}
	return strings.IndexFunc(s, unicode.IsLetter) >= 0 && !strings.Contains(s, "]: ")
}

// firstSentences is the beginning of a paragraph that stands a second time on the page.
func firstSentences(s string) string {
	const enough = 300
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= enough || strings.ContainsAny(s, "`[") {
		return s
	}
	if n := strings.LastIndex(s[:enough], ". "); n > 0 {
		return s[:n+1]
	}
	return s
}

// begins reports whether a paragraph begins with that text, whatever is bold or
// a link in it.
func begins(paragraph, said string) bool {
	said = strings.TrimRight(said, ".… ")
	return strings.HasPrefix(index.Key(linkTarget.ReplaceAllString(unquotedOr(paragraph), "")), index.Key(said))
}

func unquotedOr(block string) string {
	if text := unquoted(block); text != "" {
		return text
	}
	return block
}

// linkTarget is the address of a link.
var linkTarget = regexp.MustCompile(`\]\([^()\s]*\)`)

// escaped is plain text as Markdown.
func escaped(s string) string { return escapes.Replace(s) }

var escapes = strings.NewReplacer(`\`, `\\`, "<", `\<`, "[", `\[`, "*", `\*`, "`", "\\`")
