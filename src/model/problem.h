/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, as RFC 9457 application/problem+json with a stable code. */
#ifndef MODEL_PROBLEM_H
#define MODEL_PROBLEM_H

#include "base/json.h"

/* One field of a request that cannot be accepted. */
struct field_error {
	char *path; /* JSON pointer into the request, "/instruction/instructedAmount" */
	char *code; /* stable, e.g. "amount-over-limit" */
	char *detail; /* a sentence for people, in the asked language */
};
extern const struct json_table field_error_json;

/*
 * An error answer. status is the HTTP status; code is stable and documented in the
 * contract.
 */
struct problem {
	char *type; /* "about:blank" */
	char *title; /* short, for people */
	int status;
	char *detail; /* what happened and what to do */
	char *instance; /* the interaction id, urn:uuid:... */
	char *code;
	int attempts_left; /* tries left before a lock; 0 with until when locked */
	int64_t until; /* when a lock or back-off ends */
	struct field_error *errors;
	size_t errors_count;
};
extern const struct json_table problem_json;

#endif
