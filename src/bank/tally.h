/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often something happened to a customer in a period (a day, an hour), against a most that a parameter names.
 * Only the latest period is kept; a clock set back begins none anew. In a writer's job.
 */
#ifndef BANK_TALLY_H
#define BANK_TALLY_H

#include "bank/store.h"

enum tally_kind { TALLY_CODE_SENT, TALLY_CODE_WRONG, TALLY_TOMBSTONE };

/* Count one at an instant. -EDQUOT: the period has as many already; *ret_until (may be NULL) is when it ends. */
int tally_add(struct store *s, int64_t customer, enum tally_kind kind, int64_t now, int64_t *ret_until);
/* It turned out not to count. */
int tally_take_back(struct store *s, int64_t customer, enum tally_kind kind);
/* 0 there is room for one more, -EDQUOT as above, or a store error; counts nothing. */
int tally_check(struct store *s, int64_t customer, enum tally_kind kind, int64_t now, int64_t *ret_until);

#endif
