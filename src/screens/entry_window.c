/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/entry_window.h"

#include <errno.h>
#include <string.h>

#include "base/catalogue.h"

enum asking { ASK_NEWEST, ASK_OLDER, ASK_NEWER, ASK_OLDEST };

/* Rows further away than this are reached through the other end or not at all. */
#define JUMP_ROWS (3 * WINDOW_PAGE_ROWS)

static void window_ask(struct entry_window *w, enum asking what);

bool entry_filter_is_empty(const struct entry_filter *f)
{
	return !f->search[0] && f->from == DATE_NONE && f->to == DATE_NONE;
}

static bool is_filtered(const struct entry_window *w)
{
	return !entry_filter_is_empty(&w->filter);
}

static void drop_all(struct entry_window *w)
{
	for (size_t i = 0; i < w->page_count; i++)
		json_release(&w->pages[i], &entry_page_json);
	w->page_count = 0;
	w->first = 0;
	w->at_oldest = false;
}

static int64_t rows_kept(const struct entry_window *w)
{
	int64_t rows = 0;

	for (size_t i = 0; i < w->page_count; i++)
		rows += (int64_t)w->pages[i].entries_count;
	return rows;
}

static void drop_first(struct entry_window *w)
{
	w->first += (int64_t)w->pages[0].entries_count;
	json_release(&w->pages[0], &entry_page_json);
	memmove(&w->pages[0], &w->pages[1], (w->page_count - 1) * sizeof(w->pages[0]));
	w->page_count--;
	memset(&w->pages[w->page_count], 0, sizeof(w->pages[0]));
}

static void drop_last(struct entry_window *w)
{
	w->page_count--;
	json_release(&w->pages[w->page_count], &entry_page_json);
	w->at_oldest = false;
}

static void newest_first(struct entry_page *page)
{
	size_t n = page->entries_count;

	if (n < 2 || page->entries[0].sequence > page->entries[n - 1].sequence)
		return;
	for (size_t i = 0; i < n / 2; i++) {
		struct entry swap = page->entries[i];

		page->entries[i] = page->entries[n - 1 - i];
		page->entries[n - 1 - i] = swap;
	}
}

static void put_page(struct entry_window *w, struct entry_page *page, enum asking what)
{
	newest_first(page);
	if (what == ASK_NEWEST || what == ASK_OLDEST)
		drop_all(w);
	if (what == ASK_NEWER) {
		if (w->page_count == WINDOW_PAGES_MAX)
			drop_last(w);
		memmove(&w->pages[1], &w->pages[0], w->page_count * sizeof(w->pages[0]));
		w->pages[0] = *page;
		w->first -= (int64_t)page->entries_count;
	} else {
		if (w->page_count == WINDOW_PAGES_MAX)
			drop_first(w);
		w->pages[w->page_count] = *page;
		w->at_oldest = !page->older;
	}
	w->page_count++;
	memset(page, 0, sizeof(*page));
	/* The sequence is the truth about where unfiltered rows stand, also when entries were booked meanwhile. */
	if (!is_filtered(w) && w->pages[0].entries_count)
		w->first = w->total - w->pages[0].entries[0].sequence;
}

static void window_done(void *data, struct answer *a)
{
	struct entry_window *w = data;
	enum asking what = (enum asking)w->asking;

	w->call = NULL;
	if (load_finish(&w->load, a)) {
		struct entry_page *page = a->body;

		if (w->total < 0 || what == ASK_NEWEST)
			w->total = page->total;
		w->searched_to = is_filtered(w) && page->older ? page->scanned_to : DATE_NONE;
		put_page(w, page, what);
		entry_window_look(w, w->want_first, w->want_last);
	}
	w->visit->host->changed(w->visit);
}

