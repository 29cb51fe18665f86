package slack

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Slack takes one message a second and channel
// (https://docs.slack.dev/apis/web-api/rate-limits#rate-limits__posting-messages).
const perChannel = time.Second

// maxChannels is how many channels are paced; with more, those that are free
// again are forgotten.
const maxChannels = 1000

// pace keeps messages to one channel apart.
type pace struct {
	draining <-chan struct{} // from then on nothing waits: Slack tolerates bursts, and the time is short
	mu       sync.Mutex
	channels map[string]*rate.Limiter
}

func newPace(draining <-chan struct{}) *pace {
	return &pace{draining: draining, channels: map[string]*rate.Limiter{}}
}

// wait waits for the channel's turn. It fails if ctx ends first.
func (p *pace) wait(ctx context.Context, channel string) error {
	turn := p.limiter(channel).Reserve()
	timer := time.NewTimer(turn.Delay())
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.draining:
	case <-ctx.Done():
		turn.Cancel()
	}
	return ctx.Err()
}

// longestQueue is how many messages may wait for their turn in one channel.
const longestQueue = 60

// isFull reports whether so many messages wait in the channel that no more
// should be taken on.
func (p *pace) isFull(channel string) bool { return p.limiter(channel).Tokens() < -longestQueue }

func (p *pace) limiter(channel string) *rate.Limiter {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.channels[channel]
	if l == nil {
		p.makeRoom()
		l = rate.NewLimiter(rate.Every(perChannel), 1)
		p.channels[channel] = l
	}
	return l
}

func (p *pace) makeRoom() {
	if len(p.channels) < maxChannels {
		return
	}
	for channel, l := range p.channels {
		if l.Tokens() >= 1 {
			delete(p.channels, channel)
		}
	}
}
