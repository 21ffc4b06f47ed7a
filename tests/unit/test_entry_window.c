/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window on an account's entries against a bank in memory: any row can be reached, none twice, memory bounded. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/entry_window.h"
#include "tests/tap.h"

/* One call at a time, answered by hand, as the loop would. */
static struct {
	int total;            /* entries of the account: sequences 1..total */
	int every;            /* with a search: every n-th entry matches */
	call_done *done;
	void *data;
	char cursor[32];
	bool is_oldest, is_search;
	int asked;
} bank;

static const char *query(const struct call_args *args, const char *name)
{
	for (size_t i = 0; i < CALL_QUERY_MAX && args->query[i].name; i++)
		if (strcmp(args->query[i].name, name) == 0)
			return args->query[i].value;
	return NULL;
}

static struct call *fake_call(struct visit *v, const struct call_type *type,
			      const struct call_args *args, call_done *callback, void *data)
{
	const char *cursor = query(args, "cursor");

	(void)v;
	(void)type;
	bank.done = callback;
	bank.data = data;
	bank.is_oldest = query(args, "oldestFirst") != NULL;
	bank.is_search = query(args, "q") != NULL;
	snprintf(bank.cursor, sizeof(bank.cursor), "%s", cursor ? cursor : "");
	bank.asked++;
	return (struct call *)&bank;
}

static void fake_changed(struct visit *v)
{
	(void)v;
}

static bool matches(int sequence)
{
	return !bank.is_search || sequence % bank.every == 0;
}

static char *cursor_text(char direction, int sequence)
{
	char text[32];

	snprintf(text, sizeof(text), "%c%d", direction, sequence);
	return strdup(text);
}

static void fill(struct entry_page *page, int from, int step)
{
	int sequence = from, looked = 0;

	page->entries = calloc(WINDOW_PAGE_ROWS, sizeof(struct entry));
	page->total = bank.total;
	page->scanned_to = DATE_NONE;
	for (; sequence >= 1 && sequence <= bank.total && looked < 1000 &&
	       page->entries_count < WINDOW_PAGE_ROWS;
	     sequence += step) {
		looked++;
		if (matches(sequence))
			page->entries[page->entries_count++].sequence = sequence;
	}
	if (step < 0) {
		page->older = sequence >= 1 ? cursor_text('o', sequence) : NULL;
		page->newer = from < bank.total ? cursor_text('n', from + 1) : NULL;
	} else {
		page->newer = sequence <= bank.total ? cursor_text('n', sequence) : NULL;
		page->older = from > 1 ? cursor_text('o', from - 1) : NULL;
	}
	if (page->older && bank.is_search)
		page->scanned_to = sequence;
}

/* Answer what was asked; false when nothing was. */
static bool answer(void)
{
	struct entry_page page = { 0 };
	struct answer a = { .outcome = ANSWER_OK, .status = 200, .body = &page, .text = "" };
	call_done *answer_to = bank.done;

	if (!answer_to)
		return false;
	bank.done = NULL;
	if (bank.cursor[0] == 'o')
		fill(&page, (int)strtol(bank.cursor + 1, NULL, 10), -1);
	else if (bank.cursor[0] == 'n')
		fill(&page, (int)strtol(bank.cursor + 1, NULL, 10), 1);
	else
		fill(&page, bank.is_oldest ? 1 : bank.total, bank.is_oldest ? 1 : -1);
	answer_to(bank.data, &a);
	json_release(&page, &entry_page_json);
	return true;
}

static void look_and_load(struct entry_window *w, int64_t first, int64_t last)
{
	entry_window_look(w, first, last);
	for (int i = 0; i < 50 && answer(); i++)
		;
}

static int sequence_at(const struct entry_window *w, int64_t row)
{
	const struct entry *entry = entry_window_row(w, row);

	return entry ? entry->sequence : -1;
}

static const struct host host = { .call = fake_call, .changed = fake_changed };
static const struct entry_filter none = { .from = DATE_NONE, .to = DATE_NONE };

static void test_scroll_everything(void)
{
	struct visit v = { .host = &host };
	struct entry_window w = { 0 };
	int wrong = 0;

	bank.total = 10000;
	is_int(entry_window_open(&w, &v, "a", &none), 0, "opens");
	is_int(entry_window_count(&w), 0, "no row before the first answer");
	answer();
	is_int(entry_window_count(&w), 10000, "counts all rows at once");
	for (int64_t row = 0; row < 10000; row += 20) {
		look_and_load(&w, row, row + 19);
		for (int64_t i = row; i < row + 20; i++)
			wrong += sequence_at(&w, i) != 10000 - i;
	}
	is_int(wrong, 0, "every row on the way down is the right entry");
	is_int(w.page_count, WINDOW_PAGES_MAX, "and only so many pages are kept");
	for (int64_t row = 9980; row >= 0; row -= 20) {
		look_and_load(&w, row, row + 19);
		for (int64_t i = row; i < row + 20; i++)
			wrong += sequence_at(&w, i) != 10000 - i;
	}
	is_int(wrong, 0, "and on the way up");
	while (answer())
		;
	entry_window_release(&w);
}

static void test_jump(void)
{
	struct visit v = { .host = &host };
	struct entry_window w = { 0 };

	bank.total = 100000;
	entry_window_open(&w, &v, "a", &none);
	answer();
	bank.asked = 0;
	look_and_load(&w, 99980, 99999);
	is_int(sequence_at(&w, 99999), 1, "End shows the first entry ever");
	is_int(sequence_at(&w, 99980), 20, "with its neighbours");
	ok(bank.asked <= 3, "without reading what lies between");
	look_and_load(&w, 0, 19);
	is_int(sequence_at(&w, 0), 100000, "Home shows the newest again");
	while (answer())
		;
	entry_window_release(&w);
}

static void test_search(void)
{
	struct visit v = { .host = &host };
	struct entry_window w = { 0 };
	struct entry_filter filter = none;
	int rows = 0;

	bank.total = 5000;
	bank.every = 700;
	snprintf(filter.search, sizeof(filter.search), "rent");
	entry_window_open(&w, &v, "a", &filter);
	ok(entry_window_is_searching(&w), "is searching");
	while (answer())
		rows++;
	is_int(entry_window_count(&w), 7, "finds each match once");
	is_int(sequence_at(&w, 0), 4900, "newest first");
	is_int(sequence_at(&w, 6), 700, "down to the oldest");
	ok(rows >= 5, "over several bounded requests");
	ok(!entry_window_is_searching(&w), "and then stops");
	entry_window_release(&w);
}

static void test_stop_and_empty(void)
{
	struct visit v = { .host = &host };
	struct entry_window w = { 0 };

	bank.total = 0;
	entry_window_open(&w, &v, "a", &none);
	answer();
	is_int(entry_window_count(&w), 0, "an account without entries has no rows");
	ok(!bank.done, "and nothing more is asked");
	ok(!entry_window_row(&w, 0) && !entry_window_row(&w, -1), "rows outside are NULL");
	entry_window_release(&w);
}

int main(void)
{
	test_scroll_everything();
	test_jump();
	test_search();
	test_stop_and_empty();
	return done();
}
