/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/order.h"

#include "model/fields.h"

const char *const order_state_names[] = {
	"", "waiting", "scheduled", "accepted", "done", "rejected", "voided", "expired", NULL
};

static const struct json_field order_request_fields[] = {
	REQUIRED(order_request, type, "type", JSON_TEXT),
	REQUIRED(order_request, instruction, "instruction", JSON_RAW),
	REQUIRED(order_request, terms, "terms", JSON_TEXT),
};
const struct json_table order_request_json = TABLE("OrderRequest", order_request);

static const struct json_field authorisation_request_fields[] = {
	REQUIRED(authorisation_request, kind, "kind", JSON_ENUM, .names = need_kind_names),
	REQUIRED(authorisation_request, by, "by", JSON_ENUM, .names = need_by_names),
	REQUIRED(authorisation_request, proof, "proof", JSON_SECRET),
	REQUIRED(authorisation_request, terms, "terms", JSON_TEXT),
};
const struct json_table authorisation_request_json = TABLE("AuthorisationRequest", authorisation_request);

static const struct json_field state_reason_fields[] = {
	REQUIRED(state_reason, code, "code", JSON_TEXT),
	REQUIRED(state_reason, detail, "detail", JSON_TEXT, .max = 600),
};
const struct json_table state_reason_json = TABLE("StateReason", state_reason);

static const struct json_field order_context_fields[] = {
	REQUIRED(order_context, maker, "maker", JSON_TEXT),
	REQUIRED(order_context, terminal, "terminal", JSON_TEXT),
	REQUIRED(order_context, channel, "channel", JSON_TEXT),
};
const struct json_table order_context_json = TABLE("OrderContext", order_context);

static const struct json_field order_links_fields[] = {
	OPTIONAL(order_links, parent, "parent", JSON_TEXT),
	OPTIONAL(order_links, replaces, "replaces", JSON_TEXT),
	OPTIONAL(order_links, reverses, "reverses", JSON_TEXT),
	OPTIONAL(order_links, mandate, "mandate", JSON_TEXT),
};
const struct json_table order_links_json = TABLE("OrderLinks", order_links);

static const struct json_field order_fields[] = {
	REQUIRED(order, id, "orderId", JSON_TEXT),
	REQUIRED(order, type, "type", JSON_TEXT),
	REQUIRED(order, title, "title", JSON_TEXT),
	REQUIRED(order, state, "state", JSON_ENUM, .names = order_state_names),
	REQUIRED(order, state_title, "stateTitle", JSON_TEXT),
	OPTIONAL(order, reason, "stateReason", JSON_OBJECT_PTR, .sub = &state_reason_json),
	REQUIRED(order, instruction, "instruction", JSON_RAW),
	REQUIRED(order, terms, "terms", JSON_TEXT),
	REQUIRED(order, review, "review", JSON_LIST, .sub = &review_line_json, .max = 60),
	OPTIONAL(order, total, "total", JSON_MONEY),
	OPTIONAL(order, fee, "fee", JSON_MONEY),
	OPTIONAL(order, needs, "needs", JSON_LIST, .sub = &need_json, .max = 10),
	REQUIRED(order, created, "creationDateTime", JSON_INSTANT),
	REQUIRED(order, updated, "statusUpdateDateTime", JSON_INSTANT),
	OPTIONAL(order, execution, "executionDateTime", JSON_INSTANT),
	OPTIONAL(order, business_date, "businessDate", JSON_DATE),
	REQUIRED(order, can_void, "voidable", JSON_BOOL),
	OPTIONAL(order, receipt, "receiptNumber", JSON_TEXT),
	REQUIRED(order, interaction, "interactionId", JSON_TEXT),
	REQUIRED(order, context, "context", JSON_OBJECT, .sub = &order_context_json),
	OPTIONAL(order, links, "links", JSON_OBJECT_PTR, .sub = &order_links_json),
};
const struct json_table order_json = TABLE("Order", order);

static const struct json_field order_list_fields[] = {
	REQUIRED(order_list, orders, "orders", JSON_LIST, .sub = &order_json, .max = 100),
	OPTIONAL(order_list, older, "olderCursor", JSON_TEXT),
};
const struct json_table order_list_json = TABLE("OrderList", order_list);
