package slack

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"frameworkbot/bot"
	"frameworkbot/bot/markdown"
)

// What fits into Slack's table beside the rest of a card; a message has one.
const (
	maxCell       = 300
	maxTableBytes = 14 << 10
)

// comparison shows the table: as Slack's own if it fits, else as aligned lines.
func (c *card) comparison() {
	if c.Table == nil || len(c.Table.Columns) == 0 || len(c.Table.Rows) == 0 {
		return
	}
	rows := tableTexts(c.Table)
	for _, cell := range []func(string) slack.TableCell{richCell, rawCell} {
		if t := tableBlock(rows, cell); fitsTable(rows) && measure(t).bytes <= maxTableBytes {
			c.main = append(c.main, t)
			return
		}
	}
	r := richText{room: maxRichTexts}
	r.code(alignedFacts(rows))
	c.rich(&r)
}

// tableTexts are the cells of a comparison, with its head.
func tableTexts(t *bot.Table) [][]string {
	rows := [][]string{append([]string{"Fact"}, t.Columns...)}
	for _, r := range t.Rows {
		row := append([]string{r.Label}, r.Values...)
		for len(row) < len(rows[0]) {
			row = append(row, bot.NotStated)
		}
		rows = append(rows, row[:len(rows[0])])
	}
	for _, row := range rows {
		for i, cell := range row {
			if row[i] = shorten(oneLine(cell), maxCell); row[i] == "" {
				row[i] = nothing
			}
		}
	}
	return rows
}

func fitsTable(rows [][]string) bool {
	total := 0
	for _, row := range rows {
		for _, cell := range row {
			total += units(cell)
		}
	}
	return len(rows) <= maxTableRows && len(rows[0]) <= maxTableCells && total <= maxTableText
}

// tableBlock is Slack's table, with its head and its labels in bold.
func tableBlock(rows [][]string, cell func(string) slack.TableCell) *slack.TableBlock {
	t := slack.NewTableBlock("")
	for i, row := range rows {
		cells := make([]slack.TableCell, len(row))
		for k, text := range row {
			if i == 0 || k == 0 {
				bold := &slack.RichTextSectionTextStyle{Bold: true}
				cells[k] = slack.NewTableRichTextCell(slack.NewRichTextSection(defused(text, bold)...))
			} else {
				cells[k] = cell(text)
			}
		}
		t.AddRow(cells...)
	}
	settings := make([]slack.ColumnSetting, len(rows[0]))
	for i := range settings {
		settings[i] = slack.ColumnSetting{Align: slack.ColumnAlignmentLeft, IsWrapped: true}
	}
	return t.WithColumnSettings(settings...)
}

// richCell is a cell of rich text.
func richCell(s string) slack.TableCell {
	return slack.NewTableRichTextCell(slack.NewRichTextSection(defused(s, nil)...))
}

// rawCell is a cell of plain text, a third as long as JSON. It is the second
// choice: when tables were new, Slack refused such cells
// (https://github.com/soxtoby/SlackNet/issues/246).
func rawCell(s string) slack.TableCell {
	if beginsMention(s) < len(s) {
		return richCell(s)
	}
	return slack.NewTableRawTextCell(s)
}

// alignedFacts has a paragraph for each fact and in it a line for each page,
// with the values below each other: that stays readable however many there are.
func alignedFacts(rows [][]string) string {
	titles := slices.Clone(rows[0][1:])
	wide := 0
	for i, t := range titles {
		titles[i] = cutColumns(t, widest)
		wide = max(wide, markdown.Columns(titles[i]))
	}
	var b strings.Builder
	for _, row := range rows[1:] {
		b.WriteString(row[0] + "\n")
		for i, value := range row[1:] {
			b.WriteString("  " + titles[i] + strings.Repeat(" ", wide-markdown.Columns(titles[i])+2) + value + "\n")
		}
	}
	return b.String()
}
