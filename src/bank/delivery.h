/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text messages to customers' phones.
 *
 * The demo's only carrier appends a line "<RFC 3339 time> <text>" to DIR/delivery/<customerNumber>.txt
 * (0600), which the demo client shows as the phone. No route ever answers a code.
 */
#ifndef BANK_DELIVERY_H
#define BANK_DELIVERY_H

#include "base/err.h"

struct bank;

/* customer_number: [0-9A-Za-z]{1,32}, else -EINVAL. Newlines in text become spaces. Any thread. */
int delivery_send(struct bank *bank, const char *customer_number, const char *text, struct err *err);

#endif
