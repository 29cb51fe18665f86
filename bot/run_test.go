package bot_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"frameworkbot/bot"
)

// platform runs as its function does.
type platform struct {
	name string
	run  func(context.Context, bot.Handler) error
}

func (p platform) Name() string                                 { return p.name }
func (p platform) Run(ctx context.Context, h bot.Handler) error { return p.run(ctx, h) }

// serves ends with nil when ctx is done, as the contract says.
func serves(name string) platform {
	return platform{name, func(ctx context.Context, _ bot.Handler) error { <-ctx.Done(); return nil }}
}

func fails(name string, err error) platform {
	return platform{name, func(context.Context, bot.Handler) error { return err }}
}

func TestRunUntilDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- bot.Run(ctx, answers(nil, nil), serves("one"), serves("two")) }()
		synctest.Wait()
		if len(ended) > 0 {
			t.Fatalf("Run ended with %v while both platforms ran", <-ended)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run returned %v, want nil", err)
		}
	})
}

// TestRunOutlivesOne has two platforms that fail; the third goes on, and both
// errors are returned with their platforms' names when it has ended too.
func TestRunOutlivesOne(t *testing.T) {
	errToken := errors.New("token revoked")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- bot.Run(ctx, answers(nil, nil), fails("slack", errToken), serves("console"), fails("discord", errBroken))
		}()
		synctest.Wait()
		if len(ended) > 0 {
			t.Fatalf("Run ended with %v although one platform still ran", <-ended)
		}
		cancel()
		err := <-ended
		if !errors.Is(err, errToken) || !errors.Is(err, errBroken) {
			t.Fatalf("Run returned %v, want both errors", err)
		}
		if got, want := err.Error(), "slack: token revoked\ndiscord: broken"; got != want {
			t.Errorf("Run returned %q, want %q", got, want)
		}
	})
}

// TestRunPassesHandler: each platform gets the handler and the context.
func TestRunPassesHandler(t *testing.T) {
	want := &bot.Answer{Kind: bot.HelpKind}
	asks := platform{"asks", func(ctx context.Context, h bot.Handler) error {
		answer, err := h.Answer(ctx, message())
		if answer != want {
			t.Errorf("got %v, want the handler's answer", answer)
		}
		return err
	}}
	if err := bot.Run(t.Context(), answers(want, nil), asks, asks); err != nil {
		t.Error(err)
	}
	if err := bot.Run(t.Context(), answers(want, nil)); err != nil {
		t.Errorf("without platforms: %v", err)
	}
}
