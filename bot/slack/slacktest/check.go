package slacktest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Limits of what is sent
// (https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/reference/methods/chat.postMessage).
const (
	maxText          = 40_000 // of a message's text; Slack advises 4,000
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxMarkdown      = 12_000 // over all markdown blocks of a message
	maxOptions       = 100

	// maxVisible is the undocumented total over all blocks beyond which Slack
	// answers msg_blocks_too_long (https://github.com/slackapi/bolt-js/issues/2509).
	maxVisible = 13_000
)

// checker collects what is wrong with one thing that is sent.
type checker struct {
	what   string
	wrong  []string
	blocks map[string]bool // block_ids
	acts   map[string]bool // action_ids
}

func newChecker(what string) *checker {
	return &checker{what: what, blocks: map[string]bool{}, acts: map[string]bool{}}
}

func (c *checker) fault(format string, args ...any) {
	c.wrong = append(c.wrong, c.what+": "+fmt.Sprintf(format, args...))
}

// settle notes the violations and returns the error code, "" if there are none.
func (s *Server) settle(c *checker) string {
	for _, w := range c.wrong {
		s.violate("%s", w)
	}
	if len(c.wrong) > 0 {
		return "invalid_blocks"
	}
	return ""
}

// checkMessage checks a message; how is the method, or "ack", "http" or "response_url".
func (s *Server) checkMessage(how string, m map[string]any) string {
	c := newChecker(how)
	text, _ := m["text"].(string)
	blocks, isList := m["blocks"].([]any)
	switch {
	case m["delete_original"] == true:
		return s.settle(c)
	case m["blocks"] != nil && !isList:
		c.fault("blocks are no list")
	case text == "" && len(blocks) > 0:
		c.fault("there are blocks, but no text for notifications and screen readers")
	case text == "":
		c.fault("there is no text")
	}
	c.text("text", text, maxText)
	c.mrkdwn("text", text)
	c.flags(how, m)
	c.all(blocks, maxMessageBlocks)
	return s.settle(c)
}

// flags checks what is beside text and blocks.
func (c *checker) flags(how string, m map[string]any) {
	if how != "chat.update" {
		for _, name := range []string{"unfurl_links", "unfurl_media"} {
			if v := m[name]; v != false && v != "false" && v != "0" {
				c.fault("%s is not false: links would be unfolded", name)
			}
		}
	}
	if m["parse"] == "full" || m["link_names"] == true || m["link_names"] == "1" || m["link_names"] == "true" {
		c.fault("names in the text would become mentions")
	}
	if t := m["response_type"]; t != nil && t != "ephemeral" && t != "in_channel" {
		c.fault("response_type is %v", t)
	}
	if ts, ok := m["thread_ts"].(string); ok && ts != "" && !timestamps.MatchString(ts) {
		c.fault("thread_ts %q is no timestamp", ts)
	}
}

var timestamps = regexp.MustCompile(`^\d{10,}\.\d{6}$`)

// checkView checks an App Home.
func (s *Server) checkView(v map[string]any) string {
	c := newChecker("views.publish")
	blocks, _ := v["blocks"].([]any)
	if len(blocks) == 0 {
		c.fault("there are no blocks")
	}
	c.all(blocks, maxViewBlocks)
	return s.settle(c)
}

// checkOptions checks what fills a menu that is searched.
func (s *Server) checkOptions(m map[string]any) {
	c := newChecker("options")
	list, isList := m["options"].([]any)
	if groups, has := m["option_groups"].([]any); has {
		isList = true
		for _, g := range groups {
			group, _ := g.(map[string]any)
			more, _ := group["options"].([]any)
			c.object("label", group["label"], 75)
			list = append(list, more...)
		}
	}
	if !isList {
		c.fault("there is no list of options")
	}
	c.options(list, maxOptions)
	s.settle(c)
}

// text checks the length of a text, in characters.
func (c *checker) text(what, s string, most int) {
	if n := utf8.RuneCountInString(s); n > most {
		c.fault("%s has %d characters of %d", what, n, most)
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		c.fault("%s has a broken character", what)
	}
}

var (
	broadcast = regexp.MustCompile(`<!(channel|here|everyone|subteam)\b`)
	angled    = regexp.MustCompile(`<(?:https?://[^<>|]+(?:\|[^<>]*)?|mailto:[^<>|]+(?:\|[^<>]*)?|@[UW][A-Z0-9]+(?:\|[^<>]*)?|#C[A-Z0-9]+(?:\|[^<>]*)?|!date\^[^<>]+)>`)
	entity    = regexp.MustCompile(`&(?:amp|lt|gt);`)
	quoted    = regexp.MustCompile(`(?m)^>+`)
)

// mrkdwn checks that a text notifies nobody, and that what looks like markup is
// (https://docs.slack.dev/messaging/formatting-message-text#escaping).
func (c *checker) mrkdwn(what, s string) {
	if broadcast.MatchString(s) {
		c.fault("%s would notify a whole channel", what)
		return
	}
	rest := quoted.ReplaceAllString(entity.ReplaceAllString(angled.ReplaceAllString(s, ""), ""), "")
	if i := strings.IndexAny(rest, "&<>"); i >= 0 {
		c.fault("%s has %q that is not escaped: %.40q", what, rest[i], rest[i:])
	}
	if strings.Count(s, "```")%2 != 0 {
		c.fault("%s has a code fence that is not closed", what)
	}
}
