/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The receipt of an order as fixed lines: what a customer keeps, and what a printer of RECEIPT_COLUMNS prints.
 * Only an order that was booked has one (order->receipt is set).
 */
#ifndef PAPER_RECEIPT_H
#define PAPER_RECEIPT_H

#include "base/buf.h"
#include "model/order.h"

#define RECEIPT_COLUMNS 38 /* display columns: a 58 mm roll, and a screen of 40 */

struct receipt_facts {
	const struct order *order;
	const char *bank_name;
	const char *payer;    /* name of the customer */
	const char *language; /* "en", "zh_CN": amounts in words */
	int zone_seconds;     /* the bank's, east of UTC */
};

/* Append the lines, each ended by '\n'. 0, -ENOENT when the order has no receipt, or the buffer's error. */
int receipt_write(const struct receipt_facts *facts, struct buf *out);

#endif
