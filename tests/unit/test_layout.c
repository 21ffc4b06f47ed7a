/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sample pages as they stand on screens of several sizes, cell by cell; GENERATE=1 renews the
 * golden files. */
#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "page/key.h"
#include "tests/tap.h"
#include "tests/ui/samples.h"
#include "ui/layout.h"
#include "ui/ui.h"

static const struct {
	int rows, cols;
} sizes[] = { { 12, 40 }, { 24, 80 }, { 40, 120 }, { 24, 60 }, { 60, 240 } };
#define GOLDEN_SIZES 4

/* The texts, then the roles as letters, '.' for the normal one; lines without trailing blanks. */
static void dump(const struct grid *g, struct buf *out)
{
	for (int part = 0; part < 2; part++)
		for (int row = 0; row < g->rows; row++) {
			for (int col = 0; col < g->cols; col++) {
				const struct cell *c = grid_cell(g, row, col);

				if (part)
					buf_putc(out, c->role == ROLE_NORMAL
							      ? '.'
							      : (char)('A' + c->role));
				else
					buf_add(out, c->bytes, c->length);
			}
			while (out->len && strchr(part ? "." : " ", out->data[out->len - 1]))
				out->data[--out->len] = '\0';
			buf_putc(out, '\n');
		}
}

static void check_golden(const struct grid *g, const char *name)
{
	const char *top = getenv("srcdir") ? getenv("srcdir") : ".";
	_cleanup_(buf_release) struct buf got, want;
	char path[4096];

	buf_init(&got, 0);
	buf_init(&want, 0);
	dump(g, &got);
	snprintf(path, sizeof(path), "%s/tests/ui/golden/%s-%dx%d.txt", top, name, g->cols,
		 g->rows);
	if (getenv("GENERATE"))
		file_replace(path, got.data, got.len, 0644, NULL);
	file_read(path, &want, NULL);
	is_str(got.data, want.data, "%s at %dx%d", name, g->cols, g->rows);
}

/* What must hold on every screen. */
static bool is_whole(const struct grid *g)
{
	for (int row = 0; row < g->rows; row++)
		for (int col = 0; col < g->cols; col++) {
			const struct cell *c = grid_cell(g, row, col);

			if (c->width == 2 && (col + 1 == g->cols || c[1].width != 0))
				return false;
			if (c->width == 0 && (col == 0 || c[-1].width != 2))
				return false;
			if (c->width == 1 && !c->length)
				return false;
		}
	return true;
}

static bool is_row_focused(const struct layout *l)
{
	return l->cursor_row >= 0 && l->cursor_row < l->grid.rows && l->cursor_col >= 0 &&
	       l->cursor_col < l->grid.cols;
}

/* Walk over everything that takes focus: each stop must be in sight. */
static int count_lost(struct sample *s, struct layout *l, int rows, int cols)
{
	int lost = 0;

	for (size_t i = 0; i < s->page.block_count; i++) {
		const struct block *b = &s->page.blocks[i];
		size_t stops = b->item_count + b->field_count;

		for (size_t k = 0; block_takes_focus(b) && (k < stops || (!stops && k < 3)); k++) {
			struct focus_place *place = focus_place(&s->focus, b->id);

			snprintf(s->focus.block, sizeof(s->focus.block), "%s", b->id);
			if (stops)
				snprintf(place->item, sizeof(place->item), "%s",
					 b->item_count ? b->items[k].id : b->fields[k].name);
			place->row = (int64_t)k * 1000;
			l->seen.rows = 0;
			layout_show(l, rows, cols, &s->page, &s->view);
			lost += !is_row_focused(l) || !is_whole(&l->grid);
		}
	}
	return lost;
}

static void test_samples(void)
{
	struct layout l = { 0 };
	struct sample s;

	for (size_t i = 0; i < sample_count; i++)
		for (size_t k = 0; k < COUNT(sizes); k++) {
			if (sample_init(&s, sample_names[i]) < 0)
				continue;
			layout_show(&l, sizes[k].rows, sizes[k].cols, &s.page, &s.view);
			ok(is_whole(&l.grid), "%s at %dx%d: no half characters", sample_names[i],
			   sizes[k].cols, sizes[k].rows);
			if (k < GOLDEN_SIZES)
				check_golden(&l.grid, sample_names[i]);
			is_int(count_lost(&s, &l, sizes[k].rows, sizes[k].cols), 0,
			       "every stop is in sight");
			sample_release(&s);
		}
	layout_release(&l);
}

