/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One family of order types: a description of its form, a function that turns an instruction into a plan, and
 * functions that carry an accepted order out. A new type is one file in src/bank/orders and one line in orders.c;
 * idempotency, needs, holds, limits, states, history and receipts are written once, in order.h.
 */
#ifndef BANK_ORDER_FAMILY_H
#define BANK_ORDER_FAMILY_H

#include "bank/plan.h"
#include "bank/store.h"
#include "base/date.h"
#include "model/order.h"

struct order_record;

/* What a quote is a function of. */
struct quoting {
	struct store *store;
	int64_t now;        /* UTC seconds */
	date_days date;     /* the open business date */
	int64_t customer;
	const struct cJSON *instruction; /* an object */
	bool for_form;      /* a person fills it in: choices and displays are wanted */
	int64_t agreed;     /* of an order planned again: when it was given. It holds its funds and is counted
				against its limit, and the ledger decides on accounts: none of that is looked
				at. 0: not given yet */
	struct plan *plan;  /* zeroed */
};

/* What carrying an order out came to. */
struct outcome {
	enum order_state state; /* DONE, ACCEPTED, or REJECTED by settle */
	int64_t due;            /* ACCEPTED: when to settle */
	int64_t posting;        /* posting.id, 0 none */
	const char *reason_code; /* REJECTED */
	struct said reason;
};

struct order_family {
	const char *type;    /* "transfer" */
	const char *code;    /* "TR" */
	const char *family;  /* groups types in menus */
	const char *title;   /* msgid, as are all texts */
	const char *summary;
	const struct field_spec *fields;
	size_t fields_count;

	/* Fill q->plan. A wrong or missing field is no failure; negative is the store's. */
	int (*quote)(struct quoting *q);
	/*
	 * Carry out an order whose needs are met and whose hold is released: post, and say what state it reached.
	 * Runs in the writer's transaction. -EAGAIN the account cannot pay, -EACCES it may not, -ENOENT the creditor
	 * is gone: all is rolled back and the order is rejected.
	 */
	int (*post)(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret);
	/* What a code's message says it is for: amount and payee. NULL: the type never needs codes. */
	int (*purpose)(const struct order_record *o, struct said *ret);
	/* For types that reach ACCEPTED: what the outside answered. May be NULL. */
	int (*settle)(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret);
};

/* All of them; count in *ret_count. */
const struct order_family *const *order_families(size_t *ret_count);
/* NULL when there is no such type. */
const struct order_family *order_family(const char *type);

#endif
