package web

import (
	"encoding/json"
	"strconv"

	"frameworkbot/bot/markdown"
)

// richBlocks draws rich text
// (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). A list
// that is indented belongs to the item before it.
func richBlocks(elements []slackElement) []node {
	var nodes []node
	for i := range elements {
		e := &elements[i]
		n := richBlock(e)
		if last := len(nodes) - 1; e.Indent > 0 && last >= 0 && nodes[last].Kind == listNode && len(nodes[last].Items) > 0 {
			nodes[last].nest(n, e.Indent)
			continue
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// nest puts a list under the last item, so many levels deep.
func (n *node) nest(list node, depth int) {
	items := n.Items
	under := &items[len(items)-1]
	if i := len(*under) - 1; depth > 1 && i >= 0 && (*under)[i].Kind == listNode && len((*under)[i].Items) > 0 {
		(*under)[i].nest(list, depth-1)
		return
	}
	*under = append(*under, list)
}

func richBlock(e *slackElement) node {
	switch e.Type {
	case "rich_text_quote":
		return node{Kind: quoteNode, Nodes: []node{{Kind: textNode, Spans: richSpans(e.Elements)}}}
	case "rich_text_preformatted":
		return node{Kind: codeNode, Text: plain(richSpans(e.Elements))}
	case "rich_text_list":
		var style string
		_ = json.Unmarshal(e.Style, &style)
		n := node{Kind: listNode, Ordered: style == "ordered", Start: 1 + e.Offset}
		for i := range e.Elements {
			n.Items = append(n.Items, []node{{Kind: textNode, Spans: richSpans(e.Elements[i].Elements)}})
		}
		return n
	case "rich_text_section":
		return node{Kind: textNode, Spans: richSpans(e.Elements)}
	}
	return node{Kind: unknownNode, Text: "rich text of the type " + e.Type}
}

// richSpans draws pieces of rich text; sections within follow one another.
func richSpans(elements []slackElement) []span {
	var spans []span
	for i := range elements {
		e := &elements[i]
		look := richLook(e.Style)
		switch e.Type {
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			spans = append(spans, richSpans(e.Elements)...)
		case "rich_text_list":
			for j := range e.Elements {
				spans = append(append(spans, span{Break: true}, span{Text: strconv.Itoa(j+1) + ". "}), richSpans(e.Elements[j].Elements)...)
			}
		case "text":
			spans = append(spans, broken(e.Text.Text, look)...)
		case "link":
			look.Text, look.Link = e.Text.Text, markdown.Address(e.URL)
			if look.Text == "" {
				look.Text = e.URL
			}
			spans = append(spans, look)
		case "emoji":
			look.Text = ":" + e.Name + ":"
			spans = append(spans, look)
		default: // user, channel, usergroup, broadcast: all of them call somebody
			look.Text, look.Mention = "@"+e.UserID+e.Range, true
			spans = append(spans, look)
		}
	}
	return spans
}

func richLook(style json.RawMessage) span {
	var s struct{ Bold, Italic, Strike, Underline, Code bool }
	_ = json.Unmarshal(style, &s) // no style is the usual look
	return span{Bold: s.Bold, Italic: s.Italic, Strike: s.Strike, Under: s.Underline, Code: s.Code}
}
