/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen as we want it: cells of one grapheme cluster and one role each. Layout writes into it,
 * painters read it. A wide character has a cell and a right half behind it; neither ever stands
 * alone.
 */
#ifndef UI_GRID_H
#define UI_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "edition/edition.h"

#define CELL_BYTES 21 /* a base and the four marks that the gate leaves it */

/* Every bit of it counts: what is behind the text is zero, so that cells are compared as bytes. */
struct cell {
	char bytes[CELL_BYTES]; /* UTF-8; not terminated: see length */
	uint8_t length;		/* 0 in the right half of a wide character */
	uint8_t width;		/* columns: 1, 2, or 0 in a right half */
	uint8_t role;		/* enum role */
};

struct rect {
	int row, col, rows, cols;
};

struct grid {
	int rows, cols;
	struct cell *cells; /* rows * cols, row by row */
};

/* Also empties it. -ENOMEM leaves it with no cells. */
int grid_resize(struct grid *g, int rows, int cols);
void grid_release(struct grid *g); /* wipes */
void grid_clear(struct grid *g);   /* blanks of ROLE_NORMAL */

/* The cell at row, col; both must be inside. */
static inline struct cell *grid_cell(const struct grid *g, int row, int col)
{
	return &g->cells[(size_t)row * (size_t)g->cols + (size_t)col];
}

static inline bool cell_equal(const struct cell *a, const struct cell *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/*
 * Write a gated string from row, col on, only inside clip and the grid, at most `columns` wide. A
 * wide character that would be cut at either edge is written as a blank. Returns the columns the
 * text took, shown or not.
 */
int grid_put(struct grid *g, const struct rect *clip, int row, int col, int columns, enum role role,
	     const char *text);
/* Everywhere a text that takes one column, or blanks. */
void grid_fill(struct grid *g, const struct rect *clip, const struct rect *where, enum role role,
	       const char *text);

/* The part of a inside b; rows or cols 0 when there is none. */
struct rect rect_intersect(const struct rect *a, const struct rect *b);

#endif
