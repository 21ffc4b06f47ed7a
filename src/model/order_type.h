/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types of orders: what can be ordered at this bank. */
#ifndef MODEL_ORDER_TYPE_H
#define MODEL_ORDER_TYPE_H

#include "base/json.h"

/* form is a JSON Schema: the contract of the instruction. */
struct order_type {
	char *type; /* "transfer" */
	char *code; /* short code for a command line, "TR" */
	char *family;
	char *title;
	char *summary;
	struct cJSON *form; /* absent in the list */
};
extern const struct json_table order_type_json;

/* GET /v1/order-types: those this person may use. */
struct order_type_list {
	struct order_type *types;
	size_t types_count;
};
extern const struct json_table order_type_list_json;

#endif
