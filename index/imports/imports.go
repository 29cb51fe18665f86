// Package imports brings what a team has already written into a folder of
// pages: a folder or a zip archive of Markdown, such as what Notion exports.
// Each page keeps its source; what a person changed afterwards is never
// overwritten.
package imports

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"frameworkbot/index"
)

// What a source may have. Archives are made by others, and a few bytes of them
// can stand for gigabytes.
const (
	MaxFiles     = 200_000 // files of any kind
	MaxBytes     = 2 << 30 // that are read, after decompression
	MaxPageBytes = index.MaxPageBytes
)

// Options say how to import.
type Options struct {
	Title  string // what the source is called; its file name if that is empty
	Link   string // address under which the source's files are found, "" if there is none
	Owner  string // owner of pages that name none
	Force  bool   // overwrite what a person changed
	DryRun bool   // write nothing
	Now    time.Time
}

// A Report is what became of each file.
type Report struct {
	New, Updated, Unchanged []string  // pages, by their names in the folder
	Kept                    []string  // pages that a person changed, or that were there before: left alone
	Gone                    []string  // pages of an earlier import whose source is no longer there
	Skipped                 []Skipped // files of the source that are no pages now
	Other                   int       // files that are no text: images, attachments
	Notes                   []Skipped // what could not be read of pages that were imported
}

// Skipped is a file, and why it, or something in it, is left out.
type Skipped struct {
	File, Why string
}

// Pages is how many pages the source has, written or not.
func (r *Report) Pages() int { return len(r.New) + len(r.Updated) + len(r.Unchanged) + len(r.Kept) }

// Import reads the folder or the archive at source and writes its pages into
// the folder to, which it makes if it has to. The error is about the source or
// the folder as a whole; what is wrong with one file is in the report.
func Import(ctx context.Context, source, to string, o Options) (*Report, error) {
	s, err := open(ctx, source, to)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	defer s.close()
	if o.Title == "" {
		o.Title = titleOf(source, s)
	}
	if !o.DryRun {
		if err := os.MkdirAll(to, 0o755); err != nil {
			return nil, err
		}
	}
	f, err := openFolder(to, o)
	if err != nil {
		return nil, err
	}
	defer f.close()
	job := &job{o: o, source: s, folder: f, report: &Report{Skipped: s.skipped, Other: s.other}}
	if err := job.run(ctx); err != nil {
		return nil, err
	}
	return job.report, nil
}

// titleOf names a source after its file.
func titleOf(source string, s *bundle) string {
	if s.isNotion() {
		return "Notion"
	}
	if abs, err := filepath.Abs(source); err == nil {
		source = abs
	}
	name := filepath.Base(source)
	return strings.TrimSpace(strings.TrimSuffix(name, filepath.Ext(name)))
}

// A job is one import under way.
type job struct {
	o      Options
	source *bundle
	folder *folder
	report *Report
	pages  []*page
	find   *finder
}

func (j *job) run(ctx context.Context) error {
	for _, e := range j.source.pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := j.survey(e); err != nil {
			return err
		}
	}
	j.name()
	j.find = newFinder(j.pages)
	for _, p := range j.pages {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, j.folder.save())
		}
		if err := j.write(p); err != nil {
			return errors.Join(err, j.folder.save())
		}
	}
	j.report.Gone = j.folder.gone(j.o.Title)
	return j.folder.save()
}

func (j *job) skip(file, format string, args ...any) {
	j.report.Skipped = append(j.report.Skipped, Skipped{file, fmt.Sprintf(format, args...)})
}
