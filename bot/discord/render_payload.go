package discord

// A message is what is sent to Discord, wherever it goes: the data of a
// callback, an edit, a message in a channel
// (https://docs.discord.com/developers/resources/message#create-message).
// The library's own types send "parse": null, know no flags in edits, and
// cannot say that a list is empty, which is what takes buttons off a message.
type message struct {
	Content         *string         `json:"content,omitempty"` // nil with Components V2, which allows none
	Embeds          []embed         `json:"embeds,omitzero"`   // nil with Components V2, else at least []
	Components      []component     `json:"components"`        // never nil
	Flags           int             `json:"flags,omitempty"`
	AllowedMentions allowedMentions `json:"allowed_mentions"`
}

// The flags of messages that are used
// (https://docs.discord.com/developers/resources/message#message-object-message-flags).
const (
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
	flagComponentsV2   = 1 << 15
)

// edit is the message as an edit takes it: who sees a message cannot be changed.
func (m message) edit() message {
	m.Flags &^= flagEphemeral
	return m
}

// allowedMentions are who is pinged: nobody but Users
// (https://docs.discord.com/developers/resources/message#allowed-mentions-object).
type allowedMentions struct {
	Parse       []string `json:"parse"` // always [], or Discord reads mentions in the text
	Users       []string `json:"users,omitempty"`
	RepliedUser bool     `json:"replied_user"`
}

// An embed is a box in a message
// (https://docs.discord.com/developers/resources/message#embed-object).
type embed struct {
	Title       string  `json:"title,omitempty"`
	URL         string  `json:"url,omitempty"`
	Description string  `json:"description,omitempty"`
	Color       int     `json:"color,omitempty"`
	Fields      []field `json:"fields,omitempty"`
	Footer      *footer `json:"footer,omitempty"`
}

// A field is a part of an embed with a name of its own.
type field struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// A footer is the last line of an embed. Markdown is no markup there.
type footer struct {
	Text string `json:"text"`
}

// A kind is the type of a component
// (https://docs.discord.com/developers/components/reference#component-object-component-types).
type kind int

// The kinds of component that are used.
const (
	rowKind       kind = 1
	buttonKind    kind = 2
	selectKind    kind = 3
	sectionKind   kind = 9
	textKind      kind = 10
	separatorKind kind = 14
	containerKind kind = 17
)

// The styles of buttons
// (https://docs.discord.com/developers/components/reference#button-button-styles).
const (
	primaryButton   = 1
	secondaryButton = 2
)

// A component is any of the kinds; each has fields of its own.
type component struct {
	Type        kind         `json:"type"`
	Content     string       `json:"content,omitempty"`      // of a text
	Components  []component  `json:"components,omitempty"`   // of a row, a section, a container
	Accessory   *component   `json:"accessory,omitempty"`    // of a section
	AccentColor int          `json:"accent_color,omitempty"` // of a container
	Style       int          `json:"style,omitempty"`        // of a button
	Label       string       `json:"label,omitempty"`        // of a button
	CustomID    string       `json:"custom_id,omitempty"`    // of a button, of a menu
	Placeholder string       `json:"placeholder,omitempty"`  // of a menu
	Options     []menuOption `json:"options,omitempty"`      // of a menu
}

// A menuOption is one line of a menu.
type menuOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
}
