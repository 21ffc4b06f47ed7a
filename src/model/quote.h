/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order would do, before it is one. */
#ifndef MODEL_QUOTE_H
#define MODEL_QUOTE_H

#include "base/json.h"
#include "model/form.h"

enum review_kind {
	REVIEW_KIND_NONE,
	REVIEW_KIND_TEXT,
	REVIEW_KIND_NAME,
	REVIEW_KIND_ACCOUNT,
	REVIEW_KIND_AMOUNT,
	REVIEW_KIND_FEE,
	REVIEW_KIND_TOTAL,
	REVIEW_KIND_DATE,
};
extern const char *const review_kind_names[]; /* wire names by value, NULL at the end */

enum need_kind {
	NEED_KIND_NONE,
	NEED_KIND_PROOF,
	NEED_KIND_APPROVAL,
	NEED_KIND_ACCEPTANCE,
	NEED_KIND_DOCUMENT,
	NEED_KIND_SIGNATURE,
	NEED_KIND_REVIEW,
	NEED_KIND_COOLING_OFF,
};
extern const char *const need_kind_names[]; /* wire names by value, NULL at the end */

enum need_by {
	NEED_BY_NONE,
	NEED_BY_PIN,
	NEED_BY_CODE,
	NEED_BY_DEVICE,
	NEED_BY_PERSON,
};
extern const char *const need_by_names[]; /* wire names by value, NULL at the end */

enum need_status {
	NEED_STATUS_NONE,
	NEED_STATUS_OPEN,
	NEED_STATUS_MET,
	NEED_STATUS_FAILED,
	NEED_STATUS_EXPIRED,
};
extern const char *const need_status_names[]; /* wire names by value, NULL at the end */

/* POST /v1/quotes; instruction may be incomplete or empty. */
struct quote_request {
	char *type;
	struct cJSON *instruction; /* an object of field values */
};
extern const struct json_table quote_request_json;

/* One line of a review or receipt. */
struct review_line {
	char *name; /* stable */
	char *label;
	char *text; /* the value for people */
	int kind; /* enum review_kind */
	struct money amount; /* kinds amount, fee and total */
};
extern const struct json_table review_line_json;

/* Something to know before confirming. */
struct warning {
	char *code;
	char *text;
};
extern const struct json_table warning_json;

/* What a waiting order still needs, one way to be met each. */
struct need {
	int kind; /* enum need_kind */
	int by; /* enum need_by: how, for kind proof */
	int status; /* enum need_status */
	int64_t until;
	int attempts_left;
	char *hint; /* "sent to 138****0001" */
};
extern const struct json_table need_json;

/* fields always; the rest when the instruction is complete and without errors. */
struct quote {
	char *type;
	char *title;
	struct form_field *fields;
	size_t fields_count;
	bool is_complete;
	struct review_line *review;
	size_t review_count;
	struct money total; /* what leaves the account, fee included */
	struct money fee;
	int64_t execution; /* when it is sent; absent: at once */
	struct warning *warnings;
	size_t warnings_count;
	struct need *needs;
	size_t needs_count;
	int64_t valid_until;
	char *terms; /* SHA-256 in hex of all of these; goes into the order */
};
extern const struct json_table quote_json;

#endif
