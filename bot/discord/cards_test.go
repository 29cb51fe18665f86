package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"frameworkbot/bot"
)

// TestCardsAreMadeOnce: a private card is the same for whoever asked in the same
// words, and as it would be if it was made for them.
func TestCardsAreMadeOnce(t *testing.T) {
	a, _ := parrot(context.Background(), &bot.Message{Text: "laravel <b> & more"})
	cards := newCards()
	private := func(asker, asked string) showing {
		return showing{options: options{style: Components, private: true, share: true, asker: asker, asked: asked}}
	}
	of := func(s showing) json.RawMessage {
		raw, ok := cards.of(s, a).(json.RawMessage)
		if !ok {
			t.Fatalf("%+v: not made before it is sent", s)
		}
		return raw
	}
	first, again := of(private("1", "laravel")), of(private("2", "laravel"))
	if &first[0] != &again[0] {
		t.Error("the second one was made as well")
	}
	want, err := encode(private("2", "laravel").body(a))
	if err != nil || !bytes.Equal(again, want) {
		t.Errorf("got %s\nwant %s", again, want)
	}
	text := private("1", "laravel")
	text.style = Text
	for name, other := range map[string]json.RawMessage{"other words": of(private("1", "rails")), "another style": of(text)} {
		if bytes.Equal(other, first) {
			t.Errorf("%s: the same card", name)
		}
	}
	for name, s := range map[string]showing{
		"public":   {options: options{style: Components, asker: "1", deletable: true}},
		"sentence": private("1", ""),
	} {
		b := a
		if name == "sentence" {
			b = line("one line")
		}
		if _, kept := cards.of(s, b).(json.RawMessage); kept {
			t.Errorf("%s: is kept", name)
		}
	}
}

// TestCardsAreNotKeptForEver: what is kept does not grow with the questions.
func TestCardsAreNotKeptForEver(t *testing.T) {
	cards := newCards()
	s := showing{options: options{style: Text, private: true}}
	for range 3 * maxCards {
		cards.of(s, card("x", "page:laravel"))
	}
	if n := len(cards.kept.made); n > maxCards {
		t.Errorf("%d cards are kept", n)
	}
}

func TestCallbackOfJSON(t *testing.T) {
	for _, c := range []callback{
		{Type: 4, Data: json.RawMessage(`{"content":"<a> & b"}`)}, {Type: 4, Data: map[string]string{"content": "<a> & b"}},
	} {
		got, err := c.encode()
		if err != nil || string(got) != `{"type":4,"data":{"content":"<a> & b"}}` {
			t.Errorf("%s, %v", got, err)
		}
	}
	if got, err := (callback{Type: 1}).encode(); err != nil || string(got) != `{"type":1}` {
		t.Errorf("%s, %v", got, err)
	}
}
