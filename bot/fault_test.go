package bot_test

import (
	"strings"
	"testing"

	"frameworkbot/bot"
)

func TestCheckURL(t *testing.T) {
	for _, s := range []string{
		"https://slack.com/api/", "HTTPS://discord.com", "https://[2001:db8::1]:8443/x", "https://127.0.0.1/", "https://localhost",
		"http://localhost:8080/api/", "http://LocalHost/", "http://127.0.0.1", "http://127.9.9.9:1/", "http://[::1]:80/",
	} {
		if err := bot.CheckURL(s, "https", "http"); err != nil {
			t.Errorf("%q %v", s, err)
		}
	}
	for s, want := range map[string]string{
		"":                                   "is not an address",
		"slack.com":                          "is not an address",
		"/api/":                              "is not an address",
		"https:":                             "is not an address",
		"https:slack.com":                    "is not an address",
		"https://":                           "is not an address",
		"https://:443/":                      "is not an address",
		"https://a b/":                       "is not an address",
		"https://a.example:x/":               "is not an address",
		"https://a.example/\x7f":             "is not an address",
		"https://user@slack.com":             "user name or a password",
		"https://u:" + canary + "@slack.com": "user name or a password",
		"http://localhost@evil.example":      "user name or a password",
		"http://slack.com":                   "http:// is for loopback addresses alone",
		"http://10.0.0.1":                    "http:// is for loopback addresses alone",
		"http://localhost.example.com":       "http:// is for loopback addresses alone",
		"http://127.0.0.1.example.com":       "http:// is for loopback addresses alone",
		"http://0.0.0.0":                     "http:// is for loopback addresses alone",
		"ftp://127.0.0.1":                    "must begin with https://",
		"wss://slack.com":                    "must begin with https://",
		"file://localhost/" + canary:         "must begin with https://",
	} {
		err := bot.CheckURL(s, "https", "http")
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), canary) {
			t.Errorf("%q %v, want %q, and nothing of the address", s, err, want)
		}
	}
	if err := bot.CheckURL("wss://gateway.example", "wss", "ws"); err != nil {
		t.Error(err)
	}
	if err := bot.CheckURL("https://gateway.example", "wss", "ws"); err == nil || !strings.Contains(err.Error(), "wss://") {
		t.Errorf("a socket's address with https %v", err)
	}
}

func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.1.2.3": true, "::1": true, "::ffff:127.0.0.1": true,
		"": false, "localhost.": false, "0.0.0.0": false, "::": false, "10.0.0.1": false, "127.1": false, "2130706433": false, "[::1]": false, "localhost.example": false, "127.0.0.1:80": false,
	} {
		if got := bot.IsLoopback(host); got != want {
			t.Errorf("IsLoopback(%q) is %t", host, got)
		}
	}
}
