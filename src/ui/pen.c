/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pen.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

const struct block_ops block_ops[BLOCK_KIND_COUNT] = {
	[BLOCK_HEADING] = { draw_heading, 0 },	 [BLOCK_TEXT] = { draw_text, 0 },
	[BLOCK_FIGURE] = { draw_figure, 0 },	 [BLOCK_DETAILS] = { draw_details, 0 },
	[BLOCK_MENU] = { draw_menu, 0 },	 [BLOCK_ACTIONS] = { draw_actions, 0 },
	[BLOCK_TABLE] = { draw_table, 5 },	 [BLOCK_FORM] = { draw_form, 0 },
	[BLOCK_NOTICE] = { draw_notice, 0 },	 [BLOCK_PROGRESS] = { draw_progress, 0 },
	[BLOCK_DOCUMENT] = { draw_document, 5 },
};

enum role tone_role(enum tone tone)
{
	static const enum role roles[TONE_COUNT] = {
		[TONE_PLAIN] = ROLE_NORMAL,    [TONE_STRONG] = ROLE_STRONG,
		[TONE_MUTED] = ROLE_MUTED,     [TONE_CREDIT] = ROLE_CREDIT,
		[TONE_DEBIT] = ROLE_DEBIT,     [TONE_SUCCESS] = ROLE_SUCCESS,
		[TONE_WARNING] = ROLE_WARNING, [TONE_ERROR] = ROLE_ERROR,
	};

	return (unsigned)tone < TONE_COUNT ? roles[tone] : ROLE_NORMAL;
}

int pen_put(struct pen *p, int row, int col, int columns, enum role role, const char *text)
{
	if (p->is_dry) {
		int used;

		text_fit(text, columns, &used);
		return used;
	}
	return grid_put(&p->layout->grid, &p->clip, row, col, columns, role, text);
}

void pen_fill(struct pen *p, int row, int col, int columns, enum role role)
{
	struct rect where = { row, col, 1, columns };

	if (!p->is_dry && columns > 0)
		grid_fill(&p->layout->grid, &p->clip, &where, role, " ");
}

void pen_put_aligned(struct pen *p, int row, int col, int columns, bool is_right, enum role role,
		     const char *text)
{
	int used, gap;
	bool is_cut;

	if (p->is_dry || columns <= 0 || row < p->clip.row || row >= p->clip.row + p->clip.rows)
		return;
	is_cut = text[text_fit(text, columns, &used)];
	if (is_cut)
		text_fit(text, columns - 1, &used);
	gap = columns - used - is_cut;
	if (is_right) {
		pen_fill(p, row, col, gap, role);
		col += gap;
	}
	pen_put(p, row, col, used, role, text);
	if (is_cut)
		pen_put(p, row, col + used, 1, role, "…");
	if (!is_right)
		pen_fill(p, row, col + used + is_cut, gap, role);
}

void pen_line(struct pen *p, enum role role, const char *text)
{
	int used;

	if (text[text_fit(text, p->cols, &used)])
		pen_put_aligned(p, p->row, p->col, p->cols, /* is_right */ false, role, text);
	else
		pen_put(p, p->row, p->col, p->cols, role, text);
	p->row++;
}

int pen_wrap(struct pen *p, int indent, int most, enum role role, const char *text)
{
	int room = p->cols < PEN_TEXT_MAX ? p->cols - indent : PEN_TEXT_MAX - indent, lines = 0;
	char line[PEN_TEXT_MAX * CELL_BYTES + 1];

	if (room < 2)
		room = 2;
	do {
		size_t skip = 0, n = text_wrap(text, room, &skip);

		if (!n && !skip && *text)
			break;
		if (most && lines + 1 == most && text[n + skip]) {
			pen_put_aligned(p, p->row, p->col + indent, room, /* is_right */ false,
					role, text);
			n = strlen(text);
			skip = 0;
		} else {
			snprintf(line, sizeof(line), "%.*s", (int)n, text);
			pen_put(p, p->row, p->col + indent, room, role, line);
		}
		p->row++;
		lines++;
		text += n + skip;
	} while (*text);
	return lines;
}

void pen_focus(struct pen *p, int first, int last, int marker_col)
{
	p->focus_first = first;
	p->focus_last = last;
	pen_put(p, first, marker_col, 1, ROLE_FOCUS, ">");
	pen_cursor(p, first, marker_col);
}

void pen_cursor(struct pen *p, int row, int col)
{
	if (p->is_dry || row < p->clip.row || row >= p->clip.row + p->clip.rows)
		return;
	p->layout->cursor_row = row;
	p->layout->cursor_col = col < p->layout->grid.cols ? col : p->layout->grid.cols - 1;
}

static void copy_id(char out[FOCUS_ID_MAX], const char *id)
{
	size_t n = strnlen(id, FOCUS_ID_MAX - 1);

	memcpy(out, id, n);
	out[n] = '\0';
}

void pen_target(struct pen *p, struct rect where, const char *block, const char *item, int64_t row)
{
	struct layout *l = p->layout;
	struct target *t;

	where = rect_intersect(&where, &p->clip);
	if (p->is_dry || !where.rows)
		return;
	if (l->target_count == l->target_cap) {
		size_t cap = l->target_cap ? l->target_cap * 2 : 32;
		struct target *grown = realloc(l->targets, cap * sizeof(*grown));

		if (!grown)
			return; /* the keyboard still reaches it */
		l->targets = grown;
		l->target_cap = cap;
	}
	t = &l->targets[l->target_count++];
	*t = (struct target){ .where = where, .row = row };
	copy_id(t->block, block);
	copy_id(t->item, item);
}

bool block_is_focused(const struct pen *p, const struct block *b)
{
	const struct focus *f = p->layout->view->focus;

	return f && *b->id && !strcmp(f->block, b->id);
}

struct focus_place *block_place(const struct pen *p, const struct block *b)
{
	return p->layout->view->focus ? focus_place(p->layout->view->focus, b->id) : NULL;
}

size_t block_focused_item(const struct pen *p, const struct block *b)
{
	const struct focus_place *place = block_place(p, b);

	if (!place)
		return 0;
	for (size_t i = 0; i < b->item_count; i++)
		if (!strcmp(b->items[i].id, place->item))
			return i;
	for (size_t i = 0; i < b->field_count; i++)
		if (!strcmp(b->fields[i].name, place->item))
			return i;
	return 0;
}
