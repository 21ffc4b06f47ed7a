/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts of the customer. */
#ifndef MODEL_ACCOUNT_H
#define MODEL_ACCOUNT_H

#include "base/json.h"

enum account_status {
	ACCOUNT_STATUS_NONE,
	ACCOUNT_STATUS_ENABLED,
	ACCOUNT_STATUS_DORMANT,
	ACCOUNT_STATUS_BLOCKED,
	ACCOUNT_STATUS_CLOSED,
};
extern const char *const account_status_names[]; /* wire names by value, NULL at the end */

enum side {
	SIDE_NONE,
	SIDE_CREDIT,
	SIDE_DEBIT,
};
extern const char *const side_names[]; /* wire names by value, NULL at the end */

/* One account. balance may be negative only where the product allows it. */
struct account {
	char *id; /* opaque */
	char *number; /* account number; masked in lists, whole in GET by id */
	char *name; /* product name in the asked language, "Current account" */
	char *nickname;
	int class; /* 1, 2, 3 for classes I, II, III; 0 otherwise */
	int status; /* enum account_status */
	struct money balance; /* booked */
	int balance_side; /* enum side: Credit when not overdrawn */
	struct money available; /* booked minus held, never below zero */
	struct money held; /* reserved by waiting and scheduled orders */
	date_days opened;
	int entry_count;
};
extern const struct json_table account_json;

/* GET /v1/accounts. */
struct account_list {
	struct account *accounts;
	size_t accounts_count;
};
extern const struct json_table account_list_json;

#endif
