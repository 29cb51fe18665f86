package imports

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode/utf8"
)

const (
	maxDirectory = 64 << 20 // bytes of an archive's directory, which is held in memory
	maxArchives  = 100      // archives in an archive
	maxDepth     = 2        // of archives in archives: Notion's parts stand in one
)

// limitedReaderAt fails when more was read than an archive's directory may have.
type limitedReaderAt struct {
	r    io.ReaderAt
	left int64 // -1 when there is no limit any more
}

func (l *limitedReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if l.left >= 0 {
		if l.left -= int64(len(p)); l.left < 0 {
			l.left = 0
			return 0, errFiles
		}
	}
	return l.r.ReadAt(p, off)
}

// archive lists an archive, whose files stand below a folder of the source.
func (s *bundle) archive(ctx context.Context, r io.ReaderAt, size int64, below string, depth int) error {
	z, err := readZip(r, size)
	if err != nil {
		return fmt.Errorf("not a zip archive that can be read: %w", err)
	}
	for _, f := range z.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.archived(ctx, f, below, depth); err != nil {
			return err
		}
	}
	return nil
}

// archived lists one file of an archive.
func (s *bundle) archived(ctx context.Context, f *zip.File, below string, depth int) error {
	name, why := safeName(f.Name)
	switch {
	case strings.HasSuffix(f.Name, "/") && why == "":
		return nil
	case why != "":
		s.skip(strings.ToValidUTF8(f.Name, "?"), "%s", why)
		return s.count()
	case isInHidden(name):
		return s.count()
	case f.Mode()&fs.ModeSymlink != 0:
		s.skip(name, "a link: links are not followed")
		return s.count()
	case !f.Mode().IsRegular():
		s.skip(name, "not a regular file")
		return s.count()
	case f.Flags&1 != 0:
		s.skip(name, "encrypted: take the password off")
		return s.count()
	}
	at := path.Join(below, name)
	if strings.EqualFold(path.Ext(name), ".zip") {
		return s.nested(ctx, f, at, depth)
	}
	return s.add(entry{path: at, modified: f.Modified, open: f.Open})
}

// count counts a file that is nothing but counted.
func (s *bundle) count() error {
	if s.seen++; s.seen > MaxFiles {
		return errFiles
	}
	return nil
}

// nested lists an archive that stands in another. Its files stand beside it.
func (s *bundle) nested(ctx context.Context, f *zip.File, at string, depth int) error {
	if err := s.count(); err != nil {
		return err
	}
	if depth+1 >= maxDepth || len(s.temp) >= maxArchives {
		s.skip(at, "an archive too deep in archives, or too many of them")
		return nil
	}
	out, err := s.unpack(f)
	if err != nil {
		if errors.Is(err, errBytes) {
			return err
		}
		s.skip(at, "cannot be read: %v", plainError(err))
		return nil
	}
	info, err := out.Stat()
	if err != nil {
		return err
	}
	if err := s.archive(ctx, out, info.Size(), path.Dir(at), depth+1); err != nil {
		if errors.Is(err, errFiles) || errors.Is(err, errBytes) || ctx.Err() != nil {
			return err
		}
		s.skip(at, "%v", err)
	}
	return nil
}

// unpack writes an archive in an archive to a file that is removed at the end.
func (s *bundle) unpack(f *zip.File) (*os.File, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	out, err := os.CreateTemp("", "frameworkbot-import-*.zip")
	if err != nil {
		return nil, err
	}
	s.temp, s.closers = append(s.temp, out.Name()), append(s.closers, out)
	n, err := io.Copy(out, io.LimitReader(in, MaxBytes-s.unpacked+1))
	if s.unpacked += n; s.unpacked > MaxBytes {
		return nil, errBytes
	}
	return out, err
}

// safeName is the path of a file in an archive, or why it must not be one.
func safeName(name string) (clean, why string) {
	if !utf8.ValidString(name) {
		name = fromCP437(name)
	}
	name = strings.ReplaceAll(name, `\`, "/")
	switch {
	case name == "" || strings.IndexByte(name, 0) >= 0:
		return "", "has no name that can be used"
	case len(name) > 4096:
		return "", "its name is too long"
	case strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':':
		return "", "its path does not stay inside the archive"
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return "", "its path does not stay inside the archive"
		}
	}
	return path.Clean(name), ""
}

func isInHidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if isHidden(part) {
			return true
		}
	}
	return false
}

// cp437 are the upper half of the letters that zip archives have if they do
// not say otherwise (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, appendix D).
var cp437 = []rune("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0")

func fromCP437(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] < 0x80 {
			b.WriteByte(s[i])
		} else {
			b.WriteRune(cp437[s[i]-0x80])
		}
	}
	return b.String()
}
