# syntax=docker/dockerfile:1
# A static binary in an empty image: no shell, no package manager, not root,
# nothing that has to be written to.
#
#   docker build -t frameworkbot .
#   docker run --rm frameworkbot ask laravel
#   docker run --rm --read-only --cap-drop ALL -e DISCORD_TOKEN frameworkbot
#   docker buildx build --platform linux/amd64,linux/arm64 -t frameworkbot .
#
# For a release, pin both images by digest (name:tag@sha256:…): docs/deploy.md.

FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
# With .git, so that --version tells the commit and its date. Git refuses a
# folder that belongs to somebody else, and then the build does.
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    git config --global --add safe.directory /src && \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -mod=readonly -trimpath -ldflags="-s -w" -o /frameworkbot ./cmd/frameworkbot

FROM gcr.io/distroless/static-debian12:nonroot
LABEL org.opencontainers.image.title="frameworkbot" \
      org.opencontainers.image.description="Answers questions about back-end frameworks in Slack and Discord" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /frameworkbot /usr/bin/frameworkbot
# The number, not the name: Kubernetes cannot tell from a name that it is not root.
USER 65532:65532
# Health, readiness and metrics, for what is in the container alone. Whoever
# asks from outside needs :9090.
ENV FRAMEWORKBOT_OPS_LISTEN=127.0.0.1:9090
# Alive, not ready: hosts replace what is ill, which cures no outage of Slack.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/usr/bin/frameworkbot", "health", "--url", "/healthz"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/frameworkbot"]
CMD ["serve"]
