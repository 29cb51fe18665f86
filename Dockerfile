# syntax=docker/dockerfile:1
# A static binary in an empty image: no shell, no package manager, not root.
#
#   docker build -t frameworkbot .
#   docker run --rm frameworkbot ask laravel
#   docker run --rm -e DISCORD_TOKEN frameworkbot
#   docker buildx build --platform linux/amd64,linux/arm64 -t frameworkbot .

FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
# With .git, so that --version tells the commit and its date.
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags="-s -w" -o /frameworkbot ./cmd/frameworkbot

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /frameworkbot /frameworkbot
USER nonroot:nonroot
ENTRYPOINT ["/frameworkbot"]
CMD ["serve"]
