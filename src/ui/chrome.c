/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/chrome.h"

#include <stdio.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/text.h"
#include "page/key.h"
#include "page/page_text.h"
#include "ui/ui.h"

#define TALL_ROWS 20 /* from here on there is room for a blank line and a rule */

static struct pen line_pen(struct layout *l, int row)
{
	return (struct pen){
		.layout = l,
		.clip = { 0, 0, l->grid.rows, l->grid.cols },
		.row = row,
		.col = PEN_GUTTER,
		.cols = l->grid.cols - PEN_GUTTER - 1,
	};
}

/* Texts of the status region, and that the bank does not answer. */
static void status_text(const struct layout *l, char *out, size_t size)
{
	size_t used = 0;

	*out = '\0';
	if (l->view->is_offline)
		used += (size_t)snprintf(out, size, "%s", _("! no connection"));
	for (size_t i = 0; i < l->page->block_count && used < size; i++) {
		const struct block *b = &l->page->blocks[i];

		if (b->region == REGION_STATUS && b->kind == BLOCK_TEXT)
			used += (size_t)snprintf(out + used, size - used, "%s%s", used ? "  " : "",
						 b->text);
	}
}

static void draw_head(struct layout *l)
{
	struct pen p = line_pen(l, 0);
	const char *trail = *l->page->trail ? l->page->trail : l->page->title;
	char status[512];
	int right, left;

	status_text(l, status, sizeof(status));
	right = text_columns(status);
	if (right > p.cols / 2)
		right = p.cols / 2;
	left = p.cols - right - (right ? 2 : 0);
	/* Where one is matters more than the way there. */
	if (text_columns(trail) > left)
		trail = l->page->title;
	pen_fill(&p, 0, 0, l->grid.cols, ROLE_TITLE);
	pen_put_aligned(&p, 0, p.col, left, /* is_right */ false, ROLE_TITLE, trail);
	pen_put_aligned(&p, 0, p.col + p.cols - right, right, /* is_right */ true, ROLE_TITLE,
			status);
}

static void draw_rule(struct layout *l, int row)
{
	struct rect line = { row, 0, 1, l->grid.cols };

	grid_fill(&l->grid, &line, &line, ROLE_BORDER, "─");
}

/* One key and what it does, when it still fits. Returns the column behind it. */
static int draw_key(struct pen *p, int col, const struct page_key *key)
{
	char name[KEY_NAME_MAX];
	int width = text_columns(key_name(key->key, name)), start = col;

	if (col + width + 1 + text_columns(key->title) > p->col + p->cols)
		return col;
	col += pen_put(p, p->row, col, width, ROLE_STRONG, name) + 1;
	col += pen_put(p, p->row, col, text_columns(key->title), ROLE_KEYS, key->title);
	pen_target(p, (struct rect){ p->row, start, 1, col - start }, "", key->action, 0);
	if (p->layout->target_count)
		p->layout->targets[p->layout->target_count - 1].key = key->key;
	return col + 2;
}

/* Help first, then in the page's order as many as fit. */
static void draw_keys(struct layout *l)
{
	struct pen p = line_pen(l, l->grid.rows - 1);
	int col = p.col;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < l->page->key_count; i++)
			if ((l->page->keys[i].key == K_F1) == (pass == 0) &&
			    *l->page->keys[i].title)
				col = draw_key(&p, col, &l->page->keys[i]);
}

/* The demo's telephone is no part of the bank's page: it stands apart, in its own colours. */
static int draw_phone(struct layout *l, int bottom)
{
	char text[600];
	struct pen p;
	int lines = 1;

	if (!l->view->demo_phone)
		return bottom;
	snprintf(text, sizeof(text), _("Demo phone: %s"), l->view->demo_phone);
	p = line_pen(l, bottom);
	p.is_dry = true;
	lines = pen_wrap(&p, 0, 3, ROLE_FOCUS, text);
	p = line_pen(l, bottom - lines);
	for (int i = 0; i < lines; i++)
		pen_fill(&p, p.row + i, 0, l->grid.cols, ROLE_FOCUS);
	pen_wrap(&p, 0, 3, ROLE_FOCUS, text);
	return bottom - lines;
}

