/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved payees, and whom a customer has paid before. */
#ifndef BANK_PAYEE_H
#define BANK_PAYEE_H

#include "bank/orders/creditor.h"

/* Choices of a field, most recently used first: each value after a prefix. */
int payee_choices(struct quoting *q, struct plan_field *f, const char *prefix);
/* The payee as a creditor. 1 found, 0 none of this customer, or a store error. */
int payee_creditor(struct quoting *q, const char *id, struct creditor *ret);

/* Whether the customer has paid this account before. */
int payee_is_known(struct store *s, int64_t customer, const char *agent, const char *number, bool *ret);
/* It was paid now. */
int payee_paid(struct store *s, int64_t customer, const char *agent, const char *number, int64_t now);

struct payee_new {
	int64_t customer;
	const char *name, *alias, *agent, *number; /* alias may be NULL */
};
/* Save a payee, with its event; 0 also when the account is saved already. */
int payee_save(struct store *s, const struct payee_new *p, int64_t now);
/* -ENOENT when the customer has no such payee. */
int payee_remove(struct store *s, int64_t customer, int64_t id, int64_t now);

#endif
