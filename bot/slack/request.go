package slack

import "encoding/json"

// A kind is what Slack delivers, named as Socket Mode names its envelopes
// (https://docs.slack.dev/apis/events-api/using-socket-mode#events).
type kind string

// The kinds of delivery.
const (
	eventsAPI    kind = "events_api"
	slashCommand kind = "slash_commands"
	interactive  kind = "interactive" // block actions, shortcuts and options: the payload's type says which
)

// A request is one delivery from Slack, over either transport.
type request struct {
	kind    kind
	payload json.RawMessage // the form of a slash command over HTTP was turned into an object
	retry   int             // how often Slack tried before
}

// A reply is what goes back in the acknowledgement.
type reply struct {
	refused bool // not taken on: Slack shall send it again
	body    any  // JSON, nil for none

	// unsent is called when the body cannot travel in the acknowledgement:
	// too large, too late, or the connection is gone. It must return at once,
	// and may be nil.
	unsent func()
}
