package ops

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"

	"frameworkbot/bot"
)

// tracesPath is where collectors take traces below the address that is set
// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp).
const tracesPath = "/v1/traces"

// Bounds of what waits to be sent. More is thrown away: answers do not wait.
const (
	exportWithin = 5 * time.Second
	maxQueued    = 2048
)

// Tracing sends what it is told to a collector. It is a [bot.Tracer].
type Tracing struct {
	provider *trace.TracerProvider
	tracer   api.Tracer
}

// CheckEndpoint reports why traces cannot be sent to that address.
func CheckEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("is not an address such as http://127.0.0.1:4318")
	case u.User != nil:
		return errors.New("must not hold a user name or a password: set OTEL_EXPORTER_OTLP_HEADERS")
	}
	return nil
}

// StartTracing sends traces to the OTLP/HTTP collector at endpoint, an address
// without a path, until Close. What the specification's variables
// OTEL_EXPORTER_OTLP_HEADERS and OTEL_EXPORTER_OTLP_TIMEOUT say holds.
func StartTracing(ctx context.Context, endpoint string, b Build, log *slog.Logger) (*Tracing, error) {
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		log.Warn("traces could not be sent", "err", bot.Redact(err))
	}))
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimRight(endpoint, "/")+tracesPath))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	provider := trace.NewTracerProvider(
		trace.WithBatcher(exporter, trace.WithMaxQueueSize(maxQueued), trace.WithExportTimeout(exportWithin)),
		trace.WithResource(resource.NewSchemaless(attribute.String("service.name", "frameworkbot"), attribute.String("service.version", b.Version))),
	)
	return &Tracing{provider, provider.Tracer("frameworkbot")}, nil
}

// Close sends what waits, until ctx is done.
func (t *Tracing) Close(ctx context.Context) error { return t.provider.Shutdown(ctx) }

// Start implements [bot.Tracer].
func (t *Tracing) Start(ctx context.Context, part string, about ...slog.Attr) (within context.Context, end func(about ...slog.Attr)) {
	within, span := t.tracer.Start(ctx, part, api.WithAttributes(attributes(about)...))
	return within, func(about ...slog.Attr) {
		span.SetAttributes(attributes(about)...)
		span.End()
	}
}

var _ bot.Tracer = (*Tracing)(nil)

// attributes are what may be told: kinds and counts.
func attributes(about []slog.Attr) []attribute.KeyValue {
	all := make([]attribute.KeyValue, 0, len(about))
	for _, a := range about {
		switch key := "frameworkbot." + a.Key; a.Value.Kind() {
		case slog.KindInt64:
			all = append(all, attribute.Int64(key, a.Value.Int64()))
		case slog.KindString:
			all = append(all, attribute.String(key, a.Value.String()))
		}
	}
	return all
}
