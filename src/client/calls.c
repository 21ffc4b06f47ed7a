/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation of api/openapi.yaml: a new one is one line here and one name in client.h. */
#include "client/call.h"
#include "model/account.h"
#include "model/enrolment.h"
#include "model/entry.h"
#include "model/event.h"
#include "model/message.h"
#include "model/order_type.h"
#include "model/payee.h"

#define READ_MS	 20000
#define WRITE_MS 30000
#define WAIT_MS	 75000 /* the bank waits up to 60 s for an event */

#define CALL(operation, ...) const struct call_type call_##operation = { __VA_ARGS__ }

CALL(get_config, "getConfig", "GET", "/v1/config", NULL, &config_json, READ_MS,
     .is_anonymous = true);
CALL(create_enrolment, "createEnrolment", "POST", "/v1/enrolments", &enrolment_request_json,
     &enrolment_json, WRITE_MS, .is_anonymous = true);
CALL(create_session, "createSession", "POST", "/v1/sessions", &session_request_json, &session_json,
     WRITE_MS, .is_anonymous = true);
CALL(get_session, "getSession", "GET", "/v1/sessions/current", NULL, &session_json, READ_MS);
CALL(delete_session, "deleteSession", "DELETE", "/v1/sessions/current", NULL, NULL, READ_MS);
CALL(unlock_session, "unlockSession", "POST", "/v1/sessions/current/unlock", &unlock_request_json,
     NULL, WRITE_MS);
CALL(list_accounts, "listAccounts", "GET", "/v1/accounts", NULL, &account_list_json, READ_MS);
CALL(get_account, "getAccount", "GET", "/v1/accounts/{accountId}", NULL, &account_json, READ_MS);
CALL(list_entries, "listEntries", "GET", "/v1/accounts/{accountId}/entries", NULL, &entry_page_json,
     READ_MS);
CALL(list_payees, "listPayees", "GET", "/v1/payees", NULL, &payee_list_json, READ_MS);
CALL(look_up, "lookUp", "GET", "/v1/lookups/{lookup}", NULL, &choice_page_json, READ_MS);
CALL(list_order_types, "listOrderTypes", "GET", "/v1/order-types", NULL, &order_type_list_json,
     READ_MS);
CALL(get_order_type, "getOrderType", "GET", "/v1/order-types/{type}", NULL, &order_type_json,
     READ_MS);
CALL(create_quote, "createQuote", "POST", "/v1/quotes", &quote_request_json, &quote_json, READ_MS);
CALL(list_orders, "listOrders", "GET", "/v1/orders", NULL, &order_list_json, READ_MS);
CALL(create_order, "createOrder", "POST", "/v1/orders", &order_request_json, &order_json, WRITE_MS);
CALL(get_order, "getOrder", "GET", "/v1/orders/{orderId}", NULL, &order_json, READ_MS);
CALL(void_order, "voidOrder", "DELETE", "/v1/orders/{orderId}", NULL, &order_json, WRITE_MS);
CALL(authorise_order, "authoriseOrder", "POST", "/v1/orders/{orderId}/authorisations",
     &authorisation_request_json, &order_json, WRITE_MS);
CALL(send_code, "sendCode", "POST", "/v1/orders/{orderId}/codes", NULL, &order_json, WRITE_MS);
CALL(list_events, "listEvents", "GET", "/v1/events", NULL, &event_page_json, WAIT_MS);
CALL(list_messages, "listMessages", "GET", "/v1/messages", NULL, &message_list_json, READ_MS);
CALL(read_message, "readMessage", "POST", "/v1/messages/{messageId}/read", NULL, NULL, WRITE_MS);
