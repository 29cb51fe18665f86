package foreign

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Keys of front matter by what they mean to us, as [key] spells them.
var (
	titleKeys   = []string{"title", "metadata.title", "pagetitle", "metadata.name"}
	aliasKeys   = []string{"aliases", "alias", "alternatenames", "alternatename", "altnames", "synonyms", "aka", "alsoknownas", "othernames"}
	addressKeys = []string{"alternateurls"} // addresses whose last part is a name
	summaryKeys = []string{"description", "summary", "intro", "excerpt", "metadata.description", "abstract", "lead"}
	wordKeys    = []string{"tags", "tag", "keywords", "keyword", "topics", "metadata.tags", "metadata.keywords"}
	groupKeys   = []string{"categories", "category", "metadata.category"} // a category may have several words
	hintKeys    = []string{                                               // short titles mean something only beside their neighbours: "Troubleshooting"
		"linktitle", "shorttitle", "sidebarlabel", "navtitle", "sidebartitle", "sidebar.label", "params.functionsandmethods.aliases",
	}
	ownerKeys = []string{"owner", "owners", "spec.owner", "metadata.owner", "author", "authors", "maintainer", "maintainers"}
	dateKeys  = []string{
		"lastmod", "lastupdate.date", "lastupdate", "lastupdated", "lastmodified", "lastmodifiedat", "lastreviewed", "datemodified",
		"modified", "updated", "dateupdated", "updatedat", "update", "date", "pubdate", "publishdate", "published", "created", "createdat", "datecreated",
	}
	linkKeys = []string{"canonical", "canonicalurl", "canonicallink", "permalink", "url", "link", "sourceurl", "originalurl"}
)

// page reads the front matter and fills page from it.
func (f *front) page(page *Page, h head) {
	f.first = h.first
	if h.open {
		f.problem(max(1, h.first-1), "the front matter is not closed: a line of --- must follow it")
	}
	root := f.read(h)
	page.Title = short(root.first(titleKeys...), maxTitleRunes)
	page.Summary = short(root.first(summaryKeys...), maxSummaryRunes)
	page.Words = words(root)
	page.Owner = f.owner(root)
	page.Date = f.date(root)
	page.Link = f.link(root)
	page.Draft = isDraft(root)
	page.Aliases = aliases(root, page.Title)
}

func (f *front) read(h head) value {
	if len(h.text) > maxFrontBytes && h.kind != yamlFront {
		f.problem(h.first, "front matter has %d bytes: the limit is %d", len(h.text), maxFrontBytes)
		return value{}
	}
	switch h.kind {
	case yamlFront:
		return f.yaml(h.text)
	case tomlFront:
		return f.toml(h.text)
	case jsonFront:
		return f.json(h.text)
	}
	return value{}
}

// aliases are the other names of a page, without those that only differ from
// the title by case.
func aliases(root value, title string) []string {
	var names []string
	add := func(name string) {
		name = short(strings.TrimPrefix(plain(name), "#"), maxNameRunes)
		same := func(other string) bool { return strings.EqualFold(other, name) }
		if name != "" && !isAddress(name) && !same(title) && !slices.ContainsFunc(names, same) && len(names) < maxNames {
			names = append(names, name)
		}
	}
	for _, path := range aliasKeys {
		v := root.at(path)
		for _, name := range v.texts() {
			if len(v.list) > 0 {
				add(name)
				continue
			}
			for part := range strings.SplitSeq(name, ",") {
				add(part)
			}
		}
	}
	for _, path := range addressKeys {
		for _, address := range root.at(path).texts() {
			add(lastPart(address))
		}
	}
	return names
}

// isAddress tells Hugo's "/old/path/" and the like from names such as "TCP/IP".
func isAddress(s string) bool {
	return strings.HasPrefix(s, "/") || strings.HasPrefix(s, ".") && strings.Contains(s, "/") || strings.HasSuffix(s, "/") ||
		strings.Contains(s, "://") || strings.HasSuffix(s, ".html") || strings.HasSuffix(s, ".htm") ||
		strings.Count(s, "/") > 1
}

