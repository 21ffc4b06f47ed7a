/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a person is on a page: kept by id, outside the page, one per visit. The app moves it; renderers read it.
 */
#ifndef PAGE_FOCUS_H
#define PAGE_FOCUS_H

#include <stddef.h>
#include <stdint.h>

#define FOCUS_ID_MAX 64
#define FOCUS_BLOCKS_MAX 16

struct focus_place {
	char block[FOCUS_ID_MAX];
	char item[FOCUS_ID_MAX]; /* item id or field name; "" for tables and documents */
	int64_t row;             /* table row or document line */
	int64_t top;             /* first row in sight; the layout keeps row in sight and writes this back */
};

struct focus {
	char block[FOCUS_ID_MAX]; /* the focused block; "" when nothing takes focus */
	struct focus_place places[FOCUS_BLOCKS_MAX];
	size_t count;
	int page_top; /* first line of the main region in sight, when it is longer than the screen */
};

/* The place in a block, made when absent (the oldest is reused when full). Never NULL. */
struct focus_place *focus_place(struct focus *f, const char *block);

#endif
