package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"frameworkbot/bot"
)

// longestSecret is the largest file that a secret is read from, in bytes.
const longestSecret = 16 << 10

// A source is a secret, or the file that it is in.
type source struct {
	value bot.Secret
	file  string
}

func itself(text string) (source, error) { return source{value: bot.NewSecret(text)}, nil }

func inFile(text string) (source, error) { return source{file: text}, nil }

// isSet reports whether there is anything to read.
func (s source) isSet() bool { return s.file != "" || !s.value.IsZero() }

// read returns the secret.
func (s source) read() (bot.Secret, error) {
	if s.file == "" {
		return s.value, nil
	}
	return readSecret(s.file)
}

// isSecretFile reports whether the setting names the file of another setting.
func (s setting) isSecretFile() bool { return strings.HasSuffix(s.key, fileSuffix) }

const fileSuffix = "_file"

// secret is the key of what the setting sets: its own, but for the file of a secret.
func (s setting) secret() string { return strings.TrimSuffix(s.key, fileSuffix) }

// readSecret reads a secret from a file that nobody else can read. Errors do
// not name a file that is not there: it may be the secret itself, set in the
// wrong place.
func readSecret(name string) (bot.Secret, error) {
	info, err := os.Stat(name) // of what a link leads to: Kubernetes mounts secrets as links
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return bot.Secret{}, errors.New("there is no such file (set the path here, not the secret itself)")
	case err != nil:
		return bot.Secret{}, errors.New("the file cannot be looked at: " + reason(err))
	case !info.Mode().IsRegular():
		return bot.Secret{}, fmt.Errorf("%s is not a file", name)
	case runtime.GOOS != "windows" && info.Mode()&tooOpen != 0: // Windows has no such bits
		return bot.Secret{}, fmt.Errorf("%s has the mode %04o, which lets others %s it: chmod 600 %s", name, info.Mode().Perm(), whatOthersMay(info.Mode()), name)
	}
	data, err := readUpTo(name, longestSecret)
	if err != nil {
		return bot.Secret{}, fmt.Errorf("the file cannot be read: %w", err)
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	if text == "" {
		return bot.Secret{}, fmt.Errorf("%s is empty", name)
	}
	return bot.NewSecret(text), nil
}

// tooOpen are the permissions that the file of a secret must not give: any to
// everybody, or to change it to its group. The group may read it, because that
// is how Kubernetes hands secrets to programs that do not run as root (0440).
const tooOpen fs.FileMode = 0o027

func whatOthersMay(mode fs.FileMode) string {
	switch {
	case mode&0o004 != 0:
		return "read"
	case mode&0o022 != 0:
		return "change"
	}
	return "use"
}

// readUpTo reads a file of at most most bytes.
func readUpTo(name string, most int64) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, fmt.Errorf("%s has more than %d bytes", name, most)
	}
	return data, err
}

// reason is an error without the path in it.
func reason(err error) string {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err.Error()
	}
	return err.Error()
}
