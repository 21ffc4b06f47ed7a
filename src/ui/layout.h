/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a page to cells. The first line says where one is; the main region takes the middle, with
 * the side region at its right from LAYOUT_SIDE_COLUMNS on; below stand the message line and the
 * key line. What does not fit scrolls, and the focused item is always in sight. Markers stand in a
 * gutter at the left of each region, so that texts align.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include <stddef.h>

#include "page/front.h"
#include "ui/grid.h"

#define LAYOUT_SIDE_COLUMNS  100
#define LAYOUT_SCROLLERS_MAX 8

/* Where a click goes. */
struct target {
	struct rect where;
	char block[FOCUS_ID_MAX];
	char item[FOCUS_ID_MAX];
	int64_t row; /* of a table, else 0 */
	int key;     /* not 0: the same as this key */
};

/* A block with rows of its own to scroll, as it stands on the screen. */
struct scroller {
	struct rect where;
	char block[FOCUS_ID_MAX];
	int visible; /* rows of it in sight */
};

/* What was shown last, to tell whether the focus moved since. */
struct seen {
	char block[FOCUS_ID_MAX];
	char item[FOCUS_ID_MAX];
	int64_t row;
	size_t typed;
	size_t page; /* a digest of what tells pages apart */
	int rows, cols;
	int page_top;
	bool is_free; /* the page was scrolled by hand, or is new: do not pull the focus into sight
		       */
};

struct layout {
	const struct page *page; /* these two during layout_show only */
	const struct view *view;
	struct grid grid;
	struct target *targets;
	size_t target_count, target_cap;
	struct scroller scrollers[LAYOUT_SCROLLERS_MAX];
	size_t scroller_count;
	int main_rows;		    /* of the main region */
	int cursor_row, cursor_col; /* on the focused item; -1 when there is none */
	/* Of the focused item, for the message line; NULL none, or shown beside it. */
	const char *hint;
	/* An urgent notice out of sight, for the message line too; NULL none. */
	const struct block *unseen;
	bool has_more_above, has_more_below;
	bool is_focus_hidden; /* there is a focused item, above or below what is in sight */
	struct seen seen;
};

void layout_release(struct layout *l);
/* Lay a page out on rows x cols cells. -ENOMEM: the grid is empty. */
int layout_show(struct layout *l, int rows, int cols, const struct page *page,
		const struct view *view);
/* The target at a cell, the last drawn first; NULL none. */
const struct target *layout_target(const struct layout *l, int row, int col);
/* The scroller under a cell, else the first; NULL when the page has none. */
const struct scroller *layout_scroller(const struct layout *l, int row, int col);

#endif
