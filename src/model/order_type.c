/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/order_type.h"

#include "model/fields.h"

static const struct json_field order_type_fields[] = {
	REQUIRED(order_type, type, "type", JSON_TEXT),
	REQUIRED(order_type, code, "code", JSON_TEXT),
	REQUIRED(order_type, family, "family", JSON_TEXT),
	REQUIRED(order_type, title, "title", JSON_TEXT),
	OPTIONAL(order_type, summary, "summary", JSON_TEXT, .max = 400),
	OPTIONAL(order_type, form, "form", JSON_RAW),
};
const struct json_table order_type_json = TABLE("OrderType", order_type);

static const struct json_field order_type_list_fields[] = {
	REQUIRED(order_type_list, types, "orderTypes", JSON_LIST, .sub = &order_type_json),
};
const struct json_table order_type_list_json = TABLE("OrderTypeList", order_type_list);
