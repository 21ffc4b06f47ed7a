/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A window on an account's entries: rows by index, newest first, of which only a bounded part is in memory.
 *
 * Without a filter, row i is the entry with sequence total - i, and the far end can be reached at once; with a filter,
 * rows are what the search has found so far. Pages come from GET .../entries with the bank's cursors; at most
 * WINDOW_PAGES_MAX are kept, so that memory stays the same however long the account is.
 */
#ifndef SCREENS_ENTRY_WINDOW_H
#define SCREENS_ENTRY_WINDOW_H

#include "model/entry.h"
#include "screens/load.h"

#define WINDOW_PAGE_ROWS 100
#define WINDOW_PAGES_MAX 40

struct entry_filter {
	char search[INPUT_MAX + 1]; /* "" none */
	date_days from, to;         /* inclusive; DATE_NONE open */
};

struct entry_window {
	struct visit *visit;
	char *account;
	struct entry_filter filter;
	struct entry_page pages[WINDOW_PAGES_MAX]; /* neighbours, newest first; entries within newest first */
	size_t page_count;
	int64_t first;          /* row index of the first entry kept (filter: count of those dropped before it) */
	int64_t total;          /* entries of the account; -1 before the first answer */
	bool at_oldest;         /* the last page kept is the end */
	bool is_stopped;        /* a person stopped the search; see entry_window_go_on() */
	date_days searched_to;  /* DATE_NONE when the search is not under way */
	int64_t want_first, want_last; /* rows in sight */
	struct load load;
	struct call *call;      /* NULL when nothing is asked for */
	int asking;             /* enum of entry_window.c */
};

bool entry_filter_is_empty(const struct entry_filter *f);

/* Start over with this filter. 0 or -ENOMEM. */
int entry_window_open(struct entry_window *w, struct visit *v, const char *account, const struct entry_filter *filter);
void entry_window_release(struct entry_window *w);

int64_t entry_window_count(const struct entry_window *w);
/* NULL while not loaded. */
const struct entry *entry_window_row(const struct entry_window *w, int64_t index);
/* Rows first..last are in sight: ask for what is missing, and a little ahead. */
void entry_window_look(struct entry_window *w, int64_t first, int64_t last);
/* A search is still going back through older entries. */
bool entry_window_is_searching(const struct entry_window *w);
void entry_window_stop(struct entry_window *w);
void entry_window_go_on(struct entry_window *w);

#endif
