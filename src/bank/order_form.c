/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/order_form.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

#define ACCOUNT_NUMBER_LEAST 8
#define ACCOUNT_NUMBER_MOST 32

static const struct field_spec *spec_find(const struct order_family *family, const char *name)
{
	for (size_t i = 0; i < family->fields_count; i++)
		if (!strcmp(family->fields[i].name, name))
			return &family->fields[i];
	abort(); /* a family asks for its own fields only */
}

/* null and "" count as absent: a form sends every field that it shows. */
static const struct cJSON *value_find(const struct cJSON *instruction, const char *name)
{
	const struct cJSON *value = cJSON_GetObjectItemCaseSensitive(instruction, name);

	if (!value || cJSON_IsNull(value) || (cJSON_IsString(value) && !value->valuestring[0]))
		return NULL;
	return value;
}

struct plan_field *form_field(struct quoting *q, const struct order_family *family, const char *name, bool is_required)
{
	struct plan *p = q->plan;

	if (p->fields_count == PLAN_FIELDS) {
		p->failed = true;
		return NULL;
	}
	p->fields[p->fields_count] = (struct plan_field){
		.spec = spec_find(family, name),
		.is_required = is_required,
		.value = value_find(q->instruction, name),
	};
	return &p->fields[p->fields_count++];
}

void form_error(struct quoting *q, struct plan_field *f, const char *code, const char *msgid, const char *arg)
{
	if (!f || f->error)
		return;
	f->error = code;
	plan_check(q->plan, said_set(&f->error_text, msgid, arg, NULL));
}

void form_display(struct quoting *q, struct plan_field *f, const char *text)
{
	if (f && !f->display.text)
		plan_check(q->plan, said_data(&f->display, text, NULL));
}

/* The string of a field; an error when it is something else. */
static const char *value_string(struct quoting *q, struct plan_field *f)
{
	if (!f || !f->value)
		return NULL;
	if (cJSON_IsString(f->value))
		return f->value->valuestring;
	form_error(q, f, "field-type", N_("This must be a text."), NULL);
	return NULL;
}

