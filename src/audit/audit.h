/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads a bank's store and trusts nothing: every balance, sequence, digest, block and rule is
 * computed again from the rows, by code that shares nothing with the bank's. Canonical bytes are
 * those of bank/block.h.
 *
 * One snapshot is read; the bank may go on working. What is wrong is told as findings, one row
 * each, in the order of the checks; a finding does not end the audit.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/hex.h"

struct audit {
	sqlite3 *db;
	FILE *out; /* findings */
	int64_t findings;
	int64_t accounts, entries, postings, blocks, orders, requests;
	char head[SHA256_HEX]; /* digest of the last block; "" when there is none */
};

struct audit_options {
	const char *dir; /* of the bank: DIR/bank.db */
	const char
		*head; /* digest in hex that must be of one of the blocks; NULL: none remembered */
	FILE *out;
};

/*
 * 0 when everything was looked at, whatever was found (see findings). Negative when it could not
 * look: -ENOENT no store, -EPROTO another schema, -EIO, -EBUSY; err says what to do.
 */
int audit_run(const struct audit_options *options, struct audit *ret, struct err *err);

/* The rest is for the checks of this room. */

/* One bad row: its table, the key that finds it, the rule that it breaks, what stands there and
 * what should. */
void audit_find(struct audit *a, const char *table, const char *key, const char *rule,
		const char *found, const char *expected);
void audit_find_int(struct audit *a, const char *table, int64_t key, const char *rule,
		    int64_t found, int64_t expected);

/* NULL ends a run that cannot go on: the SQL is ours, so the store is damaged or of another schema.
 */
sqlite3_stmt *audit_query(struct audit *a, const char *sql);
/* 1 a row, 0 the end (finalised), -EIO (finalised, told as a finding). */
int audit_step(struct audit *a, sqlite3_stmt *query);

/* A check; 0, or negative when the store cannot be read further. */
int audit_schema(struct audit *a);
int audit_ledger(struct audit *a); /* entries by account: sequences, running and cached balances */
int audit_chain(struct audit *a, const char *head);
int audit_rules(struct audit *a);

/* Rules that one SQL statement decides: it answers key, found, expected for each row that breaks
 * it. */
struct audit_rule {
	const char *table, *rule, *sql;
};
extern const struct audit_rule audit_ledger_rules[]; /* all end with a row of NULLs */
extern const struct audit_rule audit_order_rules[];
extern const struct audit_rule audit_person_rules[];

#endif
