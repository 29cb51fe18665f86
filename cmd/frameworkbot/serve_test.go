package main

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"frameworkbot/bot/discord/discordtest"
	"frameworkbot/bot/slack/slacktest"
)

// patience is how long a test waits for what should happen at once.
const patience = 30 * time.Second

// A serving is the program, as a process of its own, that serves.
type serving struct {
	t     *testing.T
	cmd   *exec.Cmd
	out   bytes.Buffer
	lines chan string // of the standard error output
	errs  strings.Builder
	ended bool
}

// serve starts the program with that environment and nothing else.
func serve(t *testing.T, env ...string) *serving {
	t.Helper()
	return serveWith(t, nil, env...)
}

// serveWith is serve with flags.
func serveWith(t *testing.T, flags []string, env ...string) *serving {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &serving{t: t, lines: make(chan string, 1000)}
	s.cmd = exec.CommandContext(context.Background(), exe)
	s.cmd.Args = append([]string{"frameworkbot", "serve"}, flags...) // testscript.Main looks at the name
	s.cmd.Env = append(env, "GORACE=atexit_sleep_ms=0")
	s.cmd.Stdout = &s.out
	pipe, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.lines)
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			s.lines <- lines.Text()
		}
	}()
	t.Cleanup(func() {
		if !s.ended {
			_ = s.cmd.Process.Kill()
			s.wait()
		}
	})
	return s
}

// logs waits for a line that matches, and returns its first group.
func (s *serving) logs(pattern string) string {
	s.t.Helper()
	re, timeout := regexp.MustCompile(pattern), time.After(patience)
	for {
		select {
		case line, ok := <-s.lines:
			if !ok {
				s.t.Fatalf("the program ended before it logged %q:\n%s", pattern, s.errs.String())
			}
			s.errs.WriteString(line + "\n")
			if found := re.FindStringSubmatch(line); found != nil {
				return found[len(found)-1]
			}
		case <-timeout:
			s.t.Fatalf("the program did not log %q:\n%s", pattern, s.errs.String())
		}
	}
}

// signal sends a signal.
func (s *serving) signal(sig os.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

// wait waits for the end, and returns what the program ended with.
func (s *serving) wait() int {
	s.t.Helper()
	s.ended = true
	timer := time.AfterFunc(patience, func() { _ = s.cmd.Process.Kill() })
	defer timer.Stop()
	for line := range s.lines {
		s.errs.WriteString(line + "\n")
	}
	_ = s.cmd.Wait() // the code tells
	return s.cmd.ProcessState.ExitCode()
}

// endsWith waits for the end, and checks what the program leaves behind: its
// code, nothing on the standard output, and no secret.
func (s *serving) endsWith(code int, secrets ...string) {
	s.t.Helper()
	if got := s.wait(); got != code {
		s.t.Errorf("ended with %d, want %d:\n%s", got, code, s.errs.String())
	}
	if s.out.Len() > 0 {
		s.t.Errorf("the standard output holds %q", s.out.String())
	}
	for _, secret := range append(secrets, "canary") {
		if strings.Contains(s.errs.String(), secret) {
			s.t.Errorf("the log holds the secret %q:\n%s", secret, s.errs.String())
		}
	}
}

// said checks what was logged until the end.
func (s *serving) said(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.errs.String(), text) {
			s.t.Errorf("it was not said: %q\n%s", text, s.errs.String())
		}
	}
}

func slackEnv(s *slacktest.Server, more ...string) []string {
	return append(more, "SLACK_API_URL="+s.URL(), "SLACK_BOT_TOKEN="+slacktest.BotToken, "SLACK_APP_TOKEN="+slacktest.AppToken, "SLACK_SIGNING_SECRET="+slacktest.SigningSecret)
}

func discordEnv(s *discordtest.Server, more ...string) []string {
	return append(more, "DISCORD_API_URL="+s.URL(), "DISCORD_TOKEN="+s.Token(), "DISCORD_PUBLIC_KEY="+s.PublicKey())
}

func TestServeSlackSocket(t *testing.T) {
	s := slacktest.New(t)
	p := serve(t, slackEnv(s)...)
	s.Connected(t.Context())
	ack := s.Deliver(s.SlashCommand("U1", "C1", "/framework", "laravel")).Ack(t.Context())
	if !bytes.Contains(ack.Payload, []byte("Laravel")) {
		t.Errorf("the acknowledgement holds no answer: %s", ack.Payload)
	}
	p.logs("msg=answered")
	p.signal(syscall.SIGTERM)
	p.endsWith(0, s.Secrets()...)
	p.said("msg=connecting platform=slack mode=socket", "msg=stopping signal=terminated")
}

