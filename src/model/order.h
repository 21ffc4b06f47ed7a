/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders: the only verb. */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include "base/json.h"
#include "model/quote.h"

enum order_state {
	ORDER_STATE_NONE,
	ORDER_STATE_WAITING,
	ORDER_STATE_SCHEDULED,
	ORDER_STATE_ACCEPTED,
	ORDER_STATE_DONE,
	ORDER_STATE_REJECTED,
	ORDER_STATE_VOIDED,
	ORDER_STATE_EXPIRED,
};
extern const char *const order_state_names[]; /* wire names by value, NULL at the end */

/* POST /v1/orders with Idempotency-Key: 32 hex digits, the order id to be. */
struct order_request {
	char *type;
	struct cJSON *instruction;
	char *terms;
};
extern const struct json_table order_request_json;

/* POST /v1/orders/{orderId}/authorisations. */
struct authorisation_request {
	int kind;
	int by;
	struct secret *proof; /* the PIN or the code */
	char *terms; /* what is being authorised */
};
extern const struct json_table authorisation_request_json;

/* Why a state was reached. */
struct state_reason {
	char *code;
	char *detail;
};
extern const struct json_table state_reason_json;

/* Who and where. */
struct order_context {
	char *maker; /* customer or staff number */
	char *terminal; /* terminal label */
	char *channel; /* "home", "kiosk", "counter" */
};
extern const struct json_table order_context_json;

/* Other orders this one belongs to. */
struct order_links {
	char *parent;
	char *replaces;
	char *reverses;
	char *mandate;
};
extern const struct json_table order_links_json;

/* An order as it stands. Only "done" is success. */
struct order {
	char *id; /* the Idempotency-Key */
	char *type;
	char *title;
	int state; /* enum order_state */
	char *state_title; /* for people */
	struct state_reason *reason;
	struct cJSON *instruction;
	char *terms;
	struct review_line *review;
	size_t review_count;
	struct money total;
	struct money fee;
	struct need *needs;
	size_t needs_count;
	int64_t created;
	int64_t updated;
	int64_t execution;
	date_days business_date; /* booked on */
	bool can_void; /* DELETE would withdraw it now */
	char *receipt; /* once booked */
	char *interaction;
	struct order_context context;
	struct order_links *links;
};
extern const struct json_table order_json;

/* GET /v1/orders, newest first. */
struct order_list {
	struct order *orders;
	size_t orders_count;
	char *older;
};
extern const struct json_table order_list_json;

#endif
