/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One-time codes: six digits sent to the customer's phone in a message that names amount, payee and order, so that
 * nobody can be talked into reading one out for something else. Only an HMAC of code, order and terms is kept: the
 * code proves nothing for any other order or terms.
 */
#ifndef BANK_ORDER_CODE_H
#define BANK_ORDER_CODE_H

#include "bank/order_record.h"
#include "base/secret.h"

struct bank;
struct request;

/*
 * Whether the customer may be sent a code now: not after too many wrong ones today, and only so many within an hour,
 * whatever the orders. -EPERM: no, and rq has the answer.
 */
int code_may_send(struct store *s, struct request *rq, int64_t customer, int64_t now);

/*
 * Make a new code, replacing an earlier one, and have it sent after COMMIT. In a writer's job. -EDQUOT when as
 * many as one order may have were sent.
 */
int code_send(struct store *s, struct request *rq, const struct order_record *o, int64_t now);

/* What a try may be checked against, counted already. */
struct code_try {
	unsigned char digest[32];
	char terms[SHA256_HEX];
	char key[ORDER_KEY_MAX];
	int left; /* tries left when this one is wrong */
	int64_t locked_until; /* when the customer's wrong codes of today are forgotten */
};
/*
 * Count a try, of the code and of the customer. In a writer's job that COMMITs before the code is looked at.
 * -EKEYEXPIRED too late, -EDQUOT too many tries: both ask for a new code; -ENOENT none was sent; -EACCES the customer
 * has typed too many wrong ones today.
 */
int code_try_begin(struct store *s, const struct order_record *o, int64_t now, struct code_try *ret);
/* It was right: the customer's count takes it back. In the write that meets the need. */
int code_passed(struct store *s, int64_t customer);
bool code_matches(const struct bank *bank, const struct code_try *t, const struct secret *given);

/* "138****0001"; of the customer's person. */
int customer_phone_masked(struct store *s, int64_t customer, char ret[40]);

#endif
