/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quote.h"

#include "model/fields.h"

const char *const review_kind_names[] = { "", "text", "name", "account", "amount", "fee", "total", "date", NULL };

const char *const need_kind_names[] = {
	"", "proof", "approval", "acceptance", "document", "signature", "review", "cooling-off", NULL
};

const char *const need_by_names[] = { "", "pin", "code", "device", "person", NULL };

const char *const need_status_names[] = { "", "open", "met", "failed", "expired", NULL };

static const struct json_field quote_request_fields[] = {
	REQUIRED(quote_request, type, "type", JSON_TEXT),
	REQUIRED(quote_request, instruction, "instruction", JSON_RAW),
};
const struct json_table quote_request_json = TABLE("QuoteRequest", quote_request);

static const struct json_field review_line_fields[] = {
	REQUIRED(review_line, name, "name", JSON_TEXT),
	REQUIRED(review_line, label, "label", JSON_TEXT),
	REQUIRED(review_line, text, "text", JSON_TEXT, .max = 400),
	REQUIRED(review_line, kind, "kind", JSON_ENUM, .names = review_kind_names),
	OPTIONAL(review_line, amount, "amount", JSON_MONEY),
};
const struct json_table review_line_json = TABLE("ReviewLine", review_line);

static const struct json_field warning_fields[] = {
	REQUIRED(warning, code, "code", JSON_TEXT),
	REQUIRED(warning, text, "text", JSON_TEXT, .max = 600),
};
const struct json_table warning_json = TABLE("Warning", warning);

static const struct json_field need_fields[] = {
	REQUIRED(need, kind, "kind", JSON_ENUM, .names = need_kind_names),
	REQUIRED(need, by, "by", JSON_ENUM, .names = need_by_names),
	REQUIRED(need, status, "status", JSON_ENUM, .names = need_status_names),
	OPTIONAL(need, until, "until", JSON_INSTANT),
	OPTIONAL(need, attempts_left, "attemptsLeft", JSON_INT),
	OPTIONAL(need, hint, "hint", JSON_TEXT, .max = 300),
};
const struct json_table need_json = TABLE("Need", need);

static const struct json_field quote_fields[] = {
	REQUIRED(quote, type, "type", JSON_TEXT),
	REQUIRED(quote, title, "title", JSON_TEXT),
	REQUIRED(quote, fields, "fields", JSON_LIST, .sub = &form_field_json, .max = 60),
	REQUIRED(quote, is_complete, "complete", JSON_BOOL),
	OPTIONAL(quote, review, "review", JSON_LIST, .sub = &review_line_json, .max = 60),
	OPTIONAL(quote, total, "total", JSON_MONEY),
	OPTIONAL(quote, fee, "fee", JSON_MONEY),
	OPTIONAL(quote, execution, "executionDateTime", JSON_INSTANT),
	OPTIONAL(quote, warnings, "warnings", JSON_LIST, .sub = &warning_json, .max = 20),
	OPTIONAL(quote, needs, "needs", JSON_LIST, .sub = &need_json, .max = 10),
	OPTIONAL(quote, valid_until, "validUntil", JSON_INSTANT),
	OPTIONAL(quote, terms, "terms", JSON_TEXT),
};
const struct json_table quote_json = TABLE("Quote", quote);
