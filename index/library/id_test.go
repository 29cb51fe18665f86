package library

import "testing"

func TestIDOf(t *testing.T) {
	for name, want := range map[string]string{
		"Deploy Notes.md": "deploy-notes", "runbooks/_index.md": "runbooks", "Runbooks/README.md": "runbooks", "readme.md": "readme",
		"a/b c/d.e.mdx": "a/b-c/d-e", "pct-move_volume.md": "pct-move_volume", "common/!.md": "common/u21", "~.md": "u7e", "運用/手順.md": "運用/手順",
	} {
		if got := idOf(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestIsTranslated(t *testing.T) {
	for name, want := range map[string]bool{
		"content/ko/a.md": true, "pages.pt_BR/common/tar.md": true, "a.zh-cn.md": true, "docs/zh_Hant/a.md": true, "i18n/fr/a.md": true,
		"content/en/a.md": false, "pages/common/tar.md": false, "de-facto.md": false, "it-support/a.md": false, "no-code.md": false, "a.md": false,
		"pages/linux/ar.md": true, // a command that is called as Arabic is: all the same where it has no rival
	} {
		if got := isTranslated(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
