/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an order stands, on a page: used by the order screen and by receipts. */
#ifndef SCREENS_ORDER_RESULT_H
#define SCREENS_ORDER_RESULT_H

#include "model/order.h"
#include "screens/screen.h"

/* Heading and a notice of the state with its reason: what a person wants to know first. */
void order_result_build_state(struct page *p, const struct order *order);
/* The review lines and what identifies the order. */
void order_result_build_details(struct visit *v, struct page *p, const struct order *order);

/* The first open need that is a proof by PIN or code; NULL none. */
const struct need *order_open_proof(const struct order *order);

#endif
