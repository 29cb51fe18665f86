package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Bounds of a request in mode [HTTP].
const (
	maxBody = 1 << 20         // Discord's are far smaller; a larger one is refused before it costs a signature
	maxSkew = 5 * time.Minute // between Discord's clock and this one
)

// Paths are where Discord may send its interactions in mode [HTTP]. One of them
// is the Interactions Endpoint URL of the application.
var Paths = []string{"/discord/interactions", "/discord", "/"}

// ServeHTTP takes what Discord sends: it verifies the signature and answers in
// the response. Whatever is not Discord's gets status 401, as Discord checks
// from time to time; what is gets 503 before Run and after it ended.
func (d *Discord) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, http.StatusMethodNotAllowed)
		return
	}
	if _, ok := signatureOf(r.Header, time.Now()); !ok { // not worth reading
		d.forged(w)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(w, http.StatusRequestEntityTooLarge)
	case err != nil:
		refuse(w, http.StatusBadRequest)
	case !isSigned(d.key, r.Header, raw, time.Now()):
		d.forged(w)
	case !d.isRunning(r.Context()):
		refuse(w, http.StatusServiceUnavailable)
	default:
		d.signed(w, r, raw)
	}
}

// startWithin is how long a request waits for Run to begin: addresses are bound
// a moment before, and Discord does not ask again.
const startWithin = time.Second

// isRunning reports whether Run takes requests, now or in a moment.
func (d *Discord) isRunning(ctx context.Context) bool {
	if d.handler.Load() != nil {
		return true
	}
	timer := time.NewTimer(startWithin)
	defer timer.Stop()
	select {
	case <-d.begun:
	case <-timer.C:
	case <-ctx.Done():
	}
	return d.handler.Load() != nil
}

func (d *Discord) forged(w http.ResponseWriter) {
	if d.vitals.Refuse() {
		d.log.Info("discord: requests without a valid signature are refused: Discord sends some on purpose; if no others come, the public key is wrong")
	}
	refuse(w, http.StatusUnauthorized)
}

// refuse answers with a status and nothing that tells why.
func refuse(w http.ResponseWriter, status int) { http.Error(w, http.StatusText(status), status) }

var timestamp = regexp.MustCompile(`^[0-9]{1,12}$`)

// signatureOf reads the signature of a request whose timestamp is at most five
// minutes away from now. In what is signed there is no separator between the
// timestamp and the body, so the timestamp has to be a plain number.
func signatureOf(h http.Header, now time.Time) ([]byte, bool) {
	signed, at := h.Values("X-Signature-Ed25519"), h.Values("X-Signature-Timestamp")
	if len(signed) != 1 || len(at) != 1 || !timestamp.MatchString(at[0]) {
		return nil, false
	}
	seconds, err := strconv.ParseInt(at[0], 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > maxSkew {
		return nil, false
	}
	signature, err := hex.DecodeString(signed[0])
	return signature, err == nil && len(signature) == ed25519.SignatureSize
}

// isSigned verifies the signature over the timestamp and the raw body
// (https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint-validating-security-request-headers).
func isSigned(key ed25519.PublicKey, h http.Header, raw []byte, now time.Time) bool {
	signature, ok := signatureOf(h, now)
	return ok && len(key) == ed25519.PublicKeySize &&
		ed25519.Verify(key, append([]byte(h.Get("X-Signature-Timestamp")), raw...), signature)
}

// signed answers a request that is Discord's.
func (d *Discord) signed(w http.ResponseWriter, r *http.Request, raw []byte) {
	var in interaction
	switch {
	case !bytes.HasPrefix(raw, []byte("{")) || !json.Valid(raw) || !read(raw, &in):
		refuse(w, http.StatusBadRequest)
		return
	case in.Type == int(discordgo.InteractionPing):
		callback{Type: discordgo.InteractionResponsePong}.write(w)
		return
	case in.ID == "":
		refuse(w, http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), discordgo.InteractionDeadline)
	defer cancel()
	res := &httpResponse{first: make(chan callback, 1), written: make(chan struct{}), gone: make(chan struct{})}
	if !d.take(&in, res.answer) {
		d.log.Warn("discord: an interaction was delivered before and is refused", "id", in.ID)
		refuse(w, http.StatusUnauthorized)
		return
	}
	select {
	case c := <-res.first:
		if c.Type == 0 {
			refuse(w, http.StatusBadRequest)
			return
		}
		c.write(w)
		close(res.written)
	case <-ctx.Done():
		close(res.gone)
		refuse(w, http.StatusServiceUnavailable)
	}
}

// An httpResponse brings the answer to an interaction to the request that it came in.
type httpResponse struct {
	first   chan callback
	written chan struct{} // closed once the response is on its way
	gone    chan struct{} // closed if there will be none; the end of the request does not tell, as it follows the response too
}

// errHungUp is why an answer does not reach Discord.
var errHungUp = errors.New("the request ended before its answer")

// answer hands over the response. After a deferral, it returns once that is on
// its way: what follows must not overtake it.
func (r *httpResponse) answer(c callback) error {
	select {
	case r.first <- c:
	default:
		return nil // there was one: this is the second try of an answer that is the same
	}
	if !c.defers() {
		return nil
	}
	select {
	case <-r.written:
		return nil
	case <-r.gone:
		return errHungUp
	}
}

// write sends the callback, at once.
func (c callback) write(w http.ResponseWriter) {
	data, err := c.encode()
	if err != nil {
		refuse(w, http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // Discord has gone; the answer is lost with it
	_ = http.NewResponseController(w).Flush()
}
