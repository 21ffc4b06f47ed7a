/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life of an order: the only code that changes a state.
 *
 *	            +-> expired, voided, rejected
 *	(new) -> waiting -> scheduled -> accepted -> done
 *
 * Any of the four may be skipped or the last; waiting and scheduled orders hold their funds, and whatever final
 * state ends them releases these in the same transaction. All of this runs inside a writer job. A refusal of the
 * ledger (see order_refusal) leaves parts behind: the job returns it to be rolled back, and then order_reject()s.
 */
#ifndef BANK_ORDER_STATE_H
#define BANK_ORDER_STATE_H

#include "bank/order_record.h"

/* What a ledger's refusal (-EAGAIN, -EACCES, -ENOENT, -EDQUOT) means to the customer; NULL for other errors. */
struct order_refusal {
	int error;
	const char *code; /* stable */
	const char *text; /* msgid */
};
const struct order_refusal *order_refusal(int error);

/*
 * A new order: count it against its limit (most: of a day); write it and hold its funds when it has needs or a date,
 * else carry it out and write what came of it. o follows the state.
 */
int order_start(struct store *s, struct order_record *o, int64_t most, int64_t now);
/*
 * The last need of a waiting order is met, or a scheduled order's time has come: it goes on if it still is what was
 * agreed to (order_terms.h), else it is REJECTED as terms-changed, with a message to the customer.
 */
int order_proceed(struct store *s, struct order_record *o, int64_t now);
/* The outside has answered an accepted order. -EBADMSG: it is not as the bank wrote it; nothing was done. */
int order_settle(struct store *s, struct order_record *o, int64_t now);

/* Final without having happened: VOIDED, EXPIRED or REJECTED; releases what it held and counted. reason NULL: none. */
int order_close(struct store *s, struct order_record *o, enum order_state state, const char *reason_code,
		const struct said *reason, int64_t now);
/* REJECTED by a refusal of the ledger, with a message to the customer. */
int order_reject(struct store *s, struct order_record *o, const struct order_refusal *why, int64_t now);

/* An open need is met by a person. */
int order_need_met(struct store *s, struct order_record *o, size_t need, int64_t person, int64_t now);
bool order_needs_are_met(const struct order_record *o);

#endif
