/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/grid.h"

#include <errno.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"

static const struct cell blank = { .bytes = " ", .length = 1, .width = 1, .role = ROLE_NORMAL };

void grid_release(struct grid *g)
{
	if (g->cells)
		secret_wipe(g->cells, (size_t)g->rows * (size_t)g->cols * sizeof(*g->cells));
	free(g->cells);
	*g = (struct grid){ 0 };
}

int grid_resize(struct grid *g, int rows, int cols)
{
	if (rows == g->rows && cols == g->cols) {
		grid_clear(g);
		return 0;
	}
	grid_release(g);
	if (rows <= 0 || cols <= 0)
		return 0;
	g->cells = calloc((size_t)rows * (size_t)cols, sizeof(*g->cells));
	if (!g->cells)
		return -ENOMEM;
	g->rows = rows;
	g->cols = cols;
	grid_clear(g);
	return 0;
}

void grid_clear(struct grid *g)
{
	for (int i = 0; i < g->rows * g->cols; i++)
		g->cells[i] = blank;
}

struct rect rect_intersect(const struct rect *a, const struct rect *b)
{
	int top = a->row > b->row ? a->row : b->row, left = a->col > b->col ? a->col : b->col;
	int bottom = a->row + a->rows < b->row + b->rows ? a->row + a->rows : b->row + b->rows;
	int right = a->col + a->cols < b->col + b->cols ? a->col + a->cols : b->col + b->cols;

	if (bottom <= top || right <= left)
		return (struct rect){ top, left, 0, 0 };
	return (struct rect){ top, left, bottom - top, right - left };
}

/* Blank the other half of a wide character of which one half is about to be overwritten. */
static void split(struct grid *g, int row, int col)
{
	struct cell *c = grid_cell(g, row, col);
	struct cell *other = NULL;

	if (c->width == 2 && col + 1 < g->cols)
		other = c + 1;
	else if (c->width == 0 && col > 0)
		other = c - 1;
	if (other) {
		uint8_t role = other->role;

		*other = blank;
		other->role = role;
	}
}

static void put_cell(struct grid *g, int row, int col, enum role role, const char *bytes, size_t n,
		     int width)
{
	struct cell *c = grid_cell(g, row, col);
	uint32_t cp;

	if (c->width != 1)
		split(g, row, col);
	if (width == 2 && c[1].width != 1)
		split(g, row, col + 1);
	/* A cluster that is too long for its cell loses whole code points at its end. */
	if (n > CELL_BYTES) {
		size_t keep = 0, step;

		while ((step = text_decode(bytes + keep, n - keep, &cp)) &&
		       keep + step <= CELL_BYTES)
			keep += step;
		n = keep;
	}
	*c = (struct cell){ .length = (uint8_t)n, .width = (uint8_t)width, .role = (uint8_t)role };
	if (n == 1)
		c->bytes[0] = *bytes; /* most of them */
	else
		memcpy(c->bytes, bytes, n);
	if (width == 2)
		c[1] = (struct cell){ .role = (uint8_t)role };
}

static bool has_columns(const struct rect *r, int col, int width)
{
	return col >= r->col && col + width <= r->col + r->cols;
}

int grid_put(struct grid *g, const struct rect *clip, int row, int col, int columns, enum role role,
	     const char *text)
{
	struct rect all = { 0, 0, g->rows, g->cols }, in = rect_intersect(clip, &all);
	bool is_row_in = row >= in.row && row < in.row + in.rows;
	int used = 0, width;
	size_t n;

	while ((n = text_cluster(text, &width)) && used + width <= columns) {
		if (*text == '\n')
			break;
		if (is_row_in && width && has_columns(&in, col + used, width))
			put_cell(g, row, col + used, role, text, n, width);
		else if (is_row_in && width == 2)
			for (int half = 0; half < 2; half++)
				if (has_columns(&in, col + used + half, 1))
					put_cell(g, row, col + used + half, role, " ", 1, 1);
		used += width;
		text += n;
	}
	return used;
}

void grid_fill(struct grid *g, const struct rect *clip, const struct rect *where, enum role role,
	       const char *text)
{
	struct cell one = { .length = (uint8_t)strlen(text), .width = 1, .role = (uint8_t)role };
	struct rect all = { 0, 0, g->rows, g->cols }, in = rect_intersect(clip, &all);

	memcpy(one.bytes, text, one.length);
	in = rect_intersect(&in, where);
	for (int row = in.row; row < in.row + in.rows; row++)
		for (int col = in.col; col < in.col + in.cols; col++) {
			struct cell *c = grid_cell(g, row, col);

			if (c->width != 1)
				split(g, row, col);
			*c = one;
		}
}
