/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Double entry. A posting is two or more entries of one currency that sum to zero; credits are positive. Every
 * guard is a conditional UPDATE whose row count decides, accounts are taken in id order, and entries never
 * change: a mistake is a posting that reverses another.
 *
 * All of this runs inside a writer job (it needs store_draft()), and a failure leaves parts behind: the job
 * returns it, so that its savepoint rolls back.
 */
#ifndef BANK_LEDGER_H
#define BANK_LEDGER_H

#include "bank/store.h"
#include "base/date.h"

#define POSTING_LEGS_MAX 16
#define AMOUNT_MAX INT64_C(100000000000000000) /* minor units; sums of a million of them are still exact */

/* One entry to be. Texts are borrowed; NULL where there is nothing to say. */
struct leg {
	int64_t account;
	int64_t amount;            /* minor units, credit positive, not zero */
	const char *kind;          /* stable code of model/entry.h: "transfer", "fee", ...; see entry_title() */
	const char *party;         /* name of the other side */
	const char *party_account; /* its account number, whole; masked when shown */
	const char *remittance;
};

struct posting {
	int64_t orders;   /* orders.id, 0 none */
	int64_t reverses; /* posting.id, 0 none */
	int64_t booked;   /* UTC seconds */
	const char *currency;
	const struct leg *legs; /* entries get their lines in this order */
	size_t count;
};

/*
 * Book it on the open business date. *ret gets posting.id (dense, from 1).
 * -EAGAIN an account cannot pay (balance less holds), -EACCES one is blocked, dormant for a debit, closed
 * or of another currency, -ENOENT there is none, -EINVAL the legs do not sum to zero, -ENODATA no business date
 * is open, -EEXIST already reversed, and the store's errors.
 */
int ledger_post(struct store *s, const struct posting *p, int64_t *ret);

/* Book the opposite of an earlier posting, each leg named by kind. Errors as above; -EEXIST the second time. */
int ledger_reverse(struct store *s, int64_t posting, int64_t orders, const char *kind, int64_t booked, int64_t *ret);

/*
 * Keep amount (> 0) of an account from being spent until hold_release. -EAGAIN, -EACCES, -ENOENT as above;
 * -EEXIST when the order already holds some of it.
 */
int hold_place(struct store *s, int64_t orders, int64_t account, int64_t amount, int64_t at);
/* Release all that an order still holds; 0 also when that is nothing. */
int hold_release(struct store *s, int64_t orders, int64_t at);

/* Count amount against a customer's limit of a day. -EDQUOT when that would pass most. */
int daily_count(struct store *s, int64_t customer, date_days date, const char *limit_name, int64_t amount,
		int64_t most);
/* Give it back: what was counted did not happen. */
int daily_uncount(struct store *s, int64_t customer, date_days date, const char *limit_name, int64_t amount);
/* What is counted so far. */
int daily_total(struct store *s, int64_t customer, date_days date, const char *limit_name, int64_t *ret);

/* The open business date; on any connection. -ENODATA when none is. */
int business_date(struct store *s, date_days *ret);
/* Close the open date and open another. Dates only rise: -EINVAL otherwise. at: UTC seconds. */
int business_date_turn(struct store *s, date_days date, int64_t at);

/* An account by its stable code ("fee-income", "clearing"): internal accounts. -ENOENT. */
int ledger_internal(struct store *s, const char *code, int64_t *ret);

#endif