static void draw_command(struct layout *l, const struct command_line *c)
{
	struct pen p = line_pen(l, l->grid.rows - 2);
	int prompt = text_columns(c->prompt), room = p.cols - prompt, before = 0, width, at = 0;
	const char *text = c->text;
	size_t n;

	while (at < c->cursor && (n = text_cluster(c->text + at, &width))) {
		before += width;
		at += (int)n;
	}
	while (before >= room && (n = text_cluster(text, &width))) {
		text += n;
		before -= width;
	}
	pen_put(&p, p.row, p.col, prompt, ROLE_STRONG, c->prompt);
	pen_put(&p, p.row, p.col + prompt, room, ROLE_NORMAL, text);
	pen_cursor(&p, p.row, p.col + prompt + before);
}

static int draw_candidates(struct layout *l, const struct command_line *c, int bottom)
{
	struct pen p = line_pen(l, bottom - 1);
	int col = p.col;

	if (!c || !c->candidate_count)
		return bottom;
	for (size_t i = 0; i < c->candidate_count && col < p.col + p.cols; i++)
		col += pen_put(&p, p.row, col, p.col + p.cols - col, ROLE_KEYS, c->candidates[i]) +
		       2;
	return bottom - 1;
}

void chrome_draw(struct layout *l, struct rect *ret_main)
{
	bool is_tall = l->grid.rows >= TALL_ROWS;
	int top = is_tall ? 2 : 1, bottom = l->grid.rows - 2;

	draw_head(l);
	draw_keys(l);
	if (is_tall)
		draw_rule(l, --bottom);
	bottom = draw_candidates(l, l->view->command, bottom);
	bottom = draw_phone(l, bottom);
	*ret_main = (struct rect){ top, 0, bottom - top, l->grid.cols };
}

void chrome_message(struct layout *l)
{
	static const char *const marks[2][2] = { { "", N_("v more") },
						 { N_("^ more"), N_("^v more") } };
	const char *more = marks[l->has_more_above][l->has_more_below];
	struct pen p = line_pen(l, l->grid.rows - 2);
	char text[600];
	int right;

	if (l->view->command) {
		draw_command(l, l->view->command);
		return;
	}
	more = *more ? _(more) : "";
	right = text_columns(more);
	if (right > p.cols / 2)
		right = 0;
	pen_put_aligned(&p, p.row, p.col + p.cols - right, right, /* is_right */ true, ROLE_KEYS,
			more);
	p.cols -= right ? right + 2 : 0;
	if (l->page->failed)
		pen_line(&p, ROLE_ERROR, _("! Memory is short: parts of this page are missing."));
	else if (l->view->toast) {
		bool is_sign =
			l->view->toast_tone == TONE_ERROR || l->view->toast_tone == TONE_WARNING;

		snprintf(text, sizeof(text), "%s%s", is_sign ? "! " : "", l->view->toast);
		pen_line(&p, tone_role(l->view->toast_tone), text);
	} else if (l->unseen) {
		snprintf(text, sizeof(text), "! %s", l->unseen->text);
		pen_line(&p, tone_role(l->unseen->tone), text);
	} else if (l->hint) {
		pen_line(&p, ROLE_MUTED, l->hint);
	}
}

void chrome_too_small(struct layout *l)
{
	struct pen p = {
		.layout = l,
		.clip = { 0, 0, l->grid.rows, l->grid.cols },
		.cols = l->grid.cols,
	};
	char text[200];

	snprintf(
		text, sizeof(text),
		_("Please enlarge the window: it is %dx%d, bankterm needs %dx%d. Nothing is lost."),
		l->grid.cols, l->grid.rows, UI_COLUMNS_MIN, UI_ROWS_MIN);
	pen_wrap(&p, 0, 0, ROLE_STRONG, text);
}
