package slacktest

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// A Post is something that people see: a message, the answer in an
// acknowledgement, an App Home.
type Post struct {
	Method      string // "chat.postMessage", "chat.postEphemeral", "chat.update", "views.publish", "response_url", "ack" or "http"
	Time        time.Time
	Channel     string
	User        string // who alone sees it, "" if everybody does
	TS          string // of the message
	Thread      string
	ResponseURL string
	EnvelopeID  string // that it answers, of "ack" and "http"
	Replaces    bool
	Deletes     bool
	Text        string // for notifications and screen readers
	Body        map[string]any
}

// Blocks are the blocks of the message or view.
func (p Post) Blocks() []any {
	body := p.Body
	if view, ok := body["view"].(map[string]any); ok {
		body = view
	}
	blocks, _ := body["blocks"].([]any)
	return blocks
}

// JSON is the whole body.
func (p Post) JSON() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(p.Body); err != nil {
		panic(err) // it came as JSON
	}
	return b.String()
}

// Visible is all text that a person sees, in order, one line for each piece.
// It is as Slack gets it: with &amp; and markup.
func (p Post) Visible() string {
	var pieces []string
	for _, b := range p.Blocks() {
		pieces = append(pieces, texts(b)...)
	}
	if len(pieces) == 0 {
		pieces = []string{p.Text}
	}
	return strings.Join(pieces, "\n")
}

// Buttons are the interactive elements that have the id, or whose id begins
// with it and a colon; all of them if id is "".
func (p Post) Buttons(id string) []Element {
	var out []Element
	for _, b := range p.Blocks() {
		walk(b, func(in, o map[string]any) {
			action, _ := o["action_id"].(string)
			if action == "" || id != "" && action != id && !strings.HasPrefix(action, id+":") {
				return
			}
			kind, _ := o["type"].(string)
			value, _ := o["value"].(string)
			block, _ := in["block_id"].(string)
			out = append(out, Element{ActionID: action, BlockID: block, Value: value, Type: kind})
		})
	}
	return out
}

// Posts delivers everything that people see, as it comes.
func (s *Server) Posts() <-chan Post { return s.posts }

// Sent is everything that people saw so far. With names, only those methods.
func (s *Server) Sent(names ...string) []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Post
	for _, p := range s.sent {
		if len(names) == 0 || slices.Contains(names, p.Method) {
			out = append(out, p)
		}
	}
	return out
}

// Post waits for the next one of [Server.Posts].
func (s *Server) Post(ctx context.Context) Post {
	s.t.Helper()
	return await(ctx, s.t, s.posts, "a message of the bot's")
}

// publish makes a post known.
func (s *Server) publish(p Post) {
	p.Time = time.Now()
	s.mu.Lock()
	s.sent = append(s.sent, p)
	s.mu.Unlock()
	select {
	case s.posts <- p:
	default: // nobody reads them: a load test
	}
}

// postOf is the post that a call makes.
func postOf(c *Call) Post {
	return Post{
		Method: c.Method, Channel: c.Arg("channel"), Thread: c.Arg("thread_ts"), TS: c.Arg("ts"),
		Text: c.Arg("text"), Body: c.Args,
	}
}

func postMessage(s *Server, c *Call) (map[string]any, string) {
	p := postOf(c)
	if p.Channel == "" {
		return nil, "channel_not_found"
	}
	if s.isTooFast(p.Channel) {
		return nil, "ratelimited"
	}
	if failure := s.checkMessage(c.Method, c.Args); failure != "" {
		return nil, failure
	}
	p.TS = s.TS()
	s.publish(p)
	return map[string]any{"channel": p.Channel, "ts": p.TS, "message": map[string]any{"text": p.Text, "ts": p.TS, "bot_id": BotID}}, ""
}

func postEphemeral(s *Server, c *Call) (map[string]any, string) {
	p := postOf(c)
	if p.User = c.Arg("user"); p.Channel == "" || p.User == "" {
		return nil, "invalid_arguments"
	}
	if failure := s.checkMessage(c.Method, c.Args); failure != "" {
		return nil, failure
	}
	p.TS = s.TS()
	s.publish(p)
	return map[string]any{"message_ts": p.TS}, ""
}

func updateMessage(s *Server, c *Call) (map[string]any, string) {
	p := postOf(c)
	if p.Channel == "" || p.TS == "" {
		return nil, "message_not_found"
	}
	if failure := s.checkMessage(c.Method, c.Args); failure != "" {
		return nil, failure
	}
	p.Replaces = true
	s.publish(p)
	return map[string]any{"channel": p.Channel, "ts": p.TS, "text": p.Text}, ""
}

func publishView(s *Server, c *Call) (map[string]any, string) {
	p := Post{Method: c.Method, User: c.Arg("user_id"), Body: c.Args}
	view, _ := c.Args["view"].(map[string]any)
	if p.User == "" || view["type"] != "home" {
		return nil, "invalid_arguments"
	}
	if failure := s.checkView(view); failure != "" {
		return nil, failure
	}
	s.publish(p)
	return map[string]any{"view": map[string]any{"id": "V0HOME", "type": "home"}}, ""
}

// said notes what an acknowledgement or a response says: a message, or the
// options of a menu.
func (s *Server) said(e Envelope, how string, payload json.RawMessage) {
	var body map[string]any
	if json.Unmarshal(payload, &body) != nil {
		s.violate("the answer in an acknowledgement is no object")
		return
	}
	if e.Payload["type"] == "block_suggestion" {
		s.checkOptions(body)
		return
	}
	s.checkMessage(how, body)
	p := bodyPost(how, body)
	p.EnvelopeID, p.ResponseURL = e.ID, e.ResponseURL
	if channel, ok := e.Payload["channel_id"].(string); ok {
		p.Channel = channel
	}
	if p.User == "" && body["response_type"] != "in_channel" {
		p.User, _ = e.Payload["user_id"].(string)
	}
	s.publish(p)
}

// bodyPost is the post that the body of a response makes.
func bodyPost(how string, body map[string]any) Post {
	text, _ := body["text"].(string)
	thread, _ := body["thread_ts"].(string)
	return Post{
		Method: how, Text: text, Thread: thread, Body: body,
		Replaces: body["replace_original"] == true, Deletes: body["delete_original"] == true,
	}
}
