package discord

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// An inspection holds a message against all that Discord wants and against what
// nobody may smuggle into one. It counts in its own way.
type inspection struct {
	found      []string
	allowed    []string // mentions that the bot itself makes
	ids        map[string]bool
	components int
	text       int
	bytes      int
	displays   int
}

func (in *inspection) fault(format string, args ...any) {
	in.found = append(in.found, fmt.Sprintf(format, args...))
}

// inspect returns what is wrong with a message.
func inspect(m message, o options) []string {
	in := &inspection{ids: map[string]bool{}}
	for _, id := range []string{o.mention, o.sharedBy} {
		if isSnowflake(id) {
			in.allowed = append(in.allowed, "<@"+id+">")
		}
	}
	data, err := json.Marshal(m)
	if err != nil || strings.Contains(string(data), "null") && !strings.Contains(string(data), `null\`) && regexp.MustCompile(`":null`).Match(data) {
		in.fault("JSON: %v %s", err, data)
	}
	in.mentions(m, o)
	if m.Flags&flagComponentsV2 != 0 {
		in.v2(m)
	} else {
		in.legacy(m)
	}
	if ephemeral := m.Flags&flagEphemeral != 0; ephemeral != o.private {
		in.fault("ephemeral is %v, private %v", ephemeral, o.private)
	}
	return in.found
}

func (in *inspection) mentions(m message, o options) {
	a := m.AllowedMentions
	if a.Parse == nil || len(a.Parse) > 0 || a.RepliedUser {
		in.fault("allowed_mentions: %+v", a)
	}
	for _, u := range a.Users {
		if u != o.mention || !isSnowflake(u) {
			in.fault("%q may be pinged", u)
		}
	}
}

func (in *inspection) v2(m message) {
	if m.Content != nil || m.Embeds != nil {
		in.fault("content or embeds beside Components V2")
	}
	for _, c := range m.Components {
		in.component(c)
	}
	switch {
	case in.components > 40:
		in.fault("%d components", in.components)
	case in.text > 4000:
		in.fault("%d characters of text", in.text)
	case in.bytes > 9500, in.displays == 0:
		in.fault("%d bytes in %d texts", in.bytes, in.displays)
	}
}

func (in *inspection) legacy(m message) {
	if m.Content == nil || m.Embeds == nil || m.Components == nil {
		in.fault("content, embeds and components must all be said, or an edit leaves them as they were")
		return
	}
	in.length("content", *m.Content, 0, 2000)
	in.markdown(*m.Content)
	if *m.Content == "" && len(m.Embeds) == 0 {
		in.fault("nothing to see")
	}
	if len(m.Embeds) == 0 && m.Flags&flagSuppressEmbeds == 0 {
		in.fault("links in the content make previews")
	}
	for _, e := range m.Embeds {
		in.embed(e)
	}
	if len(m.Components) > 5 {
		in.fault("%d rows", len(m.Components))
	}
	for _, c := range m.Components {
		if c.Type != rowKind {
			in.fault("a component of type %d without Components V2", c.Type)
		}
		in.component(c)
	}
}

func (in *inspection) embed(e embed) {
	total := in.length("title", e.Title, 0, 256) + in.length("description", e.Description, 0, 4096)
	in.markdown(e.Title)
	in.markdown(e.Description)
	if len(e.Fields) > 25 || e.Title+e.Description == "" && len(e.Fields) == 0 {
		in.fault("an embed with %d fields", len(e.Fields))
	}
	for _, f := range e.Fields {
		total += in.length("field name", f.Name, 1, 256) + in.length("field value", f.Value, 1, 1024)
		in.markdown(f.Name)
		in.markdown(f.Value)
	}
	if e.Footer != nil {
		total += in.length("footer", e.Footer.Text, 1, 2048)
		in.inert(e.Footer.Text)
	}
	if total > 6000 {
		in.fault("%d characters in the embed", total)
	}
	if e.URL != "" {
		in.address(e.URL, "")
	}
}

func (in *inspection) component(c component) {
	in.components++
	in.bytes += 12
	switch c.Type {
	case containerKind, rowKind:
		if len(c.Components) == 0 || c.Type == rowKind && len(c.Components) > 5 {
			in.fault("a component of type %d with %d others", c.Type, len(c.Components))
		}
	case sectionKind:
		if len(c.Components) < 1 || len(c.Components) > 3 || c.Accessory == nil {
			in.fault("a section of %d texts", len(c.Components))
		}
	case textKind:
		in.displays++
		in.text += in.length("text", c.Content, 1, 4000)
		in.bytes += len(c.Content)
		in.markdown(c.Content)
	case buttonKind:
		in.length("label", c.Label, 1, 34)
		in.inert(c.Label)
		in.id(c)
	case selectKind:
		in.menu(c)
	}
	for _, inner := range c.Components {
		if c.Type == rowKind && inner.Type == selectKind && len(c.Components) > 1 {
			in.fault("a menu that shares its row")
		}
		in.component(inner)
	}
	if c.Accessory != nil {
		in.component(*c.Accessory)
	}
}

