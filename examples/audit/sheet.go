package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// pageWidth is the number of columns that running text keeps to.
const pageWidth = 100

// A sheet is text laid out for a terminal. Errors of the writer are the writer's
// to remember, as a bufio.Writer does.
type sheet struct {
	out  io.Writer
	lang language
	zone *time.Location
}

// say is a phrase in the language of the sheet.
func (s *sheet) say(p phrase, args ...any) string {
	if len(args) == 0 {
		return s.lang.of(p)
	}
	return fmt.Sprintf(s.lang.of(p), args...)
}

func (s *sheet) line(text string) { fmt.Fprintln(s.out, strings.TrimRight(text, " ")) }

// head begins a section.
func (s *sheet) head(p phrase, args ...any) {
	s.line("")
	s.line(s.say(p, args...))
}

// item writes a text behind a label of a fixed width, wrapped under itself.
func (s *sheet) item(label string, labelWidth int, text string) {
	labelWidth = max(labelWidth, width(label)+2)
	for i, part := range wrap(text, max(pageWidth-labelWidth, pageWidth/3)) {
		if i > 0 {
			label = ""
		}
		s.line(pad(label, labelWidth, false) + part)
	}
}

// text writes a paragraph.
func (s *sheet) text(text string) { s.item("", 2, text) }

// A column of a table.
type column struct {
	head  string
	right bool // figures
}

// A tableRow has a cell for each column, and may have a line under it.
type tableRow struct {
	cells []string
	under string
}

// table writes rows under their heads. What stands under a row begins at the
// second column.
func (s *sheet) table(columns []column, rows []tableRow) {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = width(c.head)
		for _, r := range rows {
			widths[i] = max(widths[i], width(r.cells[i]))
		}
	}
	write := func(cells func(int) string) {
		var b strings.Builder
		for i, c := range columns {
			b.WriteString("  " + pad(cells(i), widths[i], c.right))
		}
		s.line(b.String())
	}
	write(func(i int) string { return columns[i].head })
	for _, r := range rows {
		write(func(i int) string { return r.cells[i] })
		if r.under != "" {
			s.item("", 2+widths[0]+2, r.under)
		}
	}
}

// pad fills a text with spaces to a width.
func pad(s string, to int, right bool) string {
	fill := strings.Repeat(" ", max(to-width(s), 0))
	if right {
		return fill + s
	}
	return s + fill
}
