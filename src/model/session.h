/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A login: a token that works only with the terminal key it was made with. */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

#include "base/json.h"

enum customer_segment {
	CUSTOMER_SEGMENT_NONE,
	CUSTOMER_SEGMENT_STANDARD,
	CUSTOMER_SEGMENT_WEALTH,
	CUSTOMER_SEGMENT_SENIOR,
};
extern const char *const customer_segment_names[]; /* wire names by value, NULL at the end */

/* POST /v1/sessions. */
struct session_request {
	char *customer_number;
	struct secret *password;
};
extern const struct json_table session_request_json;

/* POST /v1/sessions/current/unlock: the login password again, after a lock or an absence. */
struct unlock_request {
	struct secret *password;
};
extern const struct json_table unlock_request_json;

/* Shown at home, so that a stranger's login is noticed. */
struct last_login {
	int64_t at; /* absent at the first login */
	char *terminal; /* label of the terminal */
	int failed_attempts; /* wrong passwords since then */
};
extern const struct json_table last_login_json;

/* The person logged in. */
struct customer {
	char *number;
	char *name;
	int segment; /* enum customer_segment */
	char *phone; /* masked: 138****0001 */
};
extern const struct json_table customer_json;

/* The answer to a login; token is sent as "Authorization: Bearer". */
struct session {
	struct secret *token; /* only in the answer to POST */
	int64_t expires;
	int idle_seconds;
	struct customer customer;
	struct last_login last_login;
};
extern const struct json_table session_json;

#endif
