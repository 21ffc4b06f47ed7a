/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Menus: numbered lines. Actions: buttons in a row, one below the other when the row is too narrow.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "page/key.h"
#include "ui/pen.h"

#define MENU_WIDE   60 /* columns from which details stand beside titles */
#define MENU_NUMBER 3

static int widest_title(const struct block *b)
{
	int widest = 0;

	for (size_t i = 0; i < b->item_count; i++) {
		int columns = text_columns(b->items[i].title);

		if (columns > widest)
			widest = columns;
	}
	return widest;
}

static enum role item_role(const struct item *item, bool is_focused)
{
	if (is_focused)
		return ROLE_FOCUS;
	if (item->flags & ITEM_DISABLED)
		return ROLE_MUTED;
	if (item->flags & ITEM_DANGER)
		return ROLE_WARNING;
	return item->flags & ITEM_DEFAULT ? ROLE_STRONG : ROLE_NORMAL;
}

/* Number, title, detail and badge in one line. */
static void draw_menu_item(struct pen *p, const struct item *item, size_t number, int title,
			   bool is_focused)
{
	enum role role = item_role(item, is_focused), quiet = is_focused ? ROLE_FOCUS : ROLE_MUTED;
	int badge = item->badge ? text_columns(item->badge) + 1 : 0;
	int at = p->col + MENU_NUMBER, end = p->col + p->cols - badge;
	bool is_wide = p->cols >= MENU_WIDE;
	char digit[4] = "";

	if (number < 9)
		snprintf(digit, sizeof(digit), "%zu", number + 1);
	if (is_focused)
		pen_fill(p, p->row, p->col - PEN_GUTTER, p->cols + PEN_GUTTER, role);
	pen_put(p, p->row, p->col, 1, quiet, digit);
	pen_put_aligned(p, p->row, at, is_wide ? title : end - at, /* is_right */ false, role,
			item->title);
	if (is_wide && item->detail)
		pen_put_aligned(p, p->row, at + title + 2, end - at - title - 2,
				/* is_right */ false, quiet, item->detail);
	if (item->badge)
		pen_put(p, p->row, end + 1, badge - 1, quiet, item->badge);
}

void draw_menu(struct pen *p, const struct block *b)
{
	bool is_here = block_is_focused(p, b);
	size_t focused = block_focused_item(p, b);
	int title = widest_title(b), cols = p->cols;
	bool is_roomy = p->is_spaced && p->layout->view->edition &&
			p->layout->view->edition->density == DENSITY_ROOMY;

	if (p->cols > PEN_TEXT_MAX)
		p->cols = PEN_TEXT_MAX;
	if (title > p->cols / 2)
		title = p->cols / 2;
	if (*b->label)
		pen_line(p, ROLE_HEADING, b->label);
	if (!b->item_count && b->empty)
		pen_wrap(p, 0, 0, ROLE_MUTED, b->empty);
	for (size_t i = 0; i < b->item_count; i++) {
		const struct item *item = &b->items[i];

		if (i && is_roomy)
			p->row++;
		draw_menu_item(p, item, i, title, is_here && i == focused);
		if (is_here && i == focused) {
			pen_focus(p, p->row, p->row, p->col - PEN_GUTTER);
			if (p->cols < MENU_WIDE && !p->is_dry)
				p->layout->hint = item->detail;
		}
		pen_target(p, (struct rect){ p->row, p->col - PEN_GUTTER, 1, p->cols + PEN_GUTTER },
			   b->id, item->id, 0);
		p->row++;
	}
	p->cols = cols;
}

/* "[ Confirm F9 ]"; round when it cannot be chosen. */
static void button_text(const struct item *item, char *out, size_t size)
{
	bool is_off = item->flags & ITEM_DISABLED;
	char key[KEY_NAME_MAX] = "";

	if (item->key)
		key_name(item->key, key);
	snprintf(out, size, "%s %s%s%s %s", is_off ? "(" : "[", item->title, *key ? "  " : "", key,
		 is_off ? ")" : "]");
}

#define BUTTON_GAP 3 /* room for the marker of the next */

void draw_actions(struct pen *p, const struct block *b)
{
	bool is_here = block_is_focused(p, b);
	size_t focused = block_focused_item(p, b);
	int total = -BUTTON_GAP, col = p->col;
	char text[256];

	for (size_t i = 0; i < b->item_count; i++) {
		button_text(&b->items[i], text, sizeof(text));
		total += text_columns(text) + BUTTON_GAP;
	}
	for (size_t i = 0; i < b->item_count; i++) {
		const struct item *item = &b->items[i];
		bool is_focused = is_here && i == focused;
		int columns;

		button_text(item, text, sizeof(text));
		columns = text_columns(text);
		if (columns > p->cols)
			columns = p->cols;
		pen_put(p, p->row, col, columns, item_role(item, is_focused), text);
		pen_target(p, (struct rect){ p->row, col, 1, columns }, b->id, item->id, 0);
		if (is_focused) {
			pen_focus(p, p->row, p->row, col - PEN_GUTTER);
			if (!p->is_dry)
				p->layout->hint = item->detail;
		}
		if (total > p->cols)
			p->row++;
		else
			col += columns + BUTTON_GAP;
	}
	if (total <= p->cols && b->item_count)
		p->row++;
}
