package discord

import (
	"strconv"
	"strings"

	"frameworkbot/bot"
)

// A press is what the custom_id of a button or a menu carries: what to do, and
// IDs. It is all the state that there is, so that it survives a restart.
// Nothing of an answer is in it. What is chosen in a menu is the value of its
// option: a [bot.Ref], in every menu.
type press struct {
	do   action
	ref  bot.Ref // the answer that it is about
	user string  // who asked, where others can press as well; of doPost the message to reply to
	n    int     // tells the components of a message apart
}

// An action is what a press does.
type action string

// The actions.
const (
	doAsk     action = "ask"     // replace the card by another answer
	doShare   action = "share"   // post the private card for everybody
	doMore    action = "more"    // a menu: replace the card by a part of the page
	doCompare action = "compare" // a menu: replace the card by a comparison
	doChoose  action = "choose"  // replace the list by one of its answers; a button or a menu
	doPost    action = "post"    // post an answer as a reply to a message; a button or a menu
	doHelpful action = "helpful"
	doWrong   action = "wrong" // "Not right"
	doDelete  action = "delete"
)

// between separates the fields; neither IDs nor a Ref hold it.
const between = "|"

// encode is the press as a custom_id: "do|ref|user|n".
func (p press) encode() string {
	n := ""
	if p.n != 0 {
		n = strconv.Itoa(p.n)
	}
	return strings.TrimRight(strings.Join([]string{string(p.do), string(p.ref), p.user, n}, between), between)
}

// decode reads what encode wrote. Fields that are missing are empty; it never
// fails, an action that is unknown is for the caller to refuse.
func decode(s string) press {
	fields := append(strings.SplitN(s, between, 4), "", "", "", "")
	n, _ := strconv.Atoi(fields[3]) // a number of no use is none
	return press{action(fields[0]), bot.Ref(fields[1]), fields[2], n}
}
