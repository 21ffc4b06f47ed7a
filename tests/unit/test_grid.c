/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "tests/tap.h"
#include "ui/grid.h"

static const char *row_text(const struct grid *g, int row)
{
	static char out[512];
	size_t used = 0;

	for (int col = 0; col < g->cols; col++) {
		const struct cell *c = grid_cell(g, row, col);

		memcpy(out + used, c->bytes, c->length);
		used += c->length;
	}
	out[used] = '\0';
	return out;
}

static void test_clipping(struct grid *g)
{
	struct rect all = { 0, 0, 3, 10 }, part = { 1, 2, 1, 4 };

	is_int(grid_put(g, &all, 0, 0, 10, ROLE_STRONG, "a元b"), 4, "columns of a text");
	is_str(row_text(g, 0), "a元b      ", "in its cells");
	is_int(grid_cell(g, 0, 1)->width, 2, "a wide character");
	is_int(grid_cell(g, 0, 2)->width, 0, "and its right half");
	is_int(grid_put(g, &part, 1, 0, 10, ROLE_NORMAL, "012345678"), 9,
	       "columns count outside the clip too");
	is_str(row_text(g, 1), "  2345    ", "nothing is written outside");
	grid_put(g, &part, 1, 1, 10, ROLE_NORMAL, "元元元");
	is_str(row_text(g, 1), "   元     ", "a wide character cut by an edge is a blank");
	is_int(grid_put(g, &all, 2, 8, 1, ROLE_NORMAL, "元"), 0, "no room, no character");
	is_int(grid_put(g, &all, 2, 9, 9, ROLE_NORMAL, "元"), 2, "at the grid's edge it counts");
	is_str(row_text(g, 2), "          ", "but is not halved");
	is_int(grid_put(g, &all, 7, 0, 9, ROLE_NORMAL, "x"), 1, "rows outside are ignored");
	is_int(grid_put(g, &all, 0, -1, 9, ROLE_NORMAL, "元"), 2, "columns outside too");
	is_str(row_text(g, 0), " 元b      ", "what stands half outside is blank");
}

static void test_overwriting(struct grid *g)
{
	struct rect all = { 0, 0, 3, 10 };

	grid_clear(g);
	grid_put(g, &all, 0, 0, 10, ROLE_NORMAL, "元元元");
	grid_put(g, &all, 0, 1, 10, ROLE_NORMAL, "xy");
	is_str(row_text(g, 0), " xy 元    ", "the other halves of what is overwritten are blank");
	grid_put(g, &all, 1, 0, 10, ROLE_NORMAL, "abc元");
	grid_put(g, &all, 1, 2, 10, ROLE_NORMAL, "国");
	is_str(row_text(g, 1), "ab国      ", "a wide one over a narrow one and half a wide one");
	grid_put(g, &all, 2, 0, 10, ROLE_NORMAL, "e\xcc\x81!");
	is_str(row_text(g, 2), "e\xcc\x81!        ", "a mark stays with its base");
	is_int(grid_cell(g, 2, 0)->length, 3, "in one cell");
}

int main(void)
{
	struct grid g = { 0 };

	text_locale_init();
	is_int(grid_resize(&g, 3, 10), 0, "a grid");
	test_clipping(&g);
	test_overwriting(&g);
	is_int(grid_resize(&g, 0, 10), 0, "of nothing");
	ok(!g.cells, "has no cells");
	grid_release(&g);
	return done();
}
