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
	paths map[string]*page // by path in the source, as it is and in lower case
	ids   map[string]*page // by Notion's identifier
	names map[string]*page // by file name, title and alias; nil for those that several have
}

func newFinder(pages []*page) *finder {
	f := &finder{map[string]*page{}, map[string]*page{}, map[string]*page{}}
	for _, p := range pages {
		f.paths[p.path] = p
		for _, at := range []string{strings.ToLower(p.path), strings.TrimSuffix(p.path, path.Ext(p.path)), strings.ToLower(strings.TrimSuffix(p.path, path.Ext(p.path))), folderOfIndex(p.path)} {
			if f.paths[at] == nil {
				f.paths[at] = p
			}
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

// folderOfIndex is the folder that a page stands for, its own path if it stands for none.
func folderOfIndex(at string) string {
	switch strings.ToLower(stem(at)) {
	case "index", "_index", "readme":
		return strings.ToLower(path.Dir(at))
	}
	return at
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
	to = strings.TrimRight(to, "/")
	from := path.Dir(p.path)
	for _, base := range []string{from, ".", path.Join(from, stem(p.path))} { // a site's addresses are one level deeper
		at := path.Join(base, to)
		if rooted, ok := strings.CutPrefix(to, "/"); ok {
			at = rooted
		}
		for _, spelling := range []string{at, strings.ToLower(at)} {
			if other := f.paths[spelling]; other != nil {
				return other
			}
		}
	}
	if strings.Contains(to, "/") || path.Ext(to) != "" && path.Ext(to) != ".md" {
		return nil
	}
	return f.names[index.Key(strings.TrimSuffix(to, ".md"))]
}

// between is the relative address of one page as another writes it.
func between(from, to *page) string {
	rel, err := filepath.Rel(path.Dir(from.target), to.target+".md")
	if err != nil { // both are relative
		return ""
	}
	return filepath.ToSlash(rel)
}
