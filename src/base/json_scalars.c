/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types without elements of their own. */
#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "base/json_types.h"

#define TEXT_MAX_DEFAULT 256

/* For every type whose member is an owned pointer. */
static bool pointer_is_absent(const void *member, const struct json_field *f)
{
	(void)f;
	return !*(void *const *)member;
}

static int text_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		     const struct json_field *f, void *member)
{
	char **text = member;

	if (!cJSON_IsString(v) || strlen(v->valuestring) > (f->max ? f->max : TEXT_MAX_DEFAULT))
		return json_refuse(rd, at, -EINVAL);
	*text = strdup(v->valuestring);
	return *text ? 0 : json_refuse(rd, at, -ENOMEM);
}

static int text_write(const void *member, const struct json_field *f, struct buf *out)
{
	const char *const *text = member;

	(void)f;
	return json_write_text(*text ? *text : "", out);
}

static bool text_is_absent(const void *member, const struct json_field *f)
{
	return (f->flags & JSON_OPTIONAL) && pointer_is_absent(member, f);
}

static int text_copy(const void *from, const struct json_field *f, void *to)
{
	const char *const *text = from;
	char **copy = to;

	(void)f;
	*copy = *text ? strdup(*text) : NULL;
	return *text && !*copy ? -ENOMEM : 0;
}

static void text_release(void *member, const struct json_field *f)
{
	(void)f;
	free(*(char **)member);
}

static int int_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		    const struct json_field *f, void *member)
{
	(void)f;
	/* valueint is valuedouble cut to int's range: they agree for whole numbers within it only
	 */
	if (!cJSON_IsNumber(v) || v->valuedouble != (double)v->valueint)
		return json_refuse(rd, at, -EINVAL);
	*(int *)member = v->valueint;
	return 0;
}

static int int_write(const void *member, const struct json_field *f, struct buf *out)
{
	(void)f;
	return buf_printf(out, "%d", *(const int *)member);
}

static bool int_is_absent(const void *member, const struct json_field *f)
{
	return (f->flags & JSON_OPTIONAL) && *(const int *)member == 0;
}

static int int_copy(const void *from, const struct json_field *f, void *to)
{
	(void)f;
	*(int *)to = *(const int *)from;
	return 0;
}

static int bool_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		     const struct json_field *f, void *member)
{
	(void)f;
	if (!cJSON_IsBool(v))
		return json_refuse(rd, at, -EINVAL);
	*(bool *)member = cJSON_IsTrue(v);
	return 0;
}

static int bool_write(const void *member, const struct json_field *f, struct buf *out)
{
	(void)f;
	return buf_puts(out, *(const bool *)member ? "true" : "false");
}

static bool bool_is_absent(const void *member, const struct json_field *f)
{
	return (f->flags & JSON_OPTIONAL) && !*(const bool *)member;
}

static int bool_copy(const void *from, const struct json_field *f, void *to)
{
	(void)f;
	*(bool *)to = *(const bool *)from;
	return 0;
}

struct money_texts {
	char *currency;
	char *amount;
};

static const struct json_field money_fields[] = {
	{ .name = "currency", .type = JSON_TEXT, .offset = offsetof(struct money_texts, currency) },
	{ .name = "amount", .type = JSON_TEXT, .offset = offsetof(struct money_texts, amount) },
};
static const struct json_table money_table = {
	.name = "Amount",
	.size = sizeof(struct money_texts),
	.fields = money_fields,
	.count = COUNT(money_fields),
};

static int money_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		      const struct json_field *f, void *member)
{
	struct money_texts texts = { 0 };
	struct json_place inner = { .up = at, .name = "amount" };
	int r = json_read_object(rd, at, v, &money_table, &texts);

	(void)f;
	if (r == 0) {
		r = money_parse(texts.amount, texts.currency, member);
		if (r == -ENOENT)
			inner.name = "currency";
		if (r < 0)
			r = json_refuse(rd, &inner, -EINVAL);
	}
	json_release(&texts, &money_table);
	return r;
}

static int money_write(const void *member, const struct json_field *f, struct buf *out)
{
	const struct money *m = member;
	char amount[MONEY_TEXT_MAX];

	(void)f;
	return buf_printf(out, "{\"currency\":\"%s\",\"amount\":\"%s\"}", m->currency,
			  money_wire(m, amount));
}

static bool money_is_absent(const void *member, const struct json_field *f)
{
	(void)f;
	return !((const struct money *)member)->currency[0];
}

static int money_copy(const void *from, const struct json_field *f, void *to)
{
	(void)f;
	*(struct money *)to = *(const struct money *)from;
	return 0;
}

static int date_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		     const struct json_field *f, void *member)
{
	(void)f;
	if (!cJSON_IsString(v) || date_parse(v->valuestring, member) < 0)
		return json_refuse(rd, at, -EINVAL);
	return 0;
}

static int date_write(const void *member, const struct json_field *f, struct buf *out)
{
	char text[DATE_TEXT_MAX];

	(void)f;
	return buf_printf(out, "\"%s\"", date_text(*(const date_days *)member, text));
}

static bool date_is_absent(const void *member, const struct json_field *f)
{
	(void)f;
	return *(const date_days *)member == DATE_NONE;
}

