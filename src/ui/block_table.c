/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows on demand: only those in sight are asked for. Columns that do not fit are dropped by
 * priority; the focused row then shows them below the table, by name.
 */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "page/columns.h"
#include "page/page_text.h"
#include "ui/pen.h"

#define WANTED_MOST 1000 /* more rows than any screen has */
#define EXTRA_ROWS  2	 /* for what the focused row could not show */
#define FORM_ROWS   2	 /* of a search field above */
#define SHORT_ROWS  12	 /* in a region of fewer, all but rows is spared */

struct table_shape {
	int widths[TABLE_COLUMNS_MAX];
	int64_t count;
	int visible; /* rows in sight */
	int extra;   /* rows below for dropped and cut columns */
	bool is_short, has_label, has_foot;
};

static int64_t clamp(int64_t n, int64_t low, int64_t high)
{
	return n < low ? low : n > high ? high : n;
}

static bool has_whole(const struct block *b)
{
	for (size_t c = 0; c < b->column_count; c++)
		if (b->columns[c].is_whole)
			return true;
	return false;
}

/* p->rows is what the table may take; 0, and the shape is of all it wants. */
static struct table_shape shape_of(const struct pen *p, const struct block *b)
{
	struct table_shape s = { .count = b->source.count ? b->source.count(b->source.data) : 0 };
	int dropped = columns_fit(b->columns, b->column_count, p->cols, s.widths), fixed;
	int all = (int)clamp(s.count, 1, WANTED_MOST);
	int rows = p->rows;

	s.is_short = p->clip.rows < SHORT_ROWS;
	s.has_label = *b->label && !s.is_short;
	s.extra = dropped || has_whole(b) ? EXTRA_ROWS : 0;
	/* Where room is short a second line is worth less than a row, unless all rows stand beside it. */
	if (s.extra && s.is_short && (!has_whole(b) || s.count > p->clip.rows - 1 - EXTRA_ROWS - FORM_ROWS))
		s.extra = 1;
	fixed = 1 + s.has_label + s.extra;
	if (!rows)
		rows = fixed + all;
	s.has_foot = s.count > rows - fixed;
	/* A short table says where one is in the line of the dropped columns. */
	s.visible = (int)clamp(rows - fixed - (s.has_foot && !(s.is_short && s.extra)), 1, all);
	return s;
}

/* Keep the person's row in sight and the top where it was, if that can be; both are written back.
 */
static void follow(struct focus_place *place, const struct table_shape *s)
{
	place->row = clamp(place->row, 0, s->count - 1);
	place->top = clamp(place->top, place->row - s->visible + 1, place->row);
	place->top = clamp(place->top, 0, s->count > s->visible ? s->count - s->visible : 0);
}

static void draw_header(struct pen *p, const struct block *b, const struct table_shape *s)
{
	int col = p->col;

	for (size_t c = 0; c < b->column_count; c++) {
		if (!s->widths[c])
			continue;
		pen_put_aligned(p, p->row, col, s->widths[c], b->columns[c].align == COLUMN_RIGHT,
				ROLE_HEADING, b->columns[c].title);
		col += s->widths[c] + COLUMNS_GAP;
	}
	p->row++;
}

/* In a table every column has its place: a quieter tone would say nothing, and cost bytes on each
 * line. */
static enum role cell_role(enum tone tone)
{
	return tone == TONE_MUTED ? ROLE_NORMAL : tone_role(tone);
}

static void draw_row(struct pen *p, const struct block *b, const struct table_shape *s,
		     const struct row *row, bool is_focused)
{
	int col = p->col;
	char text[512];

	if (is_focused) {
		pen_fill(p, p->row, p->col - PEN_GUTTER, p->cols + PEN_GUTTER, ROLE_FOCUS);
		pen_focus(p, p->row, p->row, p->col - PEN_GUTTER);
	}
	for (size_t c = 0; c < b->column_count; c++) {
		const char *shown = row->text[c] ? row->text[c] : "";
		const char *sign = tone_sign(row->tone[c], shown);

		if (!s->widths[c])
			continue;
		if (*sign) {
			snprintf(text, sizeof(text), "%s%s", sign, shown);
			shown = text;
		}
		pen_put_aligned(p, p->row, col, s->widths[c], b->columns[c].align == COLUMN_RIGHT,
				is_focused ? ROLE_FOCUS : cell_role(row->tone[c]), shown);
		col += s->widths[c] + COLUMNS_GAP;
	}
}

/* "12/2,041" at the right of the pen's line; its width. */
static int draw_short_foot(struct pen *p, const struct table_shape *s,
			   const struct focus_place *place)
{
	char at[COUNT_TEXT_MAX], all[COUNT_TEXT_MAX], text[2 * COUNT_TEXT_MAX + 1];
	int columns;

	snprintf(text, sizeof(text), "%s/%s", count_text(place->row + 1, at),
		 count_text(s->count, all));
	columns = text_columns(text);
	pen_put(p, p->row, p->col + p->cols - columns, columns, ROLE_NORMAL, text);
	return columns;
}

/* A cell that is not shown, or not to its end where that matters. */
static bool is_lost(const struct block *b, const struct table_shape *s, const struct row *row, size_t c)
{
	if (!row->text[c] || !*row->text[c])
		return false;
	return !s->widths[c] || (b->columns[c].is_whole && text_columns(row->text[c]) > s->widths[c]);
}

