/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demonstration's rows: who they are in the store. Used by demo.c inside its writer jobs. */
#ifndef BANK_DEMO_STORE_H
#define BANK_DEMO_STORE_H

#include "bank/demo_data.h"
#include "bank/store.h"

#define DEMO_NUMBER_MAX 24

/* Row ids by row of the tables of demo_data.h. Owned; demo_rows_release frees. */
struct demo_rows {
	int64_t *people;    /* person */
	int64_t *customers; /* customer */
	int64_t *accounts;
	int *owners; /* by account: row of demo_people */
	char (*numbers)[DEMO_NUMBER_MAX];
	int64_t internals[DEMO_INTERNAL_COUNT];
};
int demo_rows_init(struct demo_rows *rows);
void demo_rows_release(struct demo_rows *rows);

/* Hashes of the public secrets: one each, since a salt of their own would hide nothing. */
struct demo_hashes {
	const char *password, *pin, *staff;
};

/* People, customers, staff and their secrets. All return 0 or a store error. */
int demo_store_people(struct store *s, struct demo_rows *rows, const struct demo_hashes *hashes,
		      int64_t opened);
int demo_store_accounts(struct store *s, struct demo_rows *rows, date_days opened);
/* Payees, whom they paid before, the correspondent's accounts, messages. */
int demo_store_relations(struct store *s, const struct demo_rows *rows,
			 const struct demo_history *history, int64_t now);

#endif
