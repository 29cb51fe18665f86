package main

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"frameworkbot/bot"
	"frameworkbot/bot/ops"
)

// endpointVariable is where OpenTelemetry has the address of the collector
// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
const endpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT"

// flushWithin is what the last traces have to be sent in.
const flushWithin = time.Second

// endpoint is where traces are sent, "" for nowhere.
func (p *program) endpoint() string {
	return cmp.Or(p.config.Trace.Endpoint, p.env[endpointVariable])
}

// trace makes questions be followed, if there is somewhere to send that.
// Otherwise nothing is started.
func (p *program) trace(ctx context.Context, log *slog.Logger) (within context.Context, end func(), err error) {
	endpoint := p.endpoint()
	if endpoint == "" {
		return ctx, func() {}, nil
	}
	if err := ops.CheckEndpoint(endpoint); err != nil {
		return ctx, nil, wrong("%s: %w", endpointVariable, err)
	}
	t, err := ops.StartTracing(ctx, endpoint, build(), log)
	if err != nil {
		return ctx, nil, wrong("%w", err)
	}
	log.Info("traces are sent")
	return bot.WithTracer(ctx, t), func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushWithin)
		defer cancel()
		if err := t.Close(ctx); err != nil {
			log.Warn("the last traces were not sent", "err", bot.Redact(err))
		}
	}, nil
}
