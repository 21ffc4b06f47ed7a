/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/session.h"

#include "model/fields.h"

const char *const customer_segment_names[] = { "", "standard", "wealth", "senior", NULL };

static const struct json_field session_request_fields[] = {
	REQUIRED(session_request, customer_number, "customerNumber", JSON_TEXT, .max = 32),
	REQUIRED(session_request, password, "password", JSON_SECRET),
};
const struct json_table session_request_json = TABLE("SessionRequest", session_request);

static const struct json_field unlock_request_fields[] = {
	REQUIRED(unlock_request, password, "password", JSON_SECRET),
};
const struct json_table unlock_request_json = TABLE("UnlockRequest", unlock_request);

static const struct json_field last_login_fields[] = {
	OPTIONAL(last_login, at, "dateTime", JSON_INSTANT),
	OPTIONAL(last_login, terminal, "terminal", JSON_TEXT),
	REQUIRED(last_login, failed_attempts, "failedAttempts", JSON_INT),
};
const struct json_table last_login_json = TABLE("LastLogin", last_login);

static const struct json_field customer_fields[] = {
	REQUIRED(customer, number, "customerNumber", JSON_TEXT),
	REQUIRED(customer, name, "name", JSON_TEXT),
	REQUIRED(customer, segment, "segment", JSON_ENUM, .names = customer_segment_names),
	REQUIRED(customer, phone, "phone", JSON_TEXT),
};
const struct json_table customer_json = TABLE("Customer", customer);

static const struct json_field session_fields[] = {
	OPTIONAL(session, token, "token", JSON_SECRET),
	REQUIRED(session, expires, "expiresDateTime", JSON_INSTANT),
	REQUIRED(session, idle_seconds, "idleSeconds", JSON_INT),
	REQUIRED(session, customer, "customer", JSON_OBJECT, .sub = &customer_json),
	REQUIRED(session, last_login, "lastLogin", JSON_OBJECT, .sub = &last_login_json),
};
const struct json_table session_json = TABLE("Session", session);
