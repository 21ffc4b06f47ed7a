/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What planning a transfer (transfer.c) hands to carrying it out (transfer_post.c). */
#ifndef BANK_ORDERS_TRANSFER_H
#define BANK_ORDERS_TRANSFER_H

#include "bank/order_record.h"
#include "base/json.h"

/* What is remembered until posting: who is paid, as the plan found it. Stored as order_record.note. */
struct transfer_note {
	int kind; /* enum creditor_kind */
	char *agent, *number, *name;
	char *shown; /* the name as the debtor may see it */
	char *debtor_number, *debtor_name;
	char *remittance;
	bool is_saved; /* keep the payee when it is paid */
};
extern const struct json_table transfer_note_json;

/* As in struct order_family. */
int transfer_post(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret);
int transfer_purpose(const struct order_record *o, struct said *ret);
int transfer_settle(struct store *s, const struct order_record *o, int64_t now, struct outcome *ret);

#endif
