package imports

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"frameworkbot/index"
	"frameworkbot/index/foreign"
)

// A page is one that is imported.
type page struct {
	entry
	key     string // what tells it from others at the next import
	id      string // of Notion, "" if there is none
	target  string // its path in the folder, without ".md"
	title   string
	aliases []string
}

// survey reads a file for what others have to know of it.
func (j *job) survey(e entry) error {
	data, why, err := j.source.text(e)
	switch {
	case err != nil:
		return err
	case why != "":
		j.skip(e.path, "%s", why)
		return nil
	}
	read, problems := foreign.Read(data)
	for _, p := range problems {
		j.report.Notes = append(j.report.Notes, Skipped{e.path, "line " + number(p.Line) + ": " + p.Text})
	}
	if read.Draft {
		j.skip(e.path, "a draft, or not meant to be listed")
		return nil
	}
	p := &page{entry: e, id: notionID(stem(e.path)), title: read.Title, aliases: read.Aliases}
	if p.title == "" {
		p.title = strings.TrimSpace(withoutID(stem(e.path)))
	}
	if p.key = p.id; p.key == "" {
		p.key = e.path
	}
	j.pages = append(j.pages, p)
	return nil
}

// name gives each page a path of its own, and a title that no other page has.
func (j *job) name() {
	taken := map[string]bool{}
	for name := range j.folder.manifest.Pages { // of other sources, too
		taken[trimEnding(name)] = true
	}
	for _, p := range j.pages { // what has a name keeps it
		p.target = j.folder.targetOf(j.o.Title, p.key)
	}
	for _, p := range j.pages {
		if p.target == "" {
			p.target = target(p.path)
			if taken[p.target] {
				p.target += "-" + digest(p.key, 6)
			}
			taken[p.target] = true
		}
	}
	j.distinguish()
}

// distinguish adds the folder to titles that several pages have, and takes
// away aliases that are names of another page.
func (j *job) distinguish() {
	names := map[string]*page{}
	titles := j.titles()
	for _, p := range j.pages {
		k := index.Key(p.title)
		names[k] = p
		parent := strings.TrimSpace(withoutID(path.Base(path.Dir(p.path))))
		if titles[k] > 1 && parent != "." && parent != "" && index.Key(parent) != k {
			p.title += " (" + parent + ")"
		}
	}
	seen := map[string]bool{}
	for _, p := range j.pages {
		if k := index.Key(p.title); seen[k] {
			p.title += " (" + path.Base(p.target) + ")"
		}
		seen[index.Key(p.title)] = true
	}
	for _, p := range j.pages {
		p.aliases = slices.DeleteFunc(p.aliases, func(alias string) bool {
			k := index.Key(alias)
			if k == "" || names[k] != nil {
				return true
			}
			names[k] = p
			return false
		})
	}
}

// titles counts how many pages have a title.
func (j *job) titles() map[string]int {
	n := map[string]int{}
	for _, p := range j.pages {
		n[index.Key(p.title)]++
	}
	return n
}

// property is one of the lines that Notion writes under a title.
var property = regexp.MustCompile(`^([\pL][^:*_\[\]{}|]{0,40}): +(\S.*)$`)

// Properties of Notion that say what front matter would.
var (
	dateNames  = []string{"last edited time", "last edited", "last updated", "updated", "created time", "created", "date"}
	ownerNames = []string{"owner", "owners", "author", "created by", "person", "assign"}
)

// A text is a page's Markdown apart from what is said of it elsewhere.
type text struct {
	body        string
	properties  []string // lines "Key: value"
	date, owner string
}

// takeTitle takes the heading off that says the title again, and of a page of
// Notion the properties under it.
func takeTitle(body, title string, isNotion bool) text {
	lines := strings.Split(body, "\n")
	i := skipBlank(lines, 0)
	if i < len(lines) {
		switch heading, ok := strings.CutPrefix(lines[i], "# "); {
		case ok && same(heading, title):
			i++
		case i+1 < len(lines) && strings.Trim(lines[i+1], "= ") == "" && lines[i+1] != "" && same(lines[i], title):
			i += 2
		}
	}
	t := text{}
	if isNotion {
		i = t.takeProperties(lines, i)
	}
	t.body = strings.TrimSpace(strings.Join(lines[min(i, len(lines)):], "\n"))
	return t
}

func skipBlank(lines []string, i int) int {
	for i < len(lines) && strings.TrimSpace(lines[i]) == "" {
		i++
	}
	return i
}

func same(a, b string) bool { return index.Key(a) == index.Key(b) }

// takeProperties reads the lines "Key: value" that begin at line i, and
// returns the line after them.
func (t *text) takeProperties(lines []string, i int) int {
	start := skipBlank(lines, i)
	end := start
	found := map[string]string{}
	for ; end < len(lines); end++ {
		m := property.FindStringSubmatch(lines[end])
		if m == nil {
			break
		}
		found[strings.ToLower(m[1])] = strings.TrimSpace(m[2])
		t.properties = append(t.properties, lines[end])
	}
	if end < len(lines) && strings.TrimSpace(lines[end]) != "" { // a paragraph that has a colon in it
		t.properties = nil
		return i
	}
	for _, name := range dateNames {
		if t.date == "" {
			t.date = foreign.Date(found[name])
		}
	}
	for _, name := range ownerNames {
		if t.owner == "" {
			t.owner = found[name]
		}
	}
	return end
}

// day is the date of a source: of its front matter, its properties, its file.
func day(read, property string, modified, now time.Time) string {
	switch {
	case read != "":
		return read
	case property != "":
		return property
	case modified.Year() > 1980: // what archives say that have no date
		return modified.Format(time.DateOnly)
	}
	return now.Format(time.DateOnly)
}
