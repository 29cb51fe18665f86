package foreign

import "strings"

// Shortcodes whose first argument is what the reader sees.
var spoken = map[string]bool{"glossary-term": true, "glossary": true, "term": true, "kbd": true, "abbr": true, "key": true, "highlight-text": true}

// Shortcodes that hold code.
var codeNames = map[string]bool{"highlight": true, "code-toggle": true, "code": true, "mermaid": true, "plantuml": true, "d2": true, "goat": true, "prism": true}

// Shortcodes that are boxes with a title.
var boxNames = map[string]bool{"tab": true, "tabitem": true, "alert": true, "notice": true, "callout": true, "admonition": true, "details": true, "expand": true, "panel": true, "box": true}

// shortcode reads Hugo's `{{< name key="value" >}}`, which ends with that mark.
func (c *cleaner) shortcode(mark string) bool {
	end := c.within(mark, 4000)
	if end == 0 {
		return false
	}
	inner := strings.Trim(c.src[c.i+3:end-3], " \t\n-")
	name, args := call(inner)
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(inner, "/*"), strings.HasPrefix(inner, "/"):
		c.drop(end)
	case lower == "comment":
		c.dropTo(end, "/comment")
	case c.isCode(lower, mark) && c.isAlone(end) && c.asFence(end, "/"+name, args["lang"]):
	default:
		if lower == "tabpane" {
			c.tabCode = mark == ">}}" && args["text"] != "true"
		}
		c.say(lower, args, end)
	}
	return true
}

func (c *cleaner) isCode(name, mark string) bool {
	return codeNames[name] || name == "tab" && c.tabCode && mark == ">}}"
}

// say writes what a shortcode tells the reader in its arguments.
func (c *cleaner) say(name string, args map[string]string, end int) {
	isAlone := c.isAlone(end)
	text := ""
	switch {
	case isAlone && boxNames[name]:
		title := firstOf(args, "title", "header", "heading", "label", "name", "0")
		if kind := firstOf(args, "type", "0"); title == "" || admonitions[strings.ToLower(title)] && title == kind {
			title = ""
			if admonitions[strings.ToLower(kind)] {
				title = strings.ToUpper(kind[:1]) + kind[1:]
			}
		}
		text = bolden(title)
	case isAlone && admonitions[name]:
		text = bolden(strings.ToUpper(name[:1]) + name[1:])
	case name == "new-in" || name == "deprecated-in":
		if v := args["0"]; v != "" {
			text = "(" + strings.ReplaceAll(name, "-", " ") + " " + plain(v) + ")"
		}
	case spoken[name]:
		text = plain(firstOf(args, "text", "0"))
	default:
		if text = plain(firstOf(args, "text", "caption", "alt", "aria-label", "content")); text == "true" || text == "false" {
			text = ""
		}
	}
	c.replace(end, text)
}

func bolden(title string) string {
	if title = boldText(title); title == "" {
		return ""
	}
	return "**" + title + ":**"
}

func firstOf(args map[string]string, names ...string) string {
	for _, name := range names {
		if args[name] != "" {
			return args[name]
		}
	}
	return ""
}
