package web

import (
	"encoding/json"
	"fmt"
	"slices"

	"frameworkbot/bot/markdown"
)

// A discordMessage is what Discord is sent, as far as it is drawn.
type discordMessage struct {
	Content    string             `json:"content"`
	Embeds     []discordEmbed     `json:"embeds"`
	Components []discordComponent `json:"components"`
	Flags      int                `json:"flags"`
	Allowed    *struct {
		Parse []string `json:"parse"`
	} `json:"allowed_mentions"`
}

// flagEphemeral says that one person alone sees the message
// (https://docs.discord.com/developers/resources/message#message-object-message-flags).
const flagEphemeral = 1 << 6

// A discordComponent is a component of either generation
// (https://docs.discord.com/developers/components/reference).
type discordComponent struct {
	Type        int                `json:"type"`
	Style       int                `json:"style"`
	Label       string             `json:"label"`
	URL         string             `json:"url"`
	Content     string             `json:"content"`
	Placeholder string             `json:"placeholder"`
	Description string             `json:"description"`
	Components  []discordComponent `json:"components"`
	Accessory   *discordComponent  `json:"accessory"`
	AccentColor *int               `json:"accent_color"`
	Divider     *bool              `json:"divider"`
	Options     []struct {
		Label       string `json:"label"`
		Description string `json:"description"`
	} `json:"options"`
}

// The types of component.
const (
	actionRow   = 1
	selectMenu  = 3
	userSelect  = 5
	lastSelect  = 8
	section     = 9
	textDisplay = 10
	separator   = 14
	container   = 17
)

// A discordEmbed is the older way to show a card.
type discordEmbed struct {
	Title       string `json:"title"`
	URL         string `json:"url"`
	Description string `json:"description"`
	Color       int    `json:"color"`
	Fields      []struct {
		Name   string `json:"name"`
		Value  string `json:"value"`
		Inline bool   `json:"inline"`
	} `json:"fields"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Author struct {
		Name string `json:"name"`
	} `json:"author"`
}

// drawDiscord draws the exact message that Discord gets.
func drawDiscord(payload []byte) (drawing, error) {
	var m discordMessage
	if err := json.Unmarshal(payload, &m); err != nil {
		return drawing{}, err
	}
	everybody := m.Allowed == nil || slices.Contains(m.Allowed.Parse, "everyone")
	p := discordMarkup{everybody}
	d := drawing{Private: m.Flags&flagEphemeral != 0}
	d.Nodes = p.text(m.Content)
	for i := range m.Embeds {
		d.Nodes = append(d.Nodes, p.embed(&m.Embeds[i]))
	}
	d.Nodes = append(d.Nodes, p.components(m.Components)...)
	d.Spoken = spoken(d.Nodes)
	return d, nil
}

func (p discordMarkup) embed(e *discordEmbed) node {
	n := node{Kind: containerNode, Colour: fmt.Sprintf("#%06x", e.Color&0xffffff)}
	if e.Author.Name != "" {
		n.Nodes = append(n.Nodes, node{Kind: smallNode, Spans: []span{{Text: e.Author.Name}}})
	}
	if e.Title != "" {
		n.Nodes = append(n.Nodes, node{Kind: headingNode, Level: 3, Spans: []span{{Text: e.Title, Link: markdown.Address(e.URL)}}})
	}
	n.Nodes = append(n.Nodes, p.text(e.Description)...)
	for _, f := range e.Fields {
		value := append([]node{{Kind: textNode, Spans: []span{{Text: f.Name, Bold: true}}}}, p.text(f.Value)...)
		if last := len(n.Nodes) - 1; f.Inline && last >= 0 && n.Nodes[last].Kind == fieldsNode {
			n.Nodes[last].Items = append(n.Nodes[last].Items, value)
		} else if f.Inline {
			n.Nodes = append(n.Nodes, node{Kind: fieldsNode, Items: [][]node{value}})
		} else {
			n.Nodes = append(n.Nodes, value...)
		}
	}
	if e.Footer.Text != "" {
		n.Nodes = append(n.Nodes, node{Kind: smallNode, Spans: broken(e.Footer.Text, span{})})
	}
	return n
}

// components draws components one under the other.
func (p discordMarkup) components(all []discordComponent) []node {
	var nodes []node
	for i := range all {
		nodes = append(nodes, p.component(&all[i])...)
	}
	return nodes
}

func (p discordMarkup) component(c *discordComponent) []node {
	switch c.Type {
	case container:
		n := node{Kind: containerNode, Nodes: p.components(c.Components)}
		if c.AccentColor != nil {
			n.Colour = fmt.Sprintf("#%06x", *c.AccentColor&0xffffff)
		}
		return []node{n}
	case textDisplay:
		return p.text(c.Content)
	case section:
		n := node{Kind: sectionNode, Nodes: p.components(c.Components)}
		if c.Accessory != nil {
			n.Pressed = discordControls([]discordComponent{*c.Accessory})
		}
		return []node{n}
	case separator:
		if c.Divider != nil && !*c.Divider {
			return nil
		}
		return []node{{Kind: ruleNode}}
	case actionRow:
		return []node{{Kind: controlsNode, Pressed: discordControls(c.Components)}}
	}
	return []node{{Kind: unknownNode, Text: fmt.Sprintf("a component of the type %d", c.Type)}}
}

// buttonStyles are the looks of buttons by their number.
var buttonStyles = map[int]string{1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}

func discordControls(all []discordComponent) []control {
	var out []control
	for i := range all {
		c := &all[i]
		one := control{Label: c.Label, Style: buttonStyles[c.Style], Link: markdown.Address(c.URL)}
		if c.Type == selectMenu || c.Type >= userSelect && c.Type <= lastSelect {
			one = control{Menu: true, Label: c.Placeholder}
			for _, o := range c.Options {
				label := o.Label
				if o.Description != "" {
					label += " · " + o.Description
				}
				one.Options = append(one.Options, label)
			}
		}
		out = append(out, one)
	}
	return out
}