// lastPart is the name in an address such as "/ror".
func lastPart(address string) string {
	parts := strings.FieldsFunc(address, func(r rune) bool { return r == '/' })
	if len(parts) != 1 {
		return ""
	}
	return parts[0]
}

// words are tags and the like. A single value may hold several, with commas or spaces between them.
func words(root value) []string {
	var all []string
	add := func(s string) {
		s = short(strings.TrimPrefix(plain(s), "#"), maxNameRunes)
		same := func(other string) bool { return strings.EqualFold(other, s) }
		if s != "" && len(all) < maxNames && !slices.ContainsFunc(all, same) {
			all = append(all, s)
		}
	}
	for i, paths := range [][]string{wordKeys, groupKeys, hintKeys} {
		for _, path := range paths {
			v := root.at(path)
			for _, text := range v.texts() {
				switch {
				case len(v.list) > 0:
					add(text)
				case strings.Contains(text, ",") || i > 0:
					for part := range strings.SplitSeq(text, ",") {
						add(part)
					}
				default:
					for part := range strings.FieldsSeq(text) {
						add(part)
					}
				}
			}
		}
	}
	return all
}

func (f *front) owner(root value) string {
	for _, path := range ownerKeys {
		var names []string
		for _, name := range root.at(path).texts() {
			if name = short(plain(name), maxNameRunes); name != "" && len(names) < 5 {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			return short(strings.Join(names, ", "), maxNameRunes)
		}
	}
	return ""
}

// date is the newest kind of date that the front matter gives and that can be read.
func (f *front) date(root value) string {
	for _, path := range dateKeys {
		v := root.at(path)
		text := strings.TrimSpace(v.text)
		if text == "" {
			continue
		}
		if date := Date(text); date != "" {
			return date
		}
		if v.is(true) || v.is(false) { // "published: true"
			continue
		}
		f.problem(v.line, "%q is not a date that can be read: write it as 2026-11-22", short(text, 40))
	}
	return ""
}

var isoDate = regexp.MustCompile(`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ,].*)?$`)

// Date returns a date in one of its usual spellings as YYYY-MM-DD, YYYY-MM or
// YYYY, "" if it cannot be told which day it is: "3/4/2026" is two.
func Date(text string) string {
	if m := isoDate.FindStringSubmatch(text); m != nil {
		pad := func(s string) string { return strings.Repeat("0", 2-len(s)) + s }
		date := m[1]
		if m[2] != "" {
			date += "-" + pad(m[2])
		}
		if m[3] != "" {
			date += "-" + pad(m[3])
		}
		for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
			if _, err := time.Parse(layout, date); err == nil && date >= "1000" {
				return date
			}
		}
		return ""
	}
	for _, layout := range []string{
		"January 2, 2006", "January 2, 2006 3:04 PM", "January 2, 2006 15:04", "Jan 2, 2006", "Jan 2, 2006 3:04 PM", "2 January 2006", "2 Jan 2006", "02 Jan 2006",
		time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700", "20060102",
	} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1000 {
			return t.Format(time.DateOnly)
		}
	}
	for _, layout := range []string{"January 2006", "Jan 2006"} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1000 {
			return t.Format("2006-01")
		}
	}
	return ""
}

func (f *front) link(root value) string {
	for _, path := range linkKeys {
		if v := root.at(path); v.text != "" && isWeb(v.text) {
			return v.text
		}
	}
	return ""
}

// isWeb reports whether s is a whole http or https address without a password in it.
func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
		len(s) <= maxLinkBytes && !strings.ContainsAny(s, " \t\n<>\"`|\\")
}

func isDraft(root value) bool {
	return root.at("draft").is(true) || root.at("published").is(false) || root.at("unlisted").is(true) ||
		root.at("headless").is(true) || root.at("build.render").is(false) ||
		strings.EqualFold(strings.TrimSpace(root.at("status").text), "draft")
}
