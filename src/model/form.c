/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/form.h"

#include "model/fields.h"

const char *const field_kind_names[] = {
	"", "text", "name", "account", "payee", "account-number", "amount", "choice", "date",
	"boolean", "lookup", "group", "denominations", "quantity", "rate", "phone", NULL
};

static const struct json_field choice_fields[] = {
	REQUIRED(choice, value, "value", JSON_TEXT),
	REQUIRED(choice, title, "title", JSON_TEXT),
	OPTIONAL(choice, detail, "detail", JSON_TEXT, .max = 400),
};
const struct json_table choice_json = TABLE("Choice", choice);

static const struct json_field form_field_fields[] = {
	REQUIRED(form_field, name, "name", JSON_TEXT),
	REQUIRED(form_field, kind, "kind", JSON_ENUM, .names = field_kind_names),
	REQUIRED(form_field, title, "title", JSON_TEXT),
	OPTIONAL(form_field, hint, "hint", JSON_TEXT, .max = 400),
	REQUIRED(form_field, is_required, "required", JSON_BOOL),
	OPTIONAL(form_field, value, "value", JSON_RAW),
	OPTIONAL(form_field, display, "display", JSON_TEXT, .max = 400),
	OPTIONAL(form_field, max_length, "maxLength", JSON_INT),
	OPTIONAL(form_field, currency, "currency", JSON_TEXT),
	OPTIONAL(form_field, lookup, "lookup", JSON_TEXT),
	OPTIONAL(form_field, minimum, "minimum", JSON_INT),
	OPTIONAL(form_field, maximum, "maximum", JSON_INT),
	OPTIONAL(form_field, choices, "choices", JSON_LIST, .sub = &choice_json),
	OPTIONAL(form_field, fields, "fields", JSON_LIST, .sub = &form_field_json, .max = 50),
	OPTIONAL(form_field, error, "error", JSON_OBJECT_PTR, .sub = &field_error_json),
};
const struct json_table form_field_json = TABLE("Field", form_field);

static const struct json_field choice_page_fields[] = {
	REQUIRED(choice_page, choices, "choices", JSON_LIST, .sub = &choice_json, .max = 50),
};
const struct json_table choice_page_json = TABLE("ChoicePage", choice_page);
