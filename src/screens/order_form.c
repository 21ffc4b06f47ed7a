/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screens/order_form.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "base/catalogue.h"
#include "screens/show.h"

#define FORM "order"

/* How each kind of the contract is typed. Kinds that no order type of this bank uses yet are typed as text. */
static const enum field_input inputs_of_kind[] = {
	[FIELD_KIND_ACCOUNT] = FIELD_CHOICE,
	[FIELD_KIND_PAYEE] = FIELD_CHOICE,
	[FIELD_KIND_CHOICE] = FIELD_CHOICE,
	[FIELD_KIND_LOOKUP] = FIELD_CHOICE,
	[FIELD_KIND_AMOUNT] = FIELD_AMOUNT,
	[FIELD_KIND_DATE] = FIELD_DATE,
	[FIELD_KIND_BOOLEAN] = FIELD_SWITCH,
	[FIELD_KIND_ACCOUNT_NUMBER] = FIELD_DIGITS,
	[FIELD_KIND_PHONE] = FIELD_DIGITS,
};

static enum field_input input_of(const struct form_field *field)
{
	return (size_t)field->kind < COUNT(inputs_of_kind) ? inputs_of_kind[field->kind] : FIELD_TEXT;
}

static const char *typed(const struct visit *v, const struct form_field *field)
{
	return inputs_text(&v->inputs, FORM, field->name);
}

static bool is_empty(const struct visit *v, const struct form_field *field)
{
	return typed(v, field)[0] == '\0';
}

/* What is wrong with an amount or a date as typed, in words; false when nothing is. */
static bool typed_is_bad(const struct visit *v, const struct form_field *field, struct err *err)
{
	const struct config *config = client_config(v->client);
	struct money amount;
	date_days date;

	if (is_empty(v, field))
		return false;
	if (field->kind == FIELD_KIND_AMOUNT)
		return money_parse_typed(typed(v, field), field->currency ? field->currency : "CNY", &amount, err) < 0;
	if (field->kind == FIELD_KIND_DATE &&
	    date_parse_typed(typed(v, field), config ? config->business_date : 0, &date) < 0) {
		err_set(err, -EINVAL, _("Please type a date such as 2026-01-31."));
		return true;
	}
	return false;
}

static const char *error_of(const struct visit *v, const struct form_field *field, bool missing, struct err *err)
{
	if (typed_is_bad(v, field, err))
		return err->text;
	if (field->error)
		return field->error->detail;
	if (missing && field->is_required && is_empty(v, field))
		return _("Please fill this in.");
	return NULL;
}

/* What the bank makes of a value; an amount also in words, so that a misplaced point is noticed. */
static const char *display_of(struct visit *v, struct page *p, const struct form_field *field)
{
	_cleanup_(free_ptr) char *words = NULL;
	struct money amount;

	if (field->display || field->kind != FIELD_KIND_AMOUNT || is_empty(v, field))
		return field->display;
	if (money_parse_typed(typed(v, field), field->currency ? field->currency : "CNY", &amount, NULL) < 0)
		return NULL;
	words = show_words(v, &amount);
	return words ? page_string(p, words) : NULL;
}

static void add_field(struct visit *v, struct page *p, struct block *form, const struct form_field *field, bool missing)
{
	struct choice_view choices[200];
	size_t count = field->choices_count < COUNT(choices) ? field->choices_count : COUNT(choices);
	struct err err;

	for (size_t i = 0; i < count; i++)
		choices[i] = (struct choice_view){ field->choices[i].value, field->choices[i].title,
						   field->choices[i].detail };
	form_add(p, form, &(struct field){ .name = field->name,
					   .input = input_of(field),
					   .title = field->title,
					   .hint = field->hint,
					   .display = display_of(v, p, field),
					   .error = error_of(v, field, missing, &err),
					   .is_required = field->is_required,
					   .max = field->max_length,
					   .choices = choices,
					   .choice_count = count,
					   .lookup = field->lookup });
}

void order_form_build(struct visit *v, struct page *p, const struct quote *quote, bool missing)
{
	struct block *form = page_form(p, FORM, "");

	for (size_t i = 0; i < quote->fields_count; i++)
		add_field(v, p, form, &quote->fields[i], missing);
}

void order_form_take(struct visit *v, const struct quote *quote)
{
	for (size_t i = 0; i < quote->fields_count; i++) {
		const struct form_field *field = &quote->fields[i];
		struct input *input = inputs_get(&v->inputs, FORM, field->name, false);
		const cJSON *value = field->value;

		if (!input || input->is_touched || !value)
			continue;
		if (cJSON_IsObject(value))
			value = cJSON_GetObjectItemCaseSensitive(value, "amount");
		if (cJSON_IsString(value))
			inputs_set(&v->inputs, FORM, field->name, value->valuestring);
		else if (cJSON_IsBool(value))
			inputs_set(&v->inputs, FORM, field->name, cJSON_IsTrue(value) ? "true" : "");
	}
}

/* The value of one field as the contract wants it; NULL when empty, unreadable or out of memory. */
static cJSON *value_of(struct visit *v, const struct form_field *field)
{
	const struct config *config = client_config(v->client);
	const char *text = typed(v, field);
	char wire[MONEY_TEXT_MAX], date[DATE_TEXT_MAX];
	struct money amount;
	date_days day;
	cJSON *object;

	if (field->kind == FIELD_KIND_BOOLEAN)
		return cJSON_CreateBool(strcmp(text, "true") == 0);
	if (!*text)
		return NULL;
	if (field->kind == FIELD_KIND_DATE)
		return date_parse_typed(text, config ? config->business_date : 0, &day) < 0 ?
			       NULL : cJSON_CreateString(date_text(day, date));
	if (field->kind != FIELD_KIND_AMOUNT)
		return cJSON_CreateString(text);
	if (money_parse_typed(text, field->currency ? field->currency : "CNY", &amount, NULL) < 0)
		return NULL;
	object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "currency", amount.currency);
	cJSON_AddStringToObject(object, "amount", money_wire(&amount, wire));
	return object;
}

int order_form_read(struct visit *v, const struct quote *quote, struct cJSON **ret, const char **ret_bad)
{
	cJSON *object = cJSON_CreateObject();
	const char *bad = NULL;
	struct err err;

	if (!object)
		return -ENOMEM;
	for (size_t i = 0; i < quote->fields_count; i++) {
		const struct form_field *field = &quote->fields[i];
		cJSON *value = value_of(v, field);

		if (value && !cJSON_AddItemToObject(object, field->name, value)) {
			cJSON_Delete(value);
			cJSON_Delete(object);
			return -ENOMEM;
		}
		if (!bad && typed_is_bad(v, field, &err))
			bad = field->name;
	}
	*ret = object;
	*ret_bad = bad;
	return 0;
}

const char *order_form_obstacle(struct visit *v, const struct quote *quote)
{
	struct err err;

	for (size_t i = 0; i < quote->fields_count; i++)
		if (error_of(v, &quote->fields[i], true, &err))
			return quote->fields[i].name;
	return NULL;
}
