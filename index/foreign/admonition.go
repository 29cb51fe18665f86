package foreign

import "strings"

// Kinds of admonition, for telling them from the names of boxes and columns.
var admonitions = map[string]bool{
	"note": true, "tip": true, "info": true, "warning": true, "danger": true, "caution": true, "important": true, "success": true,
	"question": true, "failure": true, "bug": true, "example": true, "quote": true, "abstract": true, "hint": true, "attention": true,
	"error": true, "todo": true, "summary": true, "tldr": true, "faq": true, "help": true, "seealso": true, "deprecated": true, "security": true,
}

// label writes what a box says of itself in place of its first line: its
// title, or its kind if that means something. titled says that the title is
// meant, though it is empty.
func (c *cleaner) label(kind, title string, titled bool, end int) {
	kind = strings.ToLower(strings.TrimSpace(kind))
	if fields := strings.Fields(kind); len(fields) > 0 {
		kind = strings.TrimPrefix(fields[0], "callout-")
	}
	if title = boldText(title); title == "" && !titled && admonitions[kind] {
		title = strings.ToUpper(kind[:1]) + kind[1:]
	}
	if title == "" {
		c.blank = true
	} else if len(title) < maxLabelBytes {
		title = "**" + title + ":**"
	}
	c.drop(end)
	c.write(title)
	c.finish()
}

// notBold takes away what would end the bold text, or begin something in it.
var notBold = strings.NewReplacer("*", "", "<", "", "[", "(", "]", ")", "\\", "", "`", "", "{", "", "}", "")

// boldText makes a title that may stand between two pairs of asterisks.
func boldText(s string) string {
	s = plain(iconName.ReplaceAllString(strings.Trim(strings.TrimSpace(s), `"'`), ""))
	return strings.TrimRight(notBold.Replace(s), ": .")
}

// colons reads `:::note Title`, `::: {.callout-note}`, `:::` and their kin.
func (c *cleaner) colons(line string, end int) bool {
	if m := colonBlock.FindStringSubmatch(line); m != nil {
		title := m[2]
		if title == "" && (admonitions[strings.ToLower(m[1])] || m[1] == "details") {
			title = m[3]
		}
		c.label(m[1], title, false, end)
		return true
	}
	n := len(definedTerm.FindString(line))
	if m := bangBlock.FindStringSubmatch(line[n:]); n > 0 && m != nil { // what is said of a term is a box
		c.label(m[1], m[2], strings.Contains(line, `"`), end)
		c.stack = append(c.stack, container{column: c.prefix.column + n + 4, strip: n + 4})
		return true
	}
	if n > 0 && len(c.stack) > 0 { // "- : text" of MDN
		c.drop(c.i + n)
	}
	return false
}

// indentedBlock makes what is indented under this line part of it.
func (c *cleaner) indentedBlock() {
	c.stack = append(c.stack, container{column: c.prefix.column + 4, strip: 4})
	c.blank = true
}

// underline reads `=== "Tab"`, and takes the line before for the title if this underlines it.
func (c *cleaner) underline(line string, end int) bool {
	if m := tabBlock.FindStringSubmatch(line); m != nil {
		c.label("", m[1], true, end)
		c.indentedBlock()
		return true
	}
	if strings.Trim(line, "=") == "" && c.heading == "" {
		before := c.out[:max(0, c.lineOut-1)]
		before = before[strings.LastIndexByte(string(before[max(0, len(before)-1000):]), '\n')+1+max(0, len(before)-1000):]
		c.heading = strings.TrimSpace(strings.ReplaceAll(string(before), "\x00", ""))
	}
	return false
}
