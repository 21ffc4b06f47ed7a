/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/problem.h"

#include "model/fields.h"

static const struct json_field field_error_fields[] = {
	REQUIRED(field_error, path, "path", JSON_TEXT),
	REQUIRED(field_error, code, "code", JSON_TEXT),
	REQUIRED(field_error, detail, "detail", JSON_TEXT, .max = 500),
};
const struct json_table field_error_json = TABLE("FieldError", field_error);

static const struct json_field problem_fields[] = {
	OPTIONAL(problem, type, "type", JSON_TEXT),
	REQUIRED(problem, title, "title", JSON_TEXT),
	REQUIRED(problem, status, "status", JSON_INT),
	OPTIONAL(problem, detail, "detail", JSON_TEXT, .max = 1000),
	OPTIONAL(problem, instance, "instance", JSON_TEXT),
	REQUIRED(problem, code, "code", JSON_TEXT),
	OPTIONAL(problem, attempts_left, "attemptsLeft", JSON_INT),
	OPTIONAL(problem, until, "until", JSON_INSTANT),
	OPTIONAL(problem, errors, "errors", JSON_LIST, .sub = &field_error_json),
};
const struct json_table problem_json = TABLE("Problem", problem);
