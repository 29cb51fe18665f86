package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// formatVersion changes with everything that makes indexes on disk useless to
// another version of the program: what the files hold, and how text is analysed.
const formatVersion = 3

// manifestName is the file that is written last.
const manifestName = "manifest"

// manifest says what an index on disk consists of. All files are verified
// before any is used: Bleve believes whatever it is given, and damage that it
// meets later ends the process.
type manifest struct {
	Format int
	Lists  string // SHA-256 of our lists of words, which decide how text is analysed
	Key    string // the caller's: what it is an index of
	Pages  int
	Shards int
	Files  []fileSum
}

// fileSum is a file as it must be. The two large ones, which hold the pages'
// texts, have a CRC-32C, of the whole here and of each record beside them; all
// others, which decide what is found, have a SHA-256.
type fileSum struct {
	Name     string
	Size     int64
	SHA256   string `json:",omitempty"`
	Checksum uint32 `json:",omitempty"`
}

// The files of an index beside Bleve's folders.
const (
	pagesName   = "pages"
	lexisName   = "words"
	bodiesName  = "bodies"
	entriesName = "entries"
	noteName    = "note"
)

// shardName is the folder of one of the Bleve indexes.
func shardName(i int) string { return fmt.Sprint("bleve-", i) }

func isLarge(name string) bool { return name == bodiesName || name == entriesName }

// listsSum is the SHA-256 of the lists of words in this program.
var listsSum = sync.OnceValue(func() string {
	sum := sha256.New()
	_ = fs.WalkDir(wordFiles, ".", func(name string, f fs.DirEntry, err error) error {
		if err == nil && !f.IsDir() {
			data, _ := wordFiles.ReadFile(name)
			fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data)
		}
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))
})

// write describes the files that are in a folder, and writes itself beside them
// after its own SHA-256.
func (m *manifest) write(dir string) error {
	m.Format, m.Lists = formatVersion, listsSum()
	err := filepath.WalkDir(dir, func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() || f.Name() == lockName {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, fileSum{Name: filepath.ToSlash(name)})
		return nil
	})
	if err := errors.Join(err, m.each(func(f *fileSum) (err error) {
		*f, err = sumOf(dir, f.Name)
		return err
	})); err != nil {
		return err
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestName), append([]byte(digestOf(text)+"\n"), text...), 0o600)
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readManifest reads and verifies the manifest of a folder, and all files that it names.
func readManifest(dir, key string) (*manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, err
	}
	sum, text, _ := bytes.Cut(data, []byte("\n"))
	if string(sum) != digestOf(text) {
		return nil, errors.New("the manifest is damaged")
	}
	m := &manifest{}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("the manifest: %w", err)
	}
	switch {
	case m.Format != formatVersion || m.Lists != listsSum():
		return nil, errors.New("written by another version of the program")
	case m.Key != key:
		return nil, errors.New("built of other pages")
	}
	return m, m.each(func(want *fileSum) error {
		is, err := sumOf(dir, want.Name)
		if err != nil {
			return err
		}
		if is != *want {
			return fmt.Errorf("%s is damaged", want.Name)
		}
		return nil
	})
}

// each does something for all files at once.
func (m *manifest) each(f func(*fileSum) error) error {
	errs := make([]error, len(m.Files))
	var wg sync.WaitGroup
	for i := range m.Files {
		wg.Go(func() { errs[i] = f(&m.Files[i]) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// sumOf reads a file and says what it is.
func sumOf(dir, name string) (fileSum, error) {
	path := filepath.Join(dir, filepath.FromSlash(name))
	info, err := os.Stat(path)
	if err != nil {
		return fileSum{}, err
	}
	sum := fileSum{Name: name, Size: info.Size()}
	if isLarge(name) {
		sum.Checksum, err = checksumOf(path)
		return sum, err
	}
	sum.SHA256, err = sha256Of(path)
	return sum, err
}