static void test_targets(void)
{
	struct layout l = { 0 };
	const struct target *t;
	struct sample s;

	sample_init(&s, "home");
	layout_show(&l, 24, 80, &s.page, &s.view);
	t = layout_target(&l, l.cursor_row, 40);
	ok(t && !strcmp(t->block, "menu") && !strcmp(t->item, "transfer"),
	   "a click on a menu's line chooses it");
	t = layout_target(&l, 23, 3);
	ok(t && t->key == K_F1, "a click on a key's name is that key");
	ok(!layout_target(&l, 1, 5), "nothing is where nothing stands");
	sample_release(&s);
	sample_init(&s, "statement");
	layout_show(&l, 24, 80, &s.page, &s.view);
	t = layout_target(&l, l.cursor_row + 1, 5);
	ok(t && !strcmp(t->block, "entries") && t->row == 12, "a click on a row is that row");
	ok(layout_scroller(&l, l.cursor_row, 5) &&
		   layout_scroller(&l, l.cursor_row, 5)->visible == 15,
	   "fifteen rows are in sight");
	sample_release(&s);
	layout_release(&l);
}

static bool shows(const struct layout *l, const char *text)
{
	_cleanup_(buf_release) struct buf out;

	buf_init(&out, 0);
	dump(&l->grid, &out);
	return strstr(out.data, text) != NULL;
}

static void test_bottom(void)
{
	static const char *const candidates[] = { "statement", "standing" };
	struct command_line command = { ":", "st", 2, candidates, 2 };
	struct layout l = { 0 };
	struct sample s;

	sample_init(&s, "home");
	s.view.toast = "Saved";
	s.view.demo_phone = "Your code is 123456";
	s.view.is_offline = true;
	layout_show(&l, 24, 80, &s.page, &s.view);
	ok(shows(&l, "Saved") && shows(&l, "Demo phone: Your code is 123456") &&
		   shows(&l, "! no connection"),
	   "toast, demo phone and connection");
	s.view.command = &command;
	layout_show(&l, 24, 80, &s.page, &s.view);
	ok(shows(&l, ":st") && shows(&l, "statement  standing") && !shows(&l, "Saved"),
	   "the command line");
	ok(l.cursor_row == 22 && l.cursor_col == 5, "has the cursor");
	layout_show(&l, 11, 80, &s.page, &s.view);
	ok(shows(&l, "Please enlarge the window"), "too few rows");
	layout_show(&l, 12, 39, &s.page, &s.view);
	ok(shows(&l, "it is 39x12"), "too few columns");
	sample_release(&s);
	layout_release(&l);
}

/* A review is read from its top; then the focus is where the person put it, or where they scrolled.
 */
static void test_scrolling(void)
{
	struct layout l = { 0 };
	struct sample s;

	sample_init(&s, "review");
	layout_show(&l, 12, 40, &s.page, &s.view);
	ok(shows(&l, "First payment") && shows(&l, "v more") && l.is_focus_hidden,
	   "a review begins at its top");
	layout_show(&l, 12, 40, &s.page, &s.view);
	ok(shows(&l, "First payment"), "and stays there while nothing is done");
	s.focus.page_top += 8;
	layout_show(&l, 12, 40, &s.page, &s.view);
	ok(shows(&l, "! First payment"), "its warning went to the message line");
	ok(!l.is_focus_hidden && is_row_focused(&l) && shows(&l, "^ more"),
	   "scrolled down by hand to its buttons");
	s.focus.page_top = 0;
	layout_show(&l, 12, 40, &s.page, &s.view);
	ok(shows(&l, "First payment"), "and up again");
	snprintf(focus_place(&s.focus, "do")->item, FOCUS_ID_MAX, "change");
	layout_show(&l, 12, 40, &s.page, &s.view);
	ok(s.focus.page_top > 0 && is_row_focused(&l), "moving the focus brings it into sight");
	sample_release(&s);
	layout_release(&l);
}

int main(void)
{
	text_locale_init();
	test_samples();
	test_targets();
	test_bottom();
	test_scrolling();
	return done();
}