static int date_copy(const void *from, const struct json_field *f, void *to)
{
	(void)f;
	*(date_days *)to = *(const date_days *)from;
	return 0;
}

static int instant_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
			const struct json_field *f, void *member)
{
	(void)f;
	if (!cJSON_IsString(v) || instant_parse(v->valuestring, member) < 0)
		return json_refuse(rd, at, -EINVAL);
	return 0;
}

static int instant_write(const void *member, const struct json_field *f, struct buf *out)
{
	char text[INSTANT_TEXT_MAX];

	(void)f;
	return buf_printf(out, "\"%s\"", instant_text(*(const int64_t *)member, 0, text));
}

static bool instant_is_absent(const void *member, const struct json_field *f)
{
	return (f->flags & JSON_OPTIONAL) && *(const int64_t *)member == 0;
}

static int instant_copy(const void *from, const struct json_field *f, void *to)
{
	(void)f;
	*(int64_t *)to = *(const int64_t *)from;
	return 0;
}

static int enum_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		     const struct json_field *f, void *member)
{
	if (!cJSON_IsString(v))
		return json_refuse(rd, at, -EINVAL);
	for (int i = 1; f->names[i]; i++) {
		if (!strcmp(f->names[i], v->valuestring)) {
			*(int *)member = i;
			return 0;
		}
	}
	return json_refuse(rd, at, -EINVAL);
}

static int enum_write(const void *member, const struct json_field *f, struct buf *out)
{
	return json_write_text(f->names[*(const int *)member], out);
}

static bool enum_is_absent(const void *member, const struct json_field *f)
{
	(void)f;
	return *(const int *)member == 0;
}

static int raw_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		    const struct json_field *f, void *member)
{
	struct cJSON **raw = member;

	(void)f;
	*raw = cJSON_Duplicate(v, true);
	return *raw ? 0 : json_refuse(rd, at, -ENOMEM);
}

static int raw_write(const void *member, const struct json_field *f, struct buf *out)
{
	char *text = cJSON_PrintUnformatted(*(struct cJSON *const *)member);
	int r = text ? buf_puts(out, text) : -ENOMEM;

	(void)f;
	if (!text)
		out->failed = true;
	cJSON_free(text);
	return r;
}

static int raw_copy(const void *from, const struct json_field *f, void *to)
{
	const struct cJSON *raw = *(struct cJSON *const *)from;
	struct cJSON **copy = to;

	(void)f;
	*copy = raw ? cJSON_Duplicate(raw, true) : NULL;
	return raw && !*copy ? -ENOMEM : 0;
}

static void raw_release(void *member, const struct json_field *f)
{
	(void)f;
	json_free(*(struct cJSON **)member);
}

static int secret_read(struct json_reader *rd, const struct json_place *at, const struct cJSON *v,
		       const struct json_field *f, void *member)
{
	struct secret **secret = member;

	(void)f;
	if (!cJSON_IsString(v) || strlen(v->valuestring) > SECRET_MAX)
		return json_refuse(rd, at, -EINVAL);
	*secret = secret_from(v->valuestring, strlen(v->valuestring));
	return *secret ? 0 : json_refuse(rd, at, -ENOMEM);
}

static int secret_write(const void *member, const struct json_field *f, struct buf *out)
{
	(void)f;
	return json_write_text(secret_reveal(*(struct secret *const *)member), out);
}

static int secret_copy(const void *from, const struct json_field *f, void *to)
{
	const struct secret *secret = *(struct secret *const *)from;
	struct secret **copy = to;

	(void)f;
	*copy = secret ? secret_from(secret_reveal(secret), secret_length(secret)) : NULL;
	return secret && !*copy ? -ENOMEM : 0;
}

static void secret_release(void *member, const struct json_field *f)
{
	(void)f;
	secret_free(*(struct secret **)member);
}

const struct json_ops json_text_ops = {
	.read = text_read,
	.write = text_write,
	.is_absent = text_is_absent,
	.copy = text_copy,
	.release = text_release,
};

const struct json_ops json_int_ops = {
	.read = int_read,
	.write = int_write,
	.is_absent = int_is_absent,
	.copy = int_copy,
};

const struct json_ops json_bool_ops = {
	.read = bool_read,
	.write = bool_write,
	.is_absent = bool_is_absent,
	.copy = bool_copy,
};

const struct json_ops json_money_ops = {
	.read = money_read,
	.write = money_write,
	.is_absent = money_is_absent,
	.copy = money_copy,
};

const struct json_ops json_date_ops = {
	.read = date_read,
	.write = date_write,
	.is_absent = date_is_absent,
	.copy = date_copy,
};

const struct json_ops json_instant_ops = {
	.read = instant_read,
	.write = instant_write,
	.is_absent = instant_is_absent,
	.copy = instant_copy,
};

const struct json_ops json_enum_ops = {
	.read = enum_read,
	.write = enum_write,
	.is_absent = enum_is_absent,
	.copy = int_copy,
};

const struct json_ops json_raw_ops = {
	.read = raw_read,
	.write = raw_write,
	.is_absent = pointer_is_absent,
	.copy = raw_copy,
	.release = raw_release,
};

const struct json_ops json_secret_ops = {
	.read = secret_read,
	.write = secret_write,
	.is_absent = pointer_is_absent,
	.copy = secret_copy,
	.release = secret_release,
};
