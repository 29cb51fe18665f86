package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

const (
	defaultOps   = "127.0.0.1:9090" // where the bot is asked, unless ops.listen says otherwise
	healthWithin = 4 * time.Second  // hosts that ask for health wait for five or more
	maxHealth    = 64 << 10         // what is shown of an answer, in bytes
)

func (p *program) healthCommand() *cobra.Command {
	var at string
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask a running bot whether it can answer",
		Long: `Asks a bot that serves on this machine how it is, at the address of ops.listen,
and prints what it says. It is what the health check of a container runs: there
is no shell in it, and no other program.

Ends with 0 if all is well, with 1 if not or if nobody answers.`,
		Example: `  frameworkbot health
  frameworkbot health --url /healthz
  frameworkbot health --url http://127.0.0.1:9090/readyz`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			address, err := healthURL(p.config.Ops.Listen, at)
			if err != nil {
				return err
			}
			return p.health(cmd.Context(), address)
		},
	}
	cmd.Flags().StringVar(&at, "url", "/readyz", "ask at `URL`, or at a path of ops.listen: /readyz if it can answer, /healthz if it is alive")
	return cmd
}

// healthURL is where to ask: at, which may be a path of what listens there.
func healthURL(listen, at string) (string, error) {
	host, port, err := net.SplitHostPort(cmp.Or(listen, defaultOps))
	if err != nil {
		return "", wrong("ops.listen is %q: nobody can be asked there", listen)
	}
	switch host { // every address of this machine: ask at the one that others cannot reach
	case "", "0.0.0.0":
		host = "127.0.0.1"
	case "::":
		host = "::1"
	}
	u, err := (&url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}).Parse(at)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", wrong("--url is %q: it must be an address such as http://%s/readyz, or a path", at, defaultOps)
	}
	return u.String(), nil
}

// health asks there, and shows what is said.
func (p *program) health(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return wrong("%w", err)
	}
	// No proxy of the environment, and no other address than the one that was meant.
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.Do(request)
	if err != nil {
		return exit{exitNo, fmt.Errorf("nobody says how the bot is: %w: does it run, with ops.listen set?", shortened(err))}
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxHealth))
	if text := strings.TrimSpace(string(body)); text != "" {
		fmt.Fprintln(p.out, text)
	}
	switch {
	case answer.StatusCode != http.StatusOK:
		return exit{exitNo, fmt.Errorf("not well: %s", answer.Status)}
	case err != nil:
		return exit{exitNo, fmt.Errorf("the answer broke off: %w", shortened(err))}
	}
	return nil
}

// shortened is an error of a request without what it was about to do.
func shortened(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("no answer within %v", healthWithin)
	}
	if at, ok := errors.AsType[*url.Error](err); ok {
		return at.Err
	}
	return err
}