// TestServeOneListener serves both services at one address.
func TestServeOneListener(t *testing.T) {
	s, d := slacktest.New(t), discordtest.New(t)
	p := serve(t, append(slackEnv(s, "SLACK_MODE=http", "SLACK_LISTEN=127.0.0.1:0"), discordEnv(d, "DISCORD_MODE=http", "DISCORD_LISTEN=127.0.0.1:0")...)...)
	address := p.logs(`msg=listening address=(\S+) platforms=slack,discord`)
	p.logs("waiting for signed requests")
	p.logs("discord: signed in")
	over := s.Over("http://" + address)
	for _, from := range []*slacktest.HTTP{over, over.ToOnePath()} {
		answer := from.Send(t.Context(), s.SlashCommand("U1", "C1", "/framework", "laravel"))
		if answer.Status != http.StatusOK || !bytes.Contains(answer.Body, []byte("Laravel")) {
			t.Errorf("Slack got %d %s", answer.Status, answer.Body)
		}
	}
	if got := over.URLVerification(t.Context(), "challenge"); !bytes.Contains(got.Body, []byte("challenge")) {
		t.Errorf("Slack cannot verify the address: %d %s", got.Status, got.Body)
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for _, path := range []string{"/discord/interactions", "/discord", "/"} {
		in := d.Command("framework", discordtest.Option("name", "laravel"))
		if got := d.Post(client, "http://"+address+path, in); got != http.StatusOK {
			t.Errorf("Discord got %d at %s", got, path)
		}
	}
	for path, want := range map[string]int{"/discord": http.StatusUnauthorized, "/": http.StatusUnauthorized, "/slack": http.StatusUnauthorized, "/metrics": http.StatusNotFound, "/slack/x": http.StatusNotFound} {
		if got := post(t, client, "http://"+address+path); got != want {
			t.Errorf("%s answers a request that nobody signed with %d, want %d", path, got, want)
		}
	}
	p.signal(os.Interrupt)
	p.endsWith(0, append(s.Secrets(), d.Secrets()...)...)
}

func post(t *testing.T, client *http.Client, url string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// TestServeGoesOn: a service whose token is no good does not take the other down.
func TestServeGoesOn(t *testing.T) {
	s, d := slacktest.New(t), discordtest.New(t)
	env := append(slackEnv(s), discordEnv(d)...)
	p := serve(t, append(env, "SLACK_BOT_TOKEN=xoxb-canary-of-another-app")...)
	p.logs(`msg="platform stopped for good" platform=slack err="slack\.bot_token is not valid`)
	d.AwaitReady()
	in := d.Command("framework", discordtest.Option("name", "laravel"))
	d.Dispatch(in.Event)
	if got := d.Answer(in); !strings.Contains(got.Text(), "Laravel") {
		t.Errorf("Discord got %q", got.Text())
	}
	p.signal(syscall.SIGTERM)
	p.endsWith(0, append(s.Secrets(), d.Secrets()...)...)
}

// TestServeFails: when no service is left, it ends and says why.
func TestServeFails(t *testing.T) {
	s, d := slacktest.New(t), discordtest.New(t)
	env := append(slackEnv(s), discordEnv(d)...)
	p := serve(t, append(env, "SLACK_BOT_TOKEN=xoxb-canary-of-another-app", "DISCORD_TOKEN=MTIz.canary.of-another-application")...)
	p.endsWith(exitWrong, append(s.Secrets(), d.Secrets()...)...)
	p.said("frameworkbot: slack: slack.bot_token is not valid", "discord: ")
}

// TestServeEndsAtOnce: a second signal does not wait for what is under way.
func TestServeEndsAtOnce(t *testing.T) {
	s := slacktest.New(t)
	p := serve(t, slackEnv(s)...)
	s.Connected(t.Context())
	s.Fail("chat.postMessage", slacktest.Fault{Hang: true})
	s.Deliver(s.Mention("U1", "C1", "laravel"))
	p.logs("msg=answered")
	p.signal(syscall.SIGTERM)
	p.logs("msg=stopping")
	<-time.After(2 * together) // sooner, it would be the same signal
	p.signal(syscall.SIGTERM)
	p.endsWith(143, s.Secrets()...)
	p.said("stopped at once: a second signal came")
}

// TestServeBusyAddress: an address that is in use ends it at once.
func TestServeBusyAddress(t *testing.T) {
	s := slacktest.New(t)
	first := serve(t, slackEnv(s, "SLACK_MODE=http", "SLACK_LISTEN=127.0.0.1:0")...)
	address := first.logs(`msg=listening address=(\S+)`)
	second := serve(t, slackEnv(s, "SLACK_MODE=http", "SLACK_LISTEN="+address)...)
	second.endsWith(exitNo) // it may pass
	second.said("slack.listen (SLACK_LISTEN): listen tcp "+address, "in use")
	first.signal(syscall.SIGTERM)
	first.endsWith(0)
}
