package foreign

import "strings"

// angle reads what begins with `<`: a comment, an address, a tag, or just that sign.
func (c *cleaner) angle() bool {
	s := c.src[c.i:]
	if len(s) < 2 {
		return false
	}
	switch next := s[1]; {
	case strings.HasPrefix(s, "<!--"):
		end := c.until("-->")
		if end == 0 {
			end = c.paragraph()
		}
		c.drop(min(end, max(end, c.i)))
		return true
	case next == '!' || next == '?':
		return c.declaration()
	case next == '>' || strings.HasPrefix(s, "</>"):
		if c.mdx {
			c.drop(c.i + strings.IndexByte(s, '>') + 1)
		}
		return c.mdx
	case next == '/' && len(s) > 2 && isLetter(s[2]):
		return c.closeTag()
	case isLetter(next):
		return c.autolink() || c.openTag()
	}
	return false
}

func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' }

// declaration leaves out `<!DOCTYPE …>` and `<?…?>`.
func (c *cleaner) declaration() bool {
	mark := ">"
	if c.src[c.i+1] == '?' {
		mark = "?>"
	} else if c.i+2 < len(c.src) && !isLetter(c.src[c.i+2]) {
		return c.escape()
	}
	if end := c.within(mark, 2000); end > 0 {
		c.drop(end)
		return true
	}
	return c.escape()
}

// escape keeps the sign, so that it is not taken for the beginning of a tag.
func (c *cleaner) escape() bool {
	c.out = append(c.out, `\<`...)
	c.i++
	return true
}

// autolink reads `<https://…>` and `<somebody@example.org>`.
func (c *cleaner) autolink() bool {
	s := c.rest(2000)
	end := strings.IndexAny(s[1:], "> \t\n<\"") + 1
	if end < 4 || s[end] != '>' {
		return false
	}
	inner := s[1:end]
	scheme, _, ok := strings.Cut(inner, ":")
	isMail := !ok && strings.Count(inner, "@") == 1 && strings.LastIndexByte(inner, '.') > strings.IndexByte(inner, '@') && strings.IndexByte(inner, '/') < 0
	switch {
	case isMail:
	case !ok || len(scheme) < 2 || len(scheme) > 32 || strings.IndexFunc(scheme, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-", r)
	}) >= 0:
		return false
	case !isSafe(inner) || strings.IndexByte(inner, '{') >= 0:
		if strings.IndexByte(inner, '/') < 0 && isSafe(inner) {
			return false
		}
		c.drop(c.i + 1) // its text stays
		c.out = append(c.out, s[1:end]...)
		c.i += end
		return true
	}
	c.copyTo(c.i + end + 1)
	return true
}
