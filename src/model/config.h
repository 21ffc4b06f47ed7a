/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bank is and can do; readable before login. */
#ifndef MODEL_CONFIG_H
#define MODEL_CONFIG_H

#include "base/json.h"

/* A currency the bank keeps accounts in. */
struct currency {
	char *code; /* ISO 4217 */
	int digits; /* 0-4 */
};
extern const struct json_table currency_json;

/* GET /v1/config. */
struct config {
	char *version; /* of the API, "1.0.0" */
	char *bank_name; /* in the asked language */
	char *bank_code; /* of this bank in the directory of banks */
	char *help_phone; /* a person answers here */
	int64_t now; /* the bank clock */
	int zone_seconds; /* the bank zone, seconds east of UTC */
	date_days business_date;
	bool is_demo; /* demo people exist here (loopback only) */
	int idle_seconds; /* a session dies after so long without a request */
	char **features; /* names of optional parts that are on */
	size_t features_count;
	struct currency *currencies;
	size_t currencies_count;
};
extern const struct json_table config_json;

#endif
