/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the bank to a customer, kept untranslated. */
#ifndef BANK_MESSAGE_H
#define BANK_MESSAGE_H

#include "bank/said.h"
#include "bank/store.h"

/* Write one, with its event. order_key: the order's id on the wire, NULL none. at: UTC seconds. 0 or a store error. */
int message_add(struct store *s, int64_t customer, const struct said *title, const struct said *text,
		const char *order_key, int64_t at);

#endif
