package web

import (
	"regexp"
	"strconv"
	"strings"

	"frameworkbot/bot/markdown"
)

// discordMarkup draws Discord's markup
// (https://support.discord.com/hc/en-us/articles/210298617).
type discordMarkup struct {
	everybody bool // "@everyone" would call everybody
}

var (
	listItem = regexp.MustCompile(`^( *)([-*]|\d{1,9}\.) +(.*)$`)
	heading  = regexp.MustCompile(`^(#{1,3}) +(.+)$`)
)

// maxNesting is how deep lists and quotes are drawn.
const maxNesting = 6

// text draws a text of several lines.
func (p discordMarkup) text(src string) []node {
	var nodes []node
	for i, part := range strings.Split(src, "```") {
		if i%2 == 0 {
			nodes = append(nodes, p.lines(strings.Split(strings.Trim(part, "\n"), "\n"), 0)...)
			continue
		}
		if language, rest, ok := strings.Cut(part, "\n"); ok && !strings.ContainsAny(language, " ") {
			part = rest
		}
		nodes = append(nodes, node{Kind: codeNode, Text: strings.TrimRight(part, "\n")})
	}
	return nodes
}

// lines draws lines without code fences.
func (p discordMarkup) lines(lines []string, depth int) []node {
	var nodes []node
	for i := 0; i < len(lines); {
		n, used := p.block(lines[i:], depth)
		i += used
		if n.Kind == "" {
			continue
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// block draws what the lines begin with, and tells how many lines that took.
func (p discordMarkup) block(lines []string, depth int) (node, int) {
	line := lines[0]
	switch m := heading.FindStringSubmatch(line); {
	case strings.TrimSpace(line) == "":
		return node{}, 1
	case m != nil:
		return node{Kind: headingNode, Level: len(m[1]), Spans: p.spans(m[2])}, 1
	case strings.HasPrefix(line, "-# "):
		return p.subtext(lines)
	case strings.HasPrefix(line, "> ") && depth < maxNesting:
		n := count(lines, func(l string) bool { return strings.HasPrefix(l, "> ") || l == ">" })
		inner := make([]string, n)
		for i := range inner {
			inner[i] = strings.TrimPrefix(strings.TrimPrefix(lines[i], ">"), " ")
		}
		return node{Kind: quoteNode, Nodes: p.lines(inner, depth+1)}, n
	case listItem.MatchString(line) && depth < maxNesting:
		return p.list(lines, depth)
	}
	n := 1 + count(lines[1:], p.isPlain)
	return node{Kind: textNode, Spans: p.joined(lines[:n])}, n
}

func (p discordMarkup) isPlain(line string) bool {
	return strings.TrimSpace(line) != "" && !heading.MatchString(line) && !strings.HasPrefix(line, "-# ") && !strings.HasPrefix(line, "> ") && !listItem.MatchString(line)
}

// subtext is small print; lines of it follow one another.
func (p discordMarkup) subtext(lines []string) (node, int) {
	n := count(lines, func(l string) bool { return strings.HasPrefix(l, "-# ") })
	small := make([]string, n)
	for i := range small {
		small[i] = strings.TrimPrefix(lines[i], "-# ")
	}
	return node{Kind: smallNode, Spans: p.joined(small)}, n
}

// list draws items; what is indented under an item belongs to it.
func (p discordMarkup) list(lines []string, depth int) (node, int) {
	first := listItem.FindStringSubmatch(lines[0])
	indent := len(first[1])
	n := node{Kind: listNode, Ordered: first[2] != "-" && first[2] != "*"}
	n.Start, _ = strconv.Atoi(strings.TrimSuffix(first[2], "."))
	used := 0
	for used < len(lines) {
		m := listItem.FindStringSubmatch(lines[used])
		if m == nil || len(m[1]) > indent+1 || len(m[1]) < indent {
			break
		}
		inner := count(lines[used+1:], func(l string) bool { return strings.HasPrefix(l, strings.Repeat(" ", indent+2)) })
		item := []string{m[3]}
		for _, l := range lines[used+1 : used+1+inner] {
			item = append(item, l[indent+2:])
		}
		n.Items = append(n.Items, p.lines(item, depth+1))
		used += 1 + inner
	}
	return n, max(used, 1)
}

// count is how many lines in a row meet the test.
func count(lines []string, meets func(string) bool) int {
	for i, l := range lines {
		if !meets(l) {
			return i
		}
	}
	return len(lines)
}

func (p discordMarkup) joined(lines []string) []span {
	var spans []span
	for i, l := range lines {
		if i > 0 {
			spans = append(spans, span{Break: true})
		}
		spans = append(spans, p.spans(l)...)
	}
	return spans
}

// spans draws one line.
func (p discordMarkup) spans(line string) []span { return inline(line, span{}, p.next) }

var (
	bareURL  = regexp.MustCompile(`^https?://[^\s<>]+`)
	mention  = regexp.MustCompile(`^<(@[!&]?\d+|#\d+|id:\w+|/[\w -]+:\d+)>`)
	labelled = regexp.MustCompile(`^\[((?:[^\[\]\\]|\\.)+)\]\((?:<([^\s<>]+)>|([^\s<>]+?))\)`)
	// styles are longest first.
	styles = []struct {
		mark string
		set  func(*span)
	}{
		{"**", func(s *span) { s.Bold = true }},
		{"__", func(s *span) { s.Under = true }},
		{"~~", func(s *span) { s.Strike = true }},
		{"||", func(*span) {}},
		{"*", func(s *span) { s.Italic = true }},
		{"_", func(s *span) { s.Italic = true }},
	}
)

// next reads the piece that the line begins with; n is 0 if it is ordinary text.
func (p discordMarkup) next(line string, before rune, look span) ([]span, int) {
	switch line[0] {
	case '\\':
		if len(line) > 1 && strings.IndexByte("\\*_~|`<>[]()#-.!@:+=", line[1]) >= 0 {
			look.Text = line[1:2]
			return []span{look}, 2
		}
	case '@':
		for _, all := range []string{"@everyone", "@here"} {
			if p.everybody && strings.HasPrefix(line, all) {
				look.Text, look.Mention = all, true
				return []span{look}, len(all)
			}
		}
	case '<':
		if m := mention.FindString(line); m != "" {
			look.Text, look.Mention = m[1:len(m)-1], true
			return []span{look}, len(m)
		}
		if m := bareURL.FindString(line[1:]); m != "" && strings.HasPrefix(line[1+len(m):], ">") {
			return link(m, m, look), len(m) + 2
		}
	case 'h':
		if m := strings.TrimRight(bareURL.FindString(line), ".,;:!?)*_~|`"); len(m) > len("https://") && !isWordRune(before) {
			return link(m, m, look), len(m)
		}
	case '[':
		if m := labelled.FindStringSubmatch(line); m != nil && markdown.Address(m[2]+m[3]) != "" {
			look.Link = markdown.Address(m[2] + m[3])
			return inline(m[1], look, p.next), len(m[0])
		}
	case '`':
		return inlineCode(line, look)
	default:
		return p.styled(line, before, look)
	}
	return nil, 0
}

func link(label, address string, look span) []span {
	look.Text = label
	if a := markdown.Address(address); a != "" {
		look.Link = a
	}
	return []span{look}
}

// inlineCode reads code between as many backticks as it begins with.
func inlineCode(line string, look span) ([]span, int) {
	fence := line[:len(line)-len(strings.TrimLeft(line, "`"))]
	end := strings.Index(line[len(fence):], fence)
	if end <= 0 {
		return nil, 0
	}
	look.Text, look.Code = strings.TrimSpace(line[len(fence):len(fence)+end]), true
	return []span{look}, end + 2*len(fence)
}

func (p discordMarkup) styled(line string, before rune, look span) ([]span, int) {
	for _, s := range styles {
		rest, ok := strings.CutPrefix(line, s.mark)
		if !ok {
			continue
		}
		end := closing(rest, s.mark)
		if end <= 0 || rest[0] == ' ' || s.mark == "_" && isWordRune(before) {
			continue
		}
		s.set(&look)
		return inline(rest[:end], look, p.next), end + 2*len(s.mark)
	}
	return nil, 0
}

// closing is where the mark stands that ends a style, -1 if nowhere. An escaped
// one does not count.
func closing(s, mark string) int {
	for i := 0; i+len(mark) <= len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if s[i:i+len(mark)] == mark && i > 0 {
			if len(mark) == 1 && i+1 < len(s) && s[i+1] == mark[0] { // "**" within "*…*"
				i++
				continue
			}
			return i
		}
	}
	return -1
}
