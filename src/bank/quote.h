/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotes: a family's plan, and the quote of the contract that shows it. */
#ifndef BANK_QUOTE_H
#define BANK_QUOTE_H

#include "bank/order_family.h"

struct catalogue;

/*
 * Plan an instruction by its family; q->plan is zeroed and the caller plan_release()s it in any case.
 * -EINVAL: the instruction is no object, or has a field that the type does not know (*ret_name; NULL when it
 * is no object). -ENOMEM and store errors: the bank's trouble.
 */
int quote_plan(struct quoting *q, const struct order_family *family, const char **ret_name);

/* What a quote is asked with: now, the open business date. -ENODATA before the bank's first day. */
int quoting_init(struct quoting *q, struct store *s, int64_t now, int64_t customer);

struct quote_view {
	const struct catalogue *language; /* NULL English */
	const char *code_hint;            /* where a code would go, "sent to ..."; NULL none */
};
/* The quote of the contract; release with json_release(ret, &quote_json). -ENOMEM. */
int quote_render(struct plan *p, const struct order_family *family, const struct quote_view *view, int64_t now,
		 struct quote *ret);

/* The review of a complete plan as model values, owned by the caller; -ENOMEM. */
int quote_review(const struct plan *p, const struct catalogue *language, struct review_line **ret, size_t *ret_count);

/* Field errors of a plan as for problem.errors: appended as model values, owned by the caller. -ENOMEM. */
int quote_errors(const struct plan *p, const struct catalogue *language, struct field_error **ret, size_t *ret_count);

#endif
