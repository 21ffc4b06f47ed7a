/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of an account's entries. Sequences are dense and business dates rise with them, so a page is a range of the
 * primary key and a date is found by halving: the cost does not grow with the account's history. Only a search reads
 * entries that it does not show, at most SEARCH_MAX a request.
 */
#ifndef BANK_ENTRY_PAGE_H
#define BANK_ENTRY_PAGE_H

#include "bank/store.h"
#include "base/catalogue.h"
#include "base/date.h"
#include "model/entry.h"

#define SEARCH_MAX 20000

struct entry_query {
	int64_t account, customer; /* row ids; the account is the customer's */
	const char *currency;
	int64_t total;             /* account.entry_count */
	const char *cursor;        /* NULL: from the end that oldest_first names */
	int limit;                 /* 1-200 */
	bool oldest_first;
	date_days from, to;        /* inclusive; DATE_NONE: open */
	const char *search;        /* NULL none */
	const struct catalogue *language;
};

/* Release with json_release(ret, &entry_page_json). -EINVAL malformed cursor; -ENOMEM; store errors. */
int entry_page_read(struct store *s, const struct entry_query *q, struct entry_page *ret);

/* What an entry of this kind is called, as a msgid; the kind itself when it has no title. */
const char *entry_title(const char *kind);

#endif
