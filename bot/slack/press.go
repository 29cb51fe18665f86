package slack

import (
	"strings"

	"frameworkbot/bot"
)

// A press is what a button, a choice of a menu or a menu's block carries: what
// to do, and ids. It is all the state that there is, so that it survives a
// restart. Nothing of an answer is in it.
type press struct {
	do    action
	ref   bot.Ref // the answer that it is about
	user  string  // who asked, where others may press as well; "" where only the asker sees it
	ts    string  // the message to reply to
	asked string  // what was typed, as [bot.Echo] has it: shown to others when it is shared
}

// An action is what a press does. It is also what the ids of blocks and
// elements begin with.
type action string

// The actions.
const (
	doAsk     action = "ask"     // replace the card by another answer
	doShare   action = "share"   // post the private card for everybody
	doMore    action = "more"    // a menu: replace the card by a part of the page
	doCompare action = "compare" // a menu that searches: compare with the chosen page
	doBrowse  action = "browse"  // a menu that searches: show the chosen answer
	doPost    action = "post"    // post the answer as a reply to a message
	doHelpful action = "helpful"
	doWrong   action = "wrong" // "Not right"
	doDismiss action = "dismiss"
	doSearch  action = "search" // a text field of the App Home
	doOpen    action = "open"   // follow a link: nothing is to be done
)

// Separates the fields; neither ids nor echoes hold it.
const between = "|"

// encode is the press as the value of a button, or as the id of a block.
func (p press) encode() string {
	fields := []string{string(p.do), string(p.ref), p.user, p.ts, p.asked}
	return strings.TrimRight(strings.Join(fields, between), between)
}

// decode reads what encode wrote. Missing fields are empty; it never fails, an
// action that is unknown is for the caller to refuse.
func decode(s string) press {
	fields := append(strings.SplitN(s, between, 5), "", "", "", "", "")
	return press{action(fields[0]), bot.Ref(fields[1]), fields[2], fields[3], fields[4]}
}
