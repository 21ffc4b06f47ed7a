/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an order that is about to be carried out still is what was agreed to. */
#ifndef BANK_ORDER_TERMS_H
#define BANK_ORDER_TERMS_H

#include "bank/order_record.h"

/*
 * Before every posting of a stored order: it must be what its history sealed, and its instruction, planned anew, must
 * come to the same terms. Then *ret is true and o carries the fresh plan's total, fee, debtor and note, from which it
 * is posted: nothing that lay in the store since is believed. A waiting order is planned at now and o->execution says
 * when it is to be sent; a scheduled one at the instant it was given, because its date was reckoned from there, but by
 * the parameters of today. Needs may have fallen away (the payee is known by now), none may have been added.
 * 0, or the store's error; *ret is set on success only.
 */
int order_terms_hold(struct store *s, struct order_record *o, int64_t now, bool *ret);

#endif
