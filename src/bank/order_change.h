/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The history of an order: a row for every state, whose digest (block.h) covers what was agreed to. So the last row
 * also tells whether the order still stands in the store as the bank wrote it.
 */
#ifndef BANK_ORDER_CHANGE_H
#define BANK_ORDER_CHANGE_H

#include "bank/order_record.h"

/* One step: the state that was entered, and why; posting: what was booked on entering it, 0 none. */
struct order_change {
	enum order_state state;
	const char *reason_code; /* NULL none */
	int64_t at;              /* UTC seconds */
	int64_t posting;
};

/* Write the step as number o->changes of the order, and its item of the block. In a writer's job. */
int order_change_add(struct store *s, const struct order_record *o, const struct order_change *change);

/*
 * Whether the order is what its last change sealed, in the same state. False: somebody wrote to the store past the
 * bank. *ret is set on success only.
 */
int order_change_holds(struct store *s, const struct order_record *o, bool *ret);

#endif
