package discordtest

import (
	"fmt"
	"net/http"
	"unicode/utf16"
)

// Limits of a message
// (https://docs.discord.com/developers/resources/message#create-message).
const (
	maxContent = 2000
	maxEmbeds  = 10
	maxNonce   = 25
)

// Limits of embeds
// (https://docs.discord.com/developers/resources/message#embed-object-embed-limits).
const (
	maxEmbedTitle       = 256
	maxEmbedDescription = 4096
	maxEmbedFields      = 25
	maxFieldName        = 256
	maxFieldValue       = 1024
	maxFooter           = 2048
	maxAuthor           = 256
	maxEmbedText        = 6000 // over all embeds of a message
)

// Flags of a message
// (https://docs.discord.com/developers/resources/message#message-object-message-flags).
const (
	suppressEmbeds        = 1 << 2
	suppressNotifications = 1 << 12
	isV2                  = 1 << 15
)

// messageLimits says where a message is sent, as that makes a difference.
type messageLimits struct {
	interaction bool
	edit        bool
}

// A fault finder notes what is wrong with a payload.
type finder struct{ found []string }

func (f *finder) note(format string, args ...any) {
	f.found = append(f.found, fmt.Sprintf(format, args...))
}

// text checks the length of a text. Discord's own count is not documented:
// that in UTF-16 is the longest of those that it may be.
func (f *finder) text(what string, v any, least, most int) int {
	s, isText := v.(string)
	n := len(utf16.Encode([]rune(s)))
	if v != nil && !isText {
		f.note("%s is not a text", what)
	}
	if n < least || n > most {
		f.note("%s has %d characters, not %d to %d", what, n, least, most)
	}
	return n
}

// done is the answer to what was found wrong, nil if nothing was. The Server must be locked.
func (s *Server) done(f *finder) *response {
	for _, v := range f.found {
		s.violate("%s", v)
	}
	if len(f.found) == 0 {
		return nil
	}
	r := response{http.StatusBadRequest, Object{"code": 50035, "message": "Invalid Form Body", "errors": Object{"_errors": f.found}}}
	return &r
}

// invalid is the answer to one thing that is wrong. The Server must be locked.
func (s *Server) invalid(format string, args ...any) *response {
	f := &finder{}
	f.note(format, args...)
	return s.done(f)
}

// check holds a message against Discord's limits. The Server must be locked.
func (s *Server) check(where messageLimits, m Object) *response {
	f := &finder{}
	f.message(where, m)
	return s.done(f)
}

func (f *finder) message(where messageLimits, m Object) {
	flags, isNumber := number(m["flags"])
	if m["flags"] != nil && !isNumber {
		f.note("flags is not a number")
	}
	allowed := suppressEmbeds | suppressNotifications | isV2
	if where.interaction {
		allowed |= ephemeral
	}
	if flags&^allowed != 0 {
		f.note("flags %d cannot be set here", flags)
	}
	for _, key := range []string{"embeds", "components"} {
		if v, set := m[key]; set && v == nil {
			f.note("%s is null", key)
		}
	}
	f.mentions(m)
	f.text("content", m["content"], 0, maxContent)
	f.embeds(m["embeds"])
	f.components(m["components"], flags&isV2 != 0)
	f.nonce(m, where)
	f.together(m, flags&isV2 != 0)
}

// mentions wants every message to say that its text pings nobody.
func (f *finder) mentions(m Object) {
	allowed, ok := m["allowed_mentions"].(Object)
	if !ok {
		f.note("a message without allowed_mentions: its text could ping people")
		return
	}
	if parse, ok := allowed["parse"].([]any); !ok || len(parse) > 0 {
		f.note("allowed_mentions.parse is %v, not []", allowed["parse"])
	}
	for _, key := range []string{"users", "roles"} {
		if v, set := allowed[key]; set {
			list, ok := v.([]any)
			if !ok || len(list) > 100 {
				f.note("allowed_mentions.%s is not a list of at most 100", key)
			}
		}
	}
}

func (f *finder) nonce(m Object, where messageLimits) {
	nonce, set := m["nonce"]
	if !set || where.edit {
		return
	}
	f.text("nonce", nonce, 1, maxNonce)
	if m["enforce_nonce"] != true {
		f.note("a nonce without enforce_nonce prevents nothing")
	}
}

// together checks that there is something to see, and not two things that exclude each other.
func (f *finder) together(m Object, v2 bool) {
	content, _ := m["content"].(string)
	embeds, _ := m["embeds"].([]any)
	components, _ := m["components"].([]any)
	switch {
	case v2 && (content != "" || len(embeds) > 0):
		f.note("content or embeds beside Components V2")
	case v2 && len(components) == 0:
		f.note("Components V2 without components")
	case content == "" && len(embeds) == 0 && len(components) == 0:
		f.note("an empty message (50006)")
	}
}

func (f *finder) embeds(v any) {
	list, ok := v.([]any)
	if v != nil && !ok {
		f.note("embeds is not a list")
	}
	if len(list) > maxEmbeds {
		f.note("%d embeds, more than %d", len(list), maxEmbeds)
	}
	total := 0
	for _, one := range list {
		e, _ := one.(Object)
		total += f.embed(e)
	}
	if total > maxEmbedText {
		f.note("%d characters in all embeds, more than %d", total, maxEmbedText)
	}
}

func (f *finder) embed(e Object) int {
	n := f.text("an embed's title", e["title"], 0, maxEmbedTitle)
	n += f.text("an embed's description", e["description"], 0, maxEmbedDescription)
	if footer, ok := e["footer"].(Object); ok {
		n += f.text("an embed's footer", footer["text"], 1, maxFooter)
	}
	if author, ok := e["author"].(Object); ok {
		n += f.text("an embed's author", author["name"], 1, maxAuthor)
	}
	fields, _ := e["fields"].([]any)
	if len(fields) > maxEmbedFields {
		f.note("%d fields in an embed, more than %d", len(fields), maxEmbedFields)
	}
	for _, one := range fields {
		field, _ := one.(Object)
		n += f.text("the name of an embed's field", field["name"], 1, maxFieldName)
		n += f.text("the value of an embed's field", field["value"], 1, maxFieldValue)
	}
	f.link("an embed", e["url"])
	if color, ok := number(e["color"]); ok && (color < 0 || color > 0xffffff) {
		f.note("an embed has color %d", color)
	}
	return n
}

// number is v as a whole number: a JSON number or an int.
func number(v any) (int, bool) {
	switch n := v.(type) {
	case int:
		return n, true
	case float64:
		return int(n), n == float64(int(n))
	}
	return 0, false
}
