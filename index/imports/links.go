package imports

import (
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"frameworkbot/index"
)

// A finder knows which page a link leads to.
type finder struct {
	paths map[string]*page // by path in the source, in lower case
	ids   map[string]*page // by Notion's identifier
	names map[string]*page // by file name, title and alias; nil for those that several have
}

func newFinder(pages []*page) *finder {
	f := &finder{map[string]*page{}, map[string]*page{}, map[string]*page{}}
	for _, p := range pages {
		at := strings.ToLower(p.path)
		f.paths[at] = p
		f.paths[strings.TrimSuffix(at, path.Ext(at))] = p
		switch stem(at) {
		case "index", "_index", "readme":
			f.paths[path.Dir(at)] = p
		}
		if p.id != "" {
			f.ids[p.id] = p
		}
		for _, name := range append([]string{stem(p.path), p.title}, p.aliases...) {
			if k := index.Key(name); f.names[k] == nil {
				f.names[k] = p
			}
		}
	}
	return f
}

// pageID is Notion's identifier at the end of an address.
var pageID = regexp.MustCompile(`([0-9a-f]{32})(?:\.md)?$`)

// link is the address that a link of page p has in the folder: of another
// page, or what it was if it leads out of the source. What leads to a file
// that is not imported is "", as is a place on the same page.
func (f *finder) link(p *page, to string) string {
	u, err := url.Parse(to)
	if err != nil {
		u = &url.URL{Path: to}
	}
	if m := pageID.FindStringSubmatch(u.Path); m != nil && f.ids[m[1]] != nil && (u.Host == "" || strings.HasSuffix(u.Hostname(), "notion.so") || strings.HasSuffix(u.Hostname(), "notion.site")) {
		return between(p, f.ids[m[1]])
	}
	if u.Scheme != "" || u.Host != "" {
		return to
	}
	if u.Path == "" {
		return ""
	}
	if other := f.at(p, u.Path); other != nil {
		return between(p, other)
	}
	return ""
}

// at is the page at a path as page p writes it.
func (f *finder) at(p *page, to string) *page {
	to = strings.TrimRight(strings.ToLower(to), "/")
	from := path.Dir(strings.ToLower(p.path))
	for _, base := range []string{from, ".", path.Join(from, stem(strings.ToLower(p.path)))} { // a site's addresses are one level deeper
		at := path.Join(base, to)
		if strings.HasPrefix(to, "/") {
			at = strings.TrimPrefix(to, "/")
		}
		if other := f.paths[at]; other != nil {
			return other
		}
	}
	if strings.Contains(to, "/") || path.Ext(to) != "" && path.Ext(to) != ".md" {
		return nil
	}
	return f.names[index.Key(strings.TrimSuffix(to, ".md"))]
}

// between is the relative address of one page as another writes it.
func between(from, to *page) string {
	rel, err := filepath.Rel(path.Dir(from.target), to.target)
	if err != nil { // both are relative
		return ""
	}
	return filepath.ToSlash(rel) + ".md"
}