static int count_characters(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

static void text_trim(char *s)
{
	size_t n = strlen(s), skip = strspn(s, " ");

	while (n > skip && s[n - 1] == ' ')
		n--;
	memmove(s, s + skip, n - skip);
	s[n - skip] = '\0';
}

/* What cannot be printed is refused rather than replaced: nobody would pay under a name they did not type. */
static bool text_is_printable(struct quoting *q, const char *s)
{
	char *gated = text_gated(s, GATE_ONE_LINE);
	bool is_same = gated && !strcmp(gated, s);

	if (!gated)
		q->plan->failed = true;
	free(gated);
	return is_same;
}

bool form_text(struct quoting *q, struct plan_field *f, char ret[FORM_TEXT_MAX])
{
	const char *s = value_string(q, f);
	char digits[16];

	if (!s)
		return false;
	snprintf(digits, sizeof(digits), "%d", f->spec->max_length);
	if (strlen(s) >= FORM_TEXT_MAX || (f->spec->max_length && count_characters(s) > f->spec->max_length)) {
		form_error(q, f, "text-too-long", N_("This is too long. At most {1} characters fit."), digits);
		return false;
	}
	if (!text_is_printable(q, s)) {
		form_error(q, f, "text-characters",
			   N_("This contains characters that cannot be printed. Please type it again."), NULL);
		return false;
	}
	memcpy(ret, s, strlen(s) + 1);
	text_trim(ret);
	return ret[0] != '\0';
}

bool form_account_number(struct quoting *q, struct plan_field *f, char ret[FORM_TEXT_MAX])
{
	const char *s = value_string(q, f), *at;
	size_t n = 0;

	if (!s)
		return false;
	for (at = s; *at && n <= ACCOUNT_NUMBER_MOST;) {
		uint32_t cp;

		at += text_decode(at, strlen(at), &cp);
		if (cp >= 0xff10 && cp <= 0xff19) /* full-width digits, as Chinese input methods type them */
			cp = cp - 0xff10 + '0';
		if (cp >= '0' && cp <= '9')
			ret[n++] = (char)cp;
		else if (cp != ' ' && cp != 0x3000 && cp != '-')
			n = ACCOUNT_NUMBER_MOST + 1;
	}
	ret[n] = '\0';
	if (n < ACCOUNT_NUMBER_LEAST || n > ACCOUNT_NUMBER_MOST) {
		form_error(q, f, "account-number-invalid",
			   N_("An account number has 8 to 32 digits. Please check it."), NULL);
		return false;
	}
	return true;
}

bool form_amount(struct quoting *q, struct plan_field *f, const char *currency, int64_t *ret)
{
	const struct cJSON *unit, *amount;
	struct money m;

	if (!f || !f->value)
		return false;
	unit = cJSON_GetObjectItemCaseSensitive(f->value, "currency");
	amount = cJSON_GetObjectItemCaseSensitive(f->value, "amount");
	if (!cJSON_IsString(unit) || !cJSON_IsString(amount) || cJSON_GetArraySize(f->value) != 2) {
		form_error(q, f, "amount-invalid", N_("This must be an amount of money."), NULL);
		return false;
	}
	if (strcmp(unit->valuestring, currency) != 0) {
		form_error(q, f, "amount-currency", N_("This account is kept in {1}."), currency);
		return false;
	}
	if (money_parse(amount->valuestring, currency, &m)) {
		form_error(q, f, "amount-invalid", N_("Please type an amount such as 1234.50."), NULL);
		return false;
	}
	if (m.minor == 0) {
		form_error(q, f, "amount-zero", N_("The amount must be more than zero."), NULL);
		return false;
	}
	*ret = m.minor;
	return true;
}

bool form_boolean(struct quoting *q, struct plan_field *f, bool *ret)
{
	if (!f || !f->value)
		return false;
	if (cJSON_IsBool(f->value)) {
		*ret = cJSON_IsTrue(f->value);
		return true;
	}
	if (cJSON_IsString(f->value) &&
	    (!strcmp(f->value->valuestring, "true") || !strcmp(f->value->valuestring, "false"))) {
		*ret = f->value->valuestring[0] == 't';
		return true;
	}
	form_error(q, f, "field-type", N_("This must be yes or no."), NULL);
	return false;
}

bool form_choice(struct quoting *q, struct plan_field *f, char ret[FORM_TEXT_MAX])
{
	const char *s = value_string(q, f);

	for (size_t i = 0; s && i < f->choices_count; i++) {
		if (strcmp(f->choices[i].value, s) != 0 || strlen(s) >= FORM_TEXT_MAX)
			continue;
		memcpy(ret, s, strlen(s) + 1);
		return true;
	}
	if (s)
		form_error(q, f, "choice-unknown", N_("Please choose one of the list."), NULL);
	return false;
}

static bool is_known(const struct order_family *family, const char *name)
{
	for (size_t i = 0; i < family->fields_count; i++)
		if (!strcmp(family->fields[i].name, name))
			return true;
	return false;
}

int form_end(struct quoting *q, const struct order_family *family, const char **ret_name)
{
	struct plan *p = q->plan;
	const struct cJSON *value;

	p->is_complete = !p->failed;
	for (size_t i = 0; i < p->fields_count; i++) {
		const struct plan_field *f = &p->fields[i];

		if (f->error || (f->is_required && !f->value))
			p->is_complete = false;
	}
	cJSON_ArrayForEach(value, q->instruction) {
		if (value->string && !is_known(family, value->string)) {
			*ret_name = value->string;
			return -EINVAL;
		}
	}
	return 0;
}

static void schema_field(const struct field_spec *f, const struct catalogue *c, struct buf *out)
{
	json_write_text(f->name, out);
	buf_puts(out, ":{\"title\":");
	json_write_text(catalogue_get(c, f->title), out);
	buf_puts(out, ",\"x-kind\":");
	json_write_text(field_kind_names[f->kind], out);
	if (f->lookup) {
		buf_puts(out, ",\"x-lookup\":");
		json_write_text(f->lookup, out);
	}
	if (f->kind == FIELD_KIND_AMOUNT)
		buf_puts(out, ",\"type\":\"object\",\"required\":[\"currency\",\"amount\"],"
			      "\"additionalProperties\":false,"
			      "\"properties\":{\"currency\":{\"type\":\"string\",\"pattern\":\"^[A-Z]{3}$\"},"
			      "\"amount\":{\"type\":\"string\",\"pattern\":\"^(0|[1-9][0-9]{0,12})([.][0-9]{1,"
			      "4})?$\"}}");
	else if (f->kind == FIELD_KIND_BOOLEAN)
		buf_puts(out, ",\"type\":\"boolean\"");
	else
		buf_printf(out, ",\"type\":\"string\",\"maxLength\":%d",
			   f->max_length ? f->max_length : FORM_TEXT_MAX - 1);
	buf_putc(out, '}');
}

void form_schema(const struct order_family *family, const struct catalogue *c, struct buf *out)
{
	buf_puts(out, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":");
	json_write_text(catalogue_get(c, family->title), out);
	buf_puts(out, ",\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
	for (size_t i = 0; i < family->fields_count; i++) {
		if (i)
			buf_putc(out, ',');
		schema_field(&family->fields[i], c, out);
	}
	buf_puts(out, "}}");
}
