/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/config.h"

#include "model/fields.h"

static const struct json_field currency_fields[] = {
	REQUIRED(currency, code, "code", JSON_TEXT),
	REQUIRED(currency, digits, "minorUnits", JSON_INT),
};
const struct json_table currency_json = TABLE("Currency", currency);

static const struct json_field config_fields[] = {
	REQUIRED(config, version, "version", JSON_TEXT),
	REQUIRED(config, bank_name, "bankName", JSON_TEXT),
	REQUIRED(config, bank_code, "bankCode", JSON_TEXT),
	REQUIRED(config, help_phone, "helpPhone", JSON_TEXT),
	REQUIRED(config, now, "dateTime", JSON_INSTANT),
	REQUIRED(config, zone_seconds, "zoneSeconds", JSON_INT),
	REQUIRED(config, business_date, "businessDate", JSON_DATE),
	REQUIRED(config, is_demo, "isDemo", JSON_BOOL),
	REQUIRED(config, idle_seconds, "idleSeconds", JSON_INT),
	REQUIRED(config, features, "features", JSON_TEXTS),
	REQUIRED(config, currencies, "currencies", JSON_LIST, .sub = &currency_json),
};
const struct json_table config_json = TABLE("Config", config);
