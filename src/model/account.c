/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/account.h"

#include "model/fields.h"

const char *const account_status_names[] = { "", "enabled", "dormant", "blocked", "closed", NULL };

const char *const side_names[] = { "", "Credit", "Debit", NULL };

static const struct json_field account_fields[] = {
	REQUIRED(account, id, "accountId", JSON_TEXT),
	REQUIRED(account, number, "identification", JSON_TEXT),
	REQUIRED(account, name, "name", JSON_TEXT),
	OPTIONAL(account, nickname, "nickname", JSON_TEXT),
	REQUIRED(account, class, "accountClass", JSON_INT),
	REQUIRED(account, status, "status", JSON_ENUM, .names = account_status_names),
	REQUIRED(account, balance, "balance", JSON_MONEY),
	REQUIRED(account, balance_side, "balanceIndicator", JSON_ENUM, .names = side_names),
	REQUIRED(account, available, "available", JSON_MONEY),
	REQUIRED(account, held, "held", JSON_MONEY),
	REQUIRED(account, opened, "openingDate", JSON_DATE),
	REQUIRED(account, entry_count, "entryCount", JSON_INT),
};
const struct json_table account_json = TABLE("Account", account);

static const struct json_field account_list_fields[] = {
	REQUIRED(account_list, accounts, "accounts", JSON_LIST, .sub = &account_json),
};
const struct json_table account_list_json = TABLE("AccountList", account_list);
