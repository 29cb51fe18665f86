package discord

import (
	"strings"

	"frameworkbot/bot"
)

// Limits of our own: what the rows of a message, and each menu in them, may
// take of [maxBytes], so that there is room for an answer.
const (
	maxRowBytes  = 5000
	maxMenuBytes = 1500
)

// A board makes the rows of buttons and menus below an answer.
type board struct {
	a     *bot.Answer
	o     options
	ids   map[string]bool  // that are taken in this message
	shown map[bot.Ref]bool // that a button or a menu leads to
	rows  []component
}

func newBoard(a *bot.Answer, o options) *board {
	return &board{a: a, o: o, ids: map[string]bool{}, shown: map[bot.Ref]bool{a.Ref: true}}
}

// rows are the buttons and menus of an answer, at most [maxRows].
func rows(a *bot.Answer, o options) []component {
	b := newBoard(a, o)
	if o.replyTo != "" && len(a.Results) > 0 {
		b.posts()
		return b.fitting()
	}
	b.menu(press{do: doMore, ref: a.Ref}, "Sections of this page", askOptions(a.More, ""))
	compared, others := b.comparisons()
	b.choose()
	b.menu(press{do: doCompare, ref: a.Ref}, "Compare with…", compared)
	b.asks(others)
	b.controls()
	return b.fitting()
}

// comparisons takes what compares the page out of the questions, if it is
// enough for a menu.
func (b *board) comparisons() (compared []menuOption, others []bot.Ask) {
	var all []bot.Ask
	for _, ask := range b.a.Asks {
		if strings.HasPrefix(ask.Label, comparePrefix) && ask.Ref != "" {
			all = append(all, ask)
		} else {
			others = append(others, ask)
		}
	}
	if len(all) < 2 {
		return nil, b.a.Asks
	}
	return askOptions(all, comparePrefix), others
}

// What the labels of questions that compare begin with.
const comparePrefix = "Compare with "

// choose offers the results: as buttons if they are few, else as a menu.
func (b *board) choose() {
	var buttons []component
	var options []menuOption
	for _, r := range b.a.Results {
		if r.Ref == "" || b.shown[r.Ref] {
			continue
		}
		b.shown[r.Ref] = true
		options = append(options, menuOption{Label: r.Title, Value: string(r.Ref), Description: r.Group})
		if len(options) <= maxButtons {
			buttons = append(buttons, b.button(secondaryButton, r.Title, press{do: doChoose, ref: r.Ref}))
		}
	}
	if len(options) > maxButtons {
		b.menu(press{do: doChoose, ref: b.a.Ref}, "Choose a page", options)
		return
	}
	b.row(buttons)
}

// posts offers to post one of the results as a reply.
func (b *board) posts() {
	var buttons []component
	var options []menuOption
	for _, r := range b.a.Results {
		if r.Ref == "" || b.shown[r.Ref] {
			continue
		}
		b.shown[r.Ref] = true
		options = append(options, menuOption{Label: r.Title, Value: string(r.Ref), Description: plainText(r.Text)})
		buttons = append(buttons, b.button(secondaryButton, postLabel+": "+r.Title, b.post(r.Ref)))
	}
	if len(options) > maxButtons {
		b.menu(b.post(b.a.Ref), postLabel, options)
		return
	}
	b.row(buttons)
}

// post is the press that posts an answer as a reply.
func (b *board) post(ref bot.Ref) press { return press{do: doPost, ref: ref, user: b.o.replyTo} }

const postLabel = "Post as reply"

// asks offers the questions that nothing else here leads to.
func (b *board) asks(list []bot.Ask) {
	var buttons []component
	var options []menuOption
	for _, ask := range list {
		if ask.Ref == "" || b.shown[ask.Ref] {
			continue
		}
		b.shown[ask.Ref] = true
		options = append(options, menuOption{Label: ask.Label, Value: string(ask.Ref)})
		if len(options) <= maxButtons {
			buttons = append(buttons, b.button(secondaryButton, ask.Label, press{do: doAsk, ref: ask.Ref}))
		}
	}
	if len(options) > maxButtons {
		b.menu(press{do: doAsk, ref: b.a.Ref}, "You can also ask", options)
		return
	}
	b.row(buttons)
}

