/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of an order type as it now stands. */
#ifndef MODEL_FORM_H
#define MODEL_FORM_H

#include "base/json.h"
#include "model/problem.h"

enum field_kind {
	FIELD_KIND_NONE,
	FIELD_KIND_TEXT,
	FIELD_KIND_NAME,
	FIELD_KIND_ACCOUNT,
	FIELD_KIND_PAYEE,
	FIELD_KIND_ACCOUNT_NUMBER,
	FIELD_KIND_AMOUNT,
	FIELD_KIND_CHOICE,
	FIELD_KIND_DATE,
	FIELD_KIND_BOOLEAN,
	FIELD_KIND_LOOKUP,
	FIELD_KIND_GROUP,
	FIELD_KIND_DENOMINATIONS,
	FIELD_KIND_QUANTITY,
	FIELD_KIND_RATE,
	FIELD_KIND_PHONE,
};
extern const char *const field_kind_names[]; /* wire names by value, NULL at the end */

/* One thing that can be chosen. */
struct choice {
	char *value;
	char *title;
	char *detail; /* second line: balance, masked number */
};
extern const struct json_table choice_json;

/* One field. Which fields exist, their choices and errors can change with each quote. */
struct form_field {
	char *name; /* key in the instruction */
	int kind; /* enum field_kind */
	char *title;
	char *hint;
	bool is_required;
	struct cJSON *value; /* as in the instruction: a string, or an Amount for kind amount */
	char *display; /* the value for people, e.g. the masked name behind an account number */
	int max_length; /* characters; 0 unlimited up to 256 bytes */
	char *currency; /* kind amount */
	char *lookup; /* name for GET /v1/lookups/{name} when choices are too many to list */
	int minimum; /* kind group: least repetitions */
	int maximum; /* kind group: most */
	struct choice *choices;
	size_t choices_count;
	struct form_field *fields; /* kind group */
	size_t fields_count;
	struct field_error *error; /* absent when the value is fine or still empty */
};
extern const struct json_table form_field_json;

/* GET /v1/lookups/{name}?q=: at most 50 best matches. */
struct choice_page {
	struct choice *choices;
	size_t choices_count;
};
extern const struct json_table choice_page_json;

#endif
