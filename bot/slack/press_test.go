package slack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frameworkbot/bot"
)

func TestPressComesBack(t *testing.T) {
	for _, p := range []press{
		{},
		{do: doAsk, ref: "page:laravel"},
		{do: doShare, ref: "vs:django,flask:orm", asked: "django vs flask"},
		{do: doDismiss, user: "U1"},
		{do: doPost, ref: "fact:flask:orm", user: "W2", ts: "1700000000.000100"},
	} {
		if diff := cmp.Diff(p, decode(p.encode()), cmp.AllowUnexported(press{})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", p.encode(), diff)
		}
	}
}

// TestPressFits: whatever it carries, a press is no longer than Slack allows.
func TestPressFits(t *testing.T) {
	p := press{do: doCompare, ref: bot.Ref(strings.Repeat("x", bot.MaxRef)), user: "U0123456789AB", ts: "1700000000.000100"}
	if n := len(p.encode()); n > 255 {
		t.Errorf("the id of a block would have %d characters", n)
	}
	if n := len(press{do: p.do, ref: p.ref}.encode()); n > 75 {
		t.Errorf("the value of a choice would have %d characters", n)
	}
	p.asked = bot.Echo(strings.Repeat("界", 4000))
	if n := len(p.encode()); n > 2000 {
		t.Errorf("the value of a button would have %d bytes", n)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("ask|page:laravel|U1|1.2|what | was | asked")
	f.Fuzz(func(t *testing.T, s string) {
		p := decode(s)
		if again := decode(p.encode()); again.do != p.do || again.ref != p.ref || again.user != p.user || again.ts != p.ts {
			t.Errorf("%q: %+v, then %+v", s, p, again)
		}
	})
}

func TestMenusSayWhatTheyBelongTo(t *testing.T) {
	for name, test := range map[string]struct {
		block, value string
		want         press
	}{
		"compare":              {"compare|page:laravel|U1", "compare|page:django", press{do: doCompare, ref: "vs:laravel,django", user: "U1"}},
		"compare with itself":  {"compare|page:laravel|U1", "compare|page:laravel", press{do: doCompare, ref: "page:laravel", user: "U1"}},
		"more":                 {"more|page:laravel|U1", "more|part:laravel:features", press{do: doMore, ref: "part:laravel:features", user: "U1"}},
		"browse":               {"browse", "browse|page:flask", press{do: doBrowse, ref: "page:flask"}},
		"the menu's act wins":  {"browse", "ask|page:flask", press{do: doBrowse, ref: "page:flask"}},
		"a menu without an id": {"", "ask|page:flask", press{do: doAsk, ref: "page:flask"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := pressOf(&acted{ActionID: "x:1", BlockID: field(test.block), Selected: option{Value: field(test.value)}})
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(press{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