func (in *inspection) menu(c component) {
	in.id(c)
	in.length("placeholder", c.Placeholder, 1, 150)
	if len(c.Options) < 1 || len(c.Options) > 25 {
		in.fault("a menu of %d options", len(c.Options))
	}
	values := map[string]bool{}
	for _, o := range c.Options {
		in.length("option", o.Label, 1, 100)
		in.length("option's value", o.Value, 1, 100)
		in.length("option's description", o.Description, 0, 100)
		in.inert(o.Label + "\n" + o.Description)
		if values[o.Value] {
			in.fault("two options with the value %q", o.Value)
		}
		values[o.Value] = true
	}
}

func (in *inspection) id(c component) {
	in.length("custom_id", c.CustomID, 1, 100)
	if in.ids[c.CustomID] {
		in.fault("two components with the custom_id %q", c.CustomID)
	}
	in.ids[c.CustomID] = true
	if p := decode(c.CustomID); p.encode() != c.CustomID || p.do == "" {
		in.fault("custom_id %q is read as %+v", c.CustomID, p)
	}
}

func (in *inspection) length(what, s string, least, most int) int {
	n := len(utf16.Encode([]rune(s)))
	if n < least || n > most || utf8.RuneCountInString(s) > most {
		in.fault("%s has %d characters: %q", what, n, s)
	}
	if !utf8.ValidString(s) {
		in.fault("%s is not UTF-8: %q", what, s)
	}
	return n
}

// Whatever looks like these is one to somebody, live or not.
var looksLive = regexp.MustCompile(`(?i)@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^<>\n]+:\d+>|<a?:\w+:\d+>|<t:-?\d+(:\w)?>|<id:\w+>`)

// inert holds for text that is no Markdown.
func (in *inspection) inert(s string) {
	for _, m := range looksLive.FindAllString(s, -1) {
		if !slices.Contains(in.allowed, m) {
			in.fault("%q in %q", m, s)
		}
	}
	for _, r := range s {
		if r < ' ' && r != '\n' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			in.fault("the character %U in %q", r, s)
		}
	}
}

var (
	verbatim    = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`|\\\\[^0-9A-Za-z\\s]") // whichever begins first
	maskedLink  = regexp.MustCompile(`\[([^\[\]]*)\]\(([^()\s]*)\)`)
	shownLink   = regexp.MustCompile(`<(https?://[^<>\s]*)>`)
	bareLink    = regexp.MustCompile(`(?i)\b(?:[a-z][a-z0-9+.-]*://\S|discord(?:app)?\.(?:gg|com)/\S)`)
	domainAlike = regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|example)\b`)
)

// markdown reads text as Discord does, as far as something in it can be live.
func (in *inspection) markdown(s string) {
	in.inert(s)
	if strings.Count(s, "```")%2 != 0 {
		in.fault("a code block that does not end: %q", s)
	}
	s = verbatim.ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == '\\' {
			return "\x00"
		}
		return ""
	})
	if strings.Contains(s, "`") {
		in.fault("code that does not end: %q", s)
	}
	for _, m := range maskedLink.FindAllStringSubmatch(s, -1) {
		in.address(m[2], m[1])
	}
	s = maskedLink.ReplaceAllString(s, "")
	for _, m := range shownLink.FindAllStringSubmatch(s, -1) {
		in.address(m[1], "")
	}
	s = shownLink.ReplaceAllString(s, "")
	if strings.Contains(s, "](") {
		in.fault("half a link: %q", s)
	}
	if at := bareLink.FindStringIndex(s); at != nil {
		in.fault("a live address in %q", s[max(0, at[0]-40):min(len(s), at[1]+40)])
	}
	if strings.Contains(s, "||") || strings.Contains(s, "~~") || strings.Contains(s, "__") {
		in.fault("a spoiler, struck or underlined text: %q", s)
	}
}

// address checks where a link leads, and that its label does not say otherwise.
func (in *inspection) address(target, label string) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || len(target) > 512 {
		in.fault("a link to %q", target)
		return
	}
	for _, d := range domainAlike.FindAllString(strings.ReplaceAll(label, "\x00", "."), -1) {
		if d = strings.ToLower(strings.TrimPrefix(d, "www.")); d != u.Hostname() && !strings.HasSuffix(u.Hostname(), "."+d) {
			in.fault("%q leads to %q", label, target)
		}
	}
}

// The inspection itself has to find what it looks for.
func TestInspectionFinds(t *testing.T) {
	for _, s := range []string{
		"@everyone", "hi @Here", "<@1>", "<@!1>", "<@&1>", "<#1>", "</framework:1>", "<:a:1>", "<a:b:1>", "<t:1>", "<t:1:R>", "<id:browse>",
		"```x", "`x", "[a](javascript:alert)", "[a](https://u@b.c)", "[a.com](https://b.com)", "https://b.com", "x discord.gg/abc",
		"||a||", "\u202e", "[a](",
	} {
		in := &inspection{}
		if in.markdown(s); len(in.found) == 0 {
			t.Errorf("nothing found in %q", s)
		}
	}
	for _, s := range []string{
		`\@` + breaker + `everyone`, `\<` + breaker + `\@1>`, "`a` ```\nb\n```", "[a](https://b.com)", "[b.com](https://www.b.com/x)", `https\://b.com`, "<https://b.com>",
	} {
		in := &inspection{}
		if in.markdown(s); len(in.found) > 0 {
			t.Errorf("%q: %v", s, in.found)
		}
	}
}
