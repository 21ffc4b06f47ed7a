/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields: label at the left, above when narrow; below the field its error, and what the bank makes
 * of the value. */
#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "page/page_text.h"
#include "ui/pen.h"

#define FIELD_LEAST 20 /* columns for typing beside a label; less, and the label goes above */
#define FIELD_MOST  48

struct form_shape {
	int label;
	bool is_beside;
};

static struct form_shape shape_of(const struct pen *p, const struct block *b)
{
	struct form_shape s = { 0 };

	for (size_t i = 0; i < b->field_count; i++) {
		int columns = text_columns(b->fields[i].title);

		if (columns > s.label)
			s.label = columns;
	}
	s.is_beside = p->cols - s.label - 2 >= FIELD_LEAST;
	return s;
}

static bool is_secret(const struct field *f)
{
	return f->input == FIELD_SECRET || f->input == FIELD_PIN;
}

/* Columns for typing: what the longest value needs, within reason. */
static int field_columns(const struct field *f, int room)
{
	int want = FIELD_MOST;

	if (f->max && f->max < FIELD_MOST)
		want = f->input == FIELD_TEXT ? 2 * f->max : f->max + 1;
	if (f->input == FIELD_DATE)
		want = 12;
	if (f->input == FIELD_AMOUNT)
		want = 20;
	if (want > FIELD_MOST)
		want = FIELD_MOST;
	if (want < 8)
		want = 8;
	return want < room ? want : room;
}

/* Bytes of shown text before the cursor. */
static size_t cursor_bytes(const struct pen *p, const struct block *b, const struct field *f,
			   const char *shown)
{
	const struct inputs *in = p->layout->view->inputs;
	size_t length = strlen(shown);

	if (is_secret(f))
		return length;
	for (size_t i = 0; in && i < in->count; i++)
		if (!strcmp(in->list[i]->field, f->name) && !strcmp(in->list[i]->block, b->id))
			return in->list[i]->cursor < length ? in->list[i]->cursor : length;
	return 0;
}

/* The part of a long text that keeps the cursor in sight: moves *shown on; returns the cursor's
 * column in it. */
static int scroll_to_cursor(const char **shown, size_t cursor, int columns)
{
	int before = 0, width;
	const char *at = *shown;
	size_t n;

	while (at < *shown + cursor && (n = text_cluster(at, &width))) {
		before += width;
		at += n;
	}
	while (before >= columns && (n = text_cluster(*shown, &width))) {
		*shown += n;
		before -= width;
	}
	return before;
}

/* A choice and a switch are not typed into: they say what they do. */
static void draw_value(struct pen *p, const struct block *b, const struct field *f, int col,
		       int columns, bool is_focused)
{
	enum role role = is_focused ? ROLE_FOCUS : ROLE_FIELD;
	_cleanup_(buf_release) struct buf value;
	const char *shown;
	int cursor;

	buf_init(&value, 0);
	if (f->input == FIELD_SWITCH) {
		bool is_on = p->layout->view->inputs &&
			     !strcmp(inputs_text(p->layout->view->inputs, b->id, f->name), "true");

		pen_put(p, p->row, col, columns, is_focused ? ROLE_FOCUS : ROLE_NORMAL,
			is_on ? "[x]" : "[ ]");
		pen_put(p, p->row, col + 4, columns - 4, ROLE_NORMAL, is_on ? _("yes") : _("no"));
		if (is_focused)
			pen_cursor(p, p->row, col + 1);
		return;
	}
	field_shown(b, f, p->layout->view->inputs, &value);
	shown = value.data;
	cursor = f->input == FIELD_CHOICE
			 ? 0
			 : scroll_to_cursor(&shown, cursor_bytes(p, b, f, shown), columns);
	pen_fill(p, p->row, col, columns, role);
	if (f->input == FIELD_CHOICE) {
		if (*shown)
			pen_put_aligned(p, p->row, col, columns - 2, /* is_right */ false, role,
					shown);
		else
			pen_put(p, p->row, col, columns - 2, is_focused ? role : ROLE_MUTED,
				_("choose"));
		pen_put(p, p->row, col + columns - 1, 1, role, "v");
	} else {
		pen_put(p, p->row, col, columns, role, shown);
	}
	if (is_focused)
		pen_cursor(p, p->row, col + cursor);
}

/* The hint stands beside its field when there is room in the air below; else in the message line.
 */
static void draw_below(struct pen *p, const struct field *f, int indent, bool is_focused,
		       bool is_last)
{
	bool is_wide = f->hint && text_columns(f->hint) > p->cols - indent;

	if (f->error) {
		pen_put(p, p->row, p->col + indent - 2, 1, ROLE_ERROR, "!");
		pen_wrap(p, indent, 0, ROLE_ERROR, f->error);
	}
	if (f->display)
		pen_wrap(p, indent, 0, ROLE_STRONG, f->display);
	if (!p->is_spaced) {
		if (is_focused && !p->is_dry)
			p->layout->hint = f->hint;
		return;
	}
	if (is_focused && f->hint && !f->error && !f->display && !is_wide)
		pen_put(p, p->row, p->col + indent, p->cols - indent, ROLE_MUTED, f->hint);
	else if (is_focused && !p->is_dry)
		p->layout->hint = f->hint;
	if (!is_last || f->hint)
		p->row++;
}

static void draw_field(struct pen *p, const struct block *b, const struct field *f,
		       const struct form_shape *s, bool is_focused)
{
	int indent = s->is_beside ? s->label + 2 : 2, first = p->row, room = p->cols - indent;
	enum role label = is_focused ? ROLE_STRONG : ROLE_NORMAL;

	if (s->is_beside)
		pen_put(p, p->row, p->col, s->label, label, f->title);
	else
		pen_line(p, label, f->title);
	if (is_focused)
		pen_focus(p, first, p->row, p->col - PEN_GUTTER);
	draw_value(p, b, f, p->col + indent, field_columns(f, room), is_focused);
	p->row++;
	draw_below(p, f, indent, is_focused, f + 1 == b->fields + b->field_count);
	if (is_focused)
		p->focus_last = p->row - 1;
	pen_target(
		p,
		(struct rect){ first, p->col - PEN_GUTTER, p->row - first, p->cols + PEN_GUTTER },
		b->id, f->name, 0);
}

void draw_form(struct pen *p, const struct block *b)
{
	struct form_shape s = shape_of(p, b);
	size_t focused = block_focused_item(p, b);
	bool is_here = block_is_focused(p, b);

	if (*b->label)
		pen_line(p, ROLE_HEADING, b->label);
	for (size_t i = 0; i < b->field_count; i++)
		draw_field(p, b, &b->fields[i], &s, is_here && i == focused);
}
