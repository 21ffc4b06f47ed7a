/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of an account: what was booked, newest first unless asked otherwise. */
#ifndef MODEL_ENTRY_H
#define MODEL_ENTRY_H

#include "base/json.h"
#include "model/account.h"

/* One booked entry. Entries never change. */
struct entry {
	char *id;
	int sequence; /* 1 for the account's first entry, without gaps */
	struct money amount; /* unsigned */
	int side; /* enum side */
	struct money balance; /* of the account after this entry, unsigned */
	int balance_side;
	int64_t booked;
	date_days business_date;
	char *kind; /* stable: "salary", "transfer", "fee" ... */
	char *title; /* the kind in the asked language */
	char *party;
	char *party_account; /* masked */
	char *text;
	char *order_id;
};
extern const struct json_table entry_json;

/* GET /v1/accounts/{accountId}/entries. Cursors are opaque; absent at an end. */
struct entry_page {
	struct entry *entries;
	size_t entries_count;
	char *older; /* continues towards older entries */
	char *newer; /* continues towards newer entries */
	date_days scanned_to; /* a search looks at a bounded number of entries per request: how far
				 it got, absent when it reached the end */
	int total; /* entries of the account, not of the search */
};
extern const struct json_table entry_page_json;

#endif