/* What the focused row has in columns that are not shown. */
static void draw_extra(struct pen *p, const struct block *b, const struct table_shape *s,
		       const struct row *row, const struct focus_place *place)
{
	_cleanup_(buf_release) struct buf line;
	int start = p->row;

	buf_init(&line, 0);
	for (size_t c = 0; c < b->column_count; c++)
		if (is_lost(b, s, row, c))
			buf_printf(&line, "%s%s%s%s%s", line.len ? "  " : "", b->columns[c].title,
				   *b->columns[c].title ? " " : "",
				   tone_sign(row->tone[c], row->text[c]), row->text[c]);
	if (s->is_short && s->has_foot) {
		int foot = draw_short_foot(p, s, place);

		pen_put_aligned(p, start, p->col, p->cols - foot - 2, /* is_right */ false,
				ROLE_NORMAL, line.data);
	} else {
		pen_wrap(p, 0, s->extra, ROLE_NORMAL, line.data);
	}
	p->row = start + s->extra;
}

static void draw_foot(struct pen *p, const struct table_shape *s, const struct focus_place *place)
{
	char at[COUNT_TEXT_MAX], all[COUNT_TEXT_MAX], text[160];

	snprintf(text, sizeof(text), _("row %s of %s"), count_text(place->row + 1, at),
		 count_text(s->count, all));
	pen_put_aligned(p, p->row++, p->col, p->cols, /* is_right */ true, ROLE_NORMAL, text);
}

static void note_scroller(struct pen *p, const struct block *b, int visible, int rows)
{
	struct layout *l = p->layout;
	struct scroller *s;

	if (p->is_dry || l->scroller_count == LAYOUT_SCROLLERS_MAX)
		return;
	s = &l->scrollers[l->scroller_count++];
	*s = (struct scroller){ .where = { p->row, p->col - PEN_GUTTER, rows,
					   p->cols + PEN_GUTTER },
				.visible = visible };
	snprintf(s->block, sizeof(s->block), "%s", b->id);
}

static void draw_rows(struct pen *p, const struct block *b, const struct table_shape *s,
		      struct focus_place *place)
{
	bool is_here = block_is_focused(p, b);
	char kept[TABLE_COLUMNS_MAX][512];
	struct row focused = { 0 };

	for (int i = 0; i < s->visible; i++, p->row++) {
		struct row row = { .text = { "…" } };
		int64_t index = place->top + i;
		bool is_focused = is_here && index == place->row;

		if (is_focused && p->is_dry)
			pen_focus(p, p->row, p->row, 0);
		if (p->is_dry || p->row < p->clip.row || p->row >= p->clip.row + p->clip.rows)
			continue;
		b->source.row(b->source.data, index, &row);
		draw_row(p, b, s, &row, is_focused);
		pen_target(p, (struct rect){ p->row, p->col - PEN_GUTTER, 1, p->cols + PEN_GUTTER },
			   b->id, "", index);
		/* The source's texts end with its next call. */
		for (size_t c = 0; is_focused && s->extra && c < b->column_count; c++) {
			snprintf(kept[c], sizeof(kept[c]), "%s", row.text[c] ? row.text[c] : "");
			focused.text[c] = kept[c];
			focused.tone[c] = row.tone[c];
		}
	}
	if (s->extra)
		draw_extra(p, b, s, &focused, place);
}

void draw_table(struct pen *p, const struct block *b)
{
	struct table_shape s = shape_of(p, b);
	struct focus_place nowhere = { 0 }, *place = block_place(p, b);

	if (!place)
		place = &nowhere;
	if (s.count <= 0) {
		if (*b->label)
			pen_line(p, ROLE_HEADING, b->label);
		pen_wrap(p, 0, 0, ROLE_MUTED, b->empty ? b->empty : _("Nothing here."));
		return;
	}
	if (!p->rows) {
		p->row += 1 + s.has_label + s.visible + s.extra;
		return;
	}
	follow(place, &s);
	if (s.has_label)
		pen_line(p, ROLE_HEADING, b->label);
	draw_header(p, b, &s);
	note_scroller(p, b, s.visible, s.visible);
	draw_rows(p, b, &s, place);
	if (s.has_foot && !(s.is_short && s.extra))
		draw_foot(p, &s, place);
}

/* A document has lines instead of rows; the one where the person is has the marker. */
static int64_t count_lines(const char *text)
{
	int64_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n' || !text[1];
	return lines;
}

void draw_document(struct pen *p, const struct block *b)
{
	struct focus_place nowhere = { 0 }, *place = block_place(p, b);
	struct table_shape s = { .count = count_lines(b->text) };
	int64_t rows = p->rows ? p->rows : s.count, index = 0;
	const char *at = b->text;
	char line[2048];

	if (!place)
		place = &nowhere;
	if (!s.count)
		return;
	s.has_foot = s.count > rows;
	s.visible = (int)clamp(rows - s.has_foot, 1, clamp(s.count, 1, WANTED_MOST));
	if (!p->rows) {
		p->row += s.visible;
		return;
	}
	follow(place, &s);
	note_scroller(p, b, s.visible, s.visible);
	for (; *at && index < place->top + s.visible; index++) {
		size_t n = strcspn(at, "\n");

		if (index >= place->top) {
			snprintf(line, sizeof(line), "%.*s", (int)n, at);
			if (block_is_focused(p, b) && index == place->row)
				pen_focus(p, p->row, p->row, p->col - PEN_GUTTER);
			pen_target(p, (struct rect){ p->row, p->col, 1, p->cols }, b->id, "",
				   index);
			pen_line(p, ROLE_NORMAL, line);
		}
		at += n + (at[n] == '\n');
	}
	if (s.has_foot)
		draw_foot(p, &s, place);
}
