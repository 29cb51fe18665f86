package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"frameworkbot/bot/markdown"
)

// mrkdwn draws Slack's own markup
// (https://docs.slack.dev/messaging/formatting-message-text).
func mrkdwn(src string) []node {
	var nodes []node
	for i, part := range strings.Split(src, "```") {
		if i%2 == 1 {
			nodes = append(nodes, node{Kind: codeNode, Text: strings.Trim(entities.Replace(part), "\n")})
			continue
		}
		nodes = append(nodes, quoted(strings.Trim(part, "\n"))...)
	}
	return nodes
}

// quoted parts the lines that are quotes from those that are none.
func quoted(src string) (nodes []node) {
	for line := range strings.SplitSeq(src, "\n") {
		text, isQuote := strings.CutPrefix(line, "&gt;")
		n := node{Kind: textNode, Spans: mrkdwnSpans(strings.TrimSpace(text))}
		if last := len(nodes) - 1; last >= 0 && isQuote == (nodes[last].Kind == quoteNode) {
			into := &nodes[last]
			if isQuote {
				into = &into.Nodes[0]
			}
			into.Spans = append(append(into.Spans, span{Break: true}), n.Spans...)
			continue
		}
		if isQuote {
			n = node{Kind: quoteNode, Nodes: []node{n}}
		}
		if isQuote || len(n.Spans) > 0 {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// mrkdwnSpans draws one line.
func mrkdwnSpans(line string) []span { return inline(line, span{}, mrkdwnNext) }

// mrkdwnNext reads the piece that the line begins with; n is 0 if it is ordinary text.
func mrkdwnNext(line string, before rune, look span) (spans []span, n int) {
	switch line[0] {
	case '<':
		end := strings.IndexByte(line, '>')
		if end < 0 {
			return nil, 0
		}
		return []span{slackToken(line[1:end], look)}, end + 1
	case '&':
		for _, e := range []string{"&lt;", "&gt;", "&amp;"} {
			if strings.HasPrefix(line, e) {
				look.Text = entities.Replace(e)
				return []span{look}, len(e)
			}
		}
	case '`':
		if end := strings.IndexByte(line[1:], '`'); end > 0 {
			look.Text, look.Code = entities.Replace(line[1:1+end]), true
			return []span{look}, end + 2
		}
	case '*', '_', '~':
		return slackStyle(line, before, look)
	}
	return nil, 0
}

// slackStyle reads "*bold*", which begins and ends at the edge of a word.
func slackStyle(line string, before rune, look span) ([]span, int) {
	mark := line[:1]
	if isWordRune(before) || len(line) < 3 || line[1] == ' ' || line[1] == mark[0] {
		return nil, 0
	}
	for end := 2; end < len(line); end++ {
		after, _ := utf8.DecodeRuneInString(line[end+1:])
		if line[end] != mark[0] || line[end-1] == ' ' || end+1 < len(line) && isWordRune(after) {
			continue
		}
		switch mark {
		case "*":
			look.Bold = true
		case "_":
			look.Italic = true
		default:
			look.Strike = true
		}
		return inline(line[1:end], look, mrkdwnNext), end + 1
	}
	return nil, 0
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// slackToken draws what stands between angle brackets: a link or a mention.
func slackToken(token string, look span) span {
	address, label, labelled := strings.Cut(token, "|")
	if strings.HasPrefix(address, "!date^") {
		look.Text = entities.Replace(label)
		return look
	}
	if strings.ContainsAny(address[:min(1, len(address))], "@#!") {
		look.Text, look.Mention = entities.Replace(address), true
		if labelled {
			look.Text = entities.Replace(label)
		}
		return look
	}
	look.Text = entities.Replace(address)
	look.Link = markdown.Address(look.Text)
	if labelled {
		look.Text = entities.Replace(label)
	}
	return look
}

// maxDepth is how deep styles may stand within styles; what is deeper is text.
const maxDepth = 8

// inline takes a line apart: next reads the piece that it begins with.
func inline(line string, look span, next func(line string, before rune, look span) ([]span, int)) []span {
	var spans []span
	text := func(s string) {
		if s == "" {
			return
		}
		if last := len(spans) - 1; last >= 0 {
			same := spans[last]
			same.Text = ""
			if same == look {
				spans[last].Text += s
				return
			}
		}
		one := look
		one.Text = s
		spans = append(spans, one)
	}
	before := rune(' ')
	from := 0
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if strings.ContainsRune("<&`*_~|\\[@h", r) && look.depth() < maxDepth {
			if piece, n := next(line[i:], before, look); n > 0 {
				text(line[from:i])
				spans = append(spans, piece...)
				i += n
				from, before = i, ' '
				continue
			}
		}
		before = r
		i += size
	}
	text(line[from:])
	return spans
}

// depth is how many styles the look has.
func (s *span) depth() int {
	n := 0
	for _, on := range []bool{s.Bold, s.Italic, s.Strike, s.Under} {
		if on {
			n++
		}
	}
	return n
}
