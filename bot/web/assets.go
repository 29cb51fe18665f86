package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"strings"
)

//go:embed assets
var assetFiles embed.FS

// An asset is a file of the page that changes only with the program.
type asset struct {
	address string // holds a hash of the content, so that it may be kept for ever
	kind    string
	content []byte
	zipped  []byte
}

var assetKinds = map[string]string{
	"web.css": "text/css; charset=utf-8", "web.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml",
}

// loadAssets reads the assets by their names.
func loadAssets() map[string]asset {
	all := make(map[string]asset, len(assetKinds))
	for name, kind := range assetKinds {
		content, err := assetFiles.ReadFile("assets/" + name)
		if err != nil {
			panic("web: " + name + " is not part of the program") // it was not built from these files
		}
		sum := sha256.Sum256(content)
		var zipped bytes.Buffer
		z := gzip.NewWriter(&zipped)
		_, _ = z.Write(content) // to memory
		_ = z.Close()
		all[name] = asset{"/assets/" + hex.EncodeToString(sum[:6]) + "/" + name, kind, content, zipped.Bytes()}
	}
	return all
}

func (w *Web) asset(out http.ResponseWriter, r *http.Request) {
	a, ok := w.assets[r.PathValue("name")]
	if !ok || r.URL.Path != a.address {
		w.missing(out, r)
		return
	}
	out.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	a.write(out, r)
}

func (a *asset) write(out http.ResponseWriter, r *http.Request) {
	out.Header().Set("Content-Type", a.kind)
	out.Header().Set("Vary", "Accept-Encoding")
	content := a.content
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		out.Header().Set("Content-Encoding", "gzip")
		content = a.zipped
	}
	_, _ = out.Write(content) // nobody is there to be told
}

// favicon is what browsers ask for by themselves.
func (w *Web) favicon(out http.ResponseWriter, r *http.Request) {
	icon := w.assets["icon.svg"]
	out.Header().Set("Cache-Control", "public, max-age=3600")
	icon.write(out, r)
}
