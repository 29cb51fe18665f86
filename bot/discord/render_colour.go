package discord

import (
	"hash/fnv"
	"math"
	"strings"

	"frameworkbot/bot"
)

// neutral is the accent of cards that are about no one language.
const neutral = 0x80848E

// accents are the colours of languages: those that people know them by, made
// lighter or darker until they can be told from Discord's light and dark
// background alike.
var accents = map[string]int{
	"c":          0x5F7FB8,
	"c#":         0x8A6BD1,
	"c++":        0x3F80C4,
	"clojure":    0x5A8A3C,
	"dart":       0x0A87B8,
	"elixir":     0x9068A8,
	"erlang":     0xC24E74,
	"go":         0x0088A8,
	"haskell":    0x8A6FA8,
	"java":       0xB8690F,
	"javascript": 0x9A7D0A,
	"kotlin":     0x9B5FE0,
	"lua":        0x5B6FD6,
	"perl":       0x5F78B0,
	"php":        0x777BB4,
	"python":     0x3E7FB5,
	"ruby":       0xD0453C,
	"rust":       0xB0703C,
	"scala":      0xD24A48,
	"swift":      0xD9532C,
	"typescript": 0x3178C6,
}

// accent is the colour of a language, always the same one.
func accent(language string) int {
	name := strings.ToLower(strings.TrimSpace(language))
	if name == "" {
		return neutral
	}
	if colour, ok := accents[name]; ok {
		return colour
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(name))
	return fromHue(float64(sum.Sum32() % 360))
}

// fromHue is a colour of that hue, as light as the others are.
func fromHue(hue float64) int {
	for lightness := 0.2; lightness < 0.8; lightness += 0.01 {
		if c := hsl(hue, 0.45, lightness); luminance(c) > 0.2 {
			return c
		}
	}
	return neutral
}

// hsl is a colour from hue, saturation and lightness
// (https://www.w3.org/TR/css-color-4/#hsl-to-rgb).
func hsl(hue, saturation, lightness float64) int {
	channel := func(n float64) int {
		k := math.Mod(n+hue/30, 12)
		v := lightness - saturation*min(lightness, 1-lightness)*max(-1, min(k-3, 9-k, 1))
		return int(math.Round(v * 255))
	}
	return channel(0)<<16 | channel(8)<<8 | channel(4)
}

// luminance is how light a colour appears, from 0 to 1
// (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
func luminance(colour int) float64 {
	linear := func(v int) float64 {
		c := float64(v&0xFF) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(colour>>16) + 0.7152*linear(colour>>8) + 0.0722*linear(colour)
}

// languageOf is the one language that an answer is about, "" if there is none.
func languageOf(a *bot.Answer) string {
	for _, f := range a.Facts {
		if f.Label == languageLabel {
			return f.Value
		}
	}
	if a.Table != nil {
		for _, r := range a.Table.Rows {
			if r.Label == languageLabel && r.Same && len(r.Values) > 0 {
				return r.Values[0]
			}
		}
	}
	return ""
}