static void window_ask(struct entry_window *w, enum asking what)
{
	char from[DATE_TEXT_MAX], to[DATE_TEXT_MAX];
	struct call_args args = { .path = { w->account } };
	size_t n = 0;

	args.query[n].name = "limit";
	args.query[n++].value = "100";
	if (what == ASK_OLDER || what == ASK_NEWER) {
		const struct entry_page *page = what == ASK_OLDER ? &w->pages[w->page_count - 1] : &w->pages[0];

		args.query[n].name = "cursor";
		args.query[n++].value = what == ASK_OLDER ? page->older : page->newer;
	}
	if (what == ASK_OLDEST) {
		args.query[n].name = "oldestFirst";
		args.query[n++].value = "true";
	}
	if (w->filter.search[0]) {
		args.query[n].name = "q";
		args.query[n++].value = w->filter.search;
	}
	if (w->filter.from != DATE_NONE) {
		args.query[n].name = "fromBookingDate";
		args.query[n++].value = date_text(w->filter.from, from);
	}
	if (w->filter.to != DATE_NONE) {
		args.query[n].name = "toBookingDate";
		args.query[n++].value = date_text(w->filter.to, to);
	}
	w->asking = what;
	if (w->load.state != LOAD_READY)
		load_start(&w->load);
	w->call = w->visit->host->call(w->visit, &call_list_entries, &args, window_done, w);
}

int entry_window_open(struct entry_window *w, struct visit *v, const char *account, const struct entry_filter *filter)
{
	char *copy = strdup(account);
	struct entry_filter kept = *filter; /* the caller may pass w's own */

	if (!copy)
		return -ENOMEM;
	entry_window_release(w);
	w->visit = v;
	w->account = copy;
	w->filter = kept;
	w->total = -1;
	w->searched_to = DATE_NONE;
	window_ask(w, ASK_NEWEST);
	return 0;
}

void entry_window_release(struct entry_window *w)
{
	call_cancel(w->call);
	drop_all(w);
	load_release(&w->load);
	free(w->account);
	memset(w, 0, sizeof(*w));
}

int64_t entry_window_count(const struct entry_window *w)
{
	if (w->total < 0)
		return 0;
	return is_filtered(w) ? w->first + rows_kept(w) : w->total;
}

const struct entry *entry_window_row(const struct entry_window *w, int64_t index)
{
	int64_t at = index - w->first;

	for (size_t i = 0; at >= 0 && i < w->page_count; i++) {
		if ((size_t)at < w->pages[i].entries_count)
			return &w->pages[i].entries[at];
		at -= (int64_t)w->pages[i].entries_count;
	}
	return NULL;
}

void entry_window_look(struct entry_window *w, int64_t first, int64_t last)
{
	int64_t end = w->first + rows_kept(w);
	const struct entry_page *head = &w->pages[0];
	const struct entry_page *tail = &w->pages[w->page_count ? w->page_count - 1 : 0];

	w->want_first = first;
	w->want_last = last;
	if (w->call || w->total < 0 || w->is_stopped)
		return;
	if (!is_filtered(w) && last >= w->total - WINDOW_PAGE_ROWS && end + JUMP_ROWS < w->total)
		window_ask(w, ASK_OLDEST);
	else if (!is_filtered(w) && first < WINDOW_PAGE_ROWS && w->first > JUMP_ROWS)
		window_ask(w, ASK_NEWEST);
	else if (last + WINDOW_PAGE_ROWS / 2 >= end && !w->at_oldest && tail->older)
		window_ask(w, ASK_OLDER);
	else if (first - WINDOW_PAGE_ROWS / 2 < w->first && w->first > 0 && head->newer)
		window_ask(w, ASK_NEWER);
}

bool entry_window_is_searching(const struct entry_window *w)
{
	return is_filtered(w) && w->call;
}

void entry_window_stop(struct entry_window *w)
{
	call_cancel(w->call);
	w->call = NULL;
	w->is_stopped = true;
}

void entry_window_go_on(struct entry_window *w)
{
	w->is_stopped = false;
	entry_window_look(w, w->want_first, w->want_last);
}