// controls are what can be done with the answer itself.
func (b *board) controls() {
	var buttons []component
	if b.o.share && b.a.Ref != "" && !b.a.Private {
		buttons = append(buttons, b.button(primaryButton, "Share", press{do: doShare, ref: b.a.Ref}))
	}
	if b.a.NotThis != "" {
		buttons = append(buttons, b.button(secondaryButton, "Not this", press{do: doAsk, ref: b.a.NotThis}))
	}
	if b.o.thanks == "" && b.a.Ref != "" && len(b.a.Pages) > 0 {
		buttons = append(buttons,
			b.button(secondaryButton, "Helpful", press{do: doHelpful, ref: b.a.Ref}),
			b.button(secondaryButton, "Not right", press{do: doWrong, ref: b.a.Ref}))
	}
	if b.o.deletable {
		buttons = append(buttons, b.button(secondaryButton, "Delete", press{do: doDelete, user: b.o.asker}))
	}
	b.row(buttons)
}

func (b *board) row(children []component) {
	if len(children) > 0 {
		b.rows = append(b.rows, component{Type: rowKind, Components: children})
	}
}

func (b *board) button(style int, text string, p press) component {
	return component{Type: buttonKind, Style: style, Label: label(text, maxLabel), CustomID: b.id(p)}
}

// menu is a row with a menu, of as many options as there is room for; none, if
// there is nothing to choose.
func (b *board) menu(p press, placeholder string, options []menuOption) {
	var kept []menuOption
	known := map[string]bool{}
	room := maxMenuBytes
	for _, o := range options {
		o.Label, o.Description = label(o.Label, maxOption), optional(o.Description, maxOption)
		room -= len(o.Label) + len(o.Value) + len(o.Description) + bytesPerComponent
		if o.Value == "" || known[o.Value] {
			continue
		}
		if room < 0 || len(kept) == maxOptions {
			break
		}
		known[o.Value] = true
		kept = append(kept, o)
	}
	if len(kept) == 0 {
		return
	}
	b.row([]component{{Type: selectKind, CustomID: b.id(p), Placeholder: cut(placeholder, maxPlaceholder), Options: kept}})
}

// id is the custom_id of a press, different from all others in the message.
// Where others can press as well, it says who asked.
func (b *board) id(p press) string {
	if p.user == "" && !b.o.private {
		p.user = b.o.asker
	}
	for b.ids[p.encode()] {
		p.n++
	}
	b.ids[p.encode()] = true
	return p.encode()
}

// fitting are the rows without those that there is no room for. The last one,
// with what can be done with the answer, stays.
func (b *board) fitting() []component {
	for n := len(b.rows); n > 1 && (n > maxRows || size(b.rows) > maxRowBytes); n = len(b.rows) {
		b.rows = append(b.rows[:n-2], b.rows[n-1])
	}
	return b.rows
}

// askOptions are questions as lines of a menu, their labels without a prefix.
func askOptions(list []bot.Ask, prefix string) []menuOption {
	out := make([]menuOption, len(list))
	for i, ask := range list {
		out[i] = menuOption{Label: strings.TrimPrefix(ask.Label, prefix), Value: string(ask.Ref)}
	}
	return out
}

// size is what components count towards [maxBytes].
func size(list []component) int {
	n := 0
	for _, c := range list {
		n += bytesPerComponent + len(c.Content) + len(c.Label) + len(c.CustomID) + len(c.Placeholder) + size(c.Components)
		if c.Accessory != nil {
			n += size([]component{*c.Accessory})
		}
		for _, o := range c.Options {
			n += bytesPerComponent + len(o.Label) + len(o.Value) + len(o.Description)
		}
	}
	return n
}
