package discord

import (
	"strings"
	"testing"

	"frameworkbot/bot"
)

func TestPressSurvivesItsID(t *testing.T) {
	for id, p := range map[string]press{
		"share|page:laravel":                 {do: doShare, ref: "page:laravel"},
		"ask|fact:flask:orm|111111111111":    {do: doAsk, ref: "fact:flask:orm", user: "111111111111"},
		"delete||111111111111":               {do: doDelete, user: "111111111111"},
		"more|page:rails||2":                 {do: doMore, ref: "page:rails", n: 2},
		"choose|help|1|10":                   {do: doChoose, ref: "help", user: "1", n: 10},
		"post|part:rails:features/x|4444444": {do: doPost, ref: "part:rails:features/x", user: "4444444"},
	} {
		if got := p.encode(); got != id {
			t.Errorf("encode of %+v: %q, want %q", p, got, id)
		}
		if got := decode(id); got != p {
			t.Errorf("decode(%q): %+v, want %+v", id, got, p)
		}
	}
}

func TestLongestPressFits(t *testing.T) {
	for _, do := range []action{doAsk, doShare, doMore, doCompare, doChoose, doPost, doHelpful, doWrong, doDelete} {
		p := press{do, bot.Ref(strings.Repeat("r", bot.MaxRef)), "18446744073709551615", 99}
		if got := len(p.encode()); got > maxCustomID {
			t.Errorf("%s: a custom_id of %d characters, more than %d", do, got, maxCustomID)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "|", "||||", "share|page:laravel", "ask|a|b|c|d", "more|x|y|-1", "more|x|y|99999999999999999999", "\xff|\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := decode(s)
		if again := decode(p.encode()); strings.Count(s, between) < 4 && again != p {
			t.Errorf("decode(%q) is %+v, but what that encodes to is %+v", s, p, again)
		}
	})
}
