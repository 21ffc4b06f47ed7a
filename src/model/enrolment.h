/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a terminal becomes known: a ticket, a key of its own, a certificate. */
#ifndef MODEL_ENROLMENT_H
#define MODEL_ENROLMENT_H

#include "base/json.h"

/*
 * POST /v1/enrolments: the one-time code of a ticket and a PKCS #10 request for the P-256
 * key just made.
 */
struct enrolment_request {
	struct secret *code; /* the one-time code of the ticket */
	char *request; /* PEM */
	char *label; /* what people call this terminal */
};
extern const struct json_table enrolment_request_json;

/* The signed certificate; the terminal is its subject. */
struct enrolment {
	char *terminal_id;
	char *certificate; /* PEM */
	int64_t expires;
};
extern const struct json_table enrolment_json;

#endif
