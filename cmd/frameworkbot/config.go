package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"time"

	"frameworkbot/index"
)

// A config holds the settings. Where they come from, the later one wins: the
// defaults, the file that --config names, the environment, the flags.
type config struct {
	Pages  string // folder; "" for the built-in pages
	Answer struct {
		Deadline time.Duration
	}
	Log struct {
		Level  slog.Level
		Format string // "text" or "json"
	}
}

func defaults() config {
	var c config
	c.Answer.Deadline = 2 * time.Second
	c.Log.Format = "text"
	return c
}

// longestConfig is the largest settings file, in bytes.
const longestConfig = 1 << 20

// A setting is one key of the settings.
type setting struct {
	key string
	set func(c *config, value string) error
}

// env is the variable that sets it: answer.deadline is FRAMEWORKBOT_ANSWER_DEADLINE.
func (s setting) env() string {
	return "FRAMEWORKBOT_" + strings.ToUpper(strings.ReplaceAll(s.key, ".", "_"))
}

var settings = []setting{
	{"pages", func(c *config, value string) error {
		c.Pages = value
		return nil
	}},
	{"answer.deadline", func(c *config, value string) (err error) {
		c.Answer.Deadline, err = time.ParseDuration(value)
		if err != nil || c.Answer.Deadline <= 0 {
			return fmt.Errorf("%q is not a time such as 2s or 500ms", value)
		}
		return nil
	}},
	{"log.level", func(c *config, value string) error {
		levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
		level, ok := levels[value]
		if !ok {
			return fmt.Errorf("%q is not one of debug, info, warn, error", value)
		}
		c.Log.Level = level
		return nil
	}},
	{"log.format", func(c *config, value string) error {
		if value != "text" && value != "json" {
			return fmt.Errorf("%q is not one of text, json", value)
		}
		c.Log.Format = value
		return nil
	}},
}

// fileConfig is what a settings file may hold; nil is what it leaves out.
type fileConfig struct {
	Pages  *string `yaml:"pages"`
	Answer struct {
		Deadline *string `yaml:"deadline"`
	} `yaml:"answer"`
	Log struct {
		Level  *string `yaml:"level"`
		Format *string `yaml:"format"`
	} `yaml:"log"`
}

// values are the settings of the file by key.
func (f *fileConfig) values() map[string]*string {
	return map[string]*string{
		"pages": f.Pages, "answer.deadline": f.Answer.Deadline,
		"log.level": f.Log.Level, "log.format": f.Log.Format,
	}
}

// configure brings the settings together for the command that is to run.
func (p *program) configure(pagesChanged bool) error {
	c, problems, err := p.load(p.configFlag)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return wrong("the settings cannot be used:\n%w", problems)
	}
	if pagesChanged {
		c.Pages = p.pagesFlag
	}
	p.config = c
	return nil
}

// load reads the settings of file, if that is not "", and of the environment.
// It returns everything that is wrong with them at once.
func (p *program) load(file string) (config, index.Problems, error) {
	c := defaults()
	var problems index.Problems
	if file != "" {
		data, err := readConfig(file)
		if err != nil {
			return c, nil, err
		}
		problems = c.readFile(file, data)
	}
	for _, s := range settings {
		value, ok := p.env[s.env()]
		if !ok {
			continue
		}
		if err := s.set(&c, value); err != nil {
			problems = append(problems, index.Problem{File: s.env(), Text: err.Error()})
		}
	}
	return c, problems, nil
}

func readConfig(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, wrong("settings: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, longestConfig+1))
	switch {
	case err != nil:
		return nil, wrong("settings: %w", err)
	case len(data) > longestConfig:
		return nil, wrong("settings: %s has more than %d bytes", name, longestConfig)
	}
	return data, nil
}

func (c *config) readFile(name string, data []byte) index.Problems {
	var f fileConfig
	problems := index.DecodeYAML(name, 1, data, &f)
	values := f.values()
	for _, s := range settings {
		value := values[s.key]
		if value == nil {
			continue
		}
		if err := s.set(c, *value); err != nil {
			problems = append(problems, index.Problem{File: name, Line: lineOf(data, s.key), Text: s.key + ": " + err.Error()})
		}
	}
	problems.Sort()
	return problems
}

// lineOf is the line on which the key is set: the last word of a key occurs once.
func lineOf(data []byte, key string) int {
	word := key[strings.LastIndexByte(key, '.')+1:]
	at := regexp.MustCompile(`(?m)(^|[\s{,])"?` + word + `"?\s*:`).FindIndex(data)
	if at == nil {
		return 1
	}
	return bytes.Count(data[:at[1]], []byte("\n")) + 1
}
