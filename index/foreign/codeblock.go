package foreign

import "strings"

// dropTo leaves out everything up to the shortcode or tag that has this in it.
func (c *cleaner) dropTo(end int, closer string) {
	start := c.i
	c.i = end
	n := c.find(closer)
	c.i = start
	if n >= 0 {
		if m := strings.IndexByte(c.src[n:min(len(c.src), n+100)], '}'); m >= 0 {
			end = n + m + 1
			for end < len(c.src) && c.src[end] == '}' {
				end++
			}
		}
	}
	c.drop(end)
}

// asFence makes a block of code of what stands between two marks that have
// lines of their own, if there is no fence in it already.
func (c *cleaner) asFence(end int, closer, language string) bool {
	if c.unpaired[closer] {
		return false
	}
	for at := c.eol(end); at < len(c.src); {
		from := at + 1
		at = c.eol(min(from, len(c.src)))
		line := strings.TrimSpace(c.src[min(from, len(c.src)):at])
		if strings.HasPrefix(line, "```") {
			return false
		}
		if strings.HasPrefix(line, "{") && strings.HasSuffix(line, "}") && strings.Contains(line, closer) && len(line) < len(closer)+20 {
			c.fenceUpTo(end, from, at, language)
			return true
		}
	}
	c.unpaired[closer] = true
	return false
}

// fenceUpTo writes the code between offset end and the line that begins at last.
func (c *cleaner) fenceUpTo(end, last, lastEnd int, language string) {
	c.drop(end)
	c.write("```" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '+' {
			return r
		}
		return -1
	}, language))
	c.i = c.eol(c.i)
	c.dropped = false
	if last > c.i {
		c.copyTo(last)
	}
	c.write("```")
	c.dropped = false
	c.i = lastEnd
}

// codeBlock reads `{% highlight ruby %}` and `{{< highlight go >}}` that have a line of their own.
func (c *cleaner) codeBlock(end int) bool {
	line := strings.TrimSpace(c.src[c.i:end])
	if len(line) < 4 || !strings.HasPrefix(line, "{%") || !strings.HasSuffix(line, "%}") {
		return false
	}
	name, args := call(strings.Trim(line[2:len(line)-2], " -"))
	if name != "highlight" || !c.asFence(end, "endhighlight", args["0"]) {
		return false
	}
	c.finish()
	return true
}
