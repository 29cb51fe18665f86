package main

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"frameworkbot/bot"
	"frameworkbot/index"
)

// longestConfig is the largest settings file, in bytes.
const longestConfig = 1 << 20

// fileConfig is the form of a settings file.
type fileConfig struct {
	Pages   string `yaml:"pages"`
	Content struct {
		Builtin string   `yaml:"builtin"`
		Dirs    []string `yaml:"dirs"`
		Cache   string   `yaml:"cache"`
	} `yaml:"content"`
	Answer struct {
		Deadline string `yaml:"deadline"`
	} `yaml:"answer"`
	Limits struct {
		PerMinute string `yaml:"per_minute"`
		Burst     string `yaml:"burst"`
	} `yaml:"limits"`
	Log struct {
		Level  string `yaml:"level"`
		Format string `yaml:"format"`
	} `yaml:"log"`
	Ops struct {
		Listen string `yaml:"listen"`
	} `yaml:"ops"`
	Trace struct {
		Endpoint string `yaml:"endpoint"`
	} `yaml:"trace"`
	Web struct {
		Listen string   `yaml:"listen"`
		Hosts  []string `yaml:"hosts"`
	} `yaml:"web"`
	Slack struct {
		Enabled           string   `yaml:"enabled"`
		Mode              string   `yaml:"mode"`
		BotToken          string   `yaml:"bot_token"`
		BotTokenFile      string   `yaml:"bot_token_file"`
		AppToken          string   `yaml:"app_token"`
		AppTokenFile      string   `yaml:"app_token_file"`
		SigningSecret     string   `yaml:"signing_secret"`
		SigningSecretFile string   `yaml:"signing_secret_file"`
		Listen            string   `yaml:"listen"`
		APIURL            string   `yaml:"api_url"`
		Commands          []string `yaml:"commands"`
	} `yaml:"slack"`
	Discord struct {
		Enabled       string `yaml:"enabled"`
		Mode          string `yaml:"mode"`
		Token         string `yaml:"token"`
		TokenFile     string `yaml:"token_file"`
		ApplicationID string `yaml:"application_id"`
		PublicKey     string `yaml:"public_key"`
		GuildID       string `yaml:"guild_id"`
		Listen        string `yaml:"listen"`
		APIURL        string `yaml:"api_url"`
		Style         string `yaml:"style"`
	} `yaml:"discord"`
}

func readConfig(name string) ([]byte, error) {
	data, err := readUpTo(name, longestConfig)
	if err != nil {
		return nil, wrong("settings: %w", err)
	}
	return data, nil
}

// parseConfig reads the settings that a file holds, by key. Text after "!",
// which says what type a value has, is refused: the decoder would quote the
// value in its complaint, and the value may be a secret.
func parseConfig(name string, data []byte) (map[string]place, index.Problems) {
	var docs []yaml.Node
	if err := yaml.Load(data, &docs, yaml.WithAllDocuments()); err == nil {
		if tagged := firstTagged(docs); tagged != nil {
			return nil, index.Problems{{File: name, Line: tagged.Line, Text: "a type, which begins with \"!\", is not allowed here: leave it out"}}
		}
	}
	problems := index.DecodeYAML(name, 1, data, &fileConfig{})
	for i := range problems {
		problems[i].Text = redact(problems[i].Text)
	}
	found := map[string]place{}
	for i := range docs {
		if i > 0 {
			problems = append(problems, index.Problem{File: name, Line: docs[i].Line, Text: "a second document begins here: a settings file holds one"})
			break
		}
		for _, node := range docs[i].Content {
			collect(found, name, "", node)
		}
	}
	return found, problems
}

// firstTagged is the first node whose type is written out, nil if there is none.
func firstTagged(nodes []yaml.Node) *yaml.Node {
	for i := range nodes {
		if found := taggedIn(&nodes[i]); found != nil {
			return found
		}
	}
	return nil
}

func taggedIn(node *yaml.Node) *yaml.Node {
	if node.Style&yaml.TaggedStyle != 0 {
		return node
	}
	for _, child := range node.Content {
		if found := taggedIn(child); found != nil {
			return found
		}
	}
	return nil
}

// collect puts the values below node, which is what key leads to, into found.
func collect(found map[string]place, file, key string, node *yaml.Node) {
	at, isList := place{file: file, line: node.Line, key: key}, slices.Contains(lists, key)
	switch {
	case !isSetting(key) && node.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			collect(found, file, strings.TrimPrefix(key+"."+node.Content[i].Value, "."), node.Content[i+1])
		}
		return
	case !isSetting(key), node.Tag == "!!null":
		return
	case isList && node.Kind == yaml.SequenceNode:
		items := make([]string, len(node.Content))
		for i, item := range node.Content {
			items[i] = item.Value
		}
		at.value = bot.NewSecret(strings.Join(items, ","))
	case !isList && node.Kind == yaml.ScalarNode:
		at.value = bot.NewSecret(node.Value)
	default:
		at.misshapen = true
	}
	found[key] = at
}

func isSetting(key string) bool {
	return slices.ContainsFunc(settings, func(s setting) bool { return s.key == key })
}
