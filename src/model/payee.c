/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/payee.h"

#include "model/fields.h"

static const struct json_field payee_fields[] = {
	REQUIRED(payee, id, "payeeId", JSON_TEXT),
	REQUIRED(payee, name, "name", JSON_TEXT),
	OPTIONAL(payee, alias, "alias", JSON_TEXT),
	REQUIRED(payee, account, "identification", JSON_TEXT),
	REQUIRED(payee, agent, "agentCode", JSON_TEXT),
	REQUIRED(payee, agent_name, "agentName", JSON_TEXT),
	REQUIRED(payee, is_own_bank, "isOwnBank", JSON_BOOL),
	OPTIONAL(payee, last_used, "lastUsedDateTime", JSON_INSTANT),
};
const struct json_table payee_json = TABLE("Payee", payee);

static const struct json_field payee_list_fields[] = {
	REQUIRED(payee_list, payees, "payees", JSON_LIST, .sub = &payee_json),
};
const struct json_table payee_list_json = TABLE("PayeeList", payee_list);
